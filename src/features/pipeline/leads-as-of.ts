import { sql, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { LeadTable } from './domain/lead-columns';
import { heldLeads } from './held-leads';
import { takenHere } from './taken-here';

/** The past instant as of which figures are counted; null: now. */
export type AsOf = Date | null;

/** What a remembered figure's name ends with, so that one of a past day is never taken for one of now. */
export const asOfKey = (asOf: AsOf): string => (asOf ? ` as of ${asOf.toISOString()}` : '');

/**
 * Where the lead `l` stood by then, replayed from its log as `replay` does: without entries taken back by then and
 * without the taking back itself; nothing for a log that had not begun. Each lead's entries are looked up by themselves (`offset 0`), so that whoever asks
 * for some leads replays those.
 */
const stoodBy = (own: SQL, then: SQL): SQL => sql`
  select min(at) as entered_at, max(at) filter (where before is distinct from stage_id) as since, coalesce(max(position) filter (where role is null or role not in ('lost', 'recycled')), 0) as furthest,
         (array_agg(stage_id) filter (where nth = 1))[1] as stage_id, (array_agg(pipeline_id) filter (where nth = 1))[1] as pipeline_id, max(role) filter (where nth = 1) as role, max(reason) filter (where nth = 1) as reason
    from (select e.stage_id, e.at, e.reason, p.pipeline_id, p.position, p.role, lag(e.stage_id) over (order by e.at, p.position) as before, row_number() over (order by e.at desc, p.position desc) as nth
            from (select id, stage_id, at, reason, withdraws, array_agg(withdraws) filter (where withdraws is not null) over () as gone from stage_event where workspace_id = ${own} and lead_id = l.id and at <= ${then} offset 0) e
            cross join lateral (select * from place where id = e.stage_id limit 1) p
           where e.withdraws is null and (e.gone is null or e.id <> all(e.gone))) step
  having count(*) > 0 offset 0`;

/**
 * Leads with the columns of `lead`, as a relation to select from: as they are, or as of a past instant, where each stood replayed from the log as `replay`
 * does, and the dated facts of handing over that had happened by then. What has no date of its own (an owner, a territory, which records are one person) is
 * as it is known today.
 */
export const leadRows = (workspaceId: string, asOf: AsOf): SQL => {
  if (!asOf) return sql`lead`;
  const [own, then] = [sql`${workspaceId}::uuid`, sql`${asOf.toISOString()}::timestamptz`];
  const by = (at: SQL) => sql`case when ${at} <= ${then} then ${at} end`;
  const until = (dates: SQL) => sql`array(select at from unnest(${dates}) with ordinality as u(at, nth) where at <= ${then} order by nth)`;
  return sql`(
    with place as materialized (select id, pipeline_id, position, role from stage where workspace_id = ${own})
    select l.workspace_id, l.id, stood.pipeline_id, l.source_id, l.origin, l.name, l.company, l.channel, l.owner, stood.stage_id, stood.since as stage_since, stood.entered_at,
           case when stood.role in ('won', 'lost', 'recycled') then stood.role else 'open' end as "end", case when stood.role in ('won', 'lost', 'recycled') then stood.since end as ended_at,
           coalesce(stood.reason, case when stood.stage_id = l.stage_id and stood.since = l.stage_since then l.reason end) as reason, stood.furthest, l.amount, ${by(sql`l.passed_at`)} as passed_at, ${by(sql`l.arrived_at`)} as arrived_at, ${by(sql`l.contacted_at`)} as contacted_at,
           ${by(sql`l.returned_at`)} as returned_at, case when l.returned_at <= ${then} then l.return_reason end as return_reason,
           case when cardinality(l.marketing_entries) = 0 then l.marketing_records else (select count(*)::int from unnest(l.marketing_entries) as e where e <= ${then}) end as marketing_records,
           case when l.arrived_at > ${then} then 0 else l.sales_records end as sales_records, ${until(sql`l.passes`)} as passes, ${until(sql`l.marketing_entries`)} as marketing_entries,
           l.sales_owner, l.territory, l.industry, case when stood.role = 'recycled' then l.nurture_until end as nurture_until, l.version, l.portion
      from lead l cross join lateral (${stoodBy(own, then)}) stood where l.workspace_id = ${own})`;
};

/** The same for a query that selects from `lead`: what stands under that name in it. */
export const leadsThen = (tx: WorkspaceTx, workspaceId: string, asOf: AsOf) => (asOf ? [tx.$with('lead', {}).as(sql`select * from ${leadRows(workspaceId, asOf)} l`)] : []);

/** All leads as columns: as they are, or as of a past instant. */
export const leadsAt = (tx: WorkspaceTx, workspaceId: string, asOf: AsOf): Promise<LeadTable> =>
  heldLeads(tx, workspaceId, asOf ? { name: asOf.toISOString(), leads: leadRows(workspaceId, asOf), taken: takenHere(workspaceId, asOf) } : undefined);
