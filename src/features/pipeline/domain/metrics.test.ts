import { describe, expect, it } from 'vitest';
import {
  acquisitionCost,
  averageOrderSize,
  conversionRate,
  expectedLeadRevenue,
  expectedShareOfQuota,
  forecastAccuracy,
  lifetimeValue,
  marketEntryCost,
  marginPerCustomer,
  meanScore,
  METRICS,
  newCustomers,
  returnOnMarketing,
  revenueAgainstTarget,
  salesExpenseRatio,
  shareOfQuota,
  shareOfWallet,
  spendPerWin,
  timeInStage,
  type Metric,
} from './metrics';

const ten = { total: 55_000, n: 10 };
const average = averageOrderSize(ten);
const day = (date: string) => Date.parse(`${date}T00:00:00Z`);
const year = { amount: 1200, from: day('2026-01-01'), until: day('2027-01-01') };

it('defines every metric once, with formula, owner, source and what it needs', () => {
  expect(new Set(METRICS.map(({ id }) => id)).size).toBe(METRICS.length);
  expect(METRICS).toHaveLength(25);
  for (const { formula, needs } of METRICS) expect([formula.length > 10, needs.length > 0]).toEqual([true, true]);
});

describe('conversion', () => {
  it('has its interval', () => {
    const got = conversionRate(842, 8000);
    expect(got).toMatchObject({ value: 0.10525, n: 8000 });
    expect(got.value !== null && [got.interval?.low.toFixed(5), got.interval?.high.toFixed(5)]).toEqual(['0.09871', '0.11217']);
  });
  it.each<[number | null, number | null, Metric]>([
    [3, 9, { value: null, n: 9, reason: 'too_few' }],
    [0, 0, { value: null, n: 0, reason: 'too_few' }],
    [null, 50, { value: null, n: 0, reason: 'not_given' }],
    [5, null, { value: null, n: 0, reason: 'not_given' }],
  ])('%s of %s', (part, whole, expected) => expect(conversionRate(part, whole)).toEqual(expected));
});

describe('expected lead revenue', () => {
  const rate = conversionRate(20, 100);
  it('is leads × close rate × average revenue per sale, against quota', () => {
    const got = expectedLeadRevenue(50, rate, average);
    expect(got.value).toBeCloseTo(50 * 0.2 * 5500, 9);
    const share = expectedShareOfQuota(got, 110_000);
    expect(share.value).toBeCloseTo(0.5, 12);
    expect(share.value !== null && (share.interval?.low ?? 1) < 0.5 && (share.interval?.high ?? 0) > 0.5).toBe(true);
  });
  it.each<[string, Metric, Metric]>([
    ['no leads given', expectedLeadRevenue(null, rate, average), { value: null, n: 0, reason: 'not_given' }],
    ['too few closed', expectedLeadRevenue(50, conversionRate(1, 5), average), { value: null, n: 5, reason: 'too_few' }],
    ['too few orders', expectedLeadRevenue(50, rate, averageOrderSize({ total: 100, n: 1 })), { value: null, n: 1, reason: 'too_few' }],
    ['no quota', expectedShareOfQuota(expectedLeadRevenue(50, rate, average), null), { value: null, n: 50, reason: 'not_given' }],
    ['a quota of nothing', expectedShareOfQuota(expectedLeadRevenue(50, rate, average), 0), { value: null, n: 50, reason: 'nothing_to_divide_by' }],
  ])('%s', (_, got, expected) => expect(got).toEqual(expected));
});

it.each<[string, Metric, Metric]>([
  ['average order size', averageOrderSize(ten), { value: 5500, n: 10 }],
  ['average of too few orders', averageOrderSize({ total: 54_000, n: 9 }), { value: null, n: 9, reason: 'too_few' }],
  ['average without orders', averageOrderSize(null), { value: null, n: 0, reason: 'not_given' }],
  ['time in stage', timeInStage({ median: 5.5, n: 10 }), { value: 5.5, n: 10 }],
  ['time of too few stays', timeInStage({ median: 1, n: 1 }), { value: null, n: 1, reason: 'too_few' }],
  ['cost of acquisition', acquisitionCost(6000, 4000, 20), { value: 500, n: 20 }],
  ['cost with one side\'s spend only', acquisitionCost(6000, null, 20), { value: null, n: 20, reason: 'not_given' }],
  ['cost without new customers', acquisitionCost(6000, 4000, 0), { value: null, n: 0, reason: 'nothing_to_divide_by' }],
  ['return on marketing', returnOnMarketing(15_000, 10_000, 30), { value: 0.5, n: 30 }],
  ['return below spend', returnOnMarketing(5_000, 10_000, 30), { value: -0.5, n: 30 }],
  ['return of too few orders', returnOnMarketing(15_000, 10_000, 9), { value: null, n: 9, reason: 'too_few' }],
  ['return on no spend', returnOnMarketing(5_000, 0, 30), { value: null, n: 30, reason: 'nothing_to_divide_by' }],
  ['return without credit', returnOnMarketing(null, 10, 30), { value: null, n: 30, reason: 'not_given' }],
  ['share of quota', shareOfQuota(90, 120, 4), { value: 0.75, n: 4 }],
  ['sales expense', salesExpenseRatio(30, 120, 4), { value: 0.25, n: 4 }],
  ['sales expense without sales', salesExpenseRatio(30, 0, 0), { value: null, n: 0, reason: 'nothing_to_divide_by' }],
  ['on course in the middle', revenueAgainstTarget(600, year, day('2026-07-02') + 43_200_000, 7), { value: 1, n: 7 }],
  ['ahead', revenueAgainstTarget(1200, year, day('2026-07-02') + 43_200_000, 7), { value: 2, n: 7 }],
  ['after the end', revenueAgainstTarget(900, year, day('2027-06-01'), 7), { value: 0.75, n: 7 }],
  ['before the start', revenueAgainstTarget(0, year, day('2025-12-01'), 0), { value: null, n: 0, reason: 'nothing_to_divide_by' }],
  ['without a target', revenueAgainstTarget(5, null, 0, 1), { value: null, n: 1, reason: 'not_given' }],
  ['new customers', newCustomers(1), { value: 1, n: 1 }],
  ['new customers of no data', newCustomers(null), { value: null, n: 0, reason: 'not_given' }],
])('%s', (_, got, expected) => expect(got).toEqual(expected));

