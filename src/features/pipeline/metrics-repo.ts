import { eq, isNull, sql, type SQL } from 'drizzle-orm';
import { plain } from '../../lib/plain';
import type { WorkspaceTx } from '../../platform/db/database';
import { readWhole } from '../../platform/db/joins';
import { dealWords, moneyTable, spendCurrency } from '../customers/public';
import type { LeadTable } from './domain/lead-columns';
import { usualRole } from './domain/stage-words';
import { cyclesOf, daysOf, secondsOf, standingOf, sumLeads, type Cycle, type LeadSplit, type LeadSums, type Marks, type Standing } from './domain/sum-leads';
import { positions } from './held-leads';
import { keptByPortion } from './kept-by-portion';
import { asOfKey, leadsAt, type AsOf } from './leads-as-of';
import { countedOnce } from './revision';
import { stage, stageWord } from './schema';

/** From `from` to before `until`. */
export type Stretch = { from: Date; until: Date };

/** As a figure is remembered: to the minute, so that time passing counts it anew as a change does. */
const minute = (instant: Date): string => instant.toISOString().slice(0, 16);
export const minutes = ({ from, until }: Stretch): string => `${minute(from)} ${minute(until)}`;

export const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;

/** Some periods, each split in some ways. */
const perPortion = keptByPortion(30);
/** Ages are counted anew when time passes; those of now and before. */
const agesPerPortion = keptByPortion(2);

/** Leads, and where the stages stand that a lead passes when it comes further. */
const measured = async (tx: WorkspaceTx, workspaceId: string, asOf: AsOf): Promise<{ leads: LeadTable; marks: Marks }> => {
  const leads = await leadsAt(tx, workspaceId, asOf);
  return { leads, marks: { inquiry: await positions(tx, leads, ['inquiry']), qualified: await positions(tx, leads, ['qualified']), salesQualified: await positions(tx, leads, ['sales_qualified']) } };
};

/** Leads that entered in the stretch, by how far they have come by now, or had by then. Parts ordered by size; at most twelve, null: not said. */
export const leadSums = (tx: WorkspaceTx, workspaceId: string, within: Stretch, split: LeadSplit, asOf: AsOf): Promise<LeadSums[]> =>
  countedOnce(tx, workspaceId, `sums ${split} ${minutes(within)}${asOfKey(asOf)}`, async () => {
    const { leads, marks } = await measured(tx, workspaceId, asOf);
    return sumLeads(leads, marks, secondsOf(within.from), secondsOf(within.until), split, perPortion);
  });

/** What the leads of this workspace can tell at all. */
export const leadStanding = (tx: WorkspaceTx, workspaceId: string, asOf: AsOf): Promise<Standing> =>
  countedOnce(tx, workspaceId, `standing${asOfKey(asOf)}`, async () => {
    const { leads, marks } = await measured(tx, workspaceId, asOf);
    return standingOf(leads, marks, perPortion);
  });

/** Whole days of age are asked of the last quarter of an hour, so that looking twice does not count twice. */
const QUARTER_HOUR = 900_000;

/** Leads that entered in the last three years: the age of those open, and after how many whole days the others were won or ended otherwise. */
export const leadDays = (tx: WorkspaceTx, workspaceId: string, now: Date, asOf: AsOf) => {
  const lately = new Date(Math.floor(now.getTime() / QUARTER_HOUR) * QUARTER_HOUR);
  return countedOnce(tx, workspaceId, `days ${minute(lately)}${asOfKey(asOf)}`, async () => daysOf(await leadsAt(tx, workspaceId, asOf), lately, agesPerPortion));
};

/** Stages that metrics are about: what each means here. */
export const metricStages = async (tx: WorkspaceTx) =>
  tx.select({ id: stage.id, role: stage.role, name: stage.name, criteria: stage.criteria, termId: stage.termId, position: stage.position }).from(stage).where(isNull(stage.archivedAt)).orderBy(stage.position);

/** Words that mean a won deal: those the workspace gave a meaning, the stages' own names, and the usual ones. */
export const wonWords = async (tx: WorkspaceTx, workspaceId: string): Promise<{ sourceId: string; word: string }[]> => {
  const stages = await tx.select({ id: stage.id, name: stage.name, role: stage.role }).from(stage);
  const roleOf = new Map(stages.map((row) => [row.id, row.role]));
  const byName = new Map(stages.map((row) => [plain(row.name), row.role]));
  const said = new Map((await tx.select().from(stageWord).where(eq(stageWord.workspaceId, workspaceId))).flatMap((row) => (row.stageId ? [[`${row.sourceId}|${row.word}`, roleOf.get(row.stageId)] as const] : [])));
  const words = await countedOnce(tx, workspaceId, 'deal words', () => dealWords(tx, workspaceId), 'records');
  return words.filter(({ sourceId, word }) => (said.get(`${sourceId}|${plain(word)}`) ?? byName.get(plain(word)) ?? usualRole(word)) === 'won');
};

