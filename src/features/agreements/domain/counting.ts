import { labelKey } from '../../../lib/plain';
import type { Side } from '../../../lib/vocabulary';
import { NOTHING, type Tally } from './attainment';
import { appliesTo, type Commitment } from './commitment';
import { boundsOf, type Period } from './periods';
import type { Teams } from './teams';

/** Leads that started in one month: "2026-03". */
export type Month = { month: string; owner: string | null; origin: Side; channel: string | null; n: number };

const inPeriod = (month: string, period: Period): boolean => {
  if (!period.includes('Q')) return month === period;
  return month.slice(0, 4) === period.slice(0, 4) && Math.ceil(Number(month.slice(5)) / 3) === Number(period.slice(-1));
};

/**
 * Whether enough leads came in a period, once for all or once for each territory. A period that began before the commitment
 * did is not due; one under way is not due yet.
 * @param startsAt when the commitment begins, in milliseconds since 1970
 */
export const countTally = (commitment: Commitment, months: readonly Month[], teams: Teams, at: { period: Period; zone: string; now: Date; startsAt: number }): Tally => {
  const { from, to } = boundsOf(at.period, at.zone);
  if (from.getTime() < at.startsAt) return NOTHING;
  const came = months.filter((row) => inPeriod(row.month, at.period) && appliesTo(commitment, { ...row, end: 'open', endedAt: null, passedAt: null, arrivedAt: null, contactedAt: null, returnedAt: null }));
  const units = commitment.each === 'all' ? [null] : teams.territories;
  const reached = units.filter((unit) => {
    const own = unit === null ? came : came.filter((row) => labelKey(teams.of(row.owner)?.territory ?? '') === labelKey(unit));
    return own.reduce((sum, row) => sum + row.n, 0) >= commitment.atLeast;
  }).length;
  return to <= at.now ? { ...NOTHING, due: units.length, kept: reached } : { ...NOTHING, notYetDue: units.length, early: reached };
};
