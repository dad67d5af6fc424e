import type { Summary } from './describe';
import { lnGamma } from './special';

/** Standardised mean difference with the pooled standard deviation (Cohen's d). NaN without spread or with fewer than two people in a group. */
export const cohensD = (first: Summary, second: Summary): number => {
  const df = first.n + second.n - 2;
  const pooled = Math.sqrt(((first.n - 1) * first.sd ** 2 + (second.n - 1) * second.sd ** 2) / df);
  return pooled > 0 ? (first.mean - second.mean) / pooled : NaN;
};

/** Hedges' g: d freed of its bias in small samples, with the exact factor (Hedges 1981). */
export const hedgesG = (first: Summary, second: Summary): number => {
  const df = first.n + second.n - 2;
  if (!(df > 1)) return NaN;
  const factor = Math.exp(lnGamma(df / 2) - lnGamma((df - 1) / 2)) / Math.sqrt(df / 2);
  return factor * cohensD(first, second);
};
