import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { FUNCTIONS } from '../../lib/vocabulary';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { RECORD_KINDS } from './domain/fields';

/** What somebody here wrote about a customer. It belongs to a record, so that it follows when records are linked as one customer or parted. */
export const customerNote = pgTable(
  'customer_note',
  {
    workspaceId: workspaceId(),
    id: id(),
    recordId: uuid('record_id').notNull(),
    text: text('text').notNull(),
    /** Null: written by a program. */
    userId: uuid('user_id'),
    author: text('author').notNull(),
    /** The author's function then, where it was known. */
    function: text('function', { enum: FUNCTIONS }),
    writtenAt: instant('written_at').notNull(),
    changedAt: instant('changed_at'),
    removedAt: instant('removed_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), index('customer_note_record').on(t.workspaceId, t.recordId)],
);

/**
 * Records that went when their file was taken back, although people here had moved, offered or noted something about them: brought in again, the
 * same record of the same system has its old id, and with it what was done. Keys, which may be addresses, are kept as digests only.
 */
export const recordGone = pgTable(
  'record_gone',
  { workspaceId: workspaceId(), sourceId: uuid('source_id').notNull(), kind: text('kind', { enum: RECORD_KINDS }).notNull(), keyDigest: text('key_digest').notNull(), recordId: uuid('record_id').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sourceId, t.kind, t.keyDigest] }), index('record_gone_record').on(t.workspaceId, t.recordId)],
);
