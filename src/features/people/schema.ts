import { boolean, date, doublePrecision, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { FUNCTIONS, LEVELS } from '../../lib/vocabulary';
import { id, instant, workspaceId } from '../../platform/db/columns';
import type { Mapping } from './domain/mapping';
import { CHANGE_KINDS, type RuleField } from './domain/person';
import type { Snapshot } from './domain/revert';

export const person = pgTable(
  'person',
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    /** Folded e-mail: the key by which imports recognise a person. */
    emailKey: text('email_key').notNull(),
    /** By activity, not by department (MB ch. 1); null until somebody has said it. */
    function: text('function', { enum: FUNCTIONS }),
    level: text('level', { enum: LEVELS }),
    territory: text('territory'),
    managerId: uuid('manager_id'),
    startDate: date('start_date', { mode: 'string' }),
    workedInOtherFunction: boolean('worked_in_other_function'),
    department: text('department'),
    site: text('site'),
    /** Fields that a rule filled in (function by department, level by the manager tree, territory by site); only rules change those again. */
    byRule: jsonb('by_rule').$type<RuleField[]>().notNull().default([]),
    /** Counts up with every change; an edit names the version it saw. */
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex('person_email_key').on(t.workspaceId, t.emailKey),
    foreignKey({ columns: [t.workspaceId, t.managerId], foreignColumns: [t.workspaceId, t.id], name: 'person_manager' }),
    index('person_manager_id').on(t.workspaceId, t.managerId),
  ],
);

/** A standing rule before and after: a function, "none" or a territory; '' is no rule. */
export type RuleChange = { label: string; before: string; after: string };

/** One import or bulk act; its changes can be taken back. */
export const peopleChangeSet = pgTable(
  'people_change_set',
  {
    workspaceId: workspaceId(),
    id: id(),
    kind: text('kind', { enum: CHANGE_KINDS }).notNull(),
    /** What was done, for the list of changes: a file's name, a department, a number of people. */
    label: text('label').notNull(),
    counts: jsonb('counts').$type<Record<string, number>>().notNull(),
    madeBy: uuid('made_by'),
    madeAt: instant('made_at').notNull(),
    revertedAt: instant('reverted_at'),
    /** Rules about departments or sites that were said along with it; taken back together. */
    rules: jsonb('rules').$type<RuleChange[]>(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), index('people_change_set_made').on(t.workspaceId, t.madeAt)],
);

export const peopleChange = pgTable(
  'people_change',
  {
    workspaceId: workspaceId(),
    changeSetId: uuid('change_set_id').notNull(),
    personId: uuid('person_id').notNull(),
    /** Null when the person was new; `after` then holds every field. */
    before: jsonb('before').$type<Snapshot>(),
    after: jsonb('after').$type<Snapshot>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.changeSetId, t.personId] }),
    foreignKey({ columns: [t.workspaceId, t.changeSetId], foreignColumns: [peopleChangeSet.workspaceId, peopleChangeSet.id] }),
  ],
);

/** An import that is being written: how far it is, and whether somebody stopped it. Written beside the import's own transaction, and gone with it. */
export const peopleImportRun = pgTable(
  'people_import_run',
  {
    workspaceId: workspaceId(),
    /** The change set's id to be. */
    id: id(),
    state: text('state', { enum: ['running', 'stopped'] }).notNull(),
    /** 0 to 1. */
    share: doublePrecision('share').notNull(),
    begunAt: instant('begun_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** Which heading meant which field, remembered per set of headings; `signature` is a hash of them. */
export const importMapping = pgTable(
  'people_import_mapping',
  {
    workspaceId: workspaceId(),
    signature: text('signature').notNull(),
    mapping: jsonb('mapping').$type<Mapping>().notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.signature] })],
);

/** What a department does and where a site belongs, said once by clicking. */
export const departmentFunction = pgTable(
  'department_function',
  {
    workspaceId: workspaceId(),
    /** `labelKey` of the department: case and spaces do not count. */
    department: text('department').notNull(),
    /** Null: neither function works here. */
    function: text('function', { enum: FUNCTIONS }),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.department] })],
);

export const siteTerritory = pgTable(
  'site_territory',
  { workspaceId: workspaceId(), site: text('site').notNull(), territory: text('territory').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.site] })],
);
