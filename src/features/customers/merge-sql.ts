import { sql, type SQL } from 'drizzle-orm';
import { isRecordKind, type RowKind } from './domain/fields';

/**
 * Old values with the new ones over them; a column that the new file lacks stays, unnamed columns one by one. Of two contacts by sales the earlier
 * one stays: systems write the latest activity into that column, and a promise is kept by the first.
 */
export const merged = (old: SQL, fresh: SQL): SQL =>
  sql`(${old} || ${fresh} || case when ${old} ? 'custom' and ${fresh} ? 'custom' then jsonb_build_object('custom', (${old} -> 'custom') || (${fresh} -> 'custom')) else '{}'::jsonb end
    || case when ${old} ->> 'contactedAt' < ${fresh} ->> 'contactedAt' then jsonb_build_object('contactedAt', ${old} -> 'contactedAt') else '{}'::jsonb end)`;

/** The columns of `record` that repeat what is searched by, out of its data. Order as in `SEARCHED`. */
export const searched = (data: SQL): SQL => sql`
  ${data} ->> 'name', lower(${data} ->> 'email'), ${data} ->> 'company', ${data} ->> 'owner', ${data} ->> 'channel', coalesce(${data} ->> 'stage', ${data} ->> 'status'),
  ${data} ->> 'leadKey', ${data} ->> 'contactKey', ${data} ->> 'accountKey', (${data} ->> 'amount')::float8,
  coalesce(${data} ->> 'enteredAt', ${data} ->> 'qualifiedAt')::timestamptz, coalesce((${data} ->> 'optedOut')::boolean, false)`;

export const SEARCHED: SQL = sql.raw('name, email_key, company, owner, channel, status, lead_key, contact_key, account_key, amount, entered_at, opted_out');

/** The columns of `event` that repeat what is searched by, out of its data. Order as in `EVENT_SEARCHED`. */
export const eventSearched = (data: SQL): SQL => sql`
  (${data} ->> 'at')::timestamptz, ${data} ->> 'leadKey', ${data} ->> 'contactKey', ${data} ->> 'accountKey', ${data} ->> 'dealKey', lower(${data} ->> 'email'), ${data} ->> 'channel', ${data} ->> 'type', (${data} ->> 'amount')::float8`;

export const EVENT_SEARCHED: SQL = sql.raw('at, lead_key, contact_key, account_key, deal_key, email_key, channel, type, amount');

/** Where rows of a kind are kept: the table, who wrote the row `r` last, and how its data is written over. */
export const keptIn = (kind: RowKind): { table: SQL; writer: SQL; writeOver: (data: SQL, by: SQL, at: Date) => SQL } =>
  isRecordKind(kind)
    ? {
        table: sql.raw('record'),
        writer: sql.raw('r.changed_by'),
        writeOver: (data, by, at) => sql`data = ${data}, (${SEARCHED}) = (select ${searched(data)}), version = r.version + 1, changed_by = ${by}, changed_at = ${at.toISOString()}::timestamptz`,
      }
    : { table: sql.raw('event'), writer: sql.raw('coalesce(r.changed_by, r.created_by)'), writeOver: (data, by) => sql`data = ${data}, (${EVENT_SEARCHED}) = (select ${eventSearched(data)}), changed_by = ${by}` };

/** The record or event `r` that a staged row `i` of this file is about. */
export const existing = ({ workspaceId, sourceId, kind }: { workspaceId: string; sourceId: string; kind: string }): SQL =>
  sql`r.workspace_id = ${workspaceId}::uuid and r.source_id = ${sourceId}::uuid and r.kind = ${kind} and r.key = i.key`;
