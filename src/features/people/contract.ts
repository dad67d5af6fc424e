import { z } from 'zod';
import { api } from '../../lib/api';
import { FUNCTIONS, LEVELS } from '../../lib/vocabulary';
import { CHANGE_KINDS, IMPORT_FIELDS, RULE_FIELDS } from './domain/person';
import { ROW_STATUSES } from './domain/plan';

const fn = z.enum(FUNCTIONS);
const level = z.enum(LEVELS);
const inWorkspace = z.object({ workspace: z.uuid() });
const onePerson = inWorkspace.extend({ id: z.uuid() });
const text = (most: number) => z.string().trim().min(1).max(most);
const day = z.iso.date();
const count = z.number().int().nonnegative();
const ids = z.array(z.uuid()).min(1).max(5000);
const tags = ['people'];

const values = z.object({
  name: text(200),
  function: fn.nullable(),
  level: level.nullable(),
  territory: text(120).nullable(),
  managerId: z.uuid().nullable(),
  startDate: day.nullable(),
  workedInOtherFunction: z.boolean().nullable(),
  department: text(200).nullable(),
  site: text(120).nullable(),
});

export const personView = values.extend({
  id: z.uuid(),
  email: z.string(),
  /** The address is written in letters that look like another script's. */
  emailFlag: z.enum(['mixed_script', 'other_script']).nullable(),
  managerName: z.string().nullable(),
  reports: count,
  byRule: z.array(z.enum(RULE_FIELDS)),
  version: z.number().int(),
  archivedAt: z.iso.datetime().nullable(),
});

/** What is still missing; "ready" people have function, level and territory. */
export const MISSING = ['function', 'level', 'territory', 'manager'] as const;
export const SORTS = ['name', 'function', 'level', 'territory', 'department', 'startDate'] as const;
/** A filter value for "has none". */
export const NONE = 'none';

const filters = z.object({
  search: z.string().trim().max(200).optional(),
  function: z.enum([...FUNCTIONS, NONE]).optional(),
  level: z.enum([...LEVELS, NONE]).optional(),
  territory: z.string().max(120).optional(),
  department: z.string().max(200).optional(),
  site: z.string().max(120).optional(),
  missing: z.enum(MISSING).optional(),
  archived: z.enum(['no', 'only']).default('no'),
  sort: z.enum(SORTS).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
});
export type PeopleFilters = z.infer<typeof filters>;

const mapping = z.object({
  columns: z.array(z.enum([...IMPORT_FIELDS, NONE])).max(1000),
  dateOrder: z.enum(['dmy', 'mdy']).default('dmy'),
  /** The company's own words; "none" means that the word says nothing about the function or level. */
  words: z.array(z.discriminatedUnion('field', [
    z.object({ field: z.literal('function'), word: z.string().max(500), meaning: z.enum([...FUNCTIONS, NONE]) }),
    z.object({ field: z.literal('level'), word: z.string().max(500), meaning: z.enum([...LEVELS, NONE]) }),
  ])).max(500).default([]),
});
export type MappingInput = z.infer<typeof mapping>;

const rowProblem = z.object({ code: z.string(), field: z.string().nullable(), detail: z.string() });
export const plannedRow = z.object({
  line: z.number().int(), status: z.enum(ROW_STATUSES), email: z.string(), name: z.string(),
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  problems: z.array(rowProblem),
});
const importCounts = z.object({ new: count, changed: count, same: count, merged: count, rejected: count });

export const importPreview = z.object({
  /** Names this preview: applying needs it, and is refused when people changed since. */
  fingerprint: z.string(),
  source: z.object({ kind: z.enum(['csv', 'xlsx']), encoding: z.string().nullable(), delimiter: z.string().nullable(), sheet: z.string().nullable() }),
  columns: z.array(z.object({ heading: z.string(), field: z.enum([...IMPORT_FIELDS, NONE]), reason: z.enum(['heading', 'values', 'remembered', 'title', 'none', 'taken', 'chosen']), samples: z.array(z.string()) })),
  mapping,
  mappingFault: z.enum(['no_headings', 'no_email_column', 'field_twice', 'column_count']).nullable(),
  dates: z.enum(['certain', 'unclear', 'mixed']),
  unknownWords: z.array(z.object({ field: z.enum(['function', 'level']), word: z.string(), count })),
  fileProblems: z.array(z.object({ code: z.string(), line: z.number().int(), detail: z.string() })),
  counts: importCounts,
  /** Each kind of problem with its number of rows. */
  problemCounts: z.array(z.object({ code: z.string(), rows: count, rejects: z.boolean() })),
  /** The first rows, those with problems before the others. */
  rows: z.array(plannedRow),
});

export const changeSetView = z.object({
  id: z.uuid(), kind: z.enum(CHANGE_KINDS), label: z.string(), counts: z.record(z.string(), count), people: count, madeBy: z.uuid().nullable(), madeAt: z.iso.datetime(), revertedAt: z.iso.datetime().nullable(),
});
const bulkResult = z.object({ changed: count, changeSet: z.uuid().nullable() });
const group = z.object({ label: z.string(), people: count, withoutTerritory: count, functions: z.object({ sales: count, marketing: count, leadership: count, none: count }) });

