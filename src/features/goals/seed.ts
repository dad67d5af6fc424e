import type { WorkspaceTx } from '../../platform/db/database';
import { SIDES, type Side } from '../../lib/vocabulary';
import { wallClock } from '../../lib/zoned-time';
import { moneySums, type Stretch } from '../pipeline/public';
import { workspaceFacts } from '../workspace/public';
import { elapsed, stretchOf } from './commands/figures';
import { periodOf, type Period, type PeriodUnit } from './domain/periods';
import seeds from './messages/demo.en.json';
import { dashboard, goal, goalSignature, goalVersion } from './schema';

/** The two heads of the demo company. They have no accounts, so that their signatures stand under ids of their own. */
export type DemoHeads = Readonly<Record<Side, { personId: string; name: string; userId: string }>>;
type At = { workspaceId: string; now: Date; newId: () => string; heads: DemoHeads };

const DAY = 86_400_000;
const CURRENCY = 'EUR';
/** What both heads asked of a quarter beside what the quarters before brought. */
const AMBITION = 1.03;
/** Targets are round figures. */
const STEP = 25_000;

type Wanted = { period: Period; amount: number; when: Date; signed: boolean; proposedBy: Side };

const putGoal = async (tx: WorkspaceTx, { workspaceId, newId, heads, now }: At, { period, amount, when, signed, proposedBy }: Wanted): Promise<void> => {
  const id = newId();
  const signedAt = signed ? new Date(when.getTime() + 4 * DAY) : null;
  await tx.insert(goal).values({ workspaceId, id, unit: period.unit, startsOn: period.startsOn, createdAt: when });
  await tx.insert(goalVersion).values({
    workspaceId, goalId: id, version: 1, amount, currency: CURRENCY, margin: 0.42, note: signed ? seeds.why : seeds.whyNext, proposedSide: proposedBy, proposedBy: heads[proposedBy].userId, proposedByName: heads[proposedBy].name, proposedAt: when, signedAt,
  });
  const signers = signed ? [proposedBy, ...SIDES.filter((side) => side !== proposedBy)] : [proposedBy];
  await tx.insert(goalSignature).values(signers.map((side, order) => ({ workspaceId, goalId: id, version: 1, side, userId: heads[side].userId, personId: heads[side].personId, name: heads[side].name, signedAt: order === 0 ? when : (signedAt ?? now) })));
};

/** The mean of the last whole quarters that brought anything, so that the demo's target fits its orders whatever the day. */
const usualQuarter = async (tx: WorkspaceTx, workspaceId: string, today: string, zone: string): Promise<number> => {
  const totals: number[] = [];
  for (const later of [-1, -2, -3]) {
    const { total } = await moneySums(tx, workspaceId, stretchOf(periodOf('quarter', today, later), zone), CURRENCY, null);
    if (total > 0) totals.push(total);
  }
  return totals.length === 0 ? 0 : totals.reduce((sum, total) => sum + total, 0) / totals.length;
};

const DASHBOARDS: readonly { name: keyof typeof seeds; metrics: readonly string[]; unit: PeriodUnit; split: 'none' | 'origin' | 'channel'; by: Side }[] = [
  { name: 'board.both', metrics: ['revenue_against_target', 'expected_lead_revenue', 'lead_to_order', 'time_in_stage', 'acquisition_cost'], unit: 'quarter', split: 'none', by: 'sales' },
  { name: 'board.sources', metrics: ['mql_to_sql', 'lead_to_order', 'return_on_marketing'], unit: 'quarter', split: 'channel', by: 'marketing' },
];

/**
 * The demo company's number: targets of the last quarters and of the year that both heads signed, the next quarter's that waits for one of them, and two
 * dashboards. To be called after its records came in.
 */
export const seedGoals = async (tx: WorkspaceTx, at: At): Promise<void> => {
  const { workspaceId, now, newId, heads } = at;
  const { timeZone } = await workspaceFacts(tx);
  const today = wallClock(now, timeZone).slice(0, 10);
  const usual = await usualQuarter(tx, workspaceId, today, timeZone);
  const round = (amount: number): number => Math.max(STEP, Math.round(amount / STEP) * STEP);
  const begins = (period: Period): Stretch => elapsed(stretchOf(period, timeZone), now);
  const put = (unit: PeriodUnit, later: number, amount: number, proposedBy: Side) => {
    const period = periodOf(unit, today, later);
    const start = begins(period).from.getTime();
    return putGoal(tx, at, { period, amount: round(amount), signed: later <= 0, proposedBy, when: new Date(Math.min(start - 20 * DAY, now.getTime() - 6 * DAY)) });
  };
  for (const later of [-2, -1, 0, 1]) await put('quarter', later, usual * (AMBITION + 0.04 * later), later % 2 === 0 ? 'sales' : 'marketing');
  await put('year', 0, usual * 4 * AMBITION, 'marketing');
  await tx.insert(dashboard).values(DASHBOARDS.map(({ name, metrics, unit, split, by }) => ({ workspaceId, id: newId(), name: seeds[name], metrics: [...metrics], unit, split, createdBy: heads[by].userId, createdByName: heads[by].name, createdAt: now, changedAt: now })));
};
