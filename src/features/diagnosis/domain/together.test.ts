import { expect, test } from 'vitest';
import { togetherAcross } from './together';

/** Groups with one section told of each link. */
const groups = (...rows: [number, number, number][]) => rows.map(([currents, characteristics, consequences]) => ({ means: { '2': currents, '5': characteristics, '7a': consequences } }));

test('fewer than five groups, or nothing that all of them tell, compare nothing', () => {
  expect(togetherAcross(groups([1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]))).toEqual([]);
  expect(togetherAcross([...groups([1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]), { means: { '3': 5, '6': 5, '8': 5 } }])).toEqual([]);
});

test('five in the same order are beyond chance, five in another are not; the other way is told as such', () => {
  expect(togetherAcross(groups([1, 1, 5], [2, 2, 4], [3, 3, 3], [4, 4, 2], [5, 5, 1]))).toEqual([
    { from: 'currents', to: 'characteristics', groups: 5, agreement: expect.closeTo(1, 9) as number, found: 'up' },
    { from: 'characteristics', to: 'consequences', groups: 5, agreement: expect.closeTo(-1, 9) as number, found: 'down' },
  ]);
  // One pair out of order: 0.9, and of the 120 orders ten have as much.
  expect(togetherAcross(groups([1, 2, 1], [2, 1, 2], [3, 3, 3], [4, 4, 4], [5, 5, 5]))[0]).toMatchObject({ agreement: expect.closeTo(0.9, 9) as number, found: 'unclear' });
});

test('ties share a place; groups that are all alike agree on nothing', () => {
  // Ranks 1.5 1.5 3 4 5 6 against 1 to 6, by hand: 17 / √(17 · 17.5).
  expect(togetherAcross(groups([1, 1, 3], [1, 2, 3], [3, 3, 3], [4, 4, 3], [5, 5, 3], [6, 6, 3]))).toMatchObject([{ agreement: expect.closeTo(17 / Math.sqrt(17 * 17.5), 9) as number, found: 'up' }, { agreement: 0, found: 'unclear' }]);
});

test('nine groups and more are told from chance by Student’s t: Spearman’s critical value for ten is 0.648', () => {
  const order = (...places: number[]) => togetherAcross(groups(...places.map((place, at): [number, number, number] => [at, place, 0])))[0];
  // Sums of squared differences 56 and 64: 1 − 6·56/990 and 1 − 6·64/990.
  expect(order(1, 5, 2, 4, 3, 6, 0, 7, 8, 9)).toMatchObject({ groups: 10, agreement: expect.closeTo(0.6606, 4) as number, found: 'up' });
  expect(order(0, 1, 3, 9, 5, 2, 6, 7, 4, 8)).toMatchObject({ agreement: expect.closeTo(0.6121, 4) as number, found: 'unclear' });
});

test('a section that one group keeps back is left out for all', () => {
  const five = groups([1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4], [5, 5, 5]).map((group, at) => ({ means: { ...group.means, ...(at < 4 ? { '3': 7 - 2 * at } : {}) } }));
  expect(togetherAcross(five)[0]?.agreement).toBeCloseTo(1, 9);
});
