import { describe, expect, it } from 'vitest';
import { publicListText, wordsOfHash } from './public-list';

describe('the list everybody is shown', () => {
  it('reads the same in whatever order the leaves arrive', () => {
    const north = { leaf: 'sales/North', invited: 13, spki: 'AAA' };
    const south = { leaf: 'sales/South', invited: 9, spki: 'BBB' };
    expect(publicListText('w', [south, north])).toBe(publicListText('w', [north, south]));
    expect(publicListText('w', [north, south])).toBe('lockstep-list-1|w\nsales/North|13|AAA\nsales/South|9|BBB');
  });

  it('changes with a key, a count and the wave', () => {
    const leaf = { leaf: 'sales', invited: 13, spki: 'AAA' };
    const texts = [publicListText('w', [leaf]), publicListText('v', [leaf]), publicListText('w', [{ ...leaf, invited: 12 }]), publicListText('w', [{ ...leaf, spki: 'AAB' }])];
    expect(new Set(texts).size).toBe(4);
  });

  it.each([
    // The paper's own examples, two words each: IPv4 addresses.
    [[127, 0, 0, 1, 63, 84, 220, 193], ['lusab', 'babad', 'gutih', 'tugad']],
    [[63, 118, 7, 35, 140, 98, 193, 141], ['gutuk', 'bisog', 'mudof', 'sakat']],
  ])('speaks %j', (bytes, words) => {
    expect(wordsOfHash(Uint8Array.from(bytes))).toEqual(words);
  });

  it('refuses too short a hash', () => {
    expect(() => wordsOfHash(new Uint8Array(7))).toThrow(RangeError);
  });
});