describe('customers', () => {
  const retention = conversionRate(60, 80);
  it('are worth the yearly profit over the share that leaves, with the interval of retention', () => {
    // 2,000 a year per customer at a margin of 0.4 are 800; a quarter leaves each year.
    const worth = lifetimeValue({ total: 200_000, customers: 100 }, 0.4, retention);
    expect(worth).toMatchObject({ value: 3_200, n: 100 });
    const { low, high } = retention.value === null ? { low: 0, high: 0 } : (retention.interval ?? { low: 0, high: 0 });
    expect(worth.value === null ? undefined : worth.interval).toEqual({ low: 800 / (1 - low), high: 800 / (1 - high) });
  });
  it('have no such worth without margin or history, in a handful, or when nobody leaves', () => {
    expect(lifetimeValue({ total: 1, customers: 100 }, null, retention)).toEqual({ value: null, n: 0, reason: 'not_given' });
    expect(lifetimeValue({ total: 1, customers: 100 }, 0.4, conversionRate(2, 5))).toMatchObject({ reason: 'too_few', n: 5 });
    expect(lifetimeValue({ total: 1, customers: 9 }, 0.4, retention)).toMatchObject({ reason: 'too_few', n: 9 });
    expect(lifetimeValue({ total: 1, customers: 20 }, 0.4, conversionRate(20, 20))).toMatchObject({ reason: 'nothing_to_divide_by' });
  });
  it('give profit, scores and a share of what they spend, none under ten', () => {
    expect([marginPerCustomer(5_000, 10), marginPerCustomer(5_000, 9), marginPerCustomer(null, 0)]).toMatchObject([{ value: 500, n: 10 }, { reason: 'too_few' }, { reason: 'not_given' }]);
    expect([meanScore({ mean: 8.2, n: 12 }), meanScore({ mean: 8.2, n: 9 }), meanScore(null)]).toMatchObject([{ value: 8.2 }, { reason: 'too_few' }, { reason: 'not_given' }]);
    expect([shareOfWallet({ ours: 30, all: 120, n: 10 }), shareOfWallet({ ours: 30, all: 120, n: 3 }), shareOfWallet(null)]).toMatchObject([{ value: 0.25, n: 10 }, { reason: 'too_few' }, { reason: 'not_given' }]);
  });
});

it('spend on markets entered and on kinds of work is told however few there are, and not without what it is divided by', () => {
  expect([marketEntryCost(700, 2), marketEntryCost(0, 0), marketEntryCost(null, 3)]).toMatchObject([{ value: 350, n: 2 }, { reason: 'nothing_to_divide_by' }, { reason: 'not_given', n: 3 }]);
  expect([spendPerWin(1_250, 2), spendPerWin(250, 0), spendPerWin(null, 0)]).toMatchObject([{ value: 625, n: 2 }, { reason: 'nothing_to_divide_by' }, { reason: 'not_given' }]);
});

it('a forecast is as accurate as its errors are small beside the outcome, and never worse than not at all', () => {
  expect(forecastAccuracy({ differences: 20, outcome: 100, n: 10 })).toEqual({ value: 0.8, n: 10 });
  expect(forecastAccuracy({ differences: 300, outcome: 100, n: 10 })).toEqual({ value: 0, n: 10 });
  expect([forecastAccuracy({ differences: 5, outcome: 0, n: 10 }), forecastAccuracy({ differences: 5, outcome: 9, n: 9 }), forecastAccuracy(null)]).toMatchObject([{ reason: 'nothing_to_divide_by' }, { reason: 'too_few' }, { reason: 'not_given' }]);
});
