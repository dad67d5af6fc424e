import { normalCdf, normalQuantile } from './normal';
import { incompleteBeta, invertIncreasing, lnGamma } from './special';

/** Beyond this many degrees of freedom Student's t and the normal distribution agree to nine digits. */
const AS_GOOD_AS_NORMAL = 1e8;

/** Probability of a value beyond |t| on one side. Source: DLMF 8.17, Student 1908. `df` may be fractional (Welch). */
const tailBeyond = (t: number, df: number): number => {
  if (df > AS_GOOD_AS_NORMAL) return normalCdf(-Math.abs(t));
  const square = t * t;
  if (square === Infinity) return 0;
  // Two equal forms; each keeps its digits on its own side.
  return square < df ? 0.5 * (1 - incompleteBeta(square / (df + square), 0.5, df / 2)) : 0.5 * incompleteBeta(df / (df + square), df / 2, 0.5);
};

/** Probability that Student's t with `df` degrees of freedom is at most t. */
export const studentCdf = (t: number, df: number): number => {
  if (!(df > 0) || Number.isNaN(t)) return NaN;
  const tail = tailBeyond(t, df);
  return t < 0 ? tail : 1 - tail;
};

/** Two-sided p-value of a t statistic. */
export const studentTwoSided = (t: number, df: number): number => (!(df > 0) || Number.isNaN(t) ? NaN : Math.min(1, 2 * tailBeyond(t, df)));

const densityFor = (df: number): ((t: number) => number) => {
  const peak = Math.exp(lnGamma((df + 1) / 2) - lnGamma(df / 2)) / Math.sqrt(df * Math.PI);
  return (t) => peak * (1 + (t * t) / df) ** (-(df + 1) / 2);
};

/** The value below which a share `p` (0 < p < 1) of Student's t lies. */
export const studentQuantile = (p: number, df: number): number => {
  if (!(df > 0)) return NaN;
  if (!(p > 0 && p < 1) || df > AS_GOOD_AS_NORMAL) return normalQuantile(p);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  let bound = 2;
  while (tailBeyond(bound, df) > tail && bound < 1e300) bound *= 2;
  const size = invertIncreasing((t) => -tailBeyond(t, df), -tail, 0, bound, densityFor(df));
  return p < 0.5 ? -size : size;
};
