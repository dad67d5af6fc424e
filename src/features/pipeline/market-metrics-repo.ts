import { sql } from 'drizzle-orm';
import { byThen } from '../../platform/db/by-then';
import type { WorkspaceTx } from '../../platform/db/database';
import { spendTable } from '../customers/public';
import type { LeadColumns } from './domain/lead-columns';
import { secondsOf, wonByChannel } from './domain/sum-leads';
import { keptByPortion } from './kept-by-portion';
import { inBatches } from './held-leads';
import { asOfKey, leadRows, leadsAt, type AsOf } from './leads-as-of';
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

/** By name in small letters: when the first lead of it was won, in milliseconds since 1970. */
type FirstWins = { territories: ReadonlyMap<string, number>; industries: ReadonlyMap<string, number>; ever: number };
type Read = { portion: number; territory: string | null; industry: string | null; first: number };

const kept = new WeakMap<LeadColumns, FirstWins>();

const readFirstWins = async (tx: WorkspaceTx, workspaceId: string, portions: readonly number[], asOf: AsOf): Promise<Read[]> =>
  (await tx.execute<Read>(sql`
    select portion, lower(trim(territory)) as territory, lower(trim(industry)) as industry, extract(epoch from min(ended_at))::float8 * 1000 as first
      from ${leadRows(workspaceId, asOf)} l where workspace_id = ${workspaceId}::uuid and portion = any(${sql.param([...portions])}::int2[]) and "end" = 'won' and ended_at is not null group by 1, 2, 3`)).rows;

const earliest = (all: readonly (readonly [name: string, at: number])[]): Map<string, number> => {
  const first = new Map<string, number>();
  for (const [name, at] of all) first.set(name, Math.min(at, first.get(name) ?? Infinity));
  return first;
};

const winsOf = (rows: readonly Read[]): FirstWins => ({
  territories: earliest(rows.flatMap(({ territory, first }) => (territory === null ? [] : [[territory, first] as const]))),
  industries: earliest(rows.flatMap(({ industry, first }) => (industry === null ? [] : [[industry, first] as const]))),
  ever: Math.min(Infinity, ...rows.map(({ first }) => first)),
});

/** Of all leads; only of portions in which a lead changed are they read anew. */
const firstWins = async (tx: WorkspaceTx, workspaceId: string, asOf: AsOf): Promise<FirstWins> => {
  const { portions } = await leadsAt(tx, workspaceId, asOf);
  await inBatches(portions.filter((portion) => !kept.has(portion)), async (wanted) => {
    const rows = await readFirstWins(tx, workspaceId, wanted.map(({ portion }) => portion), asOf);
    for (const portion of wanted) kept.set(portion, winsOf(rows.filter((row) => row.portion === portion.portion)));
  });
  const each = portions.flatMap((portion) => kept.get(portion) ?? []);
  return { territories: earliest(each.flatMap(({ territories }) => [...territories])), industries: earliest(each.flatMap(({ industries }) => [...industries])), ever: Math.min(Infinity, ...each.map(({ ever }) => ever)) };
};

/** In one currency; where none is said, this one is meant. */
export const marketSums = (tx: WorkspaceTx, workspaceId: string, within: Stretch, currency: string, asOf: AsOf): Promise<MarketSums> =>
  countedOnce(tx, workspaceId, `markets ${currency} ${minutes(within)}${asOfKey(asOf)}`, async () => {
    const wins = await firstWins(tx, workspaceId, asOf);
    const inside = (all: ReadonlyMap<string, number>) => [...all].filter(([, first]) => first >= within.from.getTime() && first < within.until.getTime());
    const markets = inside(wins.territories);
    const entered = byThen(sql`entered_at`, asOf);
    const [row] = (await tx.execute<Pick<MarketSums, 'territories' | 'industries' | 'spendByTerritory' | 'spent'>>(sql`
      with ${spendTable(workspaceId, currency, asOf)},
           market as (select * from unnest(${sql.param(markets.map(([name]) => name))}::text[], ${sql.param(markets.map(([, first]) => first))}::float8[]) as m(name, first))
      select exists (select 1 from lead where workspace_id = ${workspaceId}::uuid and territory is not null and ${entered}) as territories, exists (select 1 from lead where workspace_id = ${workspaceId}::uuid and industry is not null and ${entered}) as industries,
             exists (select 1 from spend where territory is not null) as "spendByTerritory", (select coalesce(sum(s.amount), 0)::float8 from spend s join market m on m.name = s.territory and extract(epoch from s.at)::float8 * 1000 < m.first) as spent`)).rows;
    if (!row) throw new Error('a sum gives a row');
    return { ...row, wonBefore: wins.ever < within.from.getTime(), markets: markets.length, segments: inside(wins.industries).length };
  });

/** `kind` null: all kinds together. */
export type WorkSums = { kind: string | null; spent: number; won: number };

const MOST_KINDS = 12;
const perPortion = keptByPortion(4);

/** Marketing's spend of the stretch by kind of work, and its leads won from the sources it was spent on. Null while no spend says its kind. */
export const workSums = (tx: WorkspaceTx, workspaceId: string, within: Stretch, currency: string, asOf: AsOf): Promise<WorkSums[] | null> =>
  countedOnce(tx, workspaceId, `work ${currency} ${minutes(within)}${asOfKey(asOf)}`, async () => {
    type Spent = { known: boolean; kind: string | null; spent: number | null; channels: string[] };
    const { rows } = await tx.execute<Spent>(sql`
      with ${spendTable(workspaceId, currency, asOf)},
           work as (select * from spend where side = 'marketing' and kind is not null),
           of_kind as (select kind, sum(amount)::float8 as spent, coalesce(array_agg(distinct channel) filter (where channel is not null), '{}') as channels from work where at >= ${at(within.from)} and at < ${at(within.until)} group by 1)
      select k.known, o.kind, o.spent, o.channels from (select exists (select 1 from work) as known) k left join of_kind o on true order by o.kind`);
    if (!rows[0]?.known) return null;
    const won = wonByChannel(await leadsAt(tx, workspaceId, asOf), secondsOf(within.from), secondsOf(within.until), perPortion);
    const wins = (channels: Iterable<string>): number => [...new Set(channels)].reduce((sum, channel) => sum + (won.get(channel) ?? 0), 0);
    const kinds = rows.flatMap(({ kind, spent, channels }) => (kind === null || spent === null ? [] : [{ kind, spent, won: wins(channels), channels }]));
    const all = { kind: null, spent: kinds.reduce((sum, { spent }) => sum + spent, 0), won: wins(kinds.flatMap(({ channels }) => channels)) };
    return [all, ...kinds.slice(0, MOST_KINDS).map(({ kind, spent, won: ofKind }) => ({ kind, spent, won: ofKind }))];
  });
