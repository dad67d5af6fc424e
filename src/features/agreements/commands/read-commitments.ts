import type { Scope } from '../../../platform/rpc/with-workspace';
import { passedByMonth } from '../../pipeline/public';
import { tallies } from '../clocks-repo';
import { attainment, NOTHING, type Attainment } from '../domain/attainment';
import { countTally } from '../domain/counting';
import type { Commitment } from '../domain/commitment';
import { boundsOf, lastPeriods, type Period } from '../domain/periods';
import { current } from '../domain/signing';
import { agreements, type Whole } from '../terms-repo';
import type { Teams } from '../domain/teams';
import { loadTeams, startsAt } from './work-out';

export type PeriodAttainment = Attainment & { period: Period };
export type Card = { row: Whole; periods: PeriodAttainment[] };
export const PERIODS_SHOWN = 6;

type At = { zone: string; now: Date; teams: Teams };
/** Also read by jobs and by what fills the demo company. */
type Reader = Pick<Scope, 'tx' | 'now'>;

/** How a commitment was kept in each of these periods, oldest first. What is paused stands with the last one. */
const attainments = async (scope: Reader, agreementId: string, commitment: Commitment, periods: readonly Period[], { zone, now, teams }: At): Promise<PeriodAttainment[]> => {
  const [first] = periods;
  if (!first) return [];
  const { from } = boundsOf(first, zone);
  if (commitment.kind === 'count') {
    const months = await passedByMonth(scope.tx, { start: commitment.from, from, zone, credible: commitment.credible });
    const begins = startsAt(commitment, zone);
    return periods.map((period) => ({ period, ...attainment(countTally(commitment, months, teams, { period, zone, now, startsAt: begins })) }));
  }
  const counted = await tallies(scope.tx, agreementId, { from, now, zone, per: commitment.per });
  const { paused } = counted.get(null) ?? NOTHING;
  return periods.map((period, at) => ({ period, ...attainment({ ...(counted.get(period) ?? NOTHING), paused: at === periods.length - 1 ? paused : 0 }) }));
};

/** Every commitment with its last six periods; what was never signed has none. */
export const readCards = async (scope: Reader): Promise<{ zone: string; cards: Card[] }> => {
  const { teams, zone } = await loadTeams(scope.tx);
  const cards: Card[] = [];
  for (const row of await agreements(scope.tx, { kind: 'commitment' })) {
    const commitment = current(row.versions)?.commitment;
    const periods = commitment ? await attainments(scope, row.id, commitment, lastPeriods(scope.now, zone, commitment.per, PERIODS_SHOWN), { zone, now: scope.now, teams }) : [];
    cards.push({ row, periods });
  }
  return { zone, cards };
};

/** How commitments were kept in one period, months of a quarter together. */
export const attainmentIn = async (scope: Scope, row: Whole, commitment: Commitment, period: Period, at: At): Promise<Attainment> => {
  const parts = commitment.per === 'quarter' || !period.includes('Q') ? [period] : monthsOf(period);
  const kept = await attainments(scope, row.id, commitment, parts, at);
  const sum = kept.reduce((all, each) => ({ due: all.due + each.due, kept: all.kept + each.kept, notYetDue: all.notYetDue + each.notYetDue, early: all.early + each.early, paused: all.paused + each.paused }), NOTHING);
  return attainment(sum);
};

const monthsOf = (quarter: Period): Period[] => {
  const first = (Number(quarter.slice(-1)) - 1) * 3 + 1;
  return [0, 1, 2].map((more) => `${quarter.slice(0, 4)}-${String(first + more).padStart(2, '0')}`);
};
