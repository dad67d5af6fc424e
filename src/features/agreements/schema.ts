import { boolean, date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { SIDES } from '../../lib/vocabulary';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { lead } from '../pipeline/schema';
import type { Commitment } from './domain/commitment';
import type { TermText } from './domain/terms';
import type { Calendar } from './domain/working-time';

export const AGREEMENT_KINDS = ['term', 'commitment'] as const;

/** Something both functions give their word on; what it says stands in its versions. */
export const agreement = pgTable(
  'agreement',
  {
    workspaceId: workspaceId(),
    id: id(),
    kind: text('kind', { enum: AGREEMENT_KINDS }).notNull(),
    name: text('name').notNull(),
    /** Folded: case, accents and signs do not make another word. */
    nameKey: text('name_key').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Both heads have signed that it ends. */
    endedAt: instant('ended_at'),
    /** What its clocks were last worked out from, so that nothing is done while nothing changes. */
    seen: text('seen'),
    seenAt: instant('seen_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), uniqueIndex('agreement_name').on(t.workspaceId, t.kind, t.nameKey)],
);

export const agreementVersion = pgTable(
  'agreement_version',
  {
    workspaceId: workspaceId(),
    agreementId: uuid('agreement_id').notNull(),
    version: integer('version').notNull(),
    term: jsonb('term').$type<TermText>(),
    commitment: jsonb('commitment').$type<Commitment>(),
    /** Signed, it ends the agreement. */
    ends: boolean('ends').notNull().default(false),
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
    primaryKey({ columns: [t.workspaceId, t.agreementId, t.version] }),
    foreignKey({ columns: [t.workspaceId, t.agreementId], foreignColumns: [agreement.workspaceId, agreement.id] }),
    uniqueIndex('agreement_version_waiting').on(t.workspaceId, t.agreementId).where(sql`signed_at is null and withdrawn_at is null`),
  ],
);

/** One for each side; one person never signs twice. */
export const agreementSignature = pgTable(
  'agreement_signature',
  {
    workspaceId: workspaceId(),
    agreementId: uuid('agreement_id').notNull(),
    version: integer('version').notNull(),
    side: text('side', { enum: SIDES }).notNull(),
    userId: uuid('user_id').notNull(),
    personId: uuid('person_id'),
    /** As they were called when they signed. */
    name: text('name').notNull(),
    signedAt: instant('signed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.agreementId, t.version, t.side] }),
    foreignKey({ columns: [t.workspaceId, t.agreementId, t.version], foreignColumns: [agreementVersion.workspaceId, agreementVersion.agreementId, agreementVersion.version] }),
    uniqueIndex('agreement_signature_user').on(t.workspaceId, t.agreementId, t.version, t.userId),
    uniqueIndex('agreement_signature_person').on(t.workspaceId, t.agreementId, t.version, t.personId),
  ],
);

/** Working hours; those of '' hold wherever a territory has none of its own. */
export const workCalendar = pgTable(
  'work_calendar',
  { workspaceId: workspaceId(), territory: text('territory').notNull(), territoryKey: text('territory_key').notNull(), calendar: jsonb('calendar').$type<Calendar>().notNull(), changedAt: instant('changed_at').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.territoryKey] })],
);

/** A commitment's clock for one lead, worked out from the lead's facts; whether its time is over is asked when it is read. */
export const commitmentClock = pgTable(
  'commitment_clock',
  {
    workspaceId: workspaceId(),
    agreementId: uuid('agreement_id').notNull(),
    leadId: uuid('lead_id').notNull(),
    leadVersion: integer('lead_version').notNull(),
    /** Version of the commitment, calendars: what it was worked out under. */
    basis: text('basis').notNull(),
    version: integer('version').notNull(),
    /** Whether the commitment is about this lead at all. */
    counts: boolean('counts').notNull(),
    startedAt: instant('started_at').notNull(),
    dueAt: instant('due_at'),
    warnAt: instant('warn_at'),
    escalateAt: instant('escalate_at'),
    metAt: instant('met_at'),
    stopped: boolean('stopped').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.agreementId, t.leadId] }),
    foreignKey({ columns: [t.workspaceId, t.leadId], foreignColumns: [lead.workspaceId, lead.id] }).onDelete('cascade'),
    foreignKey({ columns: [t.workspaceId, t.agreementId, t.version], foreignColumns: [agreementVersion.workspaceId, agreementVersion.agreementId, agreementVersion.version] }),
    index('commitment_clock_due').on(t.workspaceId, t.agreementId, t.dueAt),
    index('commitment_clock_lead').on(t.workspaceId, t.leadId),
    index('commitment_clock_open').on(t.workspaceId, t.dueAt).where(sql`met_at is null and counts and not stopped`),
  ],
);

export const NOTICE_STEPS = ['warned', 'missed', 'passed_on'] as const;

/** Written once for each step of a clock; mails gather them. */
export const commitmentNotice = pgTable(
  'commitment_notice',
  { workspaceId: workspaceId(), agreementId: uuid('agreement_id').notNull(), leadId: uuid('lead_id').notNull(), step: text('step', { enum: NOTICE_STEPS }).notNull(), at: instant('at').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.agreementId, t.leadId, t.step] }), foreignKey({ columns: [t.workspaceId, t.agreementId], foreignColumns: [agreement.workspaceId, agreement.id] })],
);

/** The quarterly review of both sides' word. */
export const review = pgTable('review', { workspaceId: workspaceId(), period: text('period').notNull(), heldOn: date('held_on', { mode: 'string' }) }, (t) => [primaryKey({ columns: [t.workspaceId, t.period] })]);

export const reviewAction = pgTable(
  'review_action',
  {
    workspaceId: workspaceId(),
    id: id(),
    period: text('period').notNull(),
    text: text('text').notNull(),
    side: text('side', { enum: SIDES }),
    owner: text('owner').notNull(),
    dueOn: date('due_on', { mode: 'string' }),
    doneAt: instant('done_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), index('review_action_period').on(t.workspaceId, t.period)],
);
