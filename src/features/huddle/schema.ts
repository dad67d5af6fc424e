import { bigint, boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { FUNCTIONS } from '../../lib/vocabulary';
import { ANONYMITY, SEAT_ROLES, type Operation } from './domain/operation';
import type { Step } from './domain/agenda';
import type { Concluded } from './domain/concluded';

/** A Huddle as it was planned; what has become of it is the fold of its operations. */
export const huddle = pgTable(
  'huddle',
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text('name').notNull(),
    /** Of a regional Huddle, the one it belongs to. */
    parentId: uuid('parent_id'),
    rehearsal: boolean('rehearsal').notNull(),
    anonymity: text('anonymity', { enum: ANONYMITY }).notNull(),
    steps: jsonb('steps').$type<Step[]>().notNull(),
    startsAt: instant('starts_at'),
    /** As typed to join. */
    code: text('code').notNull(),
    /** Seats' secrets are made from it; sealed under a key that lies in no database, and gone once the Huddle has ended. */
    sealedSecret: text('sealed_secret'),
    /** Of the last operation that was saved. */
    seq: integer('seq').notNull().default(0),
    phase: text('phase', { enum: ['planned', 'running', 'finished'] }).notNull().default('planned'),
    /** Once it has ended: what the next one is proposed from, so that nobody has to fold its log for that. */
    concluded: jsonb('concluded').$type<Concluded>(),
    /** When what was agreed was put into the programme; once. */
    handedOverAt: instant('handed_over_at'),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex('huddle_code').on(t.workspaceId, t.code),
    foreignKey({ columns: [t.workspaceId, t.parentId], foreignColumns: [t.workspaceId, t.id], name: 'huddle_parent' }),
    index('huddle_created').on(t.workspaceId, t.createdAt),
  ],
);

/** The log: only ever added to, but for names that are forgotten when anonymity is tightened. */
export const huddleOperation = pgTable(
  'huddle_operation',
  {
    workspaceId: workspaceId(),
    huddleId: uuid('huddle_id').notNull(),
    seq: integer('seq').notNull(),
    /** The client's id: the same one is saved once. */
    operationId: uuid('operation_id').notNull(),
    /** Milliseconds since 1970; null where a time could tell who it was. */
    at: bigint('at', { mode: 'number' }),
    seatId: uuid('seat_id'),
    role: text('role', { enum: SEAT_ROLES }).notNull(),
    room: text('room', { enum: FUNCTIONS }),
    teamId: uuid('team_id'),
    key: text('key').notNull(),
    operation: jsonb('operation').$type<Operation>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.huddleId, t.seq] }),
    uniqueIndex('huddle_operation_once').on(t.workspaceId, t.huddleId, t.operationId),
    foreignKey({ columns: [t.workspaceId, t.huddleId], foreignColumns: [huddle.workspaceId, huddle.id], name: 'huddle_operation_of' }).onDelete('cascade'),
  ],
);
