import { chiSquareUpper } from './gamma';

/** `smallestExpected` below 5 means that `p` is rough (Cochran 1954). */
export type ChiSquare = { chiSquare: number; df: number; p: number; smallestExpected: number };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Pearson's test of independence in a table of counts, without continuity correction (Pearson 1900). Empty rows and columns say
 * nothing and are passed over; with fewer than two of either left, chi-square and df are 0 and p is NaN.
 * @param table rows of equal length, counts from 0
 */
export const chiSquareTest = (table: readonly (readonly number[])[]): ChiSquare => {
  const rows = table.filter((row) => sum(row) > 0);
  const columns = (rows[0] ?? []).map((_, column) => sum(rows.map((row) => row[column] ?? 0)));
  const total = sum(columns);
  const kept = columns.filter((count) => count > 0).length;
  const df = Math.max(0, rows.length - 1) * Math.max(0, kept - 1);
  if (df === 0) return { chiSquare: 0, df: 0, p: NaN, smallestExpected: NaN };
  let chiSquare = 0;
  let smallestExpected = Infinity;
  for (const row of rows) {
    const inRow = sum(row);
    row.forEach((observed, column) => {
      const expected = (inRow * (columns[column] ?? 0)) / total;
      if (expected === 0) return;
      chiSquare += (observed - expected) ** 2 / expected;
      smallestExpected = Math.min(smallestExpected, expected);
    });
  }
  return { chiSquare, df, p: chiSquareUpper(chiSquare, df), smallestExpected };
};
