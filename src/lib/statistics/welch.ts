import type { Summary } from './describe';
import { studentQuantile, studentTwoSided } from './student';

/**
 * One group in a comparison. With `population` (how many people could have answered) the variance of its mean shrinks by
 * 1 - n / population, because people who did answer are no longer uncertain (Cochran 1977, ch. 2).
 */
export type Group = Summary & { population?: number };

export type Bounds = { low: number; high: number };

/** An estimate with the standard error and degrees of freedom that its interval and p-value need. */
export type Estimate = { value: number; standardError: number; df: number };

const varianceOfMean = ({ n, sd, population }: Group): number => {
  if (n < 2) return NaN;
  const unanswered = population === undefined ? 1 : Math.max(0, 1 - n / Math.max(n, population));
  return ((sd * sd) / n) * unanswered;
};

/**
 * A weighted sum of independent group means; df by Welch and Satterthwaite (Welch 1947). Groups of one person have no spread,
 * so the standard error is NaN then. When nothing is uncertain (all equal, or everyone answered) standard error is 0 and df infinite.
 */
export const contrast = (parts: readonly { weight: number; group: Group }[]): Estimate => {
  let value = 0;
  let variance = 0;
  let weighted = 0;
  for (const { weight, group } of parts) {
    const share = weight * weight * varianceOfMean(group);
    value += weight * group.mean;
    variance += share;
    weighted += (share * share) / (group.n - 1);
  }
  return { value, standardError: Math.sqrt(variance), df: variance === 0 ? Infinity : (variance * variance) / weighted };
};

/** The mean of one group. */
export const meanOf = (group: Group): Estimate => contrast([{ weight: 1, group }]);

/** Welch's comparison: first mean minus second mean, without assuming equal spread. */
export const welch = (first: Group, second: Group): Estimate =>
  contrast([
    { weight: 1, group: first },
    { weight: -1, group: second },
  ]);

/** The t statistic; infinite when an estimate other than zero is certain. */
export const tStatistic = ({ value, standardError }: Estimate): number => (value === 0 && standardError === 0 ? 0 : value / standardError);

/** Two-sided p-value against zero. */
export const pValue = (estimate: Estimate): number => studentTwoSided(tStatistic(estimate), estimate.df);

/** Confidence interval, e.g. `confidence` 0.95. */
export const interval = ({ value, standardError, df }: Estimate, confidence: number): Bounds => {
  if (standardError === 0) return { low: value, high: value };
  const reach = studentQuantile(1 - (1 - confidence) / 2, df) * standardError;
  return { low: value - reach, high: value + reach };
};
