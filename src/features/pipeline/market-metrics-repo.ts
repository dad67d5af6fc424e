import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { spendTable } from '../customers/public';
import { at, minutes, type Stretch } from './metrics-repo';
import { countedOnce } from './revision';

/** What a first win in a market or a segment can be told from. Territories stand for markets, industries for segments. */
export type MarketSums = {
  territories: boolean; industries: boolean;
  /** Some lead was won before the stretch: without that every market would look new. */
  wonBefore: boolean;
  /** Spend names territories. */
  spendByTerritory: boolean;
  /** Territories and industries first won in the stretch, and what was spent on these territories until then. */
  markets: number; spent: number; segments: number;
};

/** In one currency; where none is said, this one is meant. */
export const marketSums = (tx: WorkspaceTx, workspaceId: string, within: Stretch, currency: string): Promise<MarketSums> =>
  countedOnce(tx, workspaceId, `markets ${currency} ${minutes(within)}`, async () => {
    const [row] = (await tx.execute<MarketSums>(sql`
      with ${spendTable(workspaceId, currency)},
           won as (select lower(trim(territory)) as territory, lower(trim(industry)) as industry, ended_at from lead where workspace_id = ${workspaceId}::uuid and "end" = 'won' and ended_at < ${at(within.until)}),
           market as (select territory as name, min(ended_at) as first from won where territory is not null group by 1 having min(ended_at) >= ${at(within.from)}),
           segment as (select industry from won where industry is not null group by 1 having min(ended_at) >= ${at(within.from)})
      select exists (select 1 from lead where workspace_id = ${workspaceId}::uuid and territory is not null) as territories, exists (select 1 from lead where workspace_id = ${workspaceId}::uuid and industry is not null) as industries,
             exists (select 1 from won where ended_at < ${at(within.from)}) as "wonBefore", exists (select 1 from spend where territory is not null) as "spendByTerritory",
             (select count(*)::int from market) as markets, (select coalesce(sum(s.amount), 0)::float8 from spend s join market m on m.name = s.territory and s.at < m.first) as spent, (select count(*)::int from segment) as segments`)).rows;
    if (!row) throw new Error('a sum gives a row');
    return row;
  });

/** `kind` null: all kinds together. */
export type WorkSums = { kind: string | null; spent: number; won: number };

/** Marketing's spend of the stretch by kind of work, and its leads won from the sources it was spent on. Null while no spend says its kind. */
export const workSums = (tx: WorkspaceTx, workspaceId: string, within: Stretch, currency: string): Promise<WorkSums[] | null> =>
  countedOnce(tx, workspaceId, `work ${currency} ${minutes(within)}`, async () => {
    const { rows } = await tx.execute<WorkSums & { known: boolean }>(sql`
      with ${spendTable(workspaceId, currency)},
           work as (select * from spend where side = 'marketing' and kind is not null),
           inside as (select * from work where at >= ${at(within.from)} and at < ${at(within.until)}),
           won as (select l.id, i.kind from lead l join (select distinct kind, channel from inside where channel is not null) i on i.channel = lower(trim(l.channel))
                    where l.workspace_id = ${workspaceId}::uuid and l."end" = 'won' and l.origin = 'marketing' and l.ended_at >= ${at(within.from)} and l.ended_at < ${at(within.until)}),
           of_kind as (select kind, count(distinct id)::int as won from won group by grouping sets ((kind), ()))
      select s.kind, s.spent, coalesce(o.won, 0) as won, exists (select 1 from work) as known
        from (select kind, coalesce(sum(amount), 0)::float8 as spent from inside group by grouping sets ((kind), ())) s left join of_kind o on o.kind is not distinct from s.kind order by s.kind nulls first limit 13`);
    return rows[0]?.known ? rows.map(({ kind, spent, won }) => ({ kind, spent, won })) : null;
  });
