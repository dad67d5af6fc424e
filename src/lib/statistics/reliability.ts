import { columnVariances, completeRows, type RatingMatrix } from './matrix';

/** `pairwise` uses every pair of answers a person gave; `listwise` leaves out a person with any blank. */
export type MissingRule = 'pairwise' | 'listwise';

const fromVariances = (columns: number, ownVariance: number, totalVariance: number): number =>
  totalVariance > 0 ? (columns / (columns - 1)) * (1 - ownVariance / totalVariance) : NaN;

const alphaOfComplete = (matrix: RatingMatrix, rows: Int32Array): number => {
  const { columns, values } = matrix;
  const totals = new Float64Array(rows.length);
  rows.forEach((row, position) => {
    let total = 0;
    for (let c = 0; c < columns; c += 1) total += values[row * columns + c] as number;
    totals[position] = total;
  });
  const everyone = Int32Array.from({ length: rows.length }, (_, row) => row);
  const totalVariance = columnVariances({ rows: rows.length, columns: 1, values: totals }, everyone)[0] as number;
  const ownVariance = columnVariances(matrix, rows).reduce((sum, variance) => sum + variance, 0);
  return fromVariances(columns, ownVariance, totalVariance);
};

/** One column of the chosen rows: answers less `origin` (0 where missing), and 1 or 0 for given or missing. */
type Column = { values: Float64Array; given: Float64Array };

const columnOf = (matrix: RatingMatrix, rows: Int32Array, column: number, origin: number): Column => {
  const values = new Float64Array(rows.length);
  const given = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) {
    const value = matrix.values[(rows[i] as number) * matrix.columns + column] as number;
    if (value === value) {
      values[i] = value - origin;
      given[i] = 1;
    }
  }
  return { values, given };
};

/** Covariance (n - 1) over the rows that hold both columns. */
const covariance = (a: Column, b: Column): number => {
  let n = 0;
  let sumA = 0;
  let sumB = 0;
  let products = 0;
  // Missing answers are zeros, so the loop needs no branch: it runs for every pair of statements of every group.
  for (let i = 0; i < a.values.length; i += 1) {
    const x = a.values[i] as number;
    const y = b.values[i] as number;
    const hasX = a.given[i] as number;
    const hasY = b.given[i] as number;
    n += hasX * hasY;
    sumA += x * hasY;
    sumB += y * hasX;
    products += x * y;
  }
  return n > 1 ? (products - (sumA * sumB) / n) / (n - 1) : NaN;
};

/** A whole number near the data keeps the digits of sums of squares; whole ratings are then summed without error. */
const originOf = ({ columns, values }: RatingMatrix, rows: Int32Array): number => {
  for (const row of rows) {
    const value = values[row * columns] as number;
    if (value === value) return Math.round(value);
  }
  return 0;
};

const alphaOfPairs = (matrix: RatingMatrix, rows: Int32Array): number => {
  const origin = originOf(matrix, rows);
  const columns = Array.from({ length: matrix.columns }, (_, column) => columnOf(matrix, rows, column, origin));
  let own = 0;
  let total = 0;
  columns.forEach((a, index) => {
    const variance = covariance(a, a);
    own += variance;
    total += variance;
    for (let other = index + 1; other < columns.length; other += 1) total += 2 * covariance(a, columns[other] as Column);
  });
  return fromVariances(matrix.columns, own, total);
};

/** Cronbach's alpha from covariances (Cronbach 1951). NaN for one statement, or when too few answers overlap. */
export const cronbachAlpha = (matrix: RatingMatrix, rows: Int32Array, missing: MissingRule): number => {
  if (matrix.columns < 2) return NaN;
  const complete = completeRows(matrix, rows);
  if (missing === 'listwise' || complete.length === rows.length) return complete.length > 1 ? alphaOfComplete(matrix, complete) : NaN;
  return alphaOfPairs(matrix, rows);
};
