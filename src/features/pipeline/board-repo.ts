import { sql } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { standAt } from './domain/sum-leads';
import { heldLeads } from './held-leads';
import { countedOnce } from './revision';
import { stage } from './schema';

export type BoardFilters = { origin?: Side | undefined; channel?: string | undefined };

export type BoardRow = { stageId: string; pipelineId: string; leads: number; amount: number; oldest: Date | null };

/** How many leads stand at each stage now. */
export const boardNow = (tx: WorkspaceTx, workspaceId: string, filters: BoardFilters): Promise<BoardRow[]> =>
  countedOnce(tx, workspaceId, `board ${JSON.stringify(filters)}`, async () => {
    const pipelineOf = new Map((await tx.select({ id: stage.id, pipelineId: stage.pipelineId }).from(stage)).map((row) => [row.id, row.pipelineId]));
    return standAt(await heldLeads(tx, workspaceId), filters).map((row) => ({ ...row, pipelineId: pipelineOf.get(row.stageId) ?? '' }));
  });

/**
 * The same as of a past instant, replayed from the log: each lead's last entry by then that had not been taken back by then; at one instant the
 * later stage is the later entry, as in `replay`. Amounts are those known today.
 */
export const boardAsOf = async (tx: WorkspaceTx, workspaceId: string, asOf: Date, filters: BoardFilters): Promise<BoardRow[]> => {
  const channel = filters.channel === undefined ? sql`true` : filters.channel === '' ? sql`l.channel is null` : sql`l.channel = ${filters.channel}`;
  // One pass over the log, not a look-up for each lead: at 100,000 leads that was half a minute.
  const { rows } = await tx.execute<{ stageId: string; pipelineId: string; leads: number; amount: number }>(sql`
    with taken as materialized (select lead_id, withdraws as id from stage_event where workspace_id = ${workspaceId}::uuid and withdraws is not null and at <= ${asOf}),
         place as materialized (select id, pipeline_id, position from stage where workspace_id = ${workspaceId}::uuid),
         stood as materialized (
           select distinct on (e.lead_id) e.lead_id, e.stage_id, p.pipeline_id from stage_event e join place p on p.id = e.stage_id
            where e.workspace_id = ${workspaceId}::uuid and e.at <= ${asOf} and e.withdraws is null and not exists (select 1 from taken t where t.lead_id = e.lead_id and t.id = e.id)
            order by e.lead_id, e.at desc, p.position desc)
    select stood.stage_id as "stageId", stood.pipeline_id as "pipelineId", count(*)::int as leads, coalesce(sum(l.amount), 0)::float8 as amount
      from stood join lead l on l.workspace_id = ${workspaceId}::uuid and l.id = stood.lead_id
     where ${filters.origin ? sql`l.origin = ${filters.origin}` : sql`true`} and ${channel}
     group by 1, 2`);
  return rows.map((row) => ({ ...row, oldest: null }));
};

/** How many leads stand at each stage, by its id. */
export const leadsByStage = async (tx: WorkspaceTx, workspaceId: string): Promise<Map<string, number>> => new Map((await boardNow(tx, workspaceId, {})).map((row) => [row.stageId, row.leads]));
