import { z } from 'zod';
import { api } from '../../lib/api';
import { SIDES } from '../../lib/vocabulary';
import { FIELD_NAMES, RECORD_KINDS, ROW_KINDS } from './domain/fields';
import { IMPORT_STATES, ROW_OUTCOMES } from './domain/import-state';
import { intakeContract } from './intake-contract';
import { notesContract, noteView } from './notes-contract';

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
  /** What the file itself does not tell and nobody has said yet; applying asks for it. */
  toConfirm: z.array(z.enum(['dates', 'decimals'])),
  kinds: z.array(z.object({ kind: z.enum(ROW_KINDS), score: z.number() })),
  mappingFault: z.object({ code: z.string(), fields: z.array(z.string()) }).nullable(),
  problems: z.array(z.object({ code: z.string(), rows: count })),
});

export const recordView = z.object({
  id: z.uuid(), party: z.uuid(), kind: z.enum(RECORD_KINDS), key: z.string(), sourceId: z.uuid(), sourceName: z.string(), side: z.enum(SIDES), name: z.string().nullable(), email: z.string().nullable(),
  company: z.string().nullable(), owner: z.string().nullable(), channel: z.string().nullable(), status: z.string().nullable(), enteredAt: z.iso.datetime().nullable(), optedOut: z.boolean(),
  /** The column that nobody named in which a searched text was found. */
  foundIn: z.object({ field: z.string(), value: z.string() }).nullable(),
});

const instant = z.iso.datetime();
const pair = z.object({ a: z.uuid(), b: z.uuid() });
const linkState = z.enum(['linked', 'review', 'never']);
const linkSide = z.object({ id: z.uuid(), party: z.uuid(), kind: z.enum(RECORD_KINDS), key: z.string(), sourceName: z.string(), side: z.enum(SIDES), optedOut: z.boolean(), fields: z.array(z.object({ field: z.string(), value: cellValue })) });

export const linkPair = z.object({
  a: linkSide, b: linkSide, state: linkState, probability: z.number().nullable(), evidence: z.array(z.object({ field: z.string(), level: z.string(), weight: z.number() })), reasons: z.array(z.string()), byPerson: z.boolean(),
});

/** What was said of pairs before, to be handed to `undecide`. */
const before = z.array(pair.extend({ was: linkState.nullable(), byPerson: z.boolean() })).max(1_000);
const decided = z.object({ before, left: count });

const statement = z.object({ record: z.uuid(), side: z.enum(SIDES), sourceName: z.string(), value: z.string(), at: instant.nullable() });
const otherCustomer = z.object({ party: z.uuid(), name: z.string(), title: z.string().nullable(), sides: z.array(z.enum(SIDES)), optedOut: z.boolean() });
const textOrNull = z.string().nullable();

export const customerView = z.object({
  party: z.uuid(), kind: z.enum(['person', 'organisation']), name: z.string(),
  /** One side's word is enough; `unaware`: records that do not say so yet. */
  optedOut: z.object({ by: z.array(z.uuid()), unaware: z.array(z.uuid()) }).nullable(),
  records: z.array(z.object({ id: z.uuid(), kind: z.enum(RECORD_KINDS), key: z.string(), name: z.string(), sourceName: z.string(), side: z.enum(SIDES), optedOut: z.boolean(), changedAt: instant })),
  fields: z.array(z.object({ field: z.string(), custom: z.boolean(), shown: statement, why: z.enum(['preferred', 'only', 'agreed', 'newest', 'first']), disagrees: z.boolean(), says: z.array(statement) })),
  organisations: z.array(otherCustomer), people: z.array(otherCustomer),
  deals: z.array(z.object({ id: z.uuid(), name: z.string(), stage: textOrNull, amount: z.number().nullable(), currency: textOrNull, enteredAt: textOrNull, closedAt: textOrNull, won: z.boolean(), side: z.enum(SIDES), sourceName: z.string() })),
  events: z.array(z.object({ id: z.uuid(), kind: z.enum(ROW_KINDS), at: instant, sourceName: z.string(), side: z.enum(SIDES), type: textOrNull, channel: textOrNull, content: textOrNull, stage: textOrNull, actor: textOrNull, amount: z.number().nullable(), currency: textOrNull })),
  eventsCut: z.boolean(),
  /** What people here wrote; of an organisation, about its people too. */
  notes: z.array(noteView),
  links: z.array(linkPair),
});

const matchingView = z.object({ state: z.enum(['never', 'waiting', 'running', 'done', 'failed']), finishedAt: instant.nullable(), records: count, linked: count, review: count });

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
    .input(one.extend({ mapping: importMappingShape, confirmed: z.boolean().default(false) }))
    .output(importView),
  applyImport: api.route({ method: 'POST', path: '/workspaces/{workspace}/imports/{id}/apply', tags, summary: 'Put a checked file in; `confirmed` says that dates and numbers are meant as the mapping has them, where the file could be read either way' }).input(one.extend({ confirmed: z.boolean().default(false) })).output(importView),
  cancelImport: api.route({ method: 'POST', path: '/workspaces/{workspace}/imports/{id}/cancel', tags, summary: 'Stop a file that is not in yet' }).input(one).output(importView),
  revertImport: api.route({ method: 'POST', path: '/workspaces/{workspace}/imports/{id}/revert', tags, summary: 'Take an applied file back, changed values too' }).input(one).output(importView),
  records: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/records', tags, summary: 'Records of both sides, searched by name, address, company, id, and by what stands in columns that nobody named (`Shoe size: 41` asks one)' })
    .input(inWorkspace.extend({ search: z.string().trim().max(200).optional(), kind: z.enum(RECORD_KINDS).optional(), source: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(500).default(100), after: z.uuid().optional() }))
    .output(z.object({ rows: z.array(recordView), total: count })),
  links: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/links', tags, summary: 'Pairs of records that wait for a person, the likeliest first' })
    .input(inWorkspace.extend({ acrossSides: z.stringbool().or(z.boolean()).default(false), above: z.coerce.number().min(0).max(1).default(0), limit: z.coerce.number().int().min(1).max(100).default(20), offset: z.coerce.number().int().min(0).max(1_000_000).default(0) }))
    .output(z.object({ total: count, rows: z.array(linkPair), matching: matchingView })),
  decide: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/links/decide', tags, summary: 'Say of pairs that they are, or never are, one customer' })
    .input(inWorkspace.extend({ pairs: z.array(pair).min(1).max(200), decision: z.enum(['linked', 'never']) }))
    .output(decided),
  acceptLinks: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/links/accept', tags, summary: 'Link all waiting pairs from a probability on, up to a thousand at once' })
    .input(inWorkspace.extend({ above: z.number().min(0.5).max(1), acrossSides: z.boolean().default(false) }))
    .output(decided),
  undecide: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/links/undecide', tags, summary: 'Take decisions about pairs back' })
    .input(inWorkspace.extend({ before: before.min(1) }))
    .output(z.object({ undone: count })),
  match: api.route({ method: 'POST', path: '/workspaces/{workspace}/links/match', tags, summary: 'Match all records again, in the background' }).input(inWorkspace).output(matchingView),
  customer: api.route({ method: 'GET', path: '/workspaces/{workspace}/customers/{id}', tags, summary: 'All that both systems say about one person or organisation' }).input(one).output(customerView),
  partRecord: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/records/{id}/part', tags, summary: 'Part a record from those it is linked with, for good' })
    .input(one)
    .output(decided),
  ...intakeContract,
  ...notesContract,
};