export const peopleContract = {
  list: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/people', tags, summary: 'People, filtered, sorted, by page' })
    .input(inWorkspace.extend(filters.shape).extend({ page: z.coerce.number().int().min(1).max(100_000).default(1), pageSize: z.coerce.number().int().min(1).max(500).default(100) }))
    .output(z.object({ total: count, rows: z.array(personView) })),
  facets: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/people-facets', tags, summary: 'Territories, departments, sites, and what is still missing' })
    .input(inWorkspace)
    .output(z.object({
      total: count, archived: count, functions: z.object({ sales: count, marketing: count, leadership: count, none: count }),
      missing: z.object({ function: count, level: count, territory: count, manager: count }),
      territories: z.array(z.object({ label: z.string(), people: count })), departments: z.array(z.string()), sites: z.array(z.string()),
    })),
  read: api.route({ method: 'GET', path: '/workspaces/{workspace}/people/{id}', tags, summary: 'One person' }).input(onePerson).output(personView),
  create: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/people', tags, summary: 'Add a person', successStatus: 201 })
    .input(inWorkspace.extend(values.partial().shape).extend({ name: text(200), email: z.string().min(1).max(300) }))
    .output(personView),
  update: api
    .route({ method: 'PATCH', path: '/workspaces/{workspace}/people/{id}', tags, summary: 'Change a person; refused when somebody changed them since `version`' })
    .input(onePerson.extend(values.partial().shape).extend({ version: z.int32(), email: z.string().min(1).max(300).optional() }))
    .output(personView),
  archive: api.route({ method: 'POST', path: '/workspaces/{workspace}/people/{id}/archive', tags, summary: 'Take a person out of lists and surveys to come' }).input(onePerson).output(personView),
  restore: api.route({ method: 'POST', path: '/workspaces/{workspace}/people/{id}/restore', tags, summary: 'Bring an archived person back' }).input(onePerson).output(personView),
  bulk: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/people-bulk', tags, summary: 'Set one thing for many people, or archive them; can be reverted' })
    .input(inWorkspace.extend({ ids, set: values.pick({ function: true, level: true, territory: true, managerId: true, workedInOtherFunction: true }).partial().optional(), archive: z.boolean().optional() }))
    .output(bulkResult),
  departments: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/departments', tags, summary: 'Departments, who works there, and what was said about them' })
    .input(inWorkspace)
    .output(z.array(group.extend({ rule: z.enum([...FUNCTIONS, NONE]).nullable() }))),
  setDepartments: api
    .route({ method: 'PUT', path: '/workspaces/{workspace}/departments', tags, summary: 'Say which function departments work for; holds for people to come as well' })
    .input(inWorkspace.extend({ rules: z.array(z.object({ department: text(200), function: z.enum([...FUNCTIONS, NONE]).nullable() })).min(1).max(2000) }))
    .output(bulkResult),
  sites: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/sites', tags, summary: 'Sites, who works there, and their territory' })
    .input(inWorkspace)
    .output(z.array(group.extend({ territory: z.string().nullable() }))),
  setSites: api
    .route({ method: 'PUT', path: '/workspaces/{workspace}/sites', tags, summary: 'Say which territory sites belong to; holds for people to come as well' })
    .input(inWorkspace.extend({ rules: z.array(z.object({ site: text(120), territory: text(120).nullable() })).min(1).max(2000) }))
    .output(bulkResult),
  levels: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/people-levels', tags, summary: 'Levels as the manager tree has them, not yet written' })
    .input(inWorkspace)
    .output(z.object({
      changes: z.array(z.object({ id: z.uuid(), name: z.string(), function: fn, before: level.nullable(), after: level })),
      kept: z.array(z.object({ id: z.uuid(), name: z.string(), said: level, derived: level })),
      notes: z.array(z.object({ code: z.enum(['no_leader', 'several_leaders', 'no_tree']), function: fn, names: z.array(z.string()) })),
      withoutFunction: count,
    })),
  setLevels: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/people-levels', tags, summary: 'Write the levels of the manager tree; `overrule` also changes those that somebody said' })
    .input(inWorkspace.extend({ overrule: z.boolean().default(false) }))
    .output(bulkResult),
  preview: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/people-imports/preview', tags, summary: 'What importing a CSV or XLSX file would do; nothing is written' })
    .input(inWorkspace.extend({ file: z.file(), mapping: mapping.optional() }))
    .output(importPreview),
  import: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/people-imports', tags, summary: 'Import a file as previewed, all or nothing; the same `id` again is harmless', successStatus: 201 })
    .input(inWorkspace.extend({ id: z.uuid(), file: z.file(), mapping, fingerprint: z.string().max(100), skipLines: z.array(z.coerce.number().int()).max(10_000).default([]) }))
    .output(z.object({ changeSet: z.uuid(), counts: importCounts, skipped: count })),
  importProgress: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/people-imports/{id}', tags, summary: 'How far an import that is being written is, from 0 to 1; null when none of this id is under way' })
    .input(onePerson)
    .output(z.object({ share: z.number().min(0).max(1).nullable() })),
  stopImport: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/people-imports/{id}/stop', tags, summary: 'Stop an import that is being written: nothing of it is kept; `stopped` is false when it is over already' })
    .input(onePerson)
    .output(z.object({ stopped: z.boolean() })),
  changes: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/people-changes', tags, summary: 'Imports and bulk acts, newest first' })
    .input(inWorkspace.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(changeSetView)),
  change: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/people-changes/{id}', tags, summary: 'One import or bulk act' })
    .input(onePerson)
    .output(changeSetView),
  revert: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/people-changes/{id}/revert', tags, summary: 'Take an import or bulk act back; who was changed since is kept and named' })
    .input(onePerson)
    .output(z.object({ removed: count, restored: count, kept: z.array(z.object({ id: z.uuid(), name: z.string(), reason: z.enum(['changed_since', 'has_reports', 'in_use', 'gone', 'manager_cycle']) })) })),
  export: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/people-export', tags, summary: 'People as CSV or XLSX, filtered like the list; the file can be imported again' })
    .input(inWorkspace.extend(filters.shape).extend({ format: z.enum(['csv', 'xlsx']).default('csv') }))
    .output(z.file()),
};
