/** What a sample says in three numbers. `sd` has n - 1 in its denominator and is NaN for fewer than two values; `mean` is NaN for none. */
export type Summary = { n: number; mean: number; sd: number };

/** Summary of the values that are present; NaN stands for "no value" and is left out. `rows` picks positions, all when absent. */
export const summarise = (values: Float64Array, rows?: Int32Array): Summary => {
  const count = rows ? rows.length : values.length;
  let n = 0;
  let total = 0;
  for (let i = 0; i < count; i += 1) {
    const value = values[rows ? (rows[i] as number) : i] as number;
    if (value === value) {
      n += 1;
      total += value;
    }
  }
  if (n === 0) return { n, mean: NaN, sd: NaN };
  const mean = total / n;
  let squares = 0;
  // A second pass: sums of squares lose digits when the spread is small beside the mean.
  for (let i = 0; i < count; i += 1) {
    const value = values[rows ? (rows[i] as number) : i] as number;
    if (value === value) squares += (value - mean) * (value - mean);
  }
  return { n, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : NaN };
};

export const mean = (values: readonly number[]): number => summarise(Float64Array.from(values)).mean;

export const sd = (values: readonly number[]): number => summarise(Float64Array.from(values)).sd;

/** Sample quantile with linear interpolation between order statistics (type 7 of Hyndman & Fan 1996, R's default). NaN for no values. */
export const quantile = (values: readonly number[], p: number): number => {
  if (values.length === 0 || !(p >= 0 && p <= 1)) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);
