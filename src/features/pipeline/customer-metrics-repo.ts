import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { byThen } from '../../platform/db/by-then';
import { readWhole } from '../../platform/db/joins';
import { moneyTable, tookPlace } from '../customers/public';
import { reaching, type LeadColumns } from './domain/lead-columns';
import { secondsOf } from './domain/sum-leads';
import { inBatches } from './held-leads';
import { asOfKey, leadRows, leadsAt, type AsOf } from './leads-as-of';
import { at, minutes, wonWords, type Stretch } from './metrics-repo';
import { countedOnce, revisionOf } from './revision';

/** Sums over customers; every one is null where no record or order holds what it needs. */
export type CustomerSums = {
  /** Of the stretch: orders and won deals whose gross profit is said. */
  profit: number | null; profitCustomers: number;
  /** Customers of the twelve months to the stretch's end, and of the twelve before; null unless anything is as old as that. */
  earlier: number | null; kept: number; customers: number; revenue: number;
  /** What accounts spend with everybody has no date: it is as it is known today. */
  wallets: { ours: number; all: number; n: number } | null;
};

/** Money by customer in one currency; where none is said, this one is meant. */
export const customerSums = async (tx: WorkspaceTx, workspaceId: string, within: Stretch, currency: string, asOf: AsOf): Promise<CustomerSums> => {
  const words = await wonWords(tx, workspaceId);
  return countedOnce(tx, workspaceId, `customers ${currency} ${minutes(within)} ${JSON.stringify(words)}${asOfKey(asOf)}`, async () => {
    type Row = Omit<CustomerSums, 'wallets' | 'earlier'> & { old: boolean; earlier: number; ours: number; wallet: number; accounts: number };
    const [row] = (await readWhole(tx, () => tx.execute<Row>(sql`
      with ${moneyTable(workspaceId, words, asOf)},
           bought as (select customer, at, amount, profit from money where not covered and amount is not null and coalesce(currency, ${currency}) = ${currency} and at < ${at(within.until)}),
           year as (select customer, sum(amount) as total from bought where at >= ${at(within.until)} - interval '365 days' group by 1),
           before as (select distinct customer from bought where at < ${at(within.until)} - interval '365 days' and at >= ${at(within.until)} - interval '730 days'),
           said as (select customer, profit from bought where profit is not null and at >= ${at(within.from)}),
           wallet as (select party_id::text as customer, max((data ->> 'wallet')::float8) as whole from record where workspace_id = ${workspaceId}::uuid and kind = 'account' and data ? 'wallet' group by 1)
      select (select sum(profit)::float8 from said) as profit, (select count(distinct customer)::int from said) as "profitCustomers", (select count(*)::int from before) as earlier,
             (select count(*)::int from before join year using (customer)) as kept, (select count(*)::int from year) as customers, (select coalesce(sum(total), 0)::float8 from year) as revenue,
             exists (select 1 from before) as old, w.* from (select coalesce(sum(total), 0)::float8 as ours, coalesce(sum(whole), 0)::float8 as wallet, count(*)::int as accounts from wallet left join year using (customer) where whole > 0) w`))).rows;
    if (!row) throw new Error('a sum gives a row');
    const { old, earlier, ours, wallet, accounts, ...sums } = row;
    return { ...sums, earlier: old ? earlier : null, wallets: accounts > 0 ? { ours, all: wallet, n: accounts } : null };
  }, 'records');
};

export type Scores = { system: string; mean: number; n: number };

/** Satisfaction scores by the system that holds them, the one with most first: scales differ from one to another. They have no date. */
export const satisfactionScores = (tx: WorkspaceTx, workspaceId: string): Promise<Scores[]> =>
  countedOnce(tx, workspaceId, 'scores', async () => (await tx.execute<Scores>(sql`
    select s.name as system, avg((r.data ->> 'satisfaction')::float8)::float8 as mean, count(*)::int as n from record r join source s on s.workspace_id = r.workspace_id and s.id = r.source_id
     where r.workspace_id = ${workspaceId}::uuid and r.kind in ('contact', 'account') and r.data ? 'satisfaction' group by 1 order by 3 desc, 1`)).rows, 'records');

