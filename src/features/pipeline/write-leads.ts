import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import { bareArray, textArray } from '../../platform/db/array-literal';
import { lead } from './schema';

export type NewLead = Omit<typeof lead.$inferInsert, 'version' | 'workspaceId'>;

const columns = getTableColumns(lead);

/** An array literal of instants, since arrays of arrays must all be of one length. */
const instants = (values: readonly Date[] | null | undefined): string => `{${(values ?? []).map((at) => at.toISOString()).join(',')}}`;

/** What the projection writes, by the type each array is sent as. */
const SENT: readonly (readonly [field: keyof NewLead, type: string])[] = [
  ['id', 'uuid'], ['pipelineId', 'uuid'], ['sourceId', 'uuid'], ['origin', 'text'], ['name', 'text'], ['company', 'text'], ['channel', 'text'], ['owner', 'text'], ['stageId', 'uuid'], ['stageSince', 'timestamptz'],
  ['enteredAt', 'timestamptz'], ['end', 'text'], ['endedAt', 'timestamptz'], ['reason', 'text'], ['furthest', 'int'], ['amount', 'float8'], ['passedAt', 'timestamptz'], ['arrivedAt', 'timestamptz'],
  ['contactedAt', 'timestamptz'], ['returnedAt', 'timestamptz'], ['returnReason', 'text'], ['nurtureUntil', 'timestamptz'], ['marketingRecords', 'int'], ['salesRecords', 'int'], ['passes', 'timestamptz[]'], ['marketingEntries', 'timestamptz[]'], ['salesOwner', 'text'],
];

const list = (parts: readonly SQL[]): SQL => sql.join([...parts], sql`, `);
const name = (field: keyof NewLead): SQL => sql`${sql.identifier(columns[field].name)}`;

const sent = (rows: readonly NewLead[], field: keyof NewLead, type: string): SQL => {
  if (type === 'timestamptz[]') return sql`${textArray(rows.map((row) => instants(row[field] as Date[] | undefined)))}::text[]`;
  const values = rows.map((row) => {
    const value = (row[field] ?? null) as Date | string | number | null;
    return value instanceof Date ? value.toISOString() : value;
  });
  return sql`${type === 'text' ? textArray(values as (string | null)[]) : bareArray(values)}::${sql.raw(type)}[]`;
};

/**
 * The statement that writes leads over what stands of them; one parameter a column, since a statement takes 65,535 of those and takes its time over each.
 * @param fresh whether none of them is there; then nothing is looked for
 */
export const leadsStatement = (workspaceId: string, rows: readonly NewLead[], fresh: boolean): SQL => {
  const names = list(SENT.map(([field]) => name(field)));
  const read = list(SENT.map(([field, type]) => (type === 'timestamptz[]' ? sql`t.${name(field)}::timestamptz[]` : sql`t.${name(field)}`)));
  const next = list(SENT.filter(([field]) => field !== 'id').map(([field]) => sql`${name(field)} = excluded.${name(field)}`));
  return sql`
    insert into lead (workspace_id, ${names})
    select ${workspaceId}::uuid, ${read} from unnest(${list(SENT.map(([field, type]) => sent(rows, field, type)))}) as t(${names})
    ${fresh ? sql`` : sql`on conflict (workspace_id, id) do update set ${next}, version = lead.version + 1`}`;
};
