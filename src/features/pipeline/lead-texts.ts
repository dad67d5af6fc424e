import { bareArray, bareColumn, textColumn, type SentColumn } from '../../platform/db/array-literal';
import type { lead } from './schema';

export type NewLead = Omit<typeof lead.$inferInsert, 'version' | 'workspaceId'>;

/** What the projection writes of a lead besides its id, and as what it is sent. */
export const SENT: readonly (readonly [field: keyof NewLead, type: string])[] = [
  ['pipelineId', 'uuid'], ['sourceId', 'uuid'], ['origin', 'text'], ['name', 'text'], ['company', 'text'], ['channel', 'text'], ['owner', 'text'], ['stageId', 'uuid'], ['stageSince', 'instant'],
  ['enteredAt', 'instant'], ['end', 'text'], ['endedAt', 'instant'], ['reason', 'text'], ['furthest', 'int'], ['amount', 'float8'], ['passedAt', 'instant'], ['arrivedAt', 'instant'],
  ['contactedAt', 'instant'], ['returnedAt', 'instant'], ['returnReason', 'text'], ['nurtureUntil', 'instant'], ['marketingRecords', 'int'], ['salesRecords', 'int'], ['passes', 'timestamptz[]'], ['marketingEntries', 'timestamptz[]'], ['salesOwner', 'text'], ['territory', 'text'], ['industry', 'text'],
];

/** An array literal of instants, since arrays of arrays must all be of one length. */
const instants = (values: readonly Date[] | null | undefined): string => `{${(values ?? []).map((at) => at.toISOString()).join(',')}}`;

const columnOf = (rows: readonly NewLead[], field: keyof NewLead, type: string): SentColumn => {
  if (type === 'timestamptz[]') return textColumn(rows.map((row) => instants(row[field] as Date[] | undefined)));
  const values = rows.map((row) => {
    const value = (row[field] ?? null) as Date | string | number | null;
    return value instanceof Date ? value.getTime() : value;
  });
  return type === 'text' ? textColumn(values as (string | null)[]) : bareColumn(values);
};

/** Leads as the database reads them: the array literal of their ids, and a column for each of `SENT`, in its order. */
export type LeadColumns = { ids: string; others: readonly SentColumn[] };

export const leadTexts = (rows: readonly NewLead[]): LeadColumns => ({ ids: bareArray(rows.map((row) => row.id)), others: SENT.map(([field, type]) => columnOf(rows, field, type)) });