/** Deals that ended in the stretch and hold a forecast: how far it was off, and what they brought. Null while no deal holds one. */
export const forecastSums = (tx: WorkspaceTx, workspaceId: string, within: Stretch, asOf: AsOf): Promise<{ differences: number; outcome: number; n: number } | null> =>
  countedOnce(tx, workspaceId, `forecasts ${minutes(within)}${asOfKey(asOf)}`, async () => {
    const [row] = (await tx.execute<{ any: boolean; differences: number; outcome: number; n: number }>(sql`
      with foretold as (
        select (data ->> 'forecast')::float8 as forecast, case when data -> 'won' = 'true' then coalesce(amount, 0) else 0 end as outcome, (data -> 'won' = 'true' or data -> 'closed' = 'true') as ended,
               coalesce((data ->> 'closedAt')::timestamptz, (data ->> 'changedAt')::timestamptz) as at
          from record where workspace_id = ${workspaceId}::uuid and kind = 'deal' and data ? 'forecast' and ${byThen(sql`coalesce(entered_at, created_at)`, asOf)})
      select exists (select 1 from foretold) as "any", coalesce(sum(abs(forecast - outcome)), 0)::float8 as differences, coalesce(sum(outcome), 0)::float8 as outcome, count(*)::int as n
        from foretold where ended and at >= ${at(within.from)} and at < ${at(within.until)}`)).rows;
    return row?.any ? { differences: row.differences, outcome: row.outcome, n: row.n } : null;
  }, 'records');

export type ActivityRate = { type: string | null; won: number; ended: number };

const perPortion = new WeakMap<LeadColumns, { key: string; rates: ActivityRate[] }>();

const readRates = async (tx: WorkspaceTx, workspaceId: string, { from, until }: Stretch, portions: readonly number[], asOf: AsOf): Promise<(ActivityRate & { portion: number })[]> => {
  const ws = sql`${workspaceId}::uuid`;
  const met = (key: string, kind: string) => sql`select p.portion, p.id, p.won, p.ended_at, e.type, e.at from person p join event e on e.workspace_id = ${ws} and e.${sql.identifier(key)} = p.key and e.source_id = p.source_id and e.kind = 'activity' and ${tookPlace(sql`e.data`)} where p.kind = ${kind}`;
  return (await tx.execute<ActivityRate & { portion: number }>(sql`
    with person as (
      select l.portion, l.id, l."end" = 'won' as won, l.ended_at, r.source_id, r.kind, r.key, r.email_key from ${leadRows(workspaceId, asOf)} l join record r on r.workspace_id = l.workspace_id and r.party_id = l.id and r.kind in ('lead', 'contact')
       where l.workspace_id = ${ws} and l.portion = any(${sql.param([...portions])}::int2[]) and l."end" in ('won', 'lost') and l.ended_at >= ${at(from)} and l.ended_at < ${at(until)}),
         met as (
      ${met('lead_key', 'lead')} union all ${met('contact_key', 'contact')}
      union all select p.portion, p.id, p.won, p.ended_at, e.type, e.at from person p join event e on e.workspace_id = ${ws} and e.email_key = p.email_key and e.kind = 'activity' and ${tookPlace(sql`e.data`)}),
         had as (select distinct portion, id, won, coalesce(nullif(trim(type), ''), '–') as type from met where at <= ended_at)
    select portion, type, (count(distinct id) filter (where won))::int as won, count(distinct id)::int as ended from had group by grouping sets ((portion, type), (portion))`)).rows;
};

/** Leads that ended in the stretch and had an activity of a kind before that took place: `type` null = of any kind. Null while no activity is known at all. */
export const ratesByActivity = (tx: WorkspaceTx, workspaceId: string, within: Stretch, asOf: AsOf): Promise<ActivityRate[] | null> =>
  countedOnce(tx, workspaceId, `activities ${minutes(within)}${asOfKey(asOf)}`, async () => {
    const known = await countedOnce(tx, workspaceId, `activities known${asOfKey(asOf)}`, async () => (await tx.execute<{ there: boolean }>(sql`select exists (select 1 from event where workspace_id = ${workspaceId}::uuid and kind = 'activity' and ${byThen(sql`at`, asOf)}) as there`)).rows[0]?.there, 'records');
    if (!known) return null;
    const { portions } = await leadsAt(tx, workspaceId, asOf);
    // An activity may come in after its lead ended, and changes no lead then.
    const records = await revisionOf(tx, 'records');
    const keyOf = ({ ended }: LeadColumns): string => `${records} ${within.from.toISOString()} ${reaching(ended, secondsOf(within.until))}`;
    await inBatches(portions.filter((portion) => perPortion.get(portion)?.key !== keyOf(portion)), async (wanted) => {
      const rows = await readRates(tx, workspaceId, within, wanted.map(({ portion }) => portion), asOf);
      for (const portion of wanted) perPortion.set(portion, { key: keyOf(portion), rates: rows.filter((row) => row.portion === portion.portion) });
    });
    const rates = new Map<string | null, ActivityRate>();
    for (const { type, won, ended } of portions.flatMap((portion) => perPortion.get(portion)?.rates ?? [])) {
      const sum = rates.get(type) ?? { type, won: 0, ended: 0 };
      rates.set(type, { type, won: sum.won + won, ended: sum.ended + ended });
    }
    const order = (a: ActivityRate, b: ActivityRate): number => b.ended - a.ended || Number(a.type !== null) - Number(b.type !== null) || ((a.type ?? '') < (b.type ?? '') ? -1 : 1);
    return [...rates.values()].toSorted(order).slice(0, 13);
  });
