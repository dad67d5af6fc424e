import { plain } from '../../../lib/plain';
import type { Side } from '../../../lib/vocabulary';
import type { LogEntry } from './log';
import { STAGE_ROLES, type StageRole } from './stages';

/** What one system's record says that matters to the process. Instants in ISO form. */
export type LeadFacts = {
  sourceId: string;
  side: Side;
  kind: 'lead' | 'contact' | 'account' | 'deal';
  data: Readonly<Record<string, unknown>>;
};

/** A row of a stage history, or an activity of sales; `at` in milliseconds since 1970. */
export type HistoryRow = { sourceId: string; stage: string; at: number; reason: string | null; actor: string | null };

/** Which stage of ours a system's word means; what nobody said and the usual meaning do not tell is left out and can be asked for. */
export type StageFinder = { byWord(sourceId: string, word: string): string | undefined; byRole(role: StageRole): string | undefined };

const text = (data: LeadFacts['data'], field: string): string | null => {
  const value = data[field];
  return typeof value === 'string' && value !== '' ? value : null;
};
const time = (data: LeadFacts['data'], field: string): number | null => {
  const value = text(data, field);
  const at = value === null ? NaN : Date.parse(value);
  return Number.isNaN(at) ? null : at;
};

const earliest = (times: readonly (number | null)[]): number | null => times.reduce((least, at) => (at !== null && (least === null || at < least) ? at : least), null);

const began = (facts: LeadFacts): number => earliest(['enteredAt', 'qualifiedAt', 'passedAt', 'acceptedAt'].map((field) => time(facts.data, field))) ?? Number.POSITIVE_INFINITY;

/** The steps of handing over that exports give a date of their own, and the stage that each means. */
const DATED: readonly (readonly [field: string, role: StageRole])[] = [
  ['enteredAt', 'inquiry'], ['qualifiedAt', 'qualified'], ['passedAt', 'qualified'], ['acceptedAt', 'accepted'], ['returnedAt', 'recycled'], ['convertedAt', 'sales_qualified'],
];

const enteredOf = ({ data }: LeadFacts): { stage: string; at: string }[] => (Array.isArray(data.entered) ? (data.entered as { stage: string; at: string }[]) : []);

const outcomeOf = (facts: LeadFacts): 'won' | 'lost' | null => {
  const { won, closed } = facts.data;
  if (won === true) return 'won';
  if (closed === true) return 'lost';
  return null;
};

/** What a system's history says of a lead: the stages it came to, and when it came to the last of them. */
type Told = { stages: ReadonlySet<string>; last: number };

/** Stages that a lead has been through once it is a deal. */
const BEFORE_DEAL = STAGE_ROLES.slice(0, STAGE_ROLES.indexOf('opportunity'));

/** When the deal began that a person's record became: whatever stage before it the record names without a date, it had come to by then. */
const dealAfter = (facts: LeadFacts, deals: readonly LeadFacts[]): number => (facts.kind === 'deal' ? Infinity : Math.min(...deals.map(began).filter((at) => at >= began(facts))));

const entriesOf = (facts: LeadFacts, find: StageFinder, unknown: Set<string>, { told, deal }: { told: Told | undefined; deal: number }): LogEntry[] => {
  const { data } = facts;
  const actor = text(data, 'owner');
  const entries: LogEntry[] = [];
  const add = (at: number | null, stageId: string | undefined, reason: string | null = null) => {
    if (at !== null && stageId) entries.push({ at, stageId, reason, actor });
  };
  for (const [field, role] of DATED) add(time(data, field), find.byRole(facts.kind === 'deal' && role === 'inquiry' ? 'opportunity' : role), field === 'returnedAt' ? text(data, 'reason') : null);
  for (const { stage, at } of enteredOf(facts)) {
    const stageId = find.byWord(facts.sourceId, stage);
    if (!stageId) unknown.add(stage);
    add(Date.parse(at), stageId);
  }
  const word = text(data, 'stage') ?? text(data, 'status');
  const said = word === null ? undefined : find.byWord(facts.sourceId, word);
  if (word !== null && !said) unknown.add(word);
  // A status that ends a lead says of one that was sent back only that the CRM is done with it.
  const sentBack = facts.kind !== 'deal' && time(data, 'returnedAt') !== null && time(data, 'closedAt') === null;
  const ended = outcomeOf(facts) ?? (sentBack ? null : said === find.byRole('won') && said ? 'won' : said === find.byRole('lost') && said ? 'lost' : null);
  const closedAt = time(data, 'closedAt');
  const last = Math.max(...entries.map((entry) => entry.at), Number.NEGATIVE_INFINITY);
  if (ended && facts.kind !== 'account') add(closedAt ?? time(data, 'changedAt') ?? (Number.isFinite(last) ? last : null), find.byRole(ended), text(data, 'reason'));
  else if (said && !(sentBack && said === find.byRole('lost')) && !entries.some((entry) => entry.stageId === said) && !told?.stages.has(said)) {
    // Only where it stands is known, not since when: not before anything that has a date.
    const seen = time(data, 'changedAt') ?? time(data, 'enteredAt');
    const passed = BEFORE_DEAL.some((role) => said === find.byRole(role)) ? deal : Infinity;
    add(seen === null ? null : Math.min(passed, Math.max(seen, Number.isFinite(last) ? last : seen, told?.last ?? seen)), said);
  }
  return entries;
};

