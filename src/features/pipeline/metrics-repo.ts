import { eq, isNull, sql, type SQL } from 'drizzle-orm';
import { plain } from '../../lib/plain';
import type { WorkspaceTx } from '../../platform/db/database';
import { dealWords, moneyTable, spendCurrency } from '../customers/public';
import { usualRole } from './domain/stage-words';
import { countedOnce } from './revision';
import { stage, stageWord } from './schema';

/** From `from` to before `until`. */
export type Stretch = { from: Date; until: Date };
export type LeadSplit = 'none' | 'origin' | 'channel';

/** As a figure is remembered: to the minute, so that time passing counts it anew as a change does. */
const minute = (instant: Date): string => instant.toISOString().slice(0, 16);
export const minutes = ({ from, until }: Stretch): string => `${minute(from)} ${minute(until)}`;

export const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;

/** Where marketing qualified and sales qualified stand in each pipeline: a lead that came further has passed them. */
const MARKS = sql`mark as (select pipeline_id, min(position) filter (where role = 'inquiry') as first, min(position) filter (where role = 'qualified') as mql, min(position) filter (where role = 'sales_qualified') as sql from stage group by 1)`;

export type LeadSums = { part: string | null; leads: number; qualified: number; salesQualified: number; won: number; lost: number; recycled: number; open: number; untouched: number };

/** Leads that entered in the stretch, by how far they have come by now. Parts ordered by size; at most twelve, null: not said. */
export const leadSums = (tx: WorkspaceTx, workspaceId: string, within: Stretch, split: LeadSplit): Promise<LeadSums[]> => {
  const part = { none: sql`null::text`, origin: sql`l.origin`, channel: sql`l.channel` }[split];
  return countedOnce(tx, workspaceId, `sums ${split} ${minutes(within)}`, async () => (await tx.execute<LeadSums>(sql`
    with ${MARKS}
    select ${part} as part, count(*)::int as leads, (count(*) filter (where l.furthest >= m.mql))::int as qualified, (count(*) filter (where l.furthest >= m.sql))::int as "salesQualified",
           (count(*) filter (where l."end" = 'won'))::int as won, (count(*) filter (where l."end" = 'lost'))::int as lost, (count(*) filter (where l."end" = 'recycled'))::int as recycled,
           (count(*) filter (where l."end" = 'open'))::int as open, (count(*) filter (where l."end" = 'open' and l.furthest <= coalesce(m.first, -1)))::int as untouched
      from lead l join mark m on m.pipeline_id = l.pipeline_id
     where l.workspace_id = ${workspaceId}::uuid and l.entered_at >= ${at(within.from)} and l.entered_at < ${at(within.until)}
     group by 1 order by 2 desc, 1 nulls last limit 12`)).rows);
};

/** What the leads of this workspace can tell at all, and how those that ended in the last year ended. */
export const leadStanding = (tx: WorkspaceTx, workspaceId: string, now: Date) => countedOnce(tx, workspaceId, `standing ${minute(now)}`, () => countStanding(tx, workspaceId, now));

const countStanding = async (tx: WorkspaceTx, workspaceId: string, now: Date) => {
  const ended = sql`ended_at > ${at(now)} - interval '365 days' and ended_at <= ${at(now)}`;
  const [row] = (await tx.execute<{ leads: number; anyQualified: boolean; anySalesQualified: boolean; anyWon: boolean; open: number; won: number; lost: number }>(sql`
    with ${MARKS}
    select count(*)::int as leads, coalesce(bool_or(furthest >= mql and "end" <> 'won'), false) as "anyQualified", coalesce(bool_or(furthest >= sql and "end" <> 'won'), false) as "anySalesQualified",
           coalesce(bool_or("end" = 'won'), false) as "anyWon", (count(*) filter (where "end" = 'open'))::int as open,
           (count(*) filter (where "end" = 'won' and ${ended}))::int as won, (count(*) filter (where "end" = 'lost' and ${ended}))::int as lost
      from lead l join mark m on m.pipeline_id = l.pipeline_id where l.workspace_id = ${workspaceId}::uuid`)).rows;
  return row ?? { leads: 0, anyQualified: false, anySalesQualified: false, anyWon: false, open: 0, won: 0, lost: 0 };
};

