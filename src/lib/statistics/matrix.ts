/**
 * Ratings of several people on several statements, one row per person. NaN = no answer. Reversed statements are already turned round.
 */
export type RatingMatrix = { rows: number; columns: number; values: Float64Array };

/** Row numbers 0 .. rows - 1. */
export const allRows = (matrix: RatingMatrix): Int32Array => Int32Array.from({ length: matrix.rows }, (_, row) => row);

/** The rows among `rows` in which no answer is missing. */
export const completeRows = ({ columns, values }: RatingMatrix, rows: Int32Array): Int32Array => {
  const complete = new Int32Array(rows.length);
  let found = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    let sum = 0;
    // A missing answer is NaN and stays NaN in a sum.
    for (let cell = row * columns, end = cell + columns; cell < end; cell += 1) sum += values[cell] as number;
    if (sum === sum) complete[found++] = row;
  }
  return complete.subarray(0, found);
};

/** Variance (n - 1) of each column over rows that are complete. NaN for fewer than two rows. */
export const columnVariances = ({ columns, values }: RatingMatrix, rows: Int32Array): Float64Array => {
  const n = rows.length;
  const variances = new Float64Array(columns).fill(NaN);
  for (let c = 0; n > 1 && c < columns; c += 1) {
    let total = 0;
    for (let i = 0; i < n; i += 1) total += values[(rows[i] as number) * columns + c] as number;
    const mean = total / n;
    let squares = 0;
    for (let i = 0; i < n; i += 1) squares += ((values[(rows[i] as number) * columns + c] as number) - mean) ** 2;
    variances[c] = squares / (n - 1);
  }
  return variances;
};
