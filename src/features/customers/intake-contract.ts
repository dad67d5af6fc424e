import { z } from 'zod';
import { api } from '../../lib/api';
import { FIELD_NAMES, ROW_KINDS, type Field } from './domain/fields';

const inWorkspace = z.object({ workspace: z.uuid() });
const count = z.number().int().nonnegative();
const tags = ['customers'];

/** Rows in one message at most. */
export const MOST_ROWS = 1_000;

const cell = z.union([z.string().max(4_000), z.number(), z.boolean()]);
/** Fields by our own names, each at most once, and what has no name here under `custom`. */
const fields = Object.fromEntries(FIELD_NAMES.map((field) => [field, cell.optional()])) as Record<Field, z.ZodOptional<typeof cell>>;
const sentRow = z.strictObject({ ...fields, custom: z.record(z.string().min(1).max(200), z.string().max(4_000)).optional() });

export const rowsShape = { kind: z.enum(ROW_KINDS), rows: z.array(sentRow).min(1).max(MOST_ROWS) };

/** What a webhook carries: Standard Webhooks' form, with our fields as data. `timestamp` is when it happened, and counts for rows without `changedAt`. */
export const messageShape = z.object({ type: z.literal('records.put'), timestamp: z.iso.datetime({ offset: true }).optional(), data: z.object(rowsShape) });

export const putView = z.object({
  id: z.uuid(), repeated: z.boolean(), counts: z.object({ new: count, changed: count, same: count, rejected: count }),
  rejected: z.array(z.object({ row: count, problem: z.string(), detail: z.string().nullable() })),
});

export const hookView = z.object({ id: z.uuid(), name: z.string(), sourceId: z.uuid(), sourceName: z.string(), url: z.string(), madeBy: z.string(), createdAt: z.iso.datetime(), lastReceivedAt: z.iso.datetime().nullable() });

export const intakeContract = {
  putRecords: api
    .route({
      method: 'POST', path: '/workspaces/{workspace}/sources/{source}/rows', tags, summary: 'Put records or events of a system in directly',
      description: 'Up to 1,000 rows of one kind. A record, order, spend or activity that is here already gets the fields that are given, unless a later changedAt said otherwise; other events are added once. The same messageId within 30 days changes nothing. Instants in ISO 8601.',
    })
    .input(inWorkspace.extend({ source: z.uuid(), messageId: z.string().regex(/^[^\s.]{1,200}$/u).optional(), ...rowsShape }))
    .output(putView),
  hooks: api.route({ method: 'GET', path: '/workspaces/{workspace}/intake-hooks', tags, summary: 'Addresses that systems send their records to' }).input(inWorkspace).output(z.array(hookView)),
  createHook: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/intake-hooks', tags, summary: 'Make an address for a system; its secret is shown this once', successStatus: 201 })
    .input(inWorkspace.extend({ source: z.uuid(), name: z.string().trim().min(1).max(120) }))
    .output(hookView.extend({ secret: z.string() })),
  revokeHook: api.route({ method: 'POST', path: '/workspaces/{workspace}/intake-hooks/{id}/revoke', tags, summary: 'End an address; what it brought in stays' }).input(inWorkspace.extend({ id: z.uuid() })).output(z.object({ done: z.literal(true) })),
  intakes: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/intakes', tags, summary: 'What came in by API and webhook in the last 30 days, newest first' })
    .input(inWorkspace.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(putView.omit({ repeated: true }).extend({ kind: z.enum(ROW_KINDS), sourceName: z.string(), hookId: z.uuid().nullable(), messageId: z.string().nullable(), label: z.string(), receivedAt: z.iso.datetime() }))),
};
