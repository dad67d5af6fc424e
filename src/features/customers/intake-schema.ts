import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant, workspaceId } from '../../platform/db/columns';
import type { FieldTimes } from './domain/arrival';
import { ROW_KINDS } from './domain/fields';
import { source } from './schema';

/** An address a system sends its records to, and the secret it signs them with. */
export const intakeHook = pgTable(
  'intake_hook',
  {
    workspaceId: workspaceId(),
    id: id(),
    sourceId: uuid('source_id').notNull(),
    name: text('name').notNull(),
    /** Sealed under a key in the data folder: signatures can only be checked by whoever knows the secret. */
    sealedSecret: text('sealed_secret').notNull(),
    madeBy: text('made_by').notNull(),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    foreignKey({ columns: [t.workspaceId, t.sourceId], foreignColumns: [source.workspaceId, source.id], name: 'intake_hook_source' }),
  ],
);

export type RejectedRow = { row: number; problem: string; detail: string | null };
export type IntakeCounts = { new: number; changed: number; same: number; rejected: number };

/** Every batch that came in by API or webhook, for 30 days; the same message again is answered from here. */
export const intakeBatch = pgTable(
  'intake_batch',
  {
    workspaceId: workspaceId(),
    /** Also `changed_by` of the records it wrote. */
    id: id(),
    sourceId: uuid('source_id').notNull(),
    hookId: uuid('hook_id'),
    /** The sender's own id of the message; null when it gave none. */
    messageId: text('message_id'),
    /** SHA-256 of what it said. */
    digest: text('digest').notNull(),
    kind: text('kind', { enum: ROW_KINDS }).notNull(),
    label: text('label').notNull(),
    counts: jsonb('counts').$type<IntakeCounts>().notNull(),
    rejected: jsonb('rejected').$type<RejectedRow[]>().notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex('intake_batch_message').on(t.workspaceId, t.sourceId, t.messageId),
    foreignKey({ columns: [t.workspaceId, t.sourceId], foreignColumns: [source.workspaceId, source.id], name: 'intake_batch_source' }),
    index('intake_batch_received').on(t.workspaceId, t.receivedAt),
  ],
);

/** When each value of a record was said, as long as nothing else wrote the record since: `version` is the one it holds for. */
export const recordTimes = pgTable(
  'record_times',
  { workspaceId: workspaceId(), recordId: uuid('record_id').notNull(), version: integer('version').notNull(), times: jsonb('times').$type<FieldTimes>().notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.recordId] })],
);
