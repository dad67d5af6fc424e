import { bareArray, textArray } from '../../platform/db/array-literal';
import type { lead } from './schema';

export type NewLead = Omit<typeof lead.$inferInsert, 'version' | 'workspaceId'>;

/** What the projection writes, by the type each array is sent as. */
export const SENT: readonly (readonly [field: keyof NewLead, type: string])[] = [
  ['id', 'uuid'], ['pipelineId', 'uuid'], ['sourceId', 'uuid'], ['origin', 'text'], ['name', 'text'], ['company', 'text'], ['channel', 'text'], ['owner', 'text'], ['stageId', 'uuid'], ['stageSince', 'timestamptz'],
  ['enteredAt', 'timestamptz'], ['end', 'text'], ['endedAt', 'timestamptz'], ['reason', 'text'], ['furthest', 'int'], ['amount', 'float8'], ['passedAt', 'timestamptz'], ['arrivedAt', 'timestamptz'],
  ['contactedAt', 'timestamptz'], ['returnedAt', 'timestamptz'], ['returnReason', 'text'], ['nurtureUntil', 'timestamptz'], ['marketingRecords', 'int'], ['salesRecords', 'int'], ['passes', 'timestamptz[]'], ['marketingEntries', 'timestamptz[]'], ['salesOwner', 'text'], ['territory', 'text'], ['industry', 'text'],
];

/** An array literal of instants, since arrays of arrays must all be of one length. */
const instants = (values: readonly Date[] | null | undefined): string => `{${(values ?? []).map((at) => at.toISOString()).join(',')}}`;

const textOf = (rows: readonly NewLead[], field: keyof NewLead, type: string): string => {
  if (type === 'timestamptz[]') return textArray(rows.map((row) => instants(row[field] as Date[] | undefined)));
  const values = rows.map((row) => {
    const value = (row[field] ?? null) as Date | string | number | null;
    return value instanceof Date ? value.toISOString() : value;
  });
  return type === 'text' ? textArray(values as (string | null)[]) : bareArray(values);
};

/** Leads as the database reads them, one array literal a column, in the order of `SENT`. */
export const leadTexts = (rows: readonly NewLead[]): string[] => SENT.map(([field, type]) => textOf(rows, field, type));
