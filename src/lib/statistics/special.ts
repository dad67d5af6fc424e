/**
 * Special functions behind the distributions. Source: NIST Digital Library of Mathematical Functions, sections 5.11 and 8.17.
 */

const HALF_LN_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Coefficients B(2k) / (2k (2k - 1)) of Stirling's series (DLMF 5.11.1). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** Natural logarithm of the gamma function, for x > 0. */
export const lnGamma = (x: number): number => {
  if (!(x > 0)) return NaN;
  let shifted = x;
  let product = 1;
  // The series is exact to double precision only for large arguments; smaller ones are stepped up.
  while (shifted < 12) {
    product *= shifted;
    shifted += 1;
  }
  let series = 0;
  let power = shifted;
  for (const coefficient of STIRLING) {
    series += coefficient / power;
    power *= shifted * shifted;
  }
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LN_TWO_PI + series - Math.log(product);
};

const TINY = 1e-300;
const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** Coefficient d(m) of the continued fraction for the incomplete beta function (DLMF 8.17.23). */
const betaCoefficient = (index: number, x: number, a: number, b: number): number => {
  const m = Math.floor(index / 2);
  return index % 2 === 0
    ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
};

/**
 * The fraction 1 + d1 / (1 + d2 / (1 + ...)), evaluated forwards (Lentz); converges fast for x < (a + 1) / (a + b + 2).
 */
const betaFraction = (x: number, a: number, b: number): number => {
  let value = 1;
  let above = 1;
  let below = 0;
  for (let index = 1; index < 1000; index += 1) {
    const coefficient = betaCoefficient(index, x, a, b);
    below = 1 / awayFromZero(1 + coefficient * below);
    above = awayFromZero(1 + coefficient / above);
    const step = above * below;
    value *= step;
    if (Math.abs(step - 1) < 3e-16) break;
  }
  return value;
};

/** Regularised incomplete beta function I_x(a, b), for 0 <= x <= 1 and a, b > 0. */
export const incompleteBeta = (x: number, a: number, b: number): number => {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) return NaN;
  if (x === 0 || x === 1) return x;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const lnFront = a * Math.log(x) + b * Math.log1p(-x) + lnGamma(a + b) - lnGamma(a) - lnGamma(b);
  return Math.exp(lnFront) / (a * betaFraction(x, a, b));
};

/**
 * The argument at which an increasing function reaches `target`, between two bounds; to double precision. Newton's steps where
 * `slope` is given and they stay between the bounds, halving otherwise.
 */
export const invertIncreasing = (f: (x: number) => number, target: number, lower: number, upper: number, slope?: (x: number) => number): number => {
  let low = lower;
  let high = upper;
  let x = (low + high) / 2;
  for (let step = 0; step < 200; step += 1) {
    const off = f(x) - target;
    if (off < 0) low = x;
    else high = x;
    const newton = slope ? x - off / slope(x) : NaN;
    // Each of Newton's steps squares the error, so one this small is the last.
    if (Math.abs(newton - x) <= 1e-9 * Math.abs(x)) return newton;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (next === low || next === high) break;
    x = next;
  }
  return x;
};