export type DayCounts = { days: number; n: number }[];

/** Leads that entered in the last three years: the age of those open, and after how many whole days the others were won or ended otherwise. */
export const leadDays = async (tx: WorkspaceTx, workspaceId: string, now: Date): Promise<{ open: DayCounts; won: DayCounts; others: DayCounts }> => {
  const { rows } = await tx.execute<{ fate: 'open' | 'won' | 'others'; days: number; n: number }>(sql`
    select case when "end" = 'open' or ended_at is null or ended_at > ${at(now)} then 'open' when "end" = 'won' then 'won' else 'others' end as fate,
           greatest(0, floor(extract(epoch from least(coalesce(case when "end" <> 'open' then ended_at end, ${at(now)}), ${at(now)}) - entered_at) / 86400))::int as days, count(*)::int as n
      from lead where workspace_id = ${workspaceId}::uuid and entered_at > ${at(now)} - interval '1095 days' and entered_at <= ${at(now)} group by 1, 2`);
  const of = (fate: 'open' | 'won' | 'others'): DayCounts => rows.filter((row) => row.fate === fate).map(({ days, n }) => ({ days, n }));
  return { open: of('open'), won: of('won'), others: of('others') };
};

export type Stays = { stageId: string | null; median: number; n: number };

/**
 * Stays that have ended, of leads that entered in the stretch: median days for each stage, and for all (stage null). Two entries at one
 * instant come from a record that tells where a lead stands but not since when, so a stay of no length is none.
 */
export const endedStays = (tx: WorkspaceTx, workspaceId: string, { from, until }: Stretch): Promise<Stays[]> => countStays(tx, workspaceId, { from, until: new Date(Math.floor(until.getTime() / HOUR) * HOUR) });

/** The log of all these leads is read for it; up to the last hour, so that this is not done anew all the time. */
const HOUR = 3_600_000;

const countStays = (tx: WorkspaceTx, workspaceId: string, within: Stretch): Promise<Stays[]> =>
  countedOnce(tx, workspaceId, `stays ${minutes(within)}`, async () => (await tx.execute<Stays>(sql`
    with entry as (
      select e.lead_id, e.stage_id, e.at, s.position, lag(e.stage_id) over run as before
        from lead l join stage_event e on e.workspace_id = l.workspace_id and e.lead_id = l.id join stage s on s.workspace_id = e.workspace_id and s.id = e.stage_id
       where l.workspace_id = ${workspaceId}::uuid and l.entered_at >= ${at(within.from)} and l.entered_at < ${at(within.until)}
      window run as (partition by e.lead_id order by e.at, s.position, e.id)),
         stay as (select stage_id, extract(epoch from lead(at) over (partition by lead_id order by at, position) - at) / 86400 as days from entry where before is distinct from stage_id)
    select stage_id as "stageId", percentile_cont(0.5) within group (order by days)::float8 as median, count(*)::int as n from stay where days > 0 group by grouping sets ((stage_id), ()) having count(*) > 0`)).rows);

/** Stages that metrics are about: what each means here. */
export const metricStages = async (tx: WorkspaceTx) =>
  tx.select({ id: stage.id, role: stage.role, name: stage.name, criteria: stage.criteria, termId: stage.termId, position: stage.position }).from(stage).where(isNull(stage.archivedAt)).orderBy(stage.position);

