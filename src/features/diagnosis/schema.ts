import { date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { CAUSES, VERDICTS } from './domain/causes';
import { CONFIGURATIONS, type Facts } from './domain/configuration';
import { RELATIONSHIPS } from './domain/alignment';
import { ITEMS, ITEM_STATES } from './domain/checklist';
import type { Views } from './domain/views';

/** What people stated about how the two functions are organised and how they see each other; one row a workspace. */
export const diagnosis = pgTable(
  'diagnosis',
  {
    workspaceId: workspaceId(),
    facts: jsonb('facts').$type<Facts>().notNull().default({}),
    /** Set where a leader places the company elsewhere than the facts do. */
    corrected: text('corrected', { enum: CONFIGURATIONS }),
    correctedNote: text('corrected_note').notNull().default(''),
    relationship: text('relationship', { enum: RELATIONSHIPS }),
    /** By reason, whether it holds here; reasons left out were not judged. */
    reasons: jsonb('reasons').$type<Record<string, boolean>>().notNull().default({}),
    views: jsonb('views').$type<Views>().notNull().default({}),
    version: integer('version').notNull(),
    changedAt: instant('changed_at').notNull(),
    changedByName: text('changed_by_name').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);

/** What a person says of a proposed cause; the latest one not taken back counts. */
export const causeVerdict = pgTable(
  'cause_verdict',
  {
    workspaceId: workspaceId(),
    id: id(),
    cause: text('cause', { enum: CAUSES }).notNull(),
    verdict: text('verdict', { enum: VERDICTS }).notNull(),
    note: text('note').notNull(),
    /** The survey whose results were looked at, if there was one. */
    waveId: uuid('wave_id'),
    userId: uuid('user_id').notNull(),
    name: text('name').notNull(),
    at: instant('at').notNull(),
    takenBackAt: instant('taken_back_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), index('cause_verdict_at').on(t.workspaceId, t.cause, t.at)],
);

/** A person's word on an item of the checklist of integration; without a row the product's own evidence counts alone. */
export const integrationItem = pgTable(
  'integration_item',
  {
    workspaceId: workspaceId(),
    item: text('item', { enum: ITEMS as [string, ...string[]] }).notNull(),
    /** Null: the word was taken back, owner and date stay. */
    state: text('state', { enum: ITEM_STATES }),
    owner: text('owner').notNull().default(''),
    dueOn: date('due_on', { mode: 'string' }),
    note: text('note').notNull().default(''),
    version: integer('version').notNull(),
    changedAt: instant('changed_at').notNull(),
    changedByName: text('changed_by_name').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.item] })],
);
