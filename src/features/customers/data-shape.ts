import { sql, type SQL } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { NOT_DONE, type RowKind } from './domain/fields';
import type { RecordData } from './domain/read-row';

/** What one system's rows of one kind hold: how many there are, and how many of the rows looked at fill each field. */
export type KindShape = { sourceId: string; source: string; side: Side; kind: RowKind; rows: number; looked: number; filled: Record<string, number>; headings: string[] };

/** Rows of a kind that are looked at for which fields they fill. */
const LOOKED = 2_000;

/** Which rows and fields each system has brought. */
export const dataShape = async (tx: WorkspaceTx, workspaceId: string): Promise<KindShape[]> => {
  const ws = sql`${workspaceId}::uuid`;
  const shapes = (table: 'record' | 'event') => sql`
    select g.source_id as "sourceId", s.name as source, s.side, g.kind, g.rows, f.looked, f.filled
      from (select source_id, kind, count(*)::int as rows from ${sql.identifier(table)} where workspace_id = ${ws} group by 1, 2) g
      join source s on s.workspace_id = ${ws} and s.id = g.source_id
      cross join lateral (
        select max(n)::int as looked, coalesce(jsonb_object_agg(k, times) filter (where k is not null), '{}') as filled
          from (select k, count(*)::int as times, max(n) as n
                  from (select data, count(*) over () as n from (select data from ${sql.identifier(table)} where workspace_id = ${ws} and source_id = g.source_id and kind = g.kind limit ${LOOKED}) few) rows
                  left join lateral jsonb_object_keys(rows.data) k on true group by k) t) f`;
  const { rows } = await tx.execute<Omit<KindShape, 'headings'>>(sql`${shapes('record')} union all ${shapes('event')} order by 2, 4`);
  const headings = await tx.execute<{ sourceId: string; kind: RowKind; headings: string[] }>(sql`
    select distinct on (source_id, kind) source_id as "sourceId", kind, headings from record_import where workspace_id = ${ws} and state = 'applied' order by source_id, kind, applied_at desc`);
  return rows.map((row) => ({ ...row, headings: headings.rows.find((each) => each.sourceId === row.sourceId && each.kind === row.kind)?.headings ?? [] }));
};

/** When records were last put in, taken back or linked; null while there are none. */
export const lastChangeOfRecords = async (tx: WorkspaceTx, workspaceId: string): Promise<Date | null> => {
  const { rows } = await tx.execute<{ at: string | null }>(sql`
    select greatest((select max(changed_at) from record_import where workspace_id = ${workspaceId}::uuid and state in ('applied', 'reverted')),
                    (select max(decided_at) from record_link where workspace_id = ${workspaceId}::uuid and state = 'linked')) as at`);
  const at = rows[0]?.at;
  return at ? new Date(at) : null;
};

/** Everything the records of these people say, their deals aside. */
export const peopleData = async (tx: WorkspaceTx, workspaceId: string, parties: readonly string[]): Promise<{ partyId: string; data: RecordData }[]> =>
  (await tx.execute<{ partyId: string; data: RecordData }>(sql`
    select party_id as "partyId", data from record where workspace_id = ${workspaceId}::uuid and party_id = any(${sql.param([...parties])}::uuid[]) and kind in ('lead', 'contact', 'deal') order by id`)).rows;

/** Whether an activity took place: what is planned, called off or deleted did not. @param data of the event */
export const tookPlace = (data: SQL): SQL => sql`(not ${data} @> '{"deleted": true}' and lower(regexp_replace(coalesce(${data} ->> 'status', ''), '[ _-]+', ' ', 'g')) <> all(${sql.param([...NOT_DONE])}::text[]))`;

/** A touch or an activity of somebody; times in milliseconds since 1970. */
export type PartyTouch = { partyId: string; side: Side; kind: 'touch' | 'activity'; channel: string; at: number; /** What was met, where it says: a page, a webinar, a form. */ item: string | null };

/** Touches, and activities that took place, that a key or an e-mail address ties to these people, or to a deal of theirs. */
export const touchesOf = async (tx: WorkspaceTx, workspaceId: string, parties: readonly string[]): Promise<PartyTouch[]> => {
  const ws = sql`${workspaceId}::uuid`;
  const { rows } = await tx.execute<PartyTouch>(sql`
    with person as (select party_id, source_id, kind, key, email_key, lead_key, contact_key from record where workspace_id = ${ws} and party_id = any(${sql.param([...parties])}::uuid[])),
    met as (
      select p.party_id, e.id from person p join event e on e.workspace_id = ${ws} and e.lead_key = p.key and e.source_id = p.source_id and e.kind in ('touch', 'activity') where p.kind = 'lead'
      union select p.party_id, e.id from person p join event e on e.workspace_id = ${ws} and e.contact_key = p.key and e.source_id = p.source_id and e.kind in ('touch', 'activity') where p.kind = 'contact'
      union select p.party_id, e.id from person p join event e on e.workspace_id = ${ws} and e.email_key = p.email_key and e.kind in ('touch', 'activity') where p.kind in ('lead', 'contact'))
    select m.party_id as "partyId", s.side, e.kind, coalesce(nullif(e.channel, ''), nullif(e.type, ''), nullif(e.data ->> 'campaign', ''), nullif(e.data ->> 'content', ''), e.kind) as channel, coalesce(nullif(e.data ->> 'content', ''), nullif(e.data ->> 'campaign', '')) as item, extract(epoch from e.at)::float8 * 1000 as at
      from met m join event e on e.workspace_id = ${ws} and e.id = m.id join source s on s.workspace_id = ${ws} and s.id = e.source_id where e.kind = 'touch' or ${tookPlace(sql`e.data`)} order by e.at`);
  return rows;
};

/** Touches and activities there are, whoever they belong to, and those that name a key or an address at all. */
export const touchCounts = async (tx: WorkspaceTx, workspaceId: string): Promise<{ touches: number; activities: number; keyed: number }> =>
  (await tx.execute<{ touches: number; activities: number; keyed: number }>(sql`
    select count(*) filter (where kind = 'touch')::int as touches, count(*) filter (where kind = 'activity')::int as activities,
           count(*) filter (where coalesce(lead_key, contact_key, email_key) is not null)::int as keyed
      from event where workspace_id = ${workspaceId}::uuid and kind in ('touch', 'activity')`)).rows[0] ?? { touches: 0, activities: 0, keyed: 0 };
