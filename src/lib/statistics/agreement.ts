import { columnVariances, completeRows, type RatingMatrix } from './matrix';

/** Variance of ratings given at random over `options` equally likely answers: (A^2 - 1) / 12; 4 on a 1-7 scale. */
export const uniformNullVariance = (options: number): number => (options * options - 1) / 12;

/** Agreement on one statement (James, Demaree & Wolf 1984); a spread wider than chance counts as no agreement, 0. */
export const rwg = (variance: number, nullVariance: number): number => Math.max(0, 1 - variance / nullVariance);

/** Agreement over `statements` parallel statements, r_wg(j), from the mean of their variances; 0 where the spread is chance or wider. */
export const rwgJ = (meanVariance: number, nullVariance: number, statements: number): number => {
  if (Number.isNaN(meanVariance)) return NaN;
  const kept = 1 - meanVariance / nullVariance;
  if (kept <= 0) return 0;
  return (statements * kept) / (statements * kept + (1 - kept));
};

/** r*_wg (Lindell, Brandt & Whitney 1999): does not grow with the number of statements, and is below 0 when people disagree more than chance. */
export const rwgStar = (meanVariance: number, nullVariance: number): number => 1 - meanVariance / nullVariance;

export type Agreement = { rows: number; rwg: number; rwgStar: number };

/** r_wg(j) and r*_wg of a group, over the people who left nothing blank. NaN for fewer than two of them. */
export const agreement = (matrix: RatingMatrix, rows: Int32Array, nullVariance: number): Agreement => {
  const complete = completeRows(matrix, rows);
  const variances = columnVariances(matrix, complete);
  const meanVariance = variances.reduce((sum, variance) => sum + variance, 0) / matrix.columns;
  return { rows: complete.length, rwg: rwgJ(meanVariance, nullVariance, matrix.columns), rwgStar: rwgStar(meanVariance, nullVariance) };
};
