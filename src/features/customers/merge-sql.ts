import { sql, type SQL } from 'drizzle-orm';

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

/** The record or event `r` that a staged row `i` of this file is about. */
export const existing = ({ workspaceId, sourceId, kind }: { workspaceId: string; sourceId: string; kind: string }): SQL =>
  sql`r.workspace_id = ${workspaceId}::uuid and r.source_id = ${sourceId}::uuid and r.kind = ${kind} and r.key = i.key`;
