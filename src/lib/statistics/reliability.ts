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

/** Covariance (n - 1) of two columns over the rows that hold both; shifted by `origin`, a value near the data, to keep digits. */
const covariance = ({ columns, values }: RatingMatrix, rows: Int32Array, a: number, b: number, origin: number): number => {
  let n = 0;
  let sumA = 0;
  let sumB = 0;
  let products = 0;
  for (const row of rows) {
    const x = (values[row * columns + a] as number) - origin;
    const y = (values[row * columns + b] as number) - origin;
    const product = x * y;
    if (product === product) {
      n += 1;
      sumA += x;
      sumB += y;
      products += product;
    }
  }
  return n > 1 ? (products - (sumA * sumB) / n) / (n - 1) : NaN;
};

const alphaOfPairs = (matrix: RatingMatrix, rows: Int32Array): number => {
  const origin = matrix.values[(rows[0] as number) * matrix.columns] as number;
  const near = Number.isNaN(origin) ? 0 : origin;
  let own = 0;
  let total = 0;
  for (let a = 0; a < matrix.columns; a += 1) {
    const variance = covariance(matrix, rows, a, a, near);
    own += variance;
    total += variance;
    for (let b = a + 1; b < matrix.columns; b += 1) total += 2 * covariance(matrix, rows, a, b, near);
  }
  return fromVariances(matrix.columns, own, total);
};

/** Cronbach's alpha from covariances (Cronbach 1951). NaN for one statement, or when too few answers overlap. */
export const cronbachAlpha = (matrix: RatingMatrix, rows: Int32Array, missing: MissingRule): number => {
  if (matrix.columns < 2) return NaN;
  const complete = completeRows(matrix, rows);
  if (missing === 'listwise' || complete.length === rows.length) return complete.length > 1 ? alphaOfComplete(matrix, complete) : NaN;
  return alphaOfPairs(matrix, rows);
};
