import { and, count, eq, isNull, min, sql, sum } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { lead } from './schema';

export type BoardFilters = { origin?: Side | undefined; channel?: string | undefined };

export type BoardRow = { stageId: string; pipelineId: string; leads: number; amount: number; oldest: Date | null };

/** How many leads stand at each stage now. */
export const boardNow = async (tx: WorkspaceTx, filters: BoardFilters): Promise<BoardRow[]> => {
  const rows = await tx
    .select({ stageId: lead.stageId, pipelineId: lead.pipelineId, leads: count(), amount: sum(lead.amount), oldest: min(lead.stageSince) })
    .from(lead)
    .where(and(filters.origin ? eq(lead.origin, filters.origin) : undefined, filters.channel === undefined ? undefined : filters.channel === '' ? isNull(lead.channel) : eq(lead.channel, filters.channel)))
    .groupBy(lead.stageId, lead.pipelineId);
  return rows.map((row) => ({ ...row, amount: Number(row.amount ?? 0) }));
};

/**
 * The same as of a past instant, replayed from the log: each lead's last entry by then that had not been taken back by then; at one instant the
 * later stage is the later entry, as in `replay`. Amounts are those known today.
 */
export const boardAsOf = async (tx: WorkspaceTx, workspaceId: string, asOf: Date, filters: BoardFilters): Promise<BoardRow[]> => {
  const channel = filters.channel === undefined ? sql`true` : filters.channel === '' ? sql`l.channel is null` : sql`l.channel = ${filters.channel}`;
  const { rows } = await tx.execute<{ stageId: string; pipelineId: string; leads: number; amount: number }>(sql`
    select s.id as "stageId", s.pipeline_id as "pipelineId", count(*)::int as leads, coalesce(sum(stood.amount), 0)::float8 as amount
      from lead l
      cross join lateral (
        select e.stage_id, l.amount from stage_event e join stage at on at.workspace_id = e.workspace_id and at.id = e.stage_id
         where e.workspace_id = ${workspaceId}::uuid and e.lead_id = l.id and e.at <= ${asOf} and e.withdraws is null
           and not exists (select 1 from stage_event w where w.workspace_id = e.workspace_id and w.lead_id = e.lead_id and w.withdraws = e.id and w.at <= ${asOf})
         order by e.at desc, at.position desc limit 1) stood
      join stage s on s.workspace_id = l.workspace_id and s.id = stood.stage_id
     where l.workspace_id = ${workspaceId}::uuid and ${filters.origin ? sql`l.origin = ${filters.origin}` : sql`true`} and ${channel}
     group by 1, 2`);
  return rows.map((row) => ({ ...row, oldest: null }));
};
