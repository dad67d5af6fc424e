import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { refuse } from '../../../platform/http/refusal';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { functionOf } from '../../people/public';
import { partyOf } from '../links-repo';
import { customerNote } from '../note-schema';
import type { noteView } from '../notes-contract';
import { record } from '../schema';

type Note = typeof customerNote.$inferSelect;
type View = z.infer<typeof noteView>;

/** Nobody reads more notes on one page. */
const MOST = 300;

const present = (scope: Scope, row: Note): View => ({
  id: row.id, text: row.text, author: row.author, function: row.function, writtenAt: row.writtenAt.toISOString(), changedAt: row.changedAt?.toISOString() ?? null, mine: row.userId !== null && row.userId === scope.me.userId,
});

/** Notes about these parties, newest first. */
export const notesOf = async (scope: Scope, parties: readonly string[]): Promise<View[]> => {
  const rows = await scope.tx.select({ note: customerNote }).from(customerNote).innerJoin(record, and(eq(record.workspaceId, customerNote.workspaceId), eq(record.id, customerNote.recordId)))
    .where(and(isNull(customerNote.removedAt), sql`${record.partyId} = any(${sql.param([...parties])}::uuid[])`)).orderBy(desc(customerNote.writtenAt), desc(customerNote.id)).limit(MOST);
  return rows.map(({ note }) => present(scope, note));
};

/** @throws 404 for a customer that is not here */
export const addNote = async (scope: Scope, id: string, text: string): Promise<View> => {
  const { tx, workspaceId, me, now } = scope;
  const at = await partyOf(tx, id);
  if (!at || at.kind === 'deal') throw refuse.notFound('customer');
  // A party has the id of one of its records: the note goes with that one.
  const row: Note = { workspaceId, id: scope.newId(), recordId: at.party, text, userId: me.userId, author: me.label, function: await functionOf(tx, me.personId), writtenAt: now, changedAt: null, removedAt: null };
  await tx.insert(customerNote).values(row);
  await scope.audit({ action: 'customers.note-added', subjectKind: 'customer_note', subjectId: row.id });
  return present(scope, row);
};

const find = async (tx: WorkspaceTx, id: string): Promise<Note> => {
  const [row] = await tx.select().from(customerNote).where(eq(customerNote.id, id)).for('update');
  if (!row) throw refuse.notFound('note');
  return row;
};

/** @throws 404, 403 for somebody else's note */
export const changeNote = async (scope: Scope, id: string, { text, removed }: { text?: string | undefined; removed?: boolean | undefined }): Promise<View> => {
  const row = await find(scope.tx, id);
  if (row.userId === null || row.userId !== scope.me.userId) throw refuse.forbidden('change what somebody else wrote', 'Write a note of your own beside it.');
  const next: Note = {
    ...row,
    ...(text !== undefined && text !== row.text ? { text, changedAt: scope.now } : {}),
    ...(removed === undefined ? {} : { removedAt: removed ? (row.removedAt ?? scope.now) : null }),
  };
  await scope.tx.update(customerNote).set({ text: next.text, changedAt: next.changedAt, removedAt: next.removedAt }).where(eq(customerNote.id, id));
  await scope.audit({ action: next.removedAt !== null ? 'customers.note-removed' : row.removedAt === null ? 'customers.note-changed' : 'customers.note-restored', subjectKind: 'customer_note', subjectId: id });
  return present(scope, next);
};
