import { sql } from 'drizzle-orm';
import { boolean, doublePrecision, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { SIDES } from '../../lib/vocabulary';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { EVENT_KINDS, RECORD_KINDS, ROW_KINDS } from './domain/fields';
import { NOT_LOOKED, type Looked } from './domain/look';
import type { ImportMapping } from './domain/mapping';
import { IMPORT_STATES, ROW_OUTCOMES, type RowOutcome } from './domain/import-state';
import type { RecordData } from './domain/read-row';

/** A system that records come from, and whose system it is. */
export const source = pgTable(
  'source',
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text('name').notNull(),
    /** Which function keeps this system. */
    side: text('side', { enum: SIDES }).notNull(),
    /** Zone of times that are written without one. */
    timeZone: text('time_zone').notNull(),
    createdAt: instant('created_at').notNull(),
    archivedAt: instant('archived_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), uniqueIndex('source_name').on(t.workspaceId, t.name)],
);

/** One file of a source, from upload to applied or reverted. */
export const recordImport = pgTable(
  'record_import',
  {
    workspaceId: workspaceId(),
    id: id(),
    sourceId: uuid('source_id').notNull(),
    kind: text('kind', { enum: ROW_KINDS }).notNull(),
    fileName: text('file_name').notNull(),
    /** SHA-256 of the file's bytes, in hexadecimal. */
    fileHash: text('file_hash').notNull(),
    fileBytes: doublePrecision('file_bytes').notNull(),
    headings: jsonb('headings').$type<string[]>().notNull(),
    mapping: jsonb('mapping').$type<ImportMapping>().notNull(),
    looked: jsonb('looked').$type<Looked>().notNull().default(NOT_LOOKED),
    state: text('state', { enum: IMPORT_STATES }).notNull(),
    /** Rows read so far; the whole count once checked. */
    progress: integer('progress').notNull().default(0),
    counts: jsonb('counts').$type<Partial<Record<RowOutcome | 'kept' | 'tries', number>>>().notNull().default({}),
    /** Why it failed, as a code that the page words. */
    fault: text('fault'),
    madeBy: uuid('made_by'),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    appliedAt: instant('applied_at'),
    revertedAt: instant('reverted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    foreignKey({ columns: [t.workspaceId, t.sourceId], foreignColumns: [source.workspaceId, source.id] }),
    index('record_import_made').on(t.workspaceId, t.createdAt),
  ],
);

/** Rows of a file that is being looked at; gone once it is applied or dropped, rejected ones aside. */
export const importRow = pgTable(
  'import_row',
  {
    workspaceId: workspaceId(),
    importId: uuid('import_id').notNull(),
    line: integer('line').notNull(),
    key: text('key').notNull(),
    outcome: text('outcome', { enum: ROW_OUTCOMES }),
    /** Why a row is rejected: code and the cell it is about. */
    problem: text('problem'),
    detail: text('detail'),
    data: jsonb('data').$type<RecordData>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.importId, t.line] }),
    // No foreign key to the import, which is never deleted alone: to check it took a third of the time of staging a million rows.
  ],
);

/** What one system says of one thing. Never merged with another: links stand beside it. */
export const record = pgTable(
  'record',
  {
    workspaceId: workspaceId(),
    id: id(),
    sourceId: uuid('source_id').notNull(),
    kind: text('kind', { enum: RECORD_KINDS }).notNull(),
    /** The id the system gives it; without one, its folded e-mail address or name. */
    key: text('key').notNull(),
    /** Same for records that are linked as one person or organisation; a record of its own has its own id. */
    partyId: uuid('party_id').notNull(),
    name: text('name'),
    emailKey: text('email_key'),
    company: text('company'),
    owner: text('owner'),
    channel: text('channel'),
    status: text('status'),
    leadKey: text('lead_key'),
    contactKey: text('contact_key'),
    accountKey: text('account_key'),
    amount: doublePrecision('amount'),
    enteredAt: instant('entered_at'),
    optedOut: boolean('opted_out').notNull().default(false),
    /** Every field as read, and the columns nobody named under `custom`. The columns above repeat what is searched by. */
    data: jsonb('data').$type<RecordData>().notNull(),
    createdBy: uuid('created_by'),
    changedBy: uuid('changed_by'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    // Sources are archived, never deleted, and found before a record is written: no foreign key, since to check it row by row took a sixth of the time of writing.
    uniqueIndex('record_key').on(t.workspaceId, t.sourceId, t.kind, t.key),
    index('record_party').on(t.workspaceId, t.partyId),
    index('record_email').on(t.workspaceId, t.emailKey),
    // All that a look-up knows stands in these: an import meets tables whose statistics are from before it, and must not take `record_key` for better.
    index('record_lead_key').on(t.workspaceId, t.leadKey, t.sourceId, t.kind).where(sql`lead_key is not null`),
    index('record_contact_key').on(t.workspaceId, t.contactKey, t.sourceId, t.kind).where(sql`contact_key is not null`),
    index('record_created_by').on(t.workspaceId, t.createdBy).where(sql`changed_by is distinct from created_by`),
    index('record_changed_by').on(t.workspaceId, t.changedBy),
  ],
);

/** What an import changed of records, and of orders, spend and activities, so that it can be taken back while `changed_by` still names it. Those that it made know it by `created_by`. */
export const recordChange = pgTable(
  'record_change',
  {
    workspaceId: workspaceId(),
    importId: uuid('import_id').notNull(),
    recordId: uuid('record_id').notNull(),
    before: jsonb('before').$type<RecordData>().notNull(),
    changedByBefore: uuid('changed_by_before'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.importId, t.recordId] })],
);

