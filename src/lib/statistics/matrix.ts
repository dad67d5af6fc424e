/**
 * Ratings of several people on several statements, one row per person. NaN = no answer. Reversed statements are already turned round.
 */
export type RatingMatrix = { rows: number; columns: number; values: Float64Array };

/** Row numbers 0 .. rows - 1. */
export const allRows = (matrix: RatingMatrix): Int32Array => Int32Array.from({ length: matrix.rows }, (_, row) => row);

/** The rows among `rows` in which no answer is missing. */
export const completeRows = ({ columns, values }: RatingMatrix, rows: Int32Array): Int32Array =>
  rows.filter((row) => {
    const end = (row + 1) * columns;
    for (let cell = row * columns; cell < end; cell += 1) {
      const value = values[cell] as number;
      if (value !== value) return false;
    }
    return true;
  });

/** Variance (n - 1) of each column over rows that are complete. NaN for fewer than two rows. */
export const columnVariances = ({ columns, values }: RatingMatrix, rows: Int32Array): Float64Array => {
  const means = new Float64Array(columns);
  for (const row of rows) for (let c = 0; c < columns; c += 1) means[c] = (means[c] as number) + (values[row * columns + c] as number);
  for (let c = 0; c < columns; c += 1) means[c] = (means[c] as number) / rows.length;
  const variances = new Float64Array(columns);
  for (const row of rows) {
    for (let c = 0; c < columns; c += 1) {
      const off = (values[row * columns + c] as number) - (means[c] as number);
      variances[c] = (variances[c] as number) + off * off;
    }
  }
  return variances.map((sum) => (rows.length > 1 ? sum / (rows.length - 1) : NaN));
};
