import { sql, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { readWhole } from '../../platform/db/joins';
import { moneyTable, spendTable } from '../customers/public';
import { leadRows, type AsOf } from './leads-as-of';
import { at, wonWords, type Stretch } from './metrics-repo';

/** What metrics count that are no leads: lines of money, customers, accounts, records with a score, deals that were foretold. */
export const CASE_KINDS = ['orders', 'credited', 'new_customers', 'profits', 'retention', 'lifetime', 'wallet', 'scores', 'forecasts', 'closings', 'markets', 'segments', 'work'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** One case. `amount`: money that came in, profit, a score; `of`: what it is seen beside (yearly spend, forecast); `again`: bought again. */
export type MetricCase = { party: string | null; name: string | null; at: string | null; amount: number | null; of: number | null; again: boolean | null; system: string | null };

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** Customers with the party they are, where one is known. */
const grouped = (columns: SQL, rest: SQL): SQL => sql`select customer, (array_agg(parties[1]))[1] as party, ${columns} from bought ${rest} group by customer`;
const year = (until: SQL): SQL => sql`at >= ${until} - interval '365 days'`;

/** `leads`: as they are, or stood then. */
type Span = { from: SQL; until: SQL; leads: SQL };

/** Leads that were the first won of their territory or industry; of a territory with what was spent on it until then. */
const firstWins = (of: 'territory' | 'industry', workspaceId: string, { from, until, leads }: Span): SQL => {
  const column = sql.identifier(of);
  const spent = of === 'territory' ? sql`(select coalesce(sum(s.amount), 0)::float8 from spend s where s.territory = f.name and s.at < f.at)` : sql`null::float8`;
  return sql`
    select f.id::text as customer, f.id as party, f.at, ${spent} as amount, null::float8 as "of", null::boolean as again, f.said as system
      from (select distinct on (lower(trim(${column}))) id, lower(trim(${column})) as name, trim(${column}) as said, ended_at as at from ${leads} l
             where workspace_id = ${workspaceId}::uuid and "end" = 'won' and ${column} is not null and ended_at < ${until} order by lower(trim(${column})), ended_at, id) f where f.at >= ${from}`;
};

/** Each kind as a select of customer, party, at, amount, of, again, system; the same cases as the figure's own sums count. */
const casesOf = (kind: CaseKind, workspaceId: string, span: Span): SQL => {
  const { from, until, leads } = span;
  const ws = sql`${workspaceId}::uuid`;
  const none = { of: sql`null::float8 as "of"`, again: sql`null::boolean as again`, system: sql`null::text as system` };
  const rest = sql`${none.of}, ${none.again}, ${none.system}`;
  switch (kind) {
    case 'orders':
      return sql`select customer, parties[1] as party, at, amount, ${rest} from bought where at >= ${from}`;
    case 'credited':
      return sql`select customer, parties[1] as party, at, amount, ${rest} from bought where at >= ${from} and exists (select 1 from lead l where l.workspace_id = ${ws} and l.origin = 'marketing' and l.id = any(parties))`;
    case 'new_customers':
      return sql`select * from (select customer, (array_agg(parties[1]))[1] as party, min(at) as at, null::float8 as amount, ${rest} from money group by customer) f where at >= ${from} and at < ${until}`;
    case 'profits':
      return grouped(sql`max(at) as at, sum(profit)::float8 as amount, ${rest}`, sql`where at >= ${from} and profit is not null`);
    case 'retention':
      return sql`
        select * from (${grouped(
          sql`max(at) filter (where not ${year(until)}) as at, (sum(amount) filter (where ${year(until)}))::float8 as amount, ${none.of}, coalesce(bool_or(${year(until)}), false) as again, ${none.system}`,
          sql`where at >= ${until} - interval '730 days'`,
        )}) b where at is not null`;
    case 'lifetime':
      return grouped(sql`max(at) as at, sum(amount)::float8 as amount, ${rest}`, sql`where ${year(until)}`);
    case 'wallet':
      return sql`
        select w.customer, w.customer::uuid as party, b.at, coalesce(b.total, 0)::float8 as amount, w.whole as "of", ${none.again}, ${none.system}
          from (select party_id::text as customer, max((data ->> 'wallet')::float8) as whole from record where workspace_id = ${ws} and kind = 'account' and data ? 'wallet' group by 1) w
          left join (select customer, max(at) as at, sum(amount) as total from bought where ${year(until)} group by 1) b using (customer) where w.whole > 0`;
    case 'scores':
      return sql`
        select r.party_id::text as customer, r.party_id as party, null::timestamptz as at, (r.data ->> 'satisfaction')::float8 as amount, ${none.of}, ${none.again}, s.name as system
          from record r join source s on s.workspace_id = r.workspace_id and s.id = r.source_id
         where r.workspace_id = ${ws} and r.kind in ('contact', 'account') and r.data ? 'satisfaction' and s.name = (
           select o.name from record i join source o on o.workspace_id = i.workspace_id and o.id = i.source_id where i.workspace_id = ${ws} and i.kind in ('contact', 'account') and i.data ? 'satisfaction' group by 1 order by count(*) desc, 1 limit 1)`;
    case 'closings':
      return sql`select customer, parties[1] as party, at, null::float8 as amount, ${rest} from money where not covered and at >= ${from} and at < ${until}`;
    case 'markets':
      return firstWins('territory', workspaceId, span);
    case 'segments':
      return firstWins('industry', workspaceId, span);
    case 'work':
      return sql`
        select l.id::text as customer, l.id as party, l.ended_at as at, null::float8 as amount, ${none.of}, ${none.again}, string_agg(distinct s.kind, ', ') as system
          from ${leads} l join spend s on s.side = 'marketing' and s.kind is not null and s.at >= ${from} and s.at < ${until} and s.channel = lower(trim(l.channel))
         where l.workspace_id = ${ws} and l."end" = 'won' and l.origin = 'marketing' and l.ended_at >= ${from} and l.ended_at < ${until} group by l.id, l.ended_at`;
    case 'forecasts':
      return sql`
        select coalesce(name, key) as customer, null::uuid as party, coalesce((data ->> 'closedAt')::timestamptz, (data ->> 'changedAt')::timestamptz) as at,
               case when data -> 'won' = 'true' then coalesce(amount, 0) else 0 end::float8 as amount, (data ->> 'forecast')::float8 as "of", ${none.again}, ${none.system}
          from record where workspace_id = ${ws} and kind = 'deal' and data ? 'forecast' and (data -> 'won' = 'true' or data -> 'closed' = 'true')
           and coalesce((data ->> 'closedAt')::timestamptz, (data ->> 'changedAt')::timestamptz) >= ${from} and coalesce((data ->> 'closedAt')::timestamptz, (data ->> 'changedAt')::timestamptz) < ${until}`;
  }
};

/** What stands behind a metric that counts no leads, latest first. Money in one currency; where none is said, this one is meant. */
export const metricCases = async (tx: WorkspaceTx, workspaceId: string, { kind, within, currency, asOf, limit, offset }: { kind: CaseKind; within: Stretch; currency: string; asOf: AsOf; limit: number; offset: number }): Promise<{ total: number; rows: MetricCase[] }> => {
  const words = await wonWords(tx, workspaceId);
  const span = { from: at(within.from), until: at(within.until), leads: leadRows(workspaceId, asOf) };
  const { rows } = await readWhole(tx, () => tx.execute<MetricCase & { total: number }>(sql`
    with ${moneyTable(workspaceId, words, asOf)},${spendTable(workspaceId, currency, asOf)},
         bought as (select customer, parties, at, amount, profit from money where not covered and amount is not null and coalesce(currency, ${currency}) = ${currency} and at < ${span.until}),
         cases as (${casesOf(kind, workspaceId, span)}),
         page as (select *, count(*) over ()::int as total, coalesce(case when customer ~ ${UUID} then customer::uuid end, party) as who from cases order by at desc nulls last, amount desc nulls last, customer limit ${limit} offset ${offset})
    select p.who as party, coalesce(n.name, case when p.customer ~ ${UUID} then null else p.customer end) as name, to_char(p.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, p.amount, p."of", p.again, p.system, p.total
      from page p left join lateral (select coalesce(case when r.kind = 'account' then r.name end, r.company, r.name) as name from record r where r.workspace_id = ${workspaceId}::uuid and r.party_id = p.who order by r.kind = 'account' desc, r.id limit 1) n on true
     order by p.at desc nulls last, p.amount desc nulls last, p.customer`));
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _, ...row }) => row) };
};
