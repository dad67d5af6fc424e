import type { InferContractRouterOutputs } from '@orpc/contract';
import type { z } from 'zod';
import { wallClock } from '../../../lib/zoned-time';
import { metrics, moneySums, type MoneySums } from '../../pipeline/public';
import { workspaceFacts } from '../../workspace/public';
import type { goalsContract, numberView } from '../contract';
import { periodOf, PERIOD_UNITS, type PeriodUnit } from '../domain/periods';
import { inForce, waiting, waitingFor } from '../domain/signing';
import { listGoals, type Goal, type SignedVersion } from '../repo';
import { dayOf, elapsed, expectedByEnd, figureOf, leadsExpectation, orderAverage, stretchOf, type At } from './figures';

type Answer = InferContractRouterOutputs<typeof goalsContract>['number'];

/** A quarter is long enough to be judged and short enough to be changed, so it comes first. */
const ORDER: readonly PeriodUnit[] = ['quarter', 'year', 'month'];

export const presentMoney = ({ total, n, orders, deals, otherCurrency, withoutValue, covered }: MoneySums) => ({ total, n, orders, deals, otherCurrency, withoutValue, covered });

const numberOf = async (scope: At, row: Goal, version: SignedVersion, zone: string): Promise<z.infer<typeof numberView>> => {
  const period = periodOf(row.unit, row.startsOn);
  const stretch = stretchOf(period, zone);
  const { amount, currency } = version;
  const money = await moneySums(scope.tx, scope.workspaceId, elapsed(stretch, scope.now), currency, scope.asOf);
  const leads = await leadsExpectation(scope, await orderAverage(scope, currency));
  const { expected, closingInTime } = expectedByEnd(scope, stretch, money, leads);
  const target = { amount, from: stretch.from.getTime(), until: stretch.until.getTime() };
  const pace = metrics.revenueAgainstTarget(money.given ? money.total : null, target, scope.now.getTime(), money.n);
  const gone = Math.min(1, Math.max(0, (scope.now.getTime() - target.from) / (target.until - target.from)));
  return {
    goal: row.id, period, currency, target: amount, signedAt: (version.signedAt ?? scope.now).toISOString(), toDate: presentMoney(money),
    expected: { ...figureOf(expected), openLeads: leads.standing.open, closeRate: figureOf(leads.closeRate), averageOrder: figureOf(leads.average), closingInTime },
    pace: { ...figureOf(pace), dueByToday: amount * gone },
  };
};

/** The periods under way that have a signed target, and targets that wait for a signature; on the day that is looked at. */
export const readNumber = async (scope: At): Promise<Answer> => {
  const { timeZone } = await workspaceFacts(scope.tx);
  const today = wallClock(scope.now, timeZone).slice(0, 10);
  const goals = await listGoals(scope.tx, { asOf: scope.asOf });
  const numbers: Answer['numbers'] = [];
  for (const unit of ORDER) {
    const row = goals.find((each) => each.unit === unit && each.startsOn === periodOf(unit, today).startsOn);
    const version = row && inForce(row.versions);
    if (row && version) numbers.push(await numberOf(scope, row, version, timeZone));
  }
  const waits = goals.flatMap((row) => {
    const version = waiting(row.versions);
    const period = periodOf(row.unit, row.startsOn);
    return version && period.endsOn > today ? [{ goal: row.id, period, waitsFor: waitingFor(version.signatures) }] : [];
  });
  return { asOf: dayOf(scope, timeZone), numbers, waiting: waits.toSorted((a, b) => PERIOD_UNITS.indexOf(a.period.unit) - PERIOD_UNITS.indexOf(b.period.unit)) };
};