/** Words that mean a won deal: those the workspace gave a meaning, the stages' own names, and the usual ones. */
export const wonWords = async (tx: WorkspaceTx, workspaceId: string): Promise<{ sourceId: string; word: string }[]> => {
  const stages = await tx.select({ id: stage.id, name: stage.name, role: stage.role }).from(stage);
  const roleOf = new Map(stages.map((row) => [row.id, row.role]));
  const byName = new Map(stages.map((row) => [plain(row.name), row.role]));
  const said = new Map((await tx.select().from(stageWord).where(eq(stageWord.workspaceId, workspaceId))).flatMap((row) => (row.stageId ? [[`${row.sourceId}|${row.word}`, roleOf.get(row.stageId)] as const] : [])));
  const words = await countedOnce(tx, workspaceId, 'deal words', () => dealWords(tx, workspaceId));
  return words.filter(({ sourceId, word }) => (said.get(`${sourceId}|${plain(word)}`) ?? byName.get(plain(word)) ?? usualRole(word)) === 'won');
};

export type MoneySums = {
  /** Whether any order or won deal with a value is known at all. */
  given: boolean;
  total: number; n: number; orders: number; deals: number;
  /** Of leads that marketing brought in. */
  marketing: number; marketingN: number;
  newCustomers: number;
  /** Not added up: other currencies, no value, deals whose orders are counted. */
  otherCurrency: number; withoutValue: number; covered: number;
};

/** Money of the stretch in one currency; where no currency is said, this one is meant. */
export const moneySums = async (tx: WorkspaceTx, workspaceId: string, within: Stretch, currency: string): Promise<MoneySums> => {
  const words = await wonWords(tx, workspaceId);
  return countedOnce(tx, workspaceId, `money ${currency} ${minutes(within)} ${JSON.stringify(words)}`, () => countMoney(tx, workspaceId, within, currency, words));
};

const countMoney = async (tx: WorkspaceTx, workspaceId: string, within: Stretch, currency: string, words: Awaited<ReturnType<typeof wonWords>>): Promise<MoneySums> => {
  const [row] = (await tx.execute<MoneySums>(sql`
    with ${moneyTable(workspaceId, words)},
         counted as (select *, amount is not null and coalesce(currency, ${currency}) = ${currency} as adds, at >= ${at(within.from)} and at < ${at(within.until)} as inside from money where not covered),
         lines as (select c.*, exists (select 1 from lead l where l.workspace_id = ${workspaceId}::uuid and l.origin = 'marketing' and l.id = any(c.parties)) as credited from counted c where inside and adds)
    select (select exists (select 1 from counted where amount is not null)) as given,
           coalesce(sum(amount), 0)::float8 as total, count(*)::int as n, (count(*) filter (where what = 'order'))::int as orders, (count(*) filter (where what = 'deal'))::int as deals,
           coalesce(sum(amount) filter (where credited), 0)::float8 as marketing, (count(*) filter (where credited))::int as "marketingN",
           (select count(*)::int from (select min(at) as first from money group by customer) f where first >= ${at(within.from)} and first < ${at(within.until)}) as "newCustomers",
           (select count(*)::int from counted where inside and amount is not null and not adds) as "otherCurrency", (select count(*)::int from counted where inside and amount is null) as "withoutValue",
           (select count(*)::int from money where covered and at >= ${at(within.from)} and at < ${at(within.until)}) as covered
      from lines`)).rows;
  return row ?? { given: false, total: 0, n: 0, orders: 0, deals: 0, marketing: 0, marketingN: 0, newCustomers: 0, otherCurrency: 0, withoutValue: 0, covered: 0 };
};

/** The currency that orders and deals are most often said to be in; where they say none, that of spend. */
export const usualCurrency = (tx: WorkspaceTx, workspaceId: string): Promise<string | null> => countedOnce(tx, workspaceId, 'currency', () => findCurrency(tx, workspaceId));

const findCurrency = async (tx: WorkspaceTx, workspaceId: string): Promise<string | null> =>
  (await tx.execute<{ currency: string }>(sql`with ${moneyTable(workspaceId, await wonWords(tx, workspaceId))} select currency from money where currency ~ '^[A-Z]{3}$' group by 1 order by count(*) desc, 1 limit 1`)).rows[0]?.currency
  ?? (await spendCurrency(tx, workspaceId));
