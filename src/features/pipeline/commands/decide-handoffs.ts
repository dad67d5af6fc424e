import { and, eq, inArray } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import type { Acting } from '../acting';
import { announceHandoffs } from '../announce';
import { handoffsById, type HandoffRow } from '../handoff-repo';
import { handoff } from '../handoff-schema';
import { appendEntries, lockLeads, stagePlaces, type LeadRow, type NewEntry } from '../log-repo';
import { projectLeads } from '../projection';
import { roleStage } from '../role-stage';
import { salesPerson, writeOffers } from './offer-leads';

export type Decision =
  | { kind: 'accept'; note: string | null }
  | { kind: 'reject'; reason: string; note: string | null }
  | { kind: 'recycle'; reason: string | null; nurtureUntil: Date; note: string | null }
  | { kind: 'hand_on'; toPersonId: string; note: string | null };

const STATES = { accept: 'accepted', reject: 'rejected', recycle: 'recycled', hand_on: 'handed_on' } as const;

/** Nothing is on offer any more; what became of it is said by whoever shows this. */
export const answeredAlready = () => refuse.conflict('This offer was answered already, or taken back. Nothing was changed.', 'Reload to see what became of it.');

type Places = Awaited<ReturnType<typeof stagePlaces>>;

/** The entry an answer adds to the lead's log; none where the lead stands there or further already. */
const entryFor = (row: LeadRow, decision: Decision, places: Places): NewEntry[] => {
  if (decision.kind === 'hand_on') return [];
  const from = places.get(row.stageId);
  const to = roleStage(places, decision.kind === 'accept' ? 'accepted' : 'recycled', row.pipelineId);
  if (!from || !to) return [];
  if (decision.kind === 'accept') return from.end === 'won' || (from.end === 'open' && from.position >= to.position) ? [] : [{ leadId: row.id, stageId: to.id, reason: null }];
  return [{ leadId: row.id, stageId: to.id, reason: decision.reason }];
};

const checked = (decision: Decision, now: Date): void => {
  if (decision.kind === 'reject' && decision.reason.trim() === '') throw refuse.invalid('A lead is returned with a reason. Nothing was changed.', 'Choose a reason, or write one.', [{ path: 'reason', message: 'A reason is needed.' }]);
  if (decision.kind === 'recycle' && decision.nurtureUntil <= now) throw refuse.invalid('The date to come back lies in the past. Nothing was changed.', 'Choose a later date.', [{ path: 'nurtureUntil', message: 'Choose a later date.' }]);
};

/**
 * Answers offers: takes leads on, returns them with a reason, sends them back to nurture until a date, or hands them on to somebody else. All
 * of them or none; of several who answer at once the first one counts.
 * @throws 404 for an offer or person that is not here, 409 for one that was answered or taken back, 422 for a missing reason or a date in the past
 */
export const decideHandoffs = async (by: Acting, ids: readonly string[], decision: Decision): Promise<{ act: string; decided: number }> => {
  checked(decision, by.now);
  const wanted = [...new Set(ids)];
  const seen = await handoffsById(by.tx, wanted);
  if (seen.length !== wanted.length) throw refuse.notFound('offer');
  const leads = await lockLeads(by.tx, seen.map((row) => row.leadId));
  const open: HandoffRow[] = (await handoffsById(by.tx, wanted)).filter((row) => row.state === 'offered');
  if (open.length !== wanted.length) throw answeredAlready();
  const places = await stagePlaces(by.tx);
  const act = by.newId();
  const reason = decision.kind === 'reject' || decision.kind === 'recycle' ? decision.reason : null;
  const to = decision.kind === 'hand_on' ? await salesPerson(by, decision.toPersonId) : null;
  await by.tx.update(handoff).set({ state: STATES[decision.kind], decidedAt: by.now, decidedBy: by.label, decisionAct: act, reason, note: decision.note, nurtureUntil: decision.kind === 'recycle' ? decision.nurtureUntil : null })
    .where(and(inArray(handoff.id, wanted), eq(handoff.state, 'offered')));
  await announceHandoffs(by.tx, by, 'handoff.answered', by.label, wanted);
  await appendEntries(by.tx, { workspaceId: by.workspaceId, now: by.now, act, actor: by.label, from: by.from }, leads.flatMap((row) => entryFor(row, decision, places)));
  if (to) await writeOffers(by, leads, { toPersonId: to.id, note: decision.note, dueAt: open[0]?.dueAt ?? null }, act, new Map(open.map((row) => [row.leadId, row.termVersions])));
  await projectLeads(by.tx, by, leads.map((row) => row.id));
  await by.audit({ action: 'lead.offer_answered', subjectKind: 'act', subjectId: act, details: { leads: leads.length, answer: decision.kind, reason: reason ?? '', why: reason ? 'yes' : 'no' } });
  return { act, decided: leads.length };
};
