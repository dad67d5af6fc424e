import { describe, expect, it } from 'vitest';
import { mean, median, quantile, sd, summarise } from './describe';
import { cohensD, hedgesG } from './hedges';
import { holm } from './holm';
import { contrast, interval, meanOf, pValue, tStatistic, welch } from './welch';
import { wilson } from './wilson';

const first = summarise(Float64Array.of(4.2, 5.1, 3.3, 6, 4.8, 5.5));
const second = summarise(Float64Array.of(3.1, 2.9, 4, 3.6, 2.2, 3.8, 3.3));

describe('describe', () => {
  it('leaves missing values out', () => {
    expect(summarise(Float64Array.of(1, NaN, 3))).toEqual({ n: 2, mean: 2, sd: Math.SQRT2 });
    expect(summarise(Float64Array.of(9, 1, 3), Int32Array.of(1, 2))).toEqual({ n: 2, mean: 2, sd: Math.SQRT2 });
  });
  it('has no mean of nothing and no spread of one', () => {
    expect(mean([])).toBeNaN();
    expect(sd([4])).toBeNaN();
    expect(median([])).toBeNaN();
  });
  it.each([
    [0, 1],
    [0.25, 1.75],
    [0.5, 2.5],
    [1, 4],
  ])('quantile %d as R computes it', (p, expected) => expect(quantile([4, 1, 3, 2], p)).toBeCloseTo(expected, 12));
});

describe('Welch', () => {
  it('gives the t, df, p and interval of an independent computation', () => {
    const estimate = welch(first, second);
    expect(tStatistic(estimate)).toBeCloseTo(3.3924422273409816, 9);
    expect(estimate.df).toBeCloseTo(8.22745086250345, 9);
    expect(pValue(estimate)).toBeCloseTo(0.009082023815456176, 12);
    const { low, high } = interval(estimate, 0.95);
    expect(low).toBeCloseTo(0.4998993938407774, 9);
    expect(high).toBeCloseTo(2.5905767966354136, 9);
  });
  it('narrows with the share of people who answered, to a point when all did', () => {
    const width = (population?: number) => {
      const { low, high } = interval(meanOf({ ...first, population }), 0.95);
      return high - low;
    };
    expect(width(12)).toBeCloseTo(width() * Math.SQRT1_2, 12);
    expect(width(6)).toBe(0);
    expect(width(3)).toBe(0);
  });
  it('is certain when nothing varies', () => {
    const flat = (level: number) => ({ n: 5, mean: level, sd: 0 });
    expect(pValue(welch(flat(4), flat(5)))).toBe(0);
    expect(pValue(welch(flat(4), flat(4)))).toBe(1);
    expect(interval(welch(flat(4), flat(5)), 0.95)).toEqual({ low: -1, high: -1 });
  });
  it('has no interval when a group is one person', () => expect(interval(welch({ n: 1, mean: 4, sd: NaN }, second), 0.95).low).toBeNaN());
  it('compares a group with the mean of two others', () => {
    const third = { n: 5, mean: 5, sd: 1 };
    const { value, standardError } = contrast([
      { weight: 1, group: third },
      { weight: -0.5, group: first },
      { weight: -0.5, group: second },
    ]);
    expect(value).toBeCloseTo(5 - (first.mean + second.mean) / 2, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(1 / 5 + first.sd ** 2 / 24 + second.sd ** 2 / 28), 12);
  });
});

describe("Hedges' g", () => {
  it('shrinks d by the exact factor, near 1 for many people', () => {
    const a = { n: 6, mean: 1, sd: 1 };
    const b = { n: 6, mean: 0, sd: 1 };
    expect(cohensD(a, b)).toBe(1);
    expect(hedgesG(a, b)).toBeCloseTo(0.922746, 5);
    expect(hedgesG({ ...a, n: 5000 }, { ...b, n: 5000 })).toBeCloseTo(1, 3);
  });
  it('says nothing without spread', () => expect(hedgesG({ n: 5, mean: 4, sd: 0 }, { n: 5, mean: 5, sd: 0 })).toBeNaN());
});

describe('Holm', () => {
  it('adjusts the textbook example', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((step) => Number(step.adjusted.toFixed(10)))).toEqual([0.03, 0.06, 0.06, 0.02]);
  });
  it('keeps the divisor of the first comparison that is not rejected', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((step) => step.divisor)).toEqual([3, 2, 2, 4]);
  });
  it('rejects exactly where the interval at its share excludes zero', () => {
    const ps = [0.2, 0.0001, 0.012, 0.02, 0.6];
    holm(ps).forEach(({ adjusted, divisor }, i) => expect(adjusted <= 0.05).toBe((ps[i] as number) <= 0.05 / divisor));
  });
  it('handles none', () => expect(holm([])).toEqual([]));
});

describe('Wilson', () => {
  it.each([
    [842, 8000, 0.09871, 0.11217],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [0, 0, 0, 1],
  ])('%d of %d', (successes, n, low, high) => {
    const bounds = wilson(successes, n);
    expect(bounds.low).toBeCloseTo(low, 4);
    expect(bounds.high).toBeCloseTo(high, 4);
  });
  it('begins at 0 for none and ends at 1 for all, to the last digit', () => {
    const sizes = Array.from({ length: 2_000 }, (_, at) => at + 1);
    expect(sizes.filter((n) => wilson(0, n).low !== 0 || wilson(n, n).high !== 1)).toEqual([]);
  });
});
