import { sql, type SQL } from 'drizzle-orm';
import { byThen } from '../../platform/db/by-then';
import type { WorkspaceTx } from '../../platform/db/database';

/** What sales' systems call the stage of a deal, as they write it. */
export const dealWords = async (tx: WorkspaceTx, workspaceId: string): Promise<{ sourceId: string; word: string }[]> =>
  (await tx.execute<{ sourceId: string; word: string }>(sql`select distinct source_id as "sourceId", status as word from record where workspace_id = ${workspaceId}::uuid and kind = 'deal' and status is not null`)).rows;

/** Looked up row by row, which needs no statistics: while those of the last large file are missing, a join read all records for each deal. */
const found = (workspaceId: string, alias: string, kind: string, source: string, key: string): SQL =>
  sql.raw('left join lateral (select party_id from record where workspace_id = ').append(sql`${workspaceId}::uuid`).append(sql.raw(` and source_id = ${source} and kind = '${kind}' and key = ${key} offset 0) ${alias} on true`));

const CURRENCY = (data: string): SQL => sql.raw(`upper(nullif(trim(${data} ->> 'currency'), ''))`);

const CLOSED = sql`coalesce((r.data ->> 'closedAt')::timestamptz, (r.data ->> 'changedAt')::timestamptz, r.entered_at, r.created_at)`;

/**
 * Money that came in, as one table to select from: `what` (order or deal), `at`, `amount` (null: the deal has none), `profit` (null: not said), `currency` (null: not
 * said), `customer` (who bought: the organisation where it is known), `parties` (everybody the row is about).
 * An order counts as it stands, cancelled and deleted ones aside. A won deal counts on its closing day, unless an order names it, or an order that
 * names no deal is by the same customer: then the orders tell what was sold, and the same money is not counted twice.
 * @param wonWords words for a won stage, by system
 * @param asOf only what came in by then, by the dates that are known today; null: all of it
 */
export const moneyTable = (workspaceId: string, wonWords: readonly { sourceId: string; word: string }[], asOf: Date | null): SQL => {
  const words = sql`select * from unnest(${sql.param(wonWords.map((row) => row.sourceId))}::uuid[], ${sql.param(wonWords.map((row) => row.word))}::text[]) as w(source_id, word)`;
  return sql`
    won_deal as (
      select ${CLOSED} as at, r.amount, (r.data ->> 'profit')::float8 as profit, ${CURRENCY('r.data')} as currency, r.key,
             coalesce(a.party_id::text, lower(r.company), c.party_id::text, l.party_id::text, r.party_id::text) as customer,
             array_remove(array[a.party_id, c.party_id, l.party_id, r.party_id], null) as parties
        from record r ${found(workspaceId, 'a', 'account', 'r.source_id', 'r.account_key')} ${found(workspaceId, 'c', 'contact', 'r.source_id', 'r.contact_key')}
             ${found(workspaceId, 'l', 'lead', 'r.source_id', 'r.lead_key')}
       where r.workspace_id = ${workspaceId}::uuid and r.kind = 'deal' and not r.data @> '{"deleted": true}'
         and ((r.data -> 'won') = 'true'::jsonb or (coalesce(r.data -> 'closed', 'false'::jsonb) <> 'true'::jsonb and (r.source_id, r.status) in (${words}))) and ${byThen(CLOSED, asOf)}),
    deal_customer as materialized (select distinct on (key) key, customer, parties from won_deal order by key, at),
    money_order as (
      select e.at, e.amount, (e.data ->> 'profit')::float8 as profit, ${CURRENCY('e.data')} as currency, e.deal_key,
             coalesce(a.party_id::text, lower(e.data ->> 'company'), d.customer, c.party_id::text, l.party_id::text, e.email_key, e.id::text) as customer,
             array_remove(array[a.party_id, c.party_id, l.party_id, m.party_id], null) || coalesce(d.parties, '{}') as parties
        from event e ${found(workspaceId, 'a', 'account', 'e.source_id', 'e.account_key')}
             ${found(workspaceId, 'c', 'contact', 'e.source_id', 'e.contact_key')} ${found(workspaceId, 'l', 'lead', 'e.source_id', 'e.lead_key')}
             left join deal_customer d on d.key = e.deal_key
             left join lateral (select party_id from (select id, party_id from record where workspace_id = ${workspaceId}::uuid and email_key = e.email_key offset 0) r order by id limit 1) m on true
       where e.workspace_id = ${workspaceId}::uuid and e.kind = 'order' and not e.data @> '{"deleted": true}' and ${byThen(sql`e.at`, asOf)} and not coalesce(lower(e.data ->> 'status') ~ '^(cancel|void|storn|annul)', false)),
    ordered_party as materialized (select distinct unnest(parties) as id from money_order where deal_key is null),
    ordered_deal as materialized (select distinct deal_key from money_order where deal_key is not null),
    money as materialized (
      select 'order' as what, at, amount, profit, currency, customer, parties, false as covered from money_order
      union all
      select 'deal', at, amount, profit, currency, customer, parties,
             key in (select deal_key from ordered_deal) or exists (select 1 from unnest(parties) as p(id) join ordered_party using (id)) from won_deal)`;
};