/** By system, what its history tells. Where it names the stage that a record stands at, it knows since when. */
const toldBy = (history: readonly HistoryRow[], find: StageFinder): Map<string, Told> => {
  const told = new Map<string, { stages: Set<string>; last: number }>();
  for (const { sourceId, stage, at } of history) {
    const known = told.get(sourceId) ?? { stages: new Set(), last: at };
    const stageId = find.byWord(sourceId, stage);
    if (stageId) told.set(sourceId, { stages: known.stages.add(stageId), last: Math.max(known.last, at) });
  }
  return told;
};

/** A record that a system makes of a lead later on is no inquiry: only the first begins the process. */
const begunOnce = (log: readonly LogEntry[], inquiry: string | undefined, records: readonly LeadFacts[]): LogEntry[] => {
  const first = Math.min(...log.map(({ at }) => at));
  const made = new Set(records.flatMap(({ data }) => time(data, 'enteredAt') ?? []));
  return log.filter(({ at, stageId }) => stageId !== inquiry || at === first || !made.has(at));
};

export type Projection = {
  log: LogEntry[];
  origin: Side;
  sourceId: string;
  channel: string | null;
  owner: string | null;
  name: string | null;
  company: string | null;
  amount: number | null;
  passedAt: number | null;
  arrivedAt: number | null;
  contactedAt: number | null;
  returnedAt: number | null;
  returnReason: string | null;
  marketingRecords: number;
  /** Leads, contacts and deals. */
  salesRecords: number;
  /** Per record of marketing's: when it was marked qualified or passed on, and when it was entered. */
  passes: number[];
  marketingEntries: number[];
  /** The owner that sales' systems name. */
  salesOwner: string | null;
  territory: string | null;
  industry: string | null;
  /** Words for stages that nobody has given a meaning yet. */
  unknown: string[];
};

/** When each record of marketing's was handed over or marked qualified: a date of its own, a stage column, or the system's history. */
const passesOf = (marketing: readonly LeadFacts[], history: readonly HistoryRow[], find: StageFinder): number[] => {
  const qualified = find.byRole('qualified');
  const means = (sourceId: string, stage: string): boolean => qualified !== undefined && find.byWord(sourceId, stage) === qualified;
  const own = marketing.flatMap((facts) => time(facts.data, 'passedAt') ?? time(facts.data, 'qualifiedAt') ?? earliest(enteredOf(facts).filter(({ stage }) => means(facts.sourceId, stage)).map(({ at }) => Date.parse(at))) ?? []);
  if (own.length > 0) return own.toSorted((a, b) => a - b);
  const told = earliest(history.filter((row) => marketing.some(({ sourceId }) => sourceId === row.sourceId) && means(row.sourceId, row.stage)).map(({ at }) => at));
  return told === null ? [] : [told];
};

/**
 * One lead of the shared process out of everything both systems say about one person, its deals and its history.
 * The side whose record is older is the origin; at a tie it is marketing, which passes leads on.
 */
export const projectLead = (people: readonly LeadFacts[], deals: readonly LeadFacts[], history: readonly HistoryRow[], firstActivity: number | null, find: StageFinder): Projection | undefined => {
  const unknown = new Set<string>();
  const all = [...people, ...deals];
  const [first] = all.toSorted((a, b) => began(a) - began(b) || Number(a.side === 'sales') - Number(b.side === 'sales'));
  if (!first) return undefined;
  const told = toldBy(history, find);
  const log = begunOnce(all.flatMap((facts) => entriesOf(facts, find, unknown, { told: told.get(facts.sourceId), deal: dealAfter(facts, deals) })), find.byRole('inquiry'), all);
  for (const row of history) {
    const stageId = find.byWord(row.sourceId, row.stage);
    if (stageId) log.push({ at: row.at, stageId, reason: row.reason, actor: row.actor });
    else unknown.add(row.stage);
  }
  const of = (side: Side) => people.filter((facts) => facts.side === side);
  const sales = of('sales');
  const marketing = of('marketing');
  const pick = (field: string, from: readonly LeadFacts[]): string | null => from.map(({ data }) => text(data, field)).find((value) => value !== null) ?? null;
  const least = (field: string): string | null => people.flatMap(({ data }) => text(data, field) ?? []).reduce<string | null>((held, value) => (held === null || value < held ? value : held), null);
  const salesDeals = deals.filter((facts) => facts.side === 'sales');
  const passes = passesOf(marketing, history, find);
  const amounts = deals.map(({ data }) => data.amount).filter((value) => typeof value === 'number');
  return {
    log, origin: first.side, sourceId: first.sourceId,
    channel: pick('channel', [first, ...marketing, ...sales, ...deals]),
    owner: pick('owner', [...sales, ...deals, ...marketing]),
    name: pick('name', all), company: pick('company', all),
    amount: amounts.length > 0 ? amounts.reduce((sum, value) => sum + value, 0) : null,
    passedAt: earliest(passes),
    arrivedAt: earliest([...sales, ...salesDeals].map((facts) => time(facts.data, 'enteredAt'))),
    contactedAt: earliest([...sales, ...deals].map(({ data }) => time(data, 'contactedAt')).concat(firstActivity)),
    returnedAt: earliest(all.map(({ data }) => time(data, 'returnedAt'))),
    returnReason: pick('reason', sales),
    marketingRecords: marketing.length, salesRecords: sales.length + salesDeals.length,
    passes, marketingEntries: marketing.flatMap(({ data }) => time(data, 'enteredAt') ?? []).toSorted((a, b) => a - b), salesOwner: pick('owner', [...sales, ...salesDeals]), territory: least('territory'), industry: least('industry'),
    unknown: [...unknown].filter((word) => plain(word) !== '').toSorted(),
  };
};
