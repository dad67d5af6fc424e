import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { CubeCell, DayCell, Split } from './domain/answers/cohorts';
import { leadRows, type AsOf } from './leads-as-of';
import { rulesMask, type countedBy } from './rule-repo';
import { lead } from './schema';

/** `rules`: whose rules count these leads, as bits. */
export type Masked<Cell> = Cell & { rules: number };
export type Cells = { cubes: Record<Split, Masked<CubeCell>[]>; days: Masked<DayCell>[] };

type Row = { rules: number; month: string | null; origin: string | null; channel: string | null; territory: string | null; industry: string | null; end: CubeCell['end']; entered: number | null; decided: number | null; won: boolean | null; leads: number; set: number };

/** Bits of `grouping` that are set where a column is not grouped by. */
const SETS = { origin: 0b01111, channel: 0b10111, territory: 0b11011, industry: 0b11101, days: 0b11110 } as const;

/** All leads, as they are or were by then, counted by month, group and end, and by the days they entered and ended on; read once for all of it. */
export const readCells = async (tx: WorkspaceTx, workspaceId: string, rules: Awaited<ReturnType<typeof countedBy>>, asOf: AsOf): Promise<Cells> => {
  const own = sql`${workspaceId}::uuid`;
  const { rows } = await tx.execute<Row>(sql`
    with told as (
      select ${rulesMask(rules, workspaceId, asOf)} as rules, to_char(${lead.enteredAt} at time zone 'UTC', 'YYYY-MM') as month, ${lead.origin} as origin, coalesce(${lead.channel}, '') as channel, coalesce(${lead.territory}, '') as territory, coalesce(${lead.industry}, '') as industry,
             ${lead.end} as "end", floor(extract(epoch from ${lead.enteredAt}) / 86400)::int as entered, case when ${lead.end} in ('won', 'lost') then floor(extract(epoch from ${lead.endedAt}) / 86400)::int end as decided, ${lead.end} = 'won' as won
        from ${leadRows(workspaceId, asOf)} lead where ${lead.workspaceId} = ${own})
    select rules, month, origin, channel, territory, industry, "end", entered, decided, won, count(*)::int as leads, grouping(origin, channel, territory, industry, entered) as set
      from told group by grouping sets ((rules, month, origin, "end"), (rules, month, channel, "end"), (rules, month, territory, "end"), (rules, month, industry, "end"), (rules, entered, decided, won))`);
  const cube = (split: Split): Masked<CubeCell>[] => rows.filter(({ set }) => set === SETS[split]).map((row) => ({ rules: row.rules, month: row.month ?? '', value: row[split] ?? '', end: row.end, leads: row.leads }));
  return {
    cubes: { origin: cube('origin'), channel: cube('channel'), territory: cube('territory'), industry: cube('industry') },
    days: rows.filter(({ set }) => set === SETS.days).map(({ rules: mask, entered, decided, won, leads }) => ({ rules: mask, entered: entered ?? 0, decided, won: won === true, leads })),
  };
};
