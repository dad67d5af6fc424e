/** Square matrices, row by row in one array of size * size. */

/**
 * Lower triangle L with L L' = matrix, for a symmetric positive definite matrix; undefined when it is not (to `tolerance`
 * of its diagonal), that is when a column can be told from others.
 */
export const cholesky = (matrix: Float64Array, size: number, tolerance = 1e-11): Float64Array | undefined => {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let rest = matrix[row * size + column] as number;
      for (let k = 0; k < column; k += 1) rest -= (lower[row * size + k] as number) * (lower[column * size + k] as number);
      if (column < row) lower[row * size + column] = rest / (lower[column * size + column] as number);
      else if (!(rest > tolerance * Math.abs(matrix[row * size + row] as number))) return undefined;
      else lower[row * size + row] = Math.sqrt(rest);
    }
  }
  return lower;
};

/** The x with L L' x = right side. */
export const choleskySolve = (lower: Float64Array, size: number, right: Float64Array): Float64Array => {
  const x = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    for (let k = 0; k < row; k += 1) x[row] = (x[row] as number) - (lower[row * size + k] as number) * (x[k] as number);
    x[row] = (x[row] as number) / (lower[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let k = row + 1; k < size; k += 1) x[row] = (x[row] as number) - (lower[k * size + row] as number) * (x[k] as number);
    x[row] = (x[row] as number) / (lower[row * size + row] as number);
  }
  return x;
};

/** The inverse of L L'. */
export const choleskyInverse = (lower: Float64Array, size: number): Float64Array => {
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let column = 0; column < size; column += 1) {
    unit.fill(0);
    unit[column] = 1;
    const solved = choleskySolve(lower, size, unit);
    for (let row = 0; row < size; row += 1) inverse[row * size + column] = solved[row] as number;
  }
  return inverse;
};

/** Natural logarithm of the determinant of L L'. */
export const choleskyLogDeterminant = (lower: Float64Array, size: number): number => {
  let half = 0;
  for (let row = 0; row < size; row += 1) half += Math.log(lower[row * size + row] as number);
  return 2 * half;
};
