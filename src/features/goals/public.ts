import { count, isNull } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { Scope } from '../../platform/rpc/with-workspace';
import { atNow } from './commands/figures';
import { readMetrics } from './commands/read-metrics';
import { readNumber } from './commands/read-number';
import { inForce } from './domain/signing';
import { listGoals } from './repo';
import { dashboard } from './schema';

/** Whether both heads have signed a target that counts, and how many dashboards both look at. */
export const sharedGoals = async (tx: WorkspaceTx): Promise<{ targetSigned: boolean; dashboards: number }> => ({
  targetSigned: (await listGoals(tx)).some(({ versions }) => inForce(versions)),
  dashboards: (await tx.select({ n: count() }).from(dashboard).where(isNull(dashboard.removedAt)))[0]?.n ?? 0,
});

export type QuarterFigures = { startsOn: string; endsOn: string; currency: string | null; metrics: { id: string; value: number | null; low: number | null; high: number | null; n: number; reason: string | null }[] };

/** Every metric of a quarter, counted back from the one under way: -1 is the last whole one. */
export const metricsOfQuarter = async (scope: Pick<Scope, 'tx' | 'workspaceId' | 'now'>, later: number): Promise<QuarterFigures> => {
  const { period, currency, metrics } = await readMetrics(atNow(scope), { unit: 'quarter', later, split: 'none' });
  return { startsOn: period.startsOn, endsOn: period.endsOn, currency, metrics: metrics.map(({ id, value, low, high, n, reason }) => ({ id, value, low, high, n, reason })) };
};

export type NumberNow = { unit: string; startsOn: string; endsOn: string; currency: string; target: number; toDate: number; expected: { value: number | null; low: number | null; high: number | null }; /** Of what falls on the days gone by. */ pace: number | null };

/** The first period under way that has a signed target, quarter before year; null without one. */
export const numberNow = async (scope: Scope): Promise<NumberNow | null> => {
  const [first] = (await readNumber(atNow(scope))).numbers;
  if (!first) return null;
  const { period, currency, target, toDate, expected, pace } = first;
  return { unit: period.unit, startsOn: period.startsOn, endsOn: period.endsOn, currency, target, toDate: toDate.total, expected: { value: expected.value, low: expected.low, high: expected.high }, pace: pace.value };
};
