import { instantOf } from '../../../lib/zoned-time';
import { leadDays, leadStanding, metrics, moneySums, type Metric, type MoneySums, type Stretch } from '../../pipeline/public';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { shareClosingWithin } from '../domain/expectation';
import type { Period } from '../domain/periods';

/** Where and when figures are read: by a person's call or by a job. */
export type At = Pick<Scope, 'tx' | 'workspaceId' | 'now'>;

export const DAY_MS = 86_400_000;

/** The instants a period begins and ends at in the workspace's zone. */
export const stretchOf = (period: Period, zone: string): Stretch => {
  const at = (day: string): Date => instantOf(`${day}T00:00`, zone) ?? new Date(`${day}T00:00:00Z`);
  return { from: at(period.startsOn), until: at(period.endsOn) };
};

/** What has happened of it; nothing after now is taken for something that happened. */
export const elapsed = ({ from, until }: Stretch, now: Date): Stretch => ({ from, until: until > now ? now : until });

export type Figure = { value: number | null; n: number; low: number | null; high: number | null; reason: 'not_given' | 'too_few' | 'nothing_to_divide_by' | null };

export const figureOf = (metric: Metric): Figure =>
  metric.value === null ? { value: null, n: metric.n, low: null, high: null, reason: metric.reason } : { value: metric.value, n: metric.n, low: metric.interval?.low ?? null, high: metric.interval?.high ?? null, reason: null };

const times = (metric: Metric, factor: number): Metric => {
  if (metric.value === null) return metric;
  const { interval } = metric;
  return { value: metric.value * factor, n: metric.n, ...(interval ? { interval: { low: interval.low * factor, high: interval.high * factor } } : {}) };
};

const plus = (metric: Metric, already: number): Metric => {
  if (metric.value === null) return metric;
  const { interval } = metric;
  return { value: metric.value + already, n: metric.n, ...(interval ? { interval: { low: interval.low + already, high: interval.high + already } } : {}) };
};

/** Money of the stretch, and the year before now from which the average order is taken. */
export const orderAverage = async (scope: At, currency: string): Promise<Metric> => {
  const year = await moneySums(scope.tx, scope.workspaceId, { from: new Date(scope.now.getTime() - 365 * DAY_MS), until: scope.now }, currency);
  return metrics.averageOrderSize(year.given ? year : null);
};

/** What open leads should bring, whenever they close: the figures it rests on stand beside it. */
export const leadsExpectation = async (scope: At, average: Metric) => {
  const standing = await leadStanding(scope.tx, scope.workspaceId, scope.now);
  const closeRate = metrics.conversionRate(standing.anyWon ? standing.won : null, standing.anyWon ? standing.won + standing.lost : null);
  return { standing, closeRate, average, expected: metrics.expectedLeadRevenue(standing.leads > 0 ? standing.open : null, closeRate, average) };
};

/** To date, plus what open leads should bring before the period ends. */
export const expectedByEnd = async (scope: At, period: Stretch, money: MoneySums, leads: Awaited<ReturnType<typeof leadsExpectation>>): Promise<{ expected: Metric; closingInTime: number }> => {
  const remaining = Math.max(0, (period.until.getTime() - scope.now.getTime()) / DAY_MS);
  const { openAges, daysToWon } = await leadDays(scope.tx, scope.workspaceId, scope.now);
  const closingInTime = shareClosingWithin(openAges, daysToWon, remaining);
  return { expected: plus(times(leads.expected, closingInTime), money.total), closingInTime };
};
