import { invertIncreasing } from './special';

const density = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/** Upper tail for x >= 3 by Laplace's continued fraction for Mills' ratio (DLMF 7.9.2). */
const farTail = (x: number): number => {
  let fraction = x;
  for (let term = 160; term >= 1; term -= 1) fraction = x + term / fraction;
  return density(x) / fraction;
};

/** Probability that a standard normal value is at most x. Series in odd powers near the centre (DLMF 7.6.2), a fraction outside. */
export const normalCdf = (x: number): number => {
  if (Number.isNaN(x)) return NaN;
  if (x >= 3) return 1 - farTail(x);
  if (x <= -3) return farTail(-x);
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > 1e-18; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + density(x) * sum;
};

/** The value below which a share `p` (0 < p < 1) of a standard normal distribution lies. */
export const normalQuantile = (p: number): number => {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  if (p === 0.5) return 0;
  // The lower tail keeps its digits where the upper one would round to 1.
  return p < 0.5 ? invertIncreasing(normalCdf, p, -39, 0) : -invertIncreasing(normalCdf, 1 - p, -39, 0);
};
