import { sql } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import type { EventKind, RecordKind } from './domain/fields';
import type { RecordData } from './domain/read-row';

export type ViewRecord = { id: string; party: string; kind: RecordKind; key: string; sourceId: string; sourceName: string; side: Side; optedOut: boolean; changedAt: string; data: RecordData };
export type ViewEvent = { id: string; kind: EventKind; at: string; sourceName: string; side: Side; data: RecordData };

const columns = sql`r.id, r.party_id as party, r.kind, r.key, r.source_id as "sourceId", s.name as "sourceName", s.side, r.opted_out as "optedOut", r.changed_at as "changedAt", r.data`;
const from = (workspaceId: string) => sql`from record r join source s on s.workspace_id = r.workspace_id and s.id = r.source_id where r.workspace_id = ${workspaceId}::uuid`;

/** Nobody reads more records of one customer on one page. */
const MOST = 200;

export const recordsOfParty = async (tx: WorkspaceTx, workspaceId: string, party: string): Promise<ViewRecord[]> =>
  (await tx.execute<ViewRecord>(sql`select ${columns} ${from(workspaceId)} and r.party_id = ${party}::uuid order by s.created_at, r.id limit ${MOST}`)).rows;

/** People of organisations, by the key that their own system gives the organisation. */
export const peopleOf = async (tx: WorkspaceTx, workspaceId: string, party: string): Promise<ViewRecord[]> =>
  (await tx.execute<ViewRecord>(sql`
    select ${columns} ${from(workspaceId)} and r.kind in ('lead', 'contact') and exists (
      select 1 from record a where a.workspace_id = r.workspace_id and a.party_id = ${party}::uuid and a.kind = 'account' and a.source_id = r.source_id and a.key = r.account_key) order by r.name, r.id limit ${MOST}`)).rows;

/** Organisations that a person's records name by key. */
export const organisationsOf = async (tx: WorkspaceTx, workspaceId: string, party: string): Promise<ViewRecord[]> =>
  (await tx.execute<ViewRecord>(sql`
    select ${columns} ${from(workspaceId)} and r.kind = 'account' and exists (
      select 1 from record p where p.workspace_id = r.workspace_id and p.party_id = ${party}::uuid and p.source_id = r.source_id and p.account_key = r.key) order by r.id limit ${MOST}`)).rows;

/** Deals of these parties: named by a person's key, an organisation's key, or the deal itself. */
export const dealsOf = async (tx: WorkspaceTx, workspaceId: string, parties: readonly string[]): Promise<ViewRecord[]> =>
  (await tx.execute<ViewRecord>(sql`
    with own as (select source_id, kind, key from record where workspace_id = ${workspaceId}::uuid and party_id = any(${sql.param([...parties])}::uuid[]))
    select ${columns} ${from(workspaceId)} and r.kind = 'deal' and (
      r.party_id = any(${sql.param([...parties])}::uuid[])
      or (r.source_id, r.lead_key) in (select source_id, key from own where kind = 'lead')
      or (r.source_id, r.contact_key) in (select source_id, key from own where kind = 'contact')
      or (r.source_id, r.account_key) in (select source_id, key from own where kind = 'account')) order by r.entered_at desc nulls last, r.id limit ${MOST}`)).rows;

/** Touches, activities, orders and stage entries of these parties and deals, newest first. An address counts in every system. */
export const eventsOf = async (tx: WorkspaceTx, workspaceId: string, parties: readonly string[], deals: readonly string[], limit: number): Promise<ViewEvent[]> =>
  (await tx.execute<ViewEvent>(sql`
    with own as (select source_id, kind, key, email_key from record where workspace_id = ${workspaceId}::uuid and (party_id = any(${sql.param([...parties])}::uuid[]) or id = any(${sql.param([...deals])}::uuid[]))),
         meant as (
           select e.id from own o join event e on e.workspace_id = ${workspaceId}::uuid and e.source_id = o.source_id and e.lead_key = o.key where o.kind = 'lead'
           union select e.id from own o join event e on e.workspace_id = ${workspaceId}::uuid and e.source_id = o.source_id and e.contact_key = o.key where o.kind = 'contact'
           union select e.id from own o join event e on e.workspace_id = ${workspaceId}::uuid and e.source_id = o.source_id and e.account_key = o.key where o.kind = 'account'
           union select e.id from own o join event e on e.workspace_id = ${workspaceId}::uuid and e.source_id = o.source_id and e.deal_key = o.key where o.kind = 'deal'
           union select e.id from own o join event e on e.workspace_id = ${workspaceId}::uuid and e.email_key = o.email_key and e.lead_key is null and e.contact_key is null)
    select e.id, e.kind, e.at, s.name as "sourceName", s.side, e.data from meant m join event e on e.workspace_id = ${workspaceId}::uuid and e.id = m.id join source s on s.workspace_id = e.workspace_id and s.id = e.source_id
     order by e.at desc, e.id limit ${limit}`)).rows;

/** Of these parties, those that any of their records has opted out: one side's word is enough. */
export const optedOut = async (tx: WorkspaceTx, workspaceId: string, parties: readonly string[]): Promise<Set<string>> =>
  parties.length === 0 ? new Set() : new Set((await tx.execute<{ id: string }>(sql`select distinct party_id as id from record where workspace_id = ${workspaceId}::uuid and party_id = any(${sql.param([...parties])}::uuid[]) and opted_out`)).rows.map((row) => row.id));
