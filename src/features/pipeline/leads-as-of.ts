import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { LeadTable } from './domain/lead-columns';
import { leadsOf } from './held-leads';

/**
 * Leads as of a past instant: where each stood, replayed from the log as the board replays it, and the dated facts of handing over that had happened by
 * then. What has no date of its own (an owner, which records are one person) is as it is known today.
 */
export const leadsAsOf = (tx: WorkspaceTx, workspaceId: string, asOf: Date): Promise<LeadTable> => {
  const own = sql`${workspaceId}::uuid`;
  const by = (at: ReturnType<typeof sql>) => sql`case when ${at} <= ${asOf} then ${at} end`;
  const until = (dates: ReturnType<typeof sql>) => sql`array(select at from unnest(${dates}) with ordinality as u(at, nth) where at <= ${asOf} order by nth)`;
  return leadsOf(tx, workspaceId, {
    leads: sql`(
      with taken as materialized (select lead_id, withdraws as id from stage_event where workspace_id = ${own} and withdraws is not null and at <= ${asOf}),
           place as materialized (select id, position, role from stage where workspace_id = ${own}),
           said as materialized (
             select e.lead_id, e.stage_id, e.at, p.position, p.role from stage_event e join place p on p.id = e.stage_id
              where e.workspace_id = ${own} and e.at <= ${asOf} and e.withdraws is null and not exists (select 1 from taken t where t.lead_id = e.lead_id and t.id = e.id)),
           stood as materialized (select distinct on (lead_id) lead_id, stage_id, role from said order by lead_id, at desc, position desc),
           far as materialized (select lead_id, min(at) as entered_at, coalesce(max(position) filter (where role is null or role not in ('lost', 'recycled')), 0) as furthest from said group by 1)
      select l.workspace_id, l.id, l.portion, l.origin, l.name, l.company, l.channel, l.amount, l.sales_owner, far.entered_at, null::timestamptz as stage_since, null::timestamptz as ended_at, far.furthest, stood.stage_id,
             case when stood.role in ('won', 'lost', 'recycled') then stood.role else 'open' end as "end", ${by(sql`l.arrived_at`)} as arrived_at, ${by(sql`l.contacted_at`)} as contacted_at,
             case when l.returned_at <= ${asOf} then l.return_reason end as return_reason, case when stood.stage_id = l.stage_id then l.reason end as reason, ${until(sql`l.passes`)} as passes, ${until(sql`l.marketing_entries`)} as marketing_entries,
             case when cardinality(l.marketing_entries) = 0 then l.marketing_records else (select count(*)::int from unnest(l.marketing_entries) as e where e <= ${asOf}) end as marketing_records,
             case when l.arrived_at > ${asOf} then 0 else l.sales_records end as sales_records
        from stood join far on far.lead_id = stood.lead_id join lead l on l.workspace_id = ${own} and l.id = stood.lead_id)`,
    taken: sql`select lead_id from (select distinct on (lead_id) lead_id, state, decided_at from handoff where workspace_id = ${own} and offered_at <= ${asOf} order by lead_id, offered_at desc) h where state = 'accepted' and decided_at <= ${asOf}`,
  });
};
