import { date, doublePrecision, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { SIDES } from '../../lib/vocabulary';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { MAIL_RHYTHMS } from './domain/mail-days';
import { PERIOD_UNITS } from './domain/periods';
import { SPLITS } from './domain/splits';

/** A revenue goal of one period; what it says stands in its versions. */
export const goal = pgTable(
  'goal',
  { workspaceId: workspaceId(), id: id(), unit: text('unit', { enum: PERIOD_UNITS }).notNull(), startsOn: date('starts_on', { mode: 'string' }).notNull(), createdAt: instant('created_at').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), uniqueIndex('goal_period').on(t.workspaceId, t.unit, t.startsOn)],
);

export const goalVersion = pgTable(
  'goal_version',
  {
    workspaceId: workspaceId(),
    goalId: uuid('goal_id').notNull(),
    version: integer('version').notNull(),
    amount: doublePrecision('amount').notNull(),
    currency: text('currency').notNull(),
    /** Sales' quota where it is not the target itself. */
    quota: doublePrecision('quota'),
    /** Gross profit ÷ revenue, 0 to 1, where both agree on one. */
    margin: doublePrecision('margin'),
    note: text('note').notNull().default(''),
    /** Null: prepared by somebody who heads neither function. */
    proposedSide: text('proposed_side', { enum: SIDES }),
    proposedBy: uuid('proposed_by').notNull(),
    proposedByName: text('proposed_by_name').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    /** Both have signed. */
    signedAt: instant('signed_at'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.goalId, t.version] }),
    foreignKey({ columns: [t.workspaceId, t.goalId], foreignColumns: [goal.workspaceId, goal.id] }),
    uniqueIndex('goal_version_waiting').on(t.workspaceId, t.goalId).where(sql`signed_at is null and withdrawn_at is null`),
  ],
);

/** One for each side; one person never signs twice. */
export const goalSignature = pgTable(
  'goal_signature',
  {
    workspaceId: workspaceId(),
    goalId: uuid('goal_id').notNull(),
    version: integer('version').notNull(),
    side: text('side', { enum: SIDES }).notNull(),
    userId: uuid('user_id').notNull(),
    personId: uuid('person_id'),
    /** As they were called when they signed. */
    name: text('name').notNull(),
    signedAt: instant('signed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.goalId, t.version, t.side] }),
    foreignKey({ columns: [t.workspaceId, t.goalId, t.version], foreignColumns: [goalVersion.workspaceId, goalVersion.goalId, goalVersion.version] }),
    uniqueIndex('goal_signature_user').on(t.workspaceId, t.goalId, t.version, t.userId),
    uniqueIndex('goal_signature_person').on(t.workspaceId, t.goalId, t.version, t.personId),
  ],
);

/** A saved set of metrics, open to everybody in the workspace. */
export const dashboard = pgTable(
  'dashboard',
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text('name').notNull(),
    metrics: jsonb('metrics').$type<string[]>().notNull(),
    unit: text('unit', { enum: PERIOD_UNITS }).notNull(),
    split: text('split', { enum: SPLITS }).notNull(),
    createdBy: uuid('created_by').notNull(),
    createdByName: text('created_by_name').notNull(),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    /** Removed, and kept so that it can be taken back. */
    removedAt: instant('removed_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), index('dashboard_name').on(t.workspaceId, t.name)],
);

/** Who gets a dashboard by mail, and the day of the latest one that is settled. */
export const dashboardMail = pgTable(
  'dashboard_mail',
  {
    workspaceId: workspaceId(),
    dashboardId: uuid('dashboard_id').notNull(),
    userId: uuid('user_id').notNull(),
    email: text('email').notNull(),
    every: text('every', { enum: MAIL_RHYTHMS }).notNull(),
    lastFor: date('last_for', { mode: 'string' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.dashboardId, t.userId] }), foreignKey({ columns: [t.workspaceId, t.dashboardId], foreignColumns: [dashboard.workspaceId, dashboard.id] })],
);
