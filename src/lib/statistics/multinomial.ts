import { lnGamma } from './special';

type Random = () => number;

/** Counts up from zero, subtracting each probability from one draw. Fast while the mean is small. */
const byInversion = (n: number, p: number, random: Random): number => {
  const odds = p / (1 - p);
  for (;;) {
    let probability = Math.exp(n * Math.log1p(-p));
    let draw = random();
    for (let count = 0; count <= n; count += 1) {
      if (draw < probability) return count;
      draw -= probability;
      probability *= ((n - count) / (count + 1)) * odds;
      // Rounding has used up the distribution before the draw: draw again rather than run to n.
      if (probability === 0) break;
    }
  }
};

/** Transformed rejection with squeeze (algorithm BTRS, Hörmann 1993, Journal of Statistical Computation and Simulation 46); mean from 10, p to a half. */
const byRejection = (n: number, p: number, random: Random): number => {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const lnOdds = Math.log(p / (1 - p));
  const mode = Math.floor((n + 1) * p);
  const height = lnGamma(mode + 1) + lnGamma(n - mode + 1);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const edge = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / edge + b) * u + centre);
    if (edge >= 0.07 && v <= squeeze) return count;
    if (!(count >= 0 && count <= n)) continue;
    const bound = height - lnGamma(count + 1) - lnGamma(n - count + 1) + (count - mode) * lnOdds;
    if (Math.log((v * alpha) / (a / (edge * edge) + b)) <= bound) return count;
  }
};

/** How many of `n` trials (whole, from 0) succeed when each does with probability `p` (0 to 1). */
export const drawBinomial = (n: number, p: number, random: Random): number => {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - drawBinomial(n, 1 - p, random);
  return n * p < 10 ? byInversion(n, p, random) : byRejection(n, p, random);
};

/**
 * A resample of the same size, with replacement, of units counted in classes: the multinomial bootstrap (Efron 1979). The time goes
 * with the number of classes, not of units.
 * @param counts units per class, whole numbers from 0
 * @param into where the resample's counts go, as long as `counts`
 */
export const resampleCounts = (counts: Float64Array, random: Random, into: Float64Array): void => {
  let total = 0;
  for (let at = 0; at < counts.length; at += 1) total += counts[at] as number;
  let units = total;
  let rest = total;
  for (let at = 0; at < counts.length; at += 1) {
    const count = counts[at] as number;
    const drawn = count === 0 ? 0 : drawBinomial(units, count / rest, random);
    into[at] = drawn;
    units -= drawn;
    rest -= count;
  }
};
