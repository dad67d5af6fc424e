import { describe, expect, it } from 'vitest';
import { agreement, rwg, rwgJ, rwgStar, uniformNullVariance } from './agreement';
import { allRows, type RatingMatrix } from './matrix';
import { cronbachAlpha } from './reliability';

const matrixOf = (rows: readonly (readonly number[])[]): RatingMatrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});

describe('agreement', () => {
  it.each([
    [5, 2],
    [7, 4],
  ])('random ratings over %d answers have variance %d', (options, variance) => expect(uniformNullVariance(options)).toBe(variance));
  it.each([
    [0, 1],
    [1, 0.75],
    [4, 0],
    [9, 0],
  ])('one statement: variance %d', (variance, expected) => expect(rwg(variance, 4)).toBe(expected));
  it('grows with the number of statements, and is never below 0 nor above 1', () => {
    expect(rwgJ(1, 2, 1)).toBe(0.5);
    expect(rwgJ(1, 2, 5)).toBeCloseTo(2.5 / 3, 12);
    expect(rwgJ(2.4, 2, 5)).toBe(0);
    expect(rwgJ(2.6, 2, 5)).toBe(0);
  });
  it('r* does not grow and may be negative', () => expect(rwgStar(3, 2)).toBe(-0.5));
  it('leaves out a person with a blank', () => {
    const full = matrixOf([
      [4, 5],
      [2, 5],
      [3, 4],
    ]);
    const withBlank = matrixOf([
      [4, 5],
      [1, NaN],
      [2, 5],
      [3, 4],
    ]);
    expect(agreement(withBlank, allRows(withBlank), 2)).toEqual(agreement(full, allRows(full), 2));
    expect(agreement(full, allRows(full), 2).rows).toBe(3);
    expect(agreement(full, Int32Array.of(0), 2).rwg).toBeNaN();
  });
});

describe("Cronbach's alpha", () => {
  const rows = [
    [3, 4, 4],
    [5, 5, 6],
    [2, 1, 3],
    [6, 7, 5],
    [4, 4, 3],
  ];
  it('is 1 when statements move together and follows the textbook formula otherwise', () => {
    const same = matrixOf(rows.map(([a]) => [a as number, (a as number) + 1, (a as number) - 1]));
    expect(cronbachAlpha(same, allRows(same), 'listwise')).toBeCloseTo(1, 12);
    const mixed = matrixOf(rows);
    // variances 2.5, 4.7, 1.7; of the sums 22.3
    expect(cronbachAlpha(mixed, allRows(mixed), 'pairwise')).toBeCloseTo(1.5 * (1 - 8.9 / 22.3), 12);
  });
  it('pairwise uses what listwise drops', () => {
    const gap = matrixOf([...rows, [7, NaN, 6]]);
    const complete = matrixOf(rows);
    expect(cronbachAlpha(gap, allRows(gap), 'listwise')).toBe(cronbachAlpha(complete, allRows(complete), 'listwise'));
    expect(cronbachAlpha(gap, allRows(gap), 'pairwise')).not.toBeCloseTo(cronbachAlpha(gap, allRows(gap), 'listwise'), 6);
  });
  it('is not defined for one statement, one person, no spread', () => {
    for (const odd of [[[1], [2]], [[1, 2]], [[4, 4], [4, 4]]]) {
      const matrix = matrixOf(odd);
      expect(cronbachAlpha(matrix, allRows(matrix), 'pairwise')).toBeNaN();
    }
  });
});
