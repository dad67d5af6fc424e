import { describe, expect, it } from 'vitest';
import { bandOf, cutsBetween } from './bands';
import { c3Toolkit, relationshipCheck } from './built-in';
import { HIDDEN, shownWhen, toOneDecimal } from './rounding';

const c3 = c3Toolkit.tools[1]?.sections[0]?.bands ?? [];
const relationship = relationshipCheck.tools[0]?.sections[0]?.bands ?? [];

describe('bands on unrounded scores', () => {
  it.each([
    [1, 'low'],
    [2.99, 'low'],
    [2.9999, 'low'],
    [3, 'middle'],
    [0.1 * 3 * 10, 'middle'],
    [4.45, 'middle'],
    [4.5, 'middle'],
    [4.500001, 'high'],
    [7, 'high'],
  ])('C3: %d is %s', (score, band) => expect(bandOf(c3, score)?.id).toBe(band));

  it('a mean that misses a cut only by floating point stands on it', () => {
    const mean = [2.9, 3.1, 2.8, 3.2, 3.3, 2.7].reduce((sum, score) => sum + score, 0) / 6;
    expect(bandOf(c3, mean)?.id).toBe('middle');
    expect(bandOf(c3, 3 - 2e-16)?.id).toBe('middle');
    expect(bandOf(c3, 4.5 + 9e-16)?.id).toBe('middle');
  });

  it.each([
    [20, 'undefined'],
    [39.9, 'undefined'],
    [40, 'defined'],
    [59.99, 'defined'],
    [60, 'aligned'],
    [79.9, 'aligned'],
    [80, 'integrated'],
    [100, 'integrated'],
  ])('relationship: %d is %s', (sum, band) => expect(bandOf(relationship, sum)?.id).toBe(band));

  it.each([
    [2.5, 2.9, []],
    [2.8, 3, [3]],
    [3, 4.5, []],
    [4.5, 4.6, [4.5]],
    [2.9, 4.7, [3, 4.5]],
  ])('an interval from %d to %d crosses %j', (low, high, cuts) => expect(cutsBetween(c3, low, high)).toEqual(cuts));

  it('no bands, no band', () => expect(bandOf([], 3)).toBeUndefined());
});

describe('one decimal', () => {
  it.each([
    [4.44, 4.4],
    [4.45, 4.5],
    [1.05, 1.1],
    [-0.04, 0],
    [-0.05, -0.1],
    [-1.25, -1.3],
    [8.35, 8.4],
  ])('%d reads %d', (value, read) => expect(toOneDecimal(value)).toBe(read));

  it('hides what too few stand behind and what does not exist', () => {
    expect(shownWhen(false, 4)).toEqual(HIDDEN);
    expect(shownWhen(true, NaN)).toEqual(HIDDEN);
    expect(shownWhen(true, Infinity)).toEqual(HIDDEN);
    expect(shownWhen(true, 4.44)).toBe(4.4);
  });
});
