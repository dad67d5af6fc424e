import { describe, expect, it } from 'vitest';
import { chiSquareTest } from './chi-square';
import { benjaminiHochberg } from './false-discovery';
import { chiSquareUpper, upperGamma } from './gamma';
import { logistic, type BinomialData } from './logistic';
import { lift, newcombe, oddsRatio } from './proportions';

describe('chi-square distribution', () => {
  it.each([
    [3.841458820694124, 1, 0.05],
    [18.307038053275146, 10, 0.05],
    [6.634896601021213, 1, 0.01],
    [124.34211340400407, 100, 0.05],
    [30.0701, 2, 2.9536e-7],
    [0, 3, 1],
  ])('above %d with %d df', (x, df, p) => expect(Math.abs(chiSquareUpper(x, df) / p - 1)).toBeLessThan(1e-4));
  it('is 1 - e^-x for a = 1, and refuses what it does not know', () => {
    expect(upperGamma(1, 0.3)).toBeCloseTo(Math.exp(-0.3), 14);
    expect(upperGamma(1, 30)).toBeCloseTo(Math.exp(-30), 25);
    expect([upperGamma(0, 1), upperGamma(1, -1), chiSquareUpper(0, 0)]).toEqual([NaN, NaN, NaN]);
  });
});

describe('independence in a table', () => {
  it('gives the published test of party by gender (Agresti)', () => {
    const { chiSquare, df, p } = chiSquareTest([
      [762, 327, 468],
      [484, 239, 477],
    ]);
    expect(chiSquare).toBeCloseTo(30.0701, 4);
    expect(df).toBe(2);
    expect(p).toBeCloseTo(2.954e-7, 10);
  });
  it('passes over empty rows and columns', () => {
    const plain = chiSquareTest([[10, 20], [30, 5]]);
    expect(chiSquareTest([[10, 0, 20], [0, 0, 0], [30, 0, 5]])).toEqual(plain);
    expect(chiSquareTest([[4, 5]])).toMatchObject({ df: 0, p: NaN });
  });
});

describe('two shares', () => {
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 10, 0.6075, 1],
    [5, 56, 0, 29, -0.0381, 0.1926],
  ])("Newcombe's own examples: %d/%d against %d/%d", (a, n, b, m, low, high) => {
    const found = newcombe({ successes: a, n }, { successes: b, n: m });
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });
  it("relative risk and odds of the Physicians' Health Study", () => {
    const [placebo, aspirin] = [{ successes: 189, n: 11034 }, { successes: 104, n: 11037 }];
    const risk = lift(placebo, aspirin);
    expect([risk.value, risk.low, risk.high].map((x) => Number(x.toFixed(2)))).toEqual([1.82, 1.43, 2.31]);
    const odds = oddsRatio(placebo, aspirin);
    expect([odds.value, odds.low, odds.high].map((x) => Number(x.toFixed(2)))).toEqual([1.83, 1.44, 2.33]);
  });
  it('keeps an empty cell finite', () => {
    expect(lift({ successes: 0, n: 20 }, { successes: 5, n: 20 })).toMatchObject({ value: 0, low: 0 });
    expect(lift({ successes: 0, n: 20 }, { successes: 5, n: 20 }).high).toBeLessThan(2);
    expect(oddsRatio({ successes: 0, n: 20 }, { successes: 5, n: 20 }).high).toBeLessThan(2);
    expect(lift({ successes: 3, n: 20 }, { successes: 0, n: 20 }).value).toBeNaN();
    expect(newcombe({ successes: 0, n: 0 }, { successes: 1, n: 2 }).value).toBeNaN();
  });
});

describe('false discovery rate', () => {
  it('adjusts the example of the paper', () => {
    const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
    const adjusted = benjaminiHochberg(p);
    expect(adjusted.filter((value) => value <= 0.05)).toHaveLength(4);
    expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
    expect(benjaminiHochberg([...p].reverse())).toEqual([...adjusted].reverse());
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

const withConstant = (rows: readonly (readonly number[])[], trials: readonly number[], successes: readonly number[]): BinomialData => ({
  columns: (rows[0]?.length ?? 0) + 1,
  design: Float64Array.from(rows.flatMap((row) => [1, ...row])),
  trials: Float64Array.from(trials),
  successes: Float64Array.from(successes),
});

describe('logistic regression', () => {
  it('gives the published fit of O-ring distress by temperature (Challenger, 23 launches)', () => {
    const launches = [66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58];
    const distress = [0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1];
    const fit = logistic(withConstant(launches.map((temperature) => [temperature]), launches.map(() => 1), distress));
    if (!fit.ok) throw new Error(fit.reason);
    expect(fit.method).toBe('maximum likelihood');
    const [constant, slope] = fit.coefficients;
    expect([constant?.estimate, slope?.estimate].map((x) => Number(x?.toFixed(4)))).toEqual([15.0429, -0.2322]);
    expect([constant?.standardError, slope?.standardError].map((x) => Number(x?.toFixed(4)))).toEqual([7.3786, 0.1082]);
    expect(slope?.p).toBeCloseTo(0.032, 3);
  });
  it('of one yes-or-no column is the odds ratio of the table, with its interval', () => {
    const fit = logistic(withConstant([[1], [0]], [11034, 11037], [189, 104]));
    if (!fit.ok) throw new Error(fit.reason);
    const table = oddsRatio({ successes: 189, n: 11034 }, { successes: 104, n: 11037 });
    expect(fit.coefficients[1]?.oddsRatio).toBeCloseTo(table.value, 9);
    expect(fit.coefficients[1]?.low).toBeCloseTo(table.low, 6);
    expect(fit.coefficients[1]?.high).toBeCloseTo(table.high, 6);
  });
  it('finds the common odds ratio where two strata agree and their mixture lies', () => {
    // Odds ratio 2 in both strata; thrown together, the table shows less.
    const fit = logistic(withConstant([[1, 0], [0, 0], [1, 1], [0, 1]], [300, 300, 300, 300], [200, 150, 100, 60]));
    if (!fit.ok) throw new Error(fit.reason);
    expect(fit.coefficients[1]?.oddsRatio).toBeCloseTo(2, 6);
    expect(fit.coefficients[2]?.oddsRatio).toBeCloseTo(0.25, 6);
  });
  it("goes over to Firth's penalty where the data are separated: half a case more in every cell", () => {
    const fit = logistic(withConstant([[1], [0]], [12, 20], [12, 7]));
    if (!fit.ok) throw new Error(fit.reason);
    expect(fit.method).toBe('firth');
    expect(fit.coefficients[1]?.oddsRatio).toBeCloseTo((12.5 * 13.5) / (0.5 * 7.5), 5);
    expect(Number.isFinite(fit.coefficients[1]?.high)).toBe(true);
  });
  it('says so when one column repeats others', () => {
    expect(logistic(withConstant([[1, 1], [0, 0], [1, 1]], [5, 5, 5], [1, 2, 3]))).toEqual({ ok: false, reason: 'columns depend on each other' });
    expect(logistic(withConstant([], [], []))).toEqual({ ok: false, reason: 'no data' });
  });
  it('settles on ten thousand patterns', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => [index % 2, (index >> 1) % 2, (index % 97) / 97]);
    const fit = logistic(withConstant(rows, rows.map(() => 1), rows.map(([a = 0, b = 0], index) => ((index * 7919) % 100 < 10 + 20 * a + 5 * b ? 1 : 0))));
    if (!fit.ok) throw new Error(fit.reason);
    expect(fit.coefficients[1]?.low).toBeGreaterThan(1.5);
  });
});
