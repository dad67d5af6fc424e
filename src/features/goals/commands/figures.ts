import { instantOf, wallClock } from '../../../lib/zoned-time';
import { asOfDay, leadDays, leadStanding, metrics, moneySums, type AsOf, type Metric, type MoneySums, type Stretch } from '../../pipeline/public';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { wilson } from '../../../lib/statistics/wilson';
import { outlookOf } from '../domain/expectation';
import type { Period } from '../domain/periods';

type Here = Pick<Scope, 'tx' | 'workspaceId' | 'now'>;

/** Where and when figures are read: by a person's call or by a job. `asOf`: the past instant that is looked at, which `now` is then too. */
export type At = Here & { asOf: AsOf };

export const atNow = ({ tx, workspaceId, now }: Here): At => ({ tx, workspaceId, now, asOf: null });

/** At the end of a past day of the workspace's zone; without one, and for today, now. @throws 422 for a day to come */
export const atDay = async (here: Here, day: string | undefined): Promise<At> => {
  const asOf = await asOfDay(here, day);
  return { ...atNow(here), now: asOf ?? here.now, asOf };
};

/** The day of the zone that is looked at; null: now. */
export const dayOf = ({ asOf }: At, zone: string): string | null => asOf && wallClock(asOf, zone).slice(0, 10);

const DAY_MS = 86_400_000;

/** The instants a period begins and ends at in the workspace's zone. */
export const stretchOf = (period: Period, zone: string): Stretch => {
  const at = (day: string): Date => instantOf(`${day}T00:00`, zone) ?? new Date(`${day}T00:00:00Z`);
  return { from: at(period.startsOn), until: at(period.endsOn) };
};

/** What has happened of it; nothing after now is taken for something that happened. */
export const elapsed = ({ from, until }: Stretch, now: Date): Stretch => ({ from, until: until > now ? now : until });

export type Figure = { value: number | null; n: number; low: number | null; high: number | null; reason: Extract<Metric, { value: null }>['reason'] | null };

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
  const year = await moneySums(scope.tx, scope.workspaceId, { from: new Date(scope.now.getTime() - 365 * DAY_MS), until: scope.now }, currency, scope.asOf);
  return metrics.averageOrderSize(year.given ? year : null);
};

/** The mean chance of open leads to be won, each at its age; the range is that of a new lead's chance. Not told under ten leads that ended. */
const closeRateOf = (outlook: ReturnType<typeof outlookOf>, standing: { anyWon: boolean; open: number }): Metric => {
  if (!standing.anyWon) return { value: null, n: outlook.ended, reason: 'not_given' };
  if (outlook.ended < metrics.METRIC_MINIMUM) return { value: null, n: outlook.ended, reason: 'too_few' };
  const { low, high } = wilson(outlook.ofNew * outlook.leads, outlook.leads);
  // Leads open for longer than the look back have no like and no chance.
  const mean = standing.open > 0 ? (outlook.ofOpen * outlook.open) / standing.open : 0;
  const scale = outlook.ofNew > 0 ? mean / outlook.ofNew : 0;
  return { value: mean, n: outlook.leads, interval: { low: low * scale, high: Math.min(1, high * scale) } };
};

/** What open leads should bring, whenever they close: the figures it rests on stand beside it. */
export const leadsExpectation = async (scope: At, average: Metric) => {
  const standing = await leadStanding(scope.tx, scope.workspaceId, scope.asOf);
  const fates = await leadDays(scope.tx, scope.workspaceId, scope.now, scope.asOf);
  const closeRate = closeRateOf(outlookOf(fates, Infinity), standing);
  return { standing, fates, closeRate, average, expected: metrics.expectedLeadRevenue(standing.leads > 0 ? standing.open : null, closeRate, average) };
};

/** To date, plus what open leads should bring before the period ends. */
export const expectedByEnd = (scope: At, period: Stretch, money: MoneySums, leads: Awaited<ReturnType<typeof leadsExpectation>>): { expected: Metric; closingInTime: number } => {
  const remaining = Math.max(0, (period.until.getTime() - scope.now.getTime()) / DAY_MS);
  const { ofOpen, ofOpenInTime } = outlookOf(leads.fates, remaining);
  const closingInTime = ofOpen > 0 ? ofOpenInTime / ofOpen : 0;
  return { expected: plus(times(leads.expected, closingInTime), money.total), closingInTime };
};