export type SpendSums = Record<'sales' | 'marketing', { given: boolean; total: number; n: number }>;

/**
 * What each side's systems say was spent from `from` to before `until`; spend over a stretch of days counts by the part of them that falls within.
 * `given` tells nothing spent from nothing known, by `asOf` where one is given. Other currencies are left out.
 */
export const spendBySide = async (tx: WorkspaceTx, workspaceId: string, period: { from: Date; until: Date; currency: string; asOf: Date | null }): Promise<SpendSums> => {
  const [from, until] = [sql`${period.from.toISOString()}::timestamptz`, sql`${period.until.toISOString()}::timestamptz`];
  const { rows } = await tx.execute<{ side: 'sales' | 'marketing'; total: number; n: number }>(sql`
    with spend as (
      select s.side, e.amount, e.at, greatest((e.data ->> 'until')::timestamptz, e.at) as last
        from event e join source s on s.workspace_id = e.workspace_id and s.id = e.source_id
       where e.workspace_id = ${workspaceId}::uuid and e.kind = 'spend' and ${byThen(sql`e.at`, period.asOf)} and e.amount is not null and not e.data @> '{"deleted": true}' and coalesce(${CURRENCY('e.data')}, ${period.currency}) = ${period.currency}),
         part as (
      select side, amount * case when last is null or last <= at then (at >= ${from} and at < ${until})::int
             else greatest(0, extract(epoch from least(last, ${until}) - greatest(at, ${from}))) / extract(epoch from last - at) end as share from spend)
    select side, coalesce(sum(share), 0)::float8 as total, (count(*) filter (where share <> 0))::int as n from part group by side`);
  const of = (side: 'sales' | 'marketing') => {
    const row = rows.find((each) => each.side === side);
    return { given: row !== undefined, total: row?.total ?? 0, n: row?.n ?? 0 };
  };
  return { sales: of('sales'), marketing: of('marketing') };
};

/**
 * Spend in one currency as a table to select from: `side`, `amount`, `at`, and `channel`, `territory`, `kind` (of work) as its files name them; null: not said.
 * Where no currency is said, this one is meant. Names of channels and territories are in small letters.
 * @param asOf only what was spent by then; null: all of it
 */
export const spendTable = (workspaceId: string, currency: string, asOf: Date | null): SQL => sql`
  spend as (
    select s.side, e.amount, e.at, lower(nullif(trim(e.data ->> 'channel'), '')) as channel, lower(nullif(trim(e.data ->> 'territory'), '')) as territory, nullif(trim(e.data ->> 'type'), '') as kind
      from event e join source s on s.workspace_id = e.workspace_id and s.id = e.source_id
     where e.workspace_id = ${workspaceId}::uuid and e.kind = 'spend' and ${byThen(sql`e.at`, asOf)} and e.amount is not null and not e.data @> '{"deleted": true}' and coalesce(${CURRENCY('e.data')}, ${currency}) = ${currency})`;

/** The currency most spend is said to be in, if any is said; of what was spent by then. */
export const spendCurrency = async (tx: WorkspaceTx, workspaceId: string, asOf: Date | null): Promise<string | null> =>
  (await tx.execute<{ currency: string }>(sql`select ${CURRENCY('e.data')} as currency from event e where e.workspace_id = ${workspaceId}::uuid and e.kind = 'spend' and ${byThen(sql`e.at`, asOf)} and ${CURRENCY('e.data')} ~ '^[A-Z]{3}$' group by 1 order by count(*) desc, 1 limit 1`)).rows[0]?.currency ?? null;
