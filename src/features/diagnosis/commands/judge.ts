import { and, eq, sql } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { resultsLatest } from '../../assessment/public';
import type { Cause } from '../domain/causes';
import type { ChecklistItem } from '../domain/checklist';
import { can } from '../policy';
import { verdictById, type ItemRow, type VerdictRow } from '../repo';
import { causeVerdict, integrationItem } from '../schema';

const mayWrite = (scope: Scope): void => allow(can(scope.me, 'diagnosis:write'), 'change the diagnosis', 'Ask a head or a facilitator.');

/** A person's word on a proposed cause, with the survey that was looked at. */
export const judge = async (scope: Scope, cause: Cause, verdict: VerdictRow['verdict'], note: string): Promise<void> => {
  mayWrite(scope);
  const results = await resultsLatest(scope.tx, scope.me);
  const { userId, label: name } = scope.me;
  await scope.tx.insert(causeVerdict).values({ workspaceId: scope.workspaceId, id: scope.newId(), cause, verdict, note, waveId: results?.wave.id ?? null, userId, name, at: scope.now });
  await scope.audit({ action: 'diagnosis.cause_judged', subjectKind: 'cause', subjectId: cause, details: { name: verdict } });
};

/** @throws 404 for a judgement that is not there or was taken back already */
export const takeBack = async (scope: Scope, id: string): Promise<void> => {
  mayWrite(scope);
  const row = await verdictById(scope.tx, id);
  if (!row) throw refuse.notFound('judgement');
  await scope.tx.update(causeVerdict).set({ takenBackAt: scope.now }).where(eq(causeVerdict.id, id));
  await scope.audit({ action: 'diagnosis.judgement_taken_back', subjectKind: 'cause', subjectId: row.cause, details: { name: row.verdict } });
};

type Word = Pick<ItemRow, 'state' | 'owner' | 'dueOn' | 'note'>;

/** @throws 409 when somebody else changed the item meanwhile */
export const tick = async (scope: Scope, item: ChecklistItem, seen: number, word: Word): Promise<void> => {
  mayWrite(scope);
  const values = { ...word, version: seen + 1, changedAt: scope.now, changedByName: scope.me.label };
  const { rowCount } = seen === 0
    ? await scope.tx.insert(integrationItem).values({ workspaceId: scope.workspaceId, item, ...values }).onConflictDoNothing()
    : await scope.tx.update(integrationItem).set(values).where(and(eq(integrationItem.item, item), sql`${integrationItem.version} = ${seen}`));
  if (rowCount !== 1) throw refuse.conflict('Somebody else changed this item meanwhile. Nothing was saved.', 'Load the page again and repeat your change.');
  await scope.audit({ action: 'diagnosis.item_ticked', subjectKind: 'checklist', subjectId: item, details: { name: word.state ?? 'evidence' } });
};
