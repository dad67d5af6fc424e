import { normalQuantile } from './normal';
import type { Bounds } from './welch';

/** Wilson's score interval for a share of `successes` among `n` (Wilson 1927). 0 to 1 when n is 0. */
export const wilson = (successes: number, n: number, confidence = 0.95): Bounds => {
  if (n === 0) return { low: 0, high: 1 };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  // None and all have their ends exactly; the two terms, equal on paper, differ in their last digit.
  return { low: successes === 0 ? 0 : Math.max(0, centre - reach), high: successes === n ? 1 : Math.min(1, centre + reach) };
};
