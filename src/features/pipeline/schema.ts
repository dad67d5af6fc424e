import { sql } from 'drizzle-orm';
import { boolean, doublePrecision, foreignKey, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { SIDES } from '../../lib/vocabulary';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { DISPUTED_ROWS, RULE_NAMES } from './domain/reconcile';
import { BUYER_STAGES, STAGE_ENDS, STAGE_ROLES } from './domain/stages';

export const pipeline = pgTable(
  'pipeline',
  { workspaceId: workspaceId(), id: id(), name: text('name').notNull(), isDefault: boolean('is_default').notNull().default(false), createdAt: instant('created_at').notNull(), archivedAt: instant('archived_at') },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), uniqueIndex('pipeline_name').on(t.workspaceId, t.name)],
);

export const stage = pgTable(
  'stage',
  {
    workspaceId: workspaceId(),
    id: id(),
    pipelineId: uuid('pipeline_id').notNull(),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    /** What it stands for, whatever it is called; null for a stage of the company's own. */
    role: text('role', { enum: STAGE_ROLES }),
    owner: text('owner', { enum: SIDES }).notNull(),
    buyer: text('buyer', { enum: BUYER_STAGES }),
    criteria: text('criteria').notNull().default(''),
    contribution: text('contribution').notNull().default(''),
    /** The agreed term that says what the stage means. */
    termId: uuid('term_id'),
    archivedAt: instant('archived_at'),
    /** Once archived: the stage that takes what would come here. */
    movesTo: uuid('moves_to'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), foreignKey({ columns: [t.workspaceId, t.pipelineId], foreignColumns: [pipeline.workspaceId, pipeline.id] }), index('stage_pipeline').on(t.workspaceId, t.pipelineId, t.position)],
);

/** What stages rested on, and from when: a lead keeps the term, in the version, that it came to a stage under. */
export const stageTerm = pgTable(
  'stage_term',
  { workspaceId: workspaceId(), stageId: uuid('stage_id').notNull(), since: instant('since').notNull(), termId: uuid('term_id') },
  (t) => [primaryKey({ columns: [t.workspaceId, t.stageId, t.since] }), foreignKey({ columns: [t.workspaceId, t.stageId], foreignColumns: [stage.workspaceId, stage.id], name: 'stage_term_stage' })],
);

/** What a system's word for a stage or status means here, where the usual meaning does not tell or is wrong. */
export const stageWord = pgTable(
  'stage_word',
  {
    workspaceId: workspaceId(),
    sourceId: uuid('source_id').notNull(),
    /** Folded: case, accents, spaces and signs do not count. */
    word: text('word').notNull(),
    spelling: text('spelling').notNull(),
    /** Null: seen in a file, and nobody has said what it means. */
    stageId: uuid('stage_id'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sourceId, t.word] }), foreignKey({ columns: [t.workspaceId, t.stageId], foreignColumns: [stage.workspaceId, stage.id] })],
);

