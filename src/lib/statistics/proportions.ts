import { normalQuantile } from './normal';
import type { Bounds } from './welch';
import { wilson } from './wilson';

/** `successes` among `n`. */
export type Share = { successes: number; n: number };

export type Compared = Bounds & { value: number };

/**
 * The difference of two independent shares, first minus second, with the hybrid score interval built from both Wilson intervals
 * (Newcombe 1998, Statistics in Medicine 17, method 10). NaN when either group is empty.
 */
export const newcombe = (first: Share, second: Share, confidence = 0.95): Compared => {
  if (first.n === 0 || second.n === 0) return { value: NaN, low: NaN, high: NaN };
  const [a, b] = [first.successes / first.n, second.successes / second.n];
  const [aBounds, bBounds] = [wilson(first.successes, first.n, confidence), wilson(second.successes, second.n, confidence)];
  return {
    value: a - b,
    low: a - b - Math.hypot(a - aBounds.low, bBounds.high - b),
    high: a - b + Math.hypot(aBounds.high - a, b - bBounds.low),
  };
};

/** An interval that is symmetric on the logarithm's scale. */
const aroundLog = (ratio: number, variance: number, confidence: number): Compared => {
  const reach = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(variance);
  return { value: ratio, low: ratio * Math.exp(-reach), high: ratio * Math.exp(reach) };
};

/**
 * How many times as often the first group succeeds (relative risk, "lift"), with the logarithmic interval of Katz et al. 1978.
 * Where a cell is empty, half a success and half a failure are added to both groups (Walter 1975) for the interval alone; the ratio
 * itself stays as counted. NaN when either group is empty or the second never succeeds.
 */
export const lift = (first: Share, second: Share, confidence = 0.95): Compared => {
  if (first.n === 0 || second.n === 0 || second.successes === 0) return { value: NaN, low: NaN, high: NaN };
  const value = first.successes / first.n / (second.successes / second.n);
  if (first.successes > 0) return aroundLog(value, 1 / first.successes - 1 / first.n + 1 / second.successes - 1 / second.n, confidence);
  const [a, b] = [0.5, second.successes + 0.5];
  const [n, m] = [first.n + 0.5, second.n + 0.5];
  const { high } = aroundLog(a / n / (b / m), 1 / a - 1 / n + 1 / b - 1 / m, confidence);
  return { value, low: 0, high };
};

/**
 * Odds ratio of two groups with Woolf's logarithmic interval (1955); where a cell is empty, one half is added to every cell
 * (Haldane 1956, Anscombe 1956). NaN when either group is empty.
 */
export const oddsRatio = (first: Share, second: Share, confidence = 0.95): Compared => {
  if (first.n === 0 || second.n === 0) return { value: NaN, low: NaN, high: NaN };
  const cells = [first.successes, first.n - first.successes, second.successes, second.n - second.successes];
  const [a, b, c, d] = (cells.includes(0) ? cells.map((count) => count + 0.5) : cells) as [number, number, number, number];
  return aroundLog((a * d) / (b * c), 1 / a + 1 / b + 1 / c + 1 / d, confidence);
};
