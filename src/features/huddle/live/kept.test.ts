import { expect, test } from 'vitest';
import { createKept } from './kept';

test('the states looked at last are kept, as many as their operations leave room for', () => {
  const kept = createKept<{ seq: number }>(100);
  const there = () => ['a', 'b', 'c', 'd'].filter((key) => kept.get(key));
  for (const key of ['a', 'b', 'c']) kept.put(key, { seq: 33 });
  expect(there()).toEqual(['a', 'b', 'c']);
  kept.put('a', { seq: 34 });
  expect([there(), kept.get('a')]).toEqual([['a', 'b', 'c'], { seq: 34 }]);
  // The one that was looked at longest ago goes first.
  kept.put('d', { seq: 20 });
  expect(there()).toEqual(['a', 'c', 'd']);
  kept.put('c', { seq: 101 });
  expect(there()).toEqual(['c']);
});