/** Days from entry to the win of leads won in the stretch. */
export const leadCycles = (tx: WorkspaceTx, workspaceId: string, within: Stretch, split: LeadSplit, asOf: AsOf): Promise<{ all: Cycle | null; parts: Cycle[] }> =>
  countedOnce(tx, workspaceId, `cycles ${split} ${minutes(within)}${asOfKey(asOf)}`, async () => cyclesOf(await leadsAt(tx, workspaceId, asOf), secondsOf(within.from), secondsOf(within.until), split, perPortion));

export type MoneySums = {
  /** Whether any order or won deal with a value is known at all. */
  given: boolean;
  total: number; n: number; orders: number; deals: number;
  /** Of leads that marketing brought in. */
  marketing: number; marketingN: number;
  newCustomers: number;
  /** Orders and won deals, with or without a value; those whose orders are counted aside. */
  closings: number;
  /** Not added up: other currencies, no value, deals whose orders are counted. */
  otherCurrency: number; withoutValue: number; covered: number;
};

/** Money of the stretch in one currency; where no currency is said, this one is meant. */
export const moneySums = async (tx: WorkspaceTx, workspaceId: string, within: Stretch, currency: string, asOf: AsOf): Promise<MoneySums> => {
  const words = await wonWords(tx, workspaceId);
  return countedOnce(tx, workspaceId, `money ${currency} ${minutes(within)} ${JSON.stringify(words)}${asOfKey(asOf)}`, () => countMoney(tx, workspaceId, within, currency, words, asOf), 'records');
};

const countMoney = async (tx: WorkspaceTx, workspaceId: string, within: Stretch, currency: string, words: Awaited<ReturnType<typeof wonWords>>, asOf: AsOf): Promise<MoneySums> => {
  const [row] = (await readWhole(tx, () => tx.execute<MoneySums>(sql`
    with ${moneyTable(workspaceId, words, asOf)},
         counted as (select *, amount is not null and coalesce(currency, ${currency}) = ${currency} as adds, at >= ${at(within.from)} and at < ${at(within.until)} as inside from money where not covered),
         lines as (select c.*, exists (select 1 from unnest(c.parties) as p(id), lateral (select origin from lead where workspace_id = ${workspaceId}::uuid and id = p.id offset 0) l where l.origin = 'marketing') as credited from counted c where inside and adds)
    select (select exists (select 1 from counted where amount is not null)) as given,
           coalesce(sum(amount), 0)::float8 as total, count(*)::int as n, (count(*) filter (where what = 'order'))::int as orders, (count(*) filter (where what = 'deal'))::int as deals,
           coalesce(sum(amount) filter (where credited), 0)::float8 as marketing, (count(*) filter (where credited))::int as "marketingN",
           (select count(*)::int from (select min(at) as first from money group by customer) f where first >= ${at(within.from)} and first < ${at(within.until)}) as "newCustomers", (select count(*)::int from counted where inside) as closings,
           (select count(*)::int from counted where inside and amount is not null and not adds) as "otherCurrency", (select count(*)::int from counted where inside and amount is null) as "withoutValue",
           (select count(*)::int from money where covered and at >= ${at(within.from)} and at < ${at(within.until)}) as covered
      from lines`))).rows;
  return row ?? { given: false, total: 0, n: 0, orders: 0, deals: 0, marketing: 0, marketingN: 0, newCustomers: 0, closings: 0, otherCurrency: 0, withoutValue: 0, covered: 0 };
};

/** The currency that orders and deals are most often said to be in; where they say none, that of spend. */
export const usualCurrency = async (tx: WorkspaceTx, workspaceId: string, asOf: AsOf): Promise<string | null> => {
  const words = await wonWords(tx, workspaceId);
  return countedOnce(tx, workspaceId, `currency ${JSON.stringify(words)}${asOfKey(asOf)}`, () => findCurrency(tx, workspaceId, words, asOf), 'records');
};

const findCurrency = async (tx: WorkspaceTx, workspaceId: string, words: Awaited<ReturnType<typeof wonWords>>, asOf: AsOf): Promise<string | null> =>
  (await readWhole(tx, () => tx.execute<{ currency: string }>(sql`with ${moneyTable(workspaceId, words, asOf)} select currency from money where currency ~ '^[A-Z]{3}$' group by 1 order by count(*) desc, 1 limit 1`))).rows[0]?.currency
  ?? (await spendCurrency(tx, workspaceId, asOf));
