import { sql, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { LeadTable } from './domain/lead-columns';
import { heldLeads, inBatches, leadsOf } from './held-leads';

/** The past instant as of which figures are counted; null: now. */
export type AsOf = Date | null;

/** What a remembered figure's name ends with, so that one of a past day is never taken for one of now. */
export const asOfKey = (asOf: AsOf): string => (asOf ? ` as of ${asOf.toISOString()}` : '');

/**
 * Log entries that counted by then, without those taken back by then and without the taking back itself, as `standing` has them: a relation of `lead_id`,
 * `stage_id`, `at`, `reason`, `pipeline_id`, `position`, `role`.
 */
const saidBy = (workspaceId: string, asOf: Date): SQL => {
  const [own, then] = [sql`${workspaceId}::uuid`, sql`${asOf.toISOString()}::timestamptz`];
  return sql`(
    with taken as materialized (select lead_id, withdraws as id from stage_event where workspace_id = ${own} and withdraws is not null and at <= ${then}),
         place as materialized (select id, pipeline_id, position, role from stage where workspace_id = ${own})
    select e.lead_id, e.stage_id, e.at, e.reason, p.pipeline_id, p.position, p.role from stage_event e join place p on p.id = e.stage_id
     where e.workspace_id = ${own} and e.at <= ${then} and e.withdraws is null and not exists (select 1 from taken t where t.lead_id = e.lead_id and t.id = e.id))`;
};

/**
 * Leads with the columns of `lead`, as a relation to select from: as they are, or as of a past instant, where each stood replayed from the log as `replay`
 * does, and the dated facts of handing over that had happened by then. What has no date of its own (an owner, a territory, which records are one person) is
 * as it is known today.
 */
export const leadRows = (workspaceId: string, asOf: AsOf): SQL => {
  if (!asOf) return sql`lead`;
  const then = sql`${asOf.toISOString()}::timestamptz`;
  const by = (at: SQL) => sql`case when ${at} <= ${then} then ${at} end`;
  const until = (dates: SQL) => sql`array(select at from unnest(${dates}) with ordinality as u(at, nth) where at <= ${then} order by nth)`;
  return sql`(
    with step as materialized (select *, lag(stage_id) over (partition by lead_id order by at, position) as before from ${saidBy(workspaceId, asOf)} said),
         stood as materialized (select distinct on (lead_id) lead_id, stage_id, pipeline_id, role, reason from step order by lead_id, at desc, position desc),
         far as materialized (select lead_id, min(at) as entered_at, max(at) filter (where before is distinct from stage_id) as since, coalesce(max(position) filter (where role is null or role not in ('lost', 'recycled')), 0) as furthest from step group by 1)
    select l.workspace_id, l.id, stood.pipeline_id, l.source_id, l.origin, l.name, l.company, l.channel, l.owner, stood.stage_id, far.since as stage_since, far.entered_at,
           case when stood.role in ('won', 'lost', 'recycled') then stood.role else 'open' end as "end", case when stood.role in ('won', 'lost', 'recycled') then far.since end as ended_at,
           coalesce(stood.reason, case when stood.stage_id = l.stage_id and far.since = l.stage_since then l.reason end) as reason, far.furthest, l.amount, ${by(sql`l.passed_at`)} as passed_at, ${by(sql`l.arrived_at`)} as arrived_at, ${by(sql`l.contacted_at`)} as contacted_at,
           ${by(sql`l.returned_at`)} as returned_at, case when l.returned_at <= ${then} then l.return_reason end as return_reason,
           case when cardinality(l.marketing_entries) = 0 then l.marketing_records else (select count(*)::int from unnest(l.marketing_entries) as e where e <= ${then}) end as marketing_records,
           case when l.arrived_at > ${then} then 0 else l.sales_records end as sales_records, ${until(sql`l.passes`)} as passes, ${until(sql`l.marketing_entries`)} as marketing_entries,
           l.sales_owner, l.territory, l.industry, case when stood.role = 'recycled' then l.nurture_until end as nurture_until, l.version, l.portion
      from stood join far on far.lead_id = stood.lead_id join lead l on l.workspace_id = ${workspaceId}::uuid and l.id = stood.lead_id)`;
};

/** The same for a query that selects from `lead`: what stands under that name in it. */
export const leadsThen = (tx: WorkspaceTx, workspaceId: string, asOf: AsOf) => (asOf ? [tx.$with('lead', {}).as(sql`select * from ${leadRows(workspaceId, asOf)} l`)] : []);

/** Ids of the leads that sales took on here by then. */
export const takenBy = (workspaceId: string, asOf: Date): SQL =>
  sql`select lead_id from (select distinct on (lead_id) lead_id, state, decided_at from handoff where workspace_id = ${workspaceId}::uuid and offered_at <= ${asOf.toISOString()}::timestamptz order by lead_id, offered_at desc) h where state = 'accepted' and decided_at <= ${asOf.toISOString()}::timestamptz`;

/** Replayed once for all figures of one look. */
const replayed = new WeakMap<WorkspaceTx, Map<number, Promise<LeadTable>>>();

/** All leads as columns: as they are, or as of a past instant. */
export const leadsAt = (tx: WorkspaceTx, workspaceId: string, asOf: AsOf): Promise<LeadTable> => {
  if (!asOf) return heldLeads(tx, workspaceId);
  const known = replayed.get(tx) ?? new Map<number, Promise<LeadTable>>();
  const table = known.get(asOf.getTime()) ?? leadsOf(tx, workspaceId, { leads: leadRows(workspaceId, asOf), taken: takenBy(workspaceId, asOf) });
  replayed.set(tx, known.set(asOf.getTime(), table));
  return table;
};

/** Portions as many at once as are read at once; of a past instant all at once, since each read replays the whole log. */
export const inBatchesAt = <T>(asOf: AsOf, portions: readonly T[], read: (batch: readonly T[]) => Promise<void>): Promise<void> => (asOf && portions.length > 0 ? read(portions) : inBatches(portions, read));
