import { lnGamma } from './special';

const STEPS = 10_000;
const PRECISION = 1e-16;

/** Lower regularised function by its power series (DLMF 8.7.1), for x < a + 1. */
const lowerSeries = (a: number, x: number): number => {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; step < STEPS && term > sum * PRECISION; step += 1) {
    term *= x / (a + step);
    sum += term;
  }
  return sum * Math.exp(a * Math.log(x) - x - lnGamma(a));
};

/** Upper regularised function by Legendre's continued fraction (DLMF 8.9.2), evaluated forwards, for x >= a + 1. */
const upperFraction = (a: number, x: number): number => {
  let bottom = x + 1 - a;
  let ratio = 1 / bottom;
  let above = Number.MAX_VALUE;
  let value = ratio;
  for (let step = 1; step < STEPS; step += 1) {
    const coefficient = step * (a - step);
    bottom += 2;
    ratio = 1 / (bottom + coefficient * ratio);
    above = bottom + coefficient / above;
    const change = ratio * above;
    value *= change;
    if (Math.abs(change - 1) < PRECISION * 2) break;
  }
  return value * Math.exp(a * Math.log(x) - x - lnGamma(a));
};

/** Regularised upper incomplete gamma function Q(a, x), for a > 0 and x >= 0; NaN outside. Source: DLMF sections 8.7 and 8.9. */
export const upperGamma = (a: number, x: number): number => {
  if (!(a > 0 && x >= 0)) return NaN;
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
};

/** Probability that a chi-square value with `df` degrees of freedom is at least `x`. NaN for no degrees of freedom. */
export const chiSquareUpper = (x: number, df: number): number => upperGamma(df / 2, x / 2);
