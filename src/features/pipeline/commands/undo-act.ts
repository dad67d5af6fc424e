import { and, eq, or } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import { oneOf } from '../../../platform/db/one-of';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { announceHandoffs } from '../announce';
import { standing } from '../domain/log';
import { handoff } from '../handoff-schema';
import { appendEntries, entriesOfAct, lockLeads, type LogOrigin } from '../log-repo';
import { projectLeads } from '../projection';
import { stageEvent } from '../schema';

/** Ten seconds are offered; slow networks get a minute. Later the way back is a move of its own, with its reason. */
const WITHIN = 60_000;

type LogRow = Omit<typeof stageEvent.$inferSelect, 'at'> & { at: number };

const handoffsOfAct = async (scope: Scope, act: string) => scope.tx.select().from(handoff).where(or(eq(handoff.offerAct, act), eq(handoff.decisionAct, act)));

const changedSince = () => refuse.conflict('Something else happened to these leads since. Nothing was taken back.', 'Look at the lead’s log, and move it from where it stands now.');

/** Offers made in the act are withdrawn, answers given in it are open again. */
const reopen = async (scope: Scope, act: string, ids: readonly string[]): Promise<void> => {
  const open = { state: 'offered', decidedAt: null, decidedBy: null, decisionAct: null, reason: null, note: null, nurtureUntil: null } as const;
  const of = scope.tx;
  const withdrawn = { state: 'withdrawn', decidedAt: scope.now, decidedBy: scope.me.label } as const;
  const taken = await of.update(handoff).set(withdrawn).where(and(eq(handoff.offerAct, act), oneOf(handoff.leadId, ids))).returning({ id: handoff.id });
  const opened = await of.update(handoff).set(open).where(and(eq(handoff.decisionAct, act), oneOf(handoff.leadId, ids))).returning({ id: handoff.id });
  await announceHandoffs(of, scope, 'handoff.withdrawn', scope.me.label, taken.map((row) => row.id));
  await announceHandoffs(of, scope, 'handoff.reopened', scope.me.label, opened.map((row) => row.id));
};

/**
 * Takes a move, an offer or an answer back, for all its leads or, when one of them changed since, for none. The log keeps both: what was said, and
 * that it was withdrawn.
 * @throws 404 for an act that is not here, 409 when it is too late or something else happened since
 */
export const undoAct = async (scope: Scope, from: LogOrigin, act: string): Promise<{ leads: number }> => {
  const { tx, workspaceId, now } = scope;
  const found = await entriesOfAct(tx, act);
  const before = await handoffsOfAct(scope, act);
  const ids = [...new Set([...found.map((row) => row.leadId), ...before.map((row) => row.leadId)])];
  if (ids.length === 0) throw refuse.notFound('act');
  await lockLeads(tx, ids);
  const handoffs = await handoffsOfAct(scope, act);
  const log = await tx.select().from(stageEvent).where(oneOf(stageEvent.leadId, ids));
  const times = [...found.map((row) => row.at), ...handoffs.map((row) => (row.decisionAct === act ? row.decidedAt : row.offeredAt) ?? now)];
  if (times.some((at) => now.getTime() - at.getTime() > WITHIN)) throw refuse.conflict('It is too late to take this back. Nothing was changed.', 'Move the lead instead, and say why.');
  const others = (await tx.select().from(handoff).where(oneOf(handoff.leadId, ids))).filter((row) => row.offerAct !== act && row.decisionAct !== act && row.state !== 'withdrawn');
  // An answer taken back opens its offer again, and a lead is on offer once at a time; a move leaves an older offer as it is.
  const reopened = new Set(handoffs.filter((row) => row.decisionAct === act).map((row) => row.leadId));
  if (others.some((row) => (row.state === 'offered' && reopened.has(row.leadId)) || times.some((at) => row.offeredAt > at))) throw changedSince();
  if (handoffs.some((row) => (row.offerAct === act && row.state !== 'offered') || (row.decisionAct === act && row.disputedAt !== null))) throw changedSince();
  const logs = new Map<string, LogRow[]>(ids.map((id) => [id, []]));
  for (const row of log) logs.get(row.leadId)?.push({ ...row, at: row.at.getTime() });
  const entries = found.flatMap((mine) => {
    const { leadId } = mine;
    const live = standing(logs.get(leadId) ?? []).toSorted((a, b) => a.at - b.at);
    if (live.at(-1)?.id !== mine.id) throw changedSince();
    return [{ leadId, stageId: live.at(-2)?.stageId ?? mine.stageId, reason: null, withdraws: mine.id }];
  });
  await appendEntries(tx, { workspaceId, now, act: scope.newId(), actor: scope.me.label, from }, entries);
  await reopen(scope, act, ids);
  await projectLeads(tx, { workspaceId, now }, ids);
  await scope.audit({ action: 'lead.act_undone', subjectKind: 'act', subjectId: act, details: { leads: ids.length } });
  return { leads: ids.length };
};
