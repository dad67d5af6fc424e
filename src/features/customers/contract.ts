import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { FIELD_NAMES, RECORD_KINDS, ROW_KINDS } from './domain/fields';
import { IMPORT_STATES, ROW_OUTCOMES } from './domain/import-state';

const inWorkspace = z.object({ workspace: z.uuid() });
const one = inWorkspace.extend({ id: z.uuid() });
const text = (most: number) => z.string().trim().min(1).max(most);
const count = z.number().int().nonnegative();
const tags = ['customers'];

const columnMeaning = z.discriminatedUnion('to', [
  z.object({ to: z.literal('field'), field: z.enum(FIELD_NAMES) }),
  z.object({ to: z.literal('entered'), stage: text(200), pipeline: text(200).nullable() }),
  z.object({ to: z.literal('custom') }),
  z.object({ to: z.literal('skip') }),
]);
export const importMappingShape = z.object({ kind: z.enum(ROW_KINDS), columns: z.array(columnMeaning).min(1).max(1000), dateOrder: z.enum(['dmy', 'mdy']), decimal: z.enum(['.', ',']) });

const zone = z.string().max(60).refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}, 'This is not a time zone, e.g. Europe/Berlin.');

export const sourceView = z.object({ id: z.uuid(), name: z.string(), side: z.enum(SIDES), timeZone: z.string(), createdAt: z.iso.datetime(), archivedAt: z.iso.datetime().nullable(), records: count, lastImportAt: z.iso.datetime().nullable() });

export const importView = z.object({
  id: z.uuid(), sourceId: z.uuid(), sourceName: z.string(), kind: z.enum(ROW_KINDS), fileName: z.string(), fileBytes: z.number(), state: z.enum(IMPORT_STATES), progress: count,
  counts: z.object({ new: count, changed: count, same: count, merged: count, rejected: count, kept: count }),
  fault: z.string().nullable(), createdAt: z.iso.datetime(), appliedAt: z.iso.datetime().nullable(), revertedAt: z.iso.datetime().nullable(),
});

const cellValue = z.union([z.string(), z.number(), z.boolean()]);
const sampleRow = z.object({ line: count, outcome: z.enum(ROW_OUTCOMES), problem: z.string().nullable(), detail: z.string().nullable(), values: z.array(z.object({ field: z.string(), before: cellValue.nullable(), after: cellValue.nullable() })) });

export const importDetail = importView.extend({
  mapping: importMappingShape,
  columns: z.array(z.object({ heading: z.string(), samples: z.array(z.string()) })),
  dates: z.enum(['certain', 'unclear', 'mixed']),
  decimals: z.enum(['certain', 'unclear']),
  kinds: z.array(z.object({ kind: z.enum(ROW_KINDS), score: z.number() })),
  mappingFault: z.object({ code: z.string(), fields: z.array(z.string()) }).nullable(),
  problems: z.array(z.object({ code: z.string(), rows: count })),
});

export const recordView = z.object({
  id: z.uuid(), party: z.uuid(), kind: z.enum(RECORD_KINDS), key: z.string(), sourceId: z.uuid(), sourceName: z.string(), side: z.enum(SIDES), name: z.string().nullable(), email: z.string().nullable(),
  company: z.string().nullable(), owner: z.string().nullable(), channel: z.string().nullable(), status: z.string().nullable(), enteredAt: z.iso.datetime().nullable(), optedOut: z.boolean(),
});

export const customersContract = {
  sources: api.route({ method: 'GET', path: '/workspaces/{workspace}/sources', tags, summary: 'Systems that records come from' }).input(inWorkspace).output(z.array(sourceView)),
  createSource: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/sources', tags, summary: 'Add a system', successStatus: 201 })
    .input(inWorkspace.extend({ name: text(120), side: z.enum(SIDES), timeZone: zone }))
    .output(sourceView),
  imports: api.route({ method: 'GET', path: '/workspaces/{workspace}/imports', tags, summary: 'Files brought in, newest first' }).input(inWorkspace).output(z.array(importView)),
  importState: api.route({ method: 'GET', path: '/workspaces/{workspace}/imports/{id}', tags, summary: 'One file: how it is understood and what applying it would do' }).input(one).output(importDetail),
  importRows: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/imports/{id}/rows', tags, summary: 'Rows of a checked file by what would become of them' })
    .input(one.extend({ outcome: z.enum(ROW_OUTCOMES), limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(sampleRow)),
  remap: api
    .route({ method: 'PUT', path: '/workspaces/{workspace}/imports/{id}/mapping', tags, summary: 'Say what the columns mean; the file is checked again' })
    .input(one.extend({ mapping: importMappingShape }))
    .output(importView),
  applyImport: api.route({ method: 'POST', path: '/workspaces/{workspace}/imports/{id}/apply', tags, summary: 'Put a checked file in' }).input(one).output(importView),
  cancelImport: api.route({ method: 'POST', path: '/workspaces/{workspace}/imports/{id}/cancel', tags, summary: 'Stop a file that is not in yet' }).input(one).output(importView),
  revertImport: api.route({ method: 'POST', path: '/workspaces/{workspace}/imports/{id}/revert', tags, summary: 'Take an applied file back, changed values too' }).input(one).output(importView),
  records: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/records', tags, summary: 'Records of both sides, searched' })
    .input(inWorkspace.extend({ search: z.string().trim().max(200).optional(), kind: z.enum(RECORD_KINDS).optional(), source: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(500).default(100), after: z.uuid().optional() }))
    .output(z.object({ rows: z.array(recordView), total: count })),
};
