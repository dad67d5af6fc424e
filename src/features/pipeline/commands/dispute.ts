import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { announceHandoffs } from '../announce';
import { handoffsById, type HandoffRow } from '../handoff-repo';
import { handoff } from '../handoff-schema';

/** What is needed of whoever disputes or settles. */
type Disputing = Pick<Scope, 'tx' | 'workspaceId' | 'now' | 'me' | 'audit'>;

const found = async (scope: Disputing, id: string): Promise<HandoffRow> => {
  const [row] = await handoffsById(scope.tx, [id]);
  if (!row) throw refuse.notFound('offer');
  return row;
};

/** @throws 404, 409 for an offer that nobody answered yet or that is disputed already */
export const disputeHandoff = async (scope: Disputing, id: string, note: string): Promise<void> => {
  const row = await found(scope, id);
  if (row.state === 'offered' || row.state === 'withdrawn') throw refuse.conflict('Nobody has answered this offer. Nothing was saved.', 'Wait for the answer, or take the offer back.');
  const changed = await scope.tx.update(handoff).set({ disputedAt: scope.now, disputedBy: scope.me.label, disputeNote: note, settledAt: null, settledBy: null, settleNote: null }).where(and(eq(handoff.id, id), row.settledAt ? eq(handoff.settledAt, row.settledAt) : isNull(handoff.disputedAt))).returning({ id: handoff.id });
  if (changed.length === 0) throw refuse.conflict('This answer is disputed already. Nothing was saved.', 'Settle the dispute that stands first.');
  await announceHandoffs(scope.tx, scope, 'handoff.disputed', scope.me.label, [id]);
  await scope.audit({ action: 'lead.disputed', subjectKind: 'handoff', subjectId: id, details: { note } });
};

/** @throws 404, 409 where nothing is disputed */
export const settleDispute = async (scope: Disputing, id: string, note: string): Promise<void> => {
  await found(scope, id);
  const changed = await scope.tx.update(handoff).set({ settledAt: scope.now, settledBy: scope.me.label, settleNote: note }).where(and(eq(handoff.id, id), isNull(handoff.settledAt), isNotNull(handoff.disputedAt))).returning({ id: handoff.id });
  if (changed.length === 0) throw refuse.conflict('Nothing is disputed here, or it was settled already. Nothing was saved.', 'Reload to see how it was settled.');
  await announceHandoffs(scope.tx, scope, 'handoff.settled', scope.me.label, [id]);
  await scope.audit({ action: 'lead.dispute_settled', subjectKind: 'handoff', subjectId: id, details: { note } });
};