/** One person in the shared process. Its id is the party's; everything here follows from the log and the records, and is kept by the writes. */
export const lead = pgTable(
  'lead',
  {
    workspaceId: workspaceId(),
    id: id(),
    pipelineId: uuid('pipeline_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    origin: text('origin', { enum: SIDES }).notNull(),
    name: text('name'),
    company: text('company'),
    channel: text('channel'),
    owner: text('owner'),
    stageId: uuid('stage_id').notNull(),
    stageSince: instant('stage_since').notNull(),
    enteredAt: instant('entered_at').notNull(),
    end: text('end', { enum: STAGE_ENDS }).notNull(),
    endedAt: instant('ended_at'),
    reason: text('reason'),
    furthest: integer('furthest').notNull(),
    amount: doublePrecision('amount'),
    passedAt: instant('passed_at'),
    arrivedAt: instant('arrived_at'),
    contactedAt: instant('contacted_at'),
    returnedAt: instant('returned_at'),
    returnReason: text('return_reason'),
    marketingRecords: integer('marketing_records').notNull(),
    salesRecords: integer('sales_records').notNull(),
    /** Per record of marketing's: when it was marked qualified or passed on, and when it was entered. */
    passes: instant('passes').array().notNull().default([]),
    marketingEntries: instant('marketing_entries').array().notNull().default([]),
    /** The owner that sales' systems name; `owner` may be marketing's. */
    salesOwner: text('sales_owner'),
    /** What its records say, as groups of the funnel are formed and the list is filtered; where they differ, the first in the order of letters. */
    territory: text('territory'),
    industry: text('industry'),
    nurtureUntil: instant('nurture_until'),
    version: integer('version').notNull().default(1),
    /** Which of the portions that all leads are read in: \`portionOf\` of the id. */
    portion: smallint('portion').generatedAlwaysAs(sql`get_byte(uuid_send(id), 15)`),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    // Stages are archived, never deleted, and only known ones are written: no foreign key, since checking it lead by lead took a fifth of the time of a large import.
    index('lead_portion').on(t.workspaceId, t.portion),
    index('lead_stage').on(t.workspaceId, t.pipelineId, t.stageId, t.stageSince),
    index('lead_entered').on(t.workspaceId, t.enteredAt, t.id),
    index('lead_since').on(t.workspaceId, t.stageSince, t.id),
    // Few systems say these; a lead without costs nothing here.
    index('lead_industry').on(t.workspaceId, t.industry, t.enteredAt, t.id).where(sql`industry is not null`),
    index('lead_territory').on(t.workspaceId, t.territory, t.enteredAt, t.id).where(sql`territory is not null`),
  ],
);

/** Another value whenever anything about leads may have changed, of all of them (portion -1) and of a portion: what was counted under this one still holds. */
export const leadRevision = pgTable('lead_revision', { workspaceId: workspaceId(), portion: smallint('portion').notNull(), revision: uuid('revision').notNull() }, (t) => [primaryKey({ columns: [t.workspaceId, t.portion] })]);

export const LOG_ORIGINS = ['import', 'hand', 'link', 'api'] as const;

/** The log: what leads are is replayed from it. Entries from imports follow their records; all others are only ever added. */
export const stageEvent = pgTable(
  'stage_event',
  {
    workspaceId: workspaceId(),
    leadId: uuid('lead_id').notNull(),
    id: id(),
    at: instant('at').notNull(),
    stageId: uuid('stage_id').notNull(),
    reason: text('reason'),
    actor: text('actor'),
    from: text('from', { enum: LOG_ORIGINS }).notNull(),
    /** The record it was said about, so that it follows when records are linked or parted. */
    recordId: uuid('record_id').notNull(),
    /** The one act, of one or many leads, that it was part of. */
    act: uuid('act'),
    /** An entry that takes another one back at once: from then on neither counts. */
    withdraws: uuid('withdraws'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.leadId, t.id] }),
    // As with leads, no foreign key to the stage; nobody asks the log by stage alone.
    index('stage_event_act').on(t.workspaceId, t.act).where(sql`${t.act} is not null`),
    index('stage_event_record').on(t.workspaceId, t.recordId).where(sql`${t.from} <> 'import'`),
  ],
);

/** "This row is wrong": somebody's objection to a row of the two counts, with what they saw. */
export const countDispute = pgTable(
  'count_dispute',
  {
    workspaceId: workspaceId(),
    id: id(),
    row: text('row', { enum: DISPUTED_ROWS }).notNull(),
    rule: text('rule', { enum: RULE_NAMES }).notNull(),
    /** The period's first day and the day after its last; null = open. */
    from: text('from'),
    to: text('to'),
    /** What the row showed then. */
    figure: integer('figure').notNull(),
    note: text('note').notNull(),
    madeBy: uuid('made_by').notNull(),
    madeByName: text('made_by_name').notNull(),
    madeAt: instant('made_at').notNull(),
    settledAt: instant('settled_at'),
    settledByName: text('settled_by_name'),
    answer: text('answer'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), index('count_dispute_made').on(t.workspaceId, t.madeAt)],
);

export const ANSWERS = ['funnel', 'usefulness', 'slow', 'dropout', 'fast', 'converting', 'attribution'] as const;
export type AnswerName = (typeof ANSWERS)[number];

/** Answers as they were last worked out, each with its date and the state of the data it rests on. Made anew from leads and records at any time. */
export const answer = pgTable(
  'answer',
  {
    workspaceId: workspaceId(),
    name: text('name', { enum: ANSWERS }).notNull(),
    computedAt: instant('computed_at').notNull(),
    /** The last change to records that it knows of; null when there were none. */
    dataAt: instant('data_at'),
    /** The revision of the leads it was worked out from; another one says that it is out of date. */
    revision: text('revision').notNull(),
    content: jsonb('content').$type<unknown>().notNull(),
    /** Leads behind each figure, by the figure's key: ids of parties, as many as a page shows. */
    leads: jsonb('leads').$type<Record<string, string[]>>().notNull().default({}),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.name] })],
);
