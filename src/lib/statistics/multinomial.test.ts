import { describe, expect, it } from 'vitest';
import { seeded } from '../seeded';
import { drawBinomial, resampleCounts } from './multinomial';
import { lnGamma } from './special';

const DRAWS = 20_000;
const drawsOf = (n: number, p: number, seed = 1) => {
  const random = seeded(seed);
  return Array.from({ length: DRAWS }, () => drawBinomial(n, p, random));
};
const probability = (k: number, n: number, p: number) => Math.exp(lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p));

/** Chi-square of the draws against the binomial's own probabilities, values with fewer than 20 expected put together; and its degrees of freedom. */
const chiSquare = (n: number, p: number) => {
  const seen = new Map<number, number>();
  for (const draw of drawsOf(n, p)) seen.set(draw, (seen.get(draw) ?? 0) + 1);
  let [statistic, cells, rareExpected, rareSeen] = [0, 0, DRAWS, DRAWS];
  for (let k = 0; k <= n; k += 1) {
    const expected = DRAWS * probability(k, n, p);
    if (expected < 20) continue;
    rareExpected -= expected;
    rareSeen -= seen.get(k) ?? 0;
    statistic += ((seen.get(k) ?? 0) - expected) ** 2 / expected;
    cells += 1;
  }
  return { statistic: statistic + (rareExpected > 5 ? (rareSeen - rareExpected) ** 2 / rareExpected : 0), df: cells };
};

describe('binomial draws', () => {
  it.each([
    [0, 0.5, 0],
    [7, 0, 0],
    [7, 1, 7],
    [7, -1e-17, 0],
    [7, 1 + 1e-16, 7],
  ])('of %i trials with probability %f', (n, p, expected) => expect(drawBinomial(n, p, seeded(1))).toBe(expected));

  it.each([
    [5, 0.3],
    [40, 0.2],
    [40, 0.9],
    [1000, 0.002],
    [60, 0.4],
    [1000, 0.03],
    [1000, 0.5],
    [300, 0.97],
  ])('of %i with %f follow the distribution', (n, p) => {
    const { statistic, df } = chiSquare(n, p);
    // Five standard deviations above what chance gives; the draws are the same each time.
    expect(statistic).toBeLessThan(df + 5 * Math.sqrt(2 * df));
  });

  it('keep mean and spread for a billion trials', () => {
    const [n, p] = [1e9, 0.3];
    const draws = drawsOf(n, p);
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / DRAWS;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / (DRAWS - 1);
    expect(Math.abs(mean - n * p)).toBeLessThan(5 * Math.sqrt((n * p * (1 - p)) / DRAWS));
    expect(variance / (n * p * (1 - p))).toBeCloseTo(1, 1);
  });
});

describe('resamples', () => {
  it.each([[[3, 0, 5, 92]], [[0, 0, 4]], [[1, 1, 1, 1, 1]], [[0, 0]], [[1_000_000, 3]]])('of %j hold as many units, and none of an empty class', (counts) => {
    const random = seeded(3);
    const into = new Float64Array(counts.length);
    for (let round = 0; round < 200; round += 1) {
      resampleCounts(Float64Array.from(counts), random, into);
      expect(into.reduce((sum, count) => sum + count, 0)).toBe(counts.reduce((sum, count) => sum + count, 0));
      counts.forEach((count, at) => expect(into[at] === 0 || ((into[at] as number) > 0 && count > 0)).toBe(true));
    }
  });
  it('have the classes\' shares on average, and the multinomial\'s spread', () => {
    const counts = Float64Array.from([10, 30, 60]);
    const random = seeded(5);
    const into = new Float64Array(3);
    const sums = [0, 0, 0];
    const squares = [0, 0, 0];
    for (let round = 0; round < DRAWS; round += 1) {
      resampleCounts(counts, random, into);
      into.forEach((count, at) => {
        sums[at] = (sums[at] as number) + count;
        squares[at] = (squares[at] as number) + (count - (counts[at] as number)) ** 2;
      });
    }
    counts.forEach((count, at) => {
      const variance = count * (1 - count / 100);
      expect((sums[at] as number) / DRAWS).toBeCloseTo(count, 0);
      expect((squares[at] as number) / DRAWS / variance).toBeCloseTo(1, 1);
    });
  });
});
