import { asc, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { wallClock } from '../../../lib/zoned-time';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { leadNames, returnReasons } from '../../pipeline/public';
import { countClocks, listClocks, type ClockRow } from '../clocks-repo';
import { boundsOf, perOf, type Period } from '../domain/periods';
import { current, waiting, waitingFor } from '../domain/signing';
import type { Teams } from '../domain/teams';
import { can } from '../policy';
import { presentAction, presentClock, presentCommitment } from '../present';
import { review, reviewAction } from '../schema';
import { agreements } from '../terms-repo';
import { attainmentIn } from './read-commitments';
import { loadTeams } from './work-out';

const MISSED_SHOWN = 10;

export const presentClocks = async (scope: Scope, rows: readonly ClockRow[], teams: Teams) => {
  const leads = await leadNames(scope.tx, [...new Set(rows.map((row) => row.leadId))]);
  return rows.map((row) => presentClock(row, leads.get(row.leadId), teams, scope.now));
};

/** Everything a review talks about, from what the product knows. A commitment counted by month belongs into its quarter too. */
export const readReview = async (scope: Scope, period: Period) => {
  const { teams, zone } = await loadTeams(scope.tx);
  const { from, to } = boundsOf(period, zone);
  const all = await agreements(scope.tx, {});
  const commitments = [];
  for (const row of all) {
    const commitment = current(row.versions)?.commitment;
    if (!commitment || (commitment.per === 'quarter' && perOf(period) === 'month')) continue;
    commitments.push({ id: row.id, name: row.name, commitment: presentCommitment(commitment), attainment: { period, ...(await attainmentIn(scope, row, commitment, period, { zone, now: scope.now, teams })) } });
  }
  const missed = { state: 'broken' as const, from, to, now: scope.now };
  const [held] = await scope.tx.select().from(review).where(eq(review.period, period));
  return {
    period, heldOn: held?.heldOn ?? null, from: from.toISOString(), to: to.toISOString(),
    asOf: all.flatMap((row) => row.seenAt ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0]?.toISOString() ?? null,
    commitments,
    missed: can(scope.me, 'clocks:read') ? await presentClocks(scope, await listClocks(scope.tx, missed, { limit: MISSED_SHOWN, offset: 0, order: 'latest' }), teams) : [],
    missedTotal: await countClocks(scope.tx, missed),
    reasons: await returnReasons(scope.tx, from, to),
    proposals: all.flatMap((row) => {
      const open = waiting(row.versions);
      return open ? [{ id: row.id, kind: row.kind, name: row.name, proposedSide: open.proposedSide, waitingFor: waitingFor(open.signatures) }] : [];
    }),
    actions: (await scope.tx.select().from(reviewAction).where(eq(reviewAction.period, period)).orderBy(asc(reviewAction.createdAt))).map(presentAction),
  };
};

/** The next review that has its day, today's included; else the one held last. */
export const reviewDay = async ({ tx, now }: Pick<Scope, 'tx' | 'now'>, zone: string): Promise<{ period: Period; heldOn: string; ahead: boolean } | null> => {
  const today = wallClock(now, zone).slice(0, 10);
  const [row] = await tx.select().from(review).where(isNotNull(review.heldOn)).orderBy(sql`${review.heldOn} < ${today}`, sql`case when ${review.heldOn} >= ${today} then ${review.heldOn} end`, desc(review.heldOn)).limit(1);
  return row?.heldOn ? { period: row.period, heldOn: row.heldOn, ahead: row.heldOn >= today } : null;
};

export const setReview = async (scope: Scope, period: Period, heldOn: string | null): Promise<void> => {
  allow(can(scope.me, 'review:write'), 'set the day of a review');
  await scope.tx.insert(review).values({ workspaceId: scope.workspaceId, period, heldOn }).onConflictDoUpdate({ target: [review.workspaceId, review.period], set: { heldOn } });
  await scope.audit({ action: 'agreements.review_set', subjectKind: 'review', subjectId: period, details: { name: period } });
};

type NewAction = Pick<typeof reviewAction.$inferInsert, 'text' | 'side' | 'owner' | 'dueOn'>;

export const addAction = async (scope: Scope, period: Period, action: NewAction) => {
  allow(can(scope.me, 'review:write'), 'note what a review decided');
  const [row] = await scope.tx.insert(reviewAction).values({ workspaceId: scope.workspaceId, id: scope.newId(), period, ...action, createdAt: scope.now }).returning();
  if (!row) throw new Error('the action was not kept');
  await scope.audit({ action: 'agreements.action_added', subjectKind: 'review', subjectId: period, details: { name: period } });
  return presentAction(row);
};

export const setAction = async (scope: Scope, id: string, done: boolean) => {
  allow(can(scope.me, 'review:write'), 'change what a review decided');
  const [row] = await scope.tx.update(reviewAction).set({ doneAt: done ? scope.now : null }).where(eq(reviewAction.id, id)).returning();
  if (!row) throw refuse.notFound('action');
  await scope.audit({ action: done ? 'agreements.action_done' : 'agreements.action_reopened', subjectKind: 'review', subjectId: row.period, details: { name: row.period } });
  return presentAction(row);
};