/** Touches, activities, orders and spend. Stage history belongs to the pipeline. */
export const event = pgTable(
  'event',
  {
    workspaceId: workspaceId(),
    id: id(),
    sourceId: uuid('source_id').notNull(),
    kind: text('kind', { enum: EVENT_KINDS }).notNull(),
    /** The event's own id, or a digest of what it says; the same one again is not a second event. */
    key: text('key').notNull(),
    at: instant('at').notNull(),
    leadKey: text('lead_key'),
    contactKey: text('contact_key'),
    accountKey: text('account_key'),
    dealKey: text('deal_key'),
    emailKey: text('email_key'),
    channel: text('channel'),
    type: text('type'),
    amount: doublePrecision('amount'),
    data: jsonb('data').$type<RecordData>().notNull(),
    createdBy: uuid('created_by'),
    /** What put an order, spend or an activity right since; null while it stands as it came. */
    changedBy: uuid('changed_by'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    // As with records, no foreign key to the source.
    uniqueIndex('event_key').on(t.workspaceId, t.sourceId, t.kind, t.key),
    // As with records: whoever an event may belong to is found by one index, whatever the statistics say.
    index('event_lead').on(t.workspaceId, t.leadKey, t.sourceId, t.kind).where(sql`lead_key is not null`),
    index('event_contact').on(t.workspaceId, t.contactKey, t.sourceId, t.kind).where(sql`contact_key is not null`),
    index('event_deal').on(t.workspaceId, t.dealKey, t.sourceId, t.kind).where(sql`deal_key is not null`),
    index('event_email').on(t.workspaceId, t.emailKey, t.sourceId, t.kind).where(sql`email_key is not null`),
    index('event_created_by').on(t.workspaceId, t.createdBy),
    index('event_changed_by').on(t.workspaceId, t.changedBy).where(sql`changed_by is not null`),
  ],
);

export const LINK_STATES = ['linked', 'review', 'never'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** How two values of a field stand to each other, and what that says, in bits. */
export type LinkEvidence = { field: string; level: string; weight: number };

/** What two records are to each other; `never` is remembered, so that they are not proposed again. */
export const recordLink = pgTable(
  'record_link',
  {
    workspaceId: workspaceId(),
    /** The smaller id of the two. */
    aId: uuid('a_id').notNull(),
    bId: uuid('b_id').notNull(),
    state: text('state', { enum: LINK_STATES }).notNull(),
    /** What the matching says, whatever a person said; null when it does not propose the pair. */
    matched: text('matched', { enum: ['linked', 'review'] }),
    probability: doublePrecision('probability'),
    evidence: jsonb('evidence').$type<LinkEvidence[]>().notNull().default([]),
    /** Why it waits for a person although likely. */
    reasons: text('reasons').array().notNull().default([]),
    /** Null when the matching decided. */
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.aId, t.bId] }),
    foreignKey({ columns: [t.workspaceId, t.aId], foreignColumns: [record.workspaceId, record.id], name: 'record_link_a' }),
    foreignKey({ columns: [t.workspaceId, t.bId], foreignColumns: [record.workspaceId, record.id], name: 'record_link_b' }),
    index('record_link_b').on(t.workspaceId, t.bId),
    index('record_link_state').on(t.workspaceId, t.state),
    // Pairs that wait for a person, in the order in which they are shown.
    index('record_link_waiting').on(t.workspaceId, t.probability.desc().nullsLast(), t.aId, t.bId).where(sql`state = 'review'`),
  ],
);

/** The last time that a workspace's records were matched. */
export const matchRun = pgTable(
  'match_run',
  {
    workspaceId: workspaceId(),
    state: text('state', { enum: ['waiting', 'running', 'done', 'failed'] }).notNull(),
    /** When the records that were matched were read: an older reading never overwrites a newer one. */
    readAt: instant('read_at'),
    finishedAt: instant('finished_at'),
    /** Records read so far. */
    records: integer('records').notNull().default(0),
    linked: integer('linked').notNull().default(0),
    review: integer('review').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);

/** Which heading meant which field, per source, kind and set of headings. */
export const recordMapping = pgTable(
  'record_mapping',
  {
    workspaceId: workspaceId(),
    sourceId: uuid('source_id').notNull(),
    /** Digest of the headings. */
    signature: text('signature').notNull(),
    mapping: jsonb('mapping').$type<ImportMapping>().notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sourceId, t.signature] })],
);
