import type { DateOrder } from '../../../lib/civil';
import { readMoment, type Moment } from '../../../lib/moments';
import { readNumber } from '../../../lib/decimals';
import { keyTable } from '../../../lib/key-table';
import type { TableRow } from '../../../lib/table';
import { isDistinct, profileColumns, type ColumnProfile } from '../domain/column-profile';
import { readFileColumns, ROLES, type FileReading, type NamedColumns, type Role } from '../domain/detect-columns';
import { findJoin, type Join } from '../domain/detect-join';
import { funnel, type Funnel } from '../domain/funnel';
import { leadStore, type LeadStore } from '../domain/lead-store';
import { isWonFlag, LOST, namedOutcome, OPEN, plainText, readFlag, WON, type Outcome } from '../domain/outcome';
import { wonValues, type Velocity, type WonValue } from '../domain/won-value';
import { funnelWarnings, spellingWarnings } from '../domain/funnel-warnings';
import { readLookup, type Lookup } from './lookup';
import { DataFault, eachRow, fileWarnings, withSource, type TableSource } from './table-source';

/** The headings that each figure rests on; null where the files hold no such column. */
export type TakenColumns = Record<'key' | 'dealKey' | 'entered' | 'source' | 'outcome' | 'won' | 'lost' | 'value', string | null> & { stages: string[] };

export type FunnelReport = { columns: TakenColumns } & Funnel & { value: WonValue | null; velocity: Velocity | null; warnings: string[] };

export type FunnelOptions = { named: NamedColumns; dateOrder?: DateOrder | undefined };

type Profiled = { source: TableSource; headings: string[]; profiles: readonly ColumnProfile[]; warnings: string[]; rows: number };

const profile = async (source: TableSource, others: readonly ColumnProfile[]): Promise<Profiled> => {
  const found: { headings: string[]; profiles: readonly ColumnProfile[] } = { headings: [], profiles: [] };
  const read = await eachRow(source, (headings) => {
    const profiler = profileColumns(headings, others);
    Object.assign(found, { headings, profiles: profiler.profiles });
    return ({ cells }) => profiler.add(cells);
  });
  if (read.rows === 0) throw new DataFault(`${source.name}: the file has headings but no rows`);
  return { source, ...found, warnings: fileWarnings(source, read), rows: read.rows };
};

/** Roles that the second file answers for when it holds the column. */
const OF_DEALS: ReadonlySet<Role> = new Set<Role>(['outcome', 'decided', 'lost', 'value']);

const holds = (file: Profiled, name: string): boolean => file.headings.some((heading) => plainText(heading) === plainText(name));

/** Named columns by the file that has them; what neither has is left with the first, whose refusal lists its headings. */
const shareNames = (named: NamedColumns, leads: Profiled, deals: Profiled | undefined): { leads: NamedColumns; deals: NamedColumns } => {
  const shared: { leads: NamedColumns; deals: NamedColumns } = { leads: {}, deals: {} };
  for (const role of ROLES) {
    const name = named[role];
    if (name === undefined) continue;
    const inDeals = deals !== undefined && holds(deals, name) && (OF_DEALS.has(role) || !holds(leads, name));
    (inDeals ? shared.deals : shared.leads)[role] = name;
  }
  return shared;
};

/** How one file's rows are read once its columns are known. */
export type RowReader = {
  text(row: TableRow, role: Role): string | undefined;
  moment(row: TableRow, role: Role): Moment | undefined;
  outcome(row: TableRow): Outcome | undefined;
  value(row: TableRow): number;
};

/** A date that says won outright needs no outcome beside it. */
export const rowReader = ({ columns, dateOrder, decimalMark }: FileReading, presenceWins: boolean): RowReader => {
  const text = (row: TableRow, role: Role): string | undefined => {
    const column = columns[role];
    return column && (row.cells[column.at] ?? '').trim();
  };
  const moment = (row: TableRow, role: Role): Moment | undefined => readMoment(text(row, role) ?? '', dateOrder);
  const flag = columns.outcome !== undefined && isWonFlag(columns.outcome.heading);
  const endOf = (named: string): Outcome | undefined => (flag && readFlag(named) !== undefined ? (readFlag(named) ? WON : undefined) : namedOutcome(named));
  // Stages are few and rows are many.
  const ends = new Map([...(columns.outcome?.values?.keys() ?? [])].map((value) => [value, endOf(value)]));
  return {
    text,
    moment,
    outcome: (row) => {
      const named = text(row, 'outcome');
      if (named !== undefined) {
        const told = ends.has(named) ? ends.get(named) : endOf(named);
        return told ?? (moment(row, 'lost') ? LOST : OPEN);
      }
      if (moment(row, 'decided')) return WON;
      if (moment(row, 'lost')) return LOST;
      return presenceWins ? WON : columns.decided || columns.lost ? OPEN : undefined;
    },
    value: (row) => readNumber(text(row, 'value') ?? '', decimalMark),
  };
};

const end = (reader: RowReader, row: TableRow, outcome: Outcome | undefined): Moment | undefined =>
  outcome === LOST ? (reader.moment(row, 'lost') ?? reader.moment(row, 'decided')) : outcome === WON ? reader.moment(row, 'decided') : undefined;

/** Values of won deals; the same deal on a second row, as in exports put one behind the other, brings its value once. */
const wonDeals = () => {
  const values: number[] = [];
  const seen = keyTable();
  return {
    values,
    /** @param deal what tells it from others; empty where nothing does */
    add: (deal: string, decided: Moment | undefined, value: number): void => {
      if (Number.isNaN(value)) return;
      const before = seen.size;
      if (deal === '' || seen.add(`${deal}\n${decided?.at ?? ''}\n${value}`) === before) values.push(value);
    },
  };
};
type WonDeals = ReturnType<typeof wonDeals>;

/** E-mail addresses are the same in capitals; ids are not always. */
const keyForm = (column: ColumnProfile | undefined): ((text: string) => string) => (column && /e-?mail/iu.test(column.heading) ? (text) => text.toLowerCase() : (text) => text);

type Setting = { leads: Profiled; deals: Profiled | undefined; leadReading: FileReading; dealReading: FileReading | undefined; join: Join | undefined; turned?: boolean };

type Counts = { repeated: number; withoutKey: number; unreadableDates: number; orphans: number; nearOrphans: number; nearExample: [string, string] | undefined };

const readLeads = async (setting: Setting, store: LeadStore, lookup: Lookup | undefined, won: WonDeals, counts: Counts): Promise<void> => {
  const { leads, leadReading, join } = setting;
  const reader = rowReader(leadReading, false);
  const dealsDecide = join?.kind === 'deals';
  const key = dealsDecide ? join.left : leadReading.columns.key;
  const form = keyForm(key);
  await eachRow(leads.source, () => (row) => {
    const cell = key ? (row.cells[key.at] ?? '').trim() : '';
    if (key && cell === '') counts.withoutKey += 1;
    const outcome = reader.outcome(row);
    const entered = reader.moment(row, 'entered');
    if (!entered && (reader.text(row, 'entered') ?? '') !== '') counts.unreadableDates += 1;
    const source = lookup?.source(row, outcome) ?? reader.text(row, 'source');
    const decided = end(reader, row, outcome);
    if (!store.addLead({ key: cell === '' ? undefined : form(cell), entered, source, outcome, decided })) counts.repeated += 1;
    if (!dealsDecide && outcome === WON) won.add(cell === '' ? '' : form(cell), decided, reader.value(row));
  });
};

/** Deals without a lead are searched once more, by letters and digits alone. */
const nearKeys = async (setting: Setting, join: Join, missing: ReadonlyMap<string, string>, counts: Counts): Promise<void> => {
  const seen = new Set<string>();
  await eachRow(setting.leads.source, () => ({ cells }) => {
    const cell = (cells[join.left.at] ?? '').trim();
    const loose = cell === '' ? '' : plainText(cell);
    const deal = missing.get(loose);
    if (deal === undefined || seen.has(loose)) return;
    seen.add(loose);
    counts.nearExample ??= [deal, cell];
  });
  counts.nearOrphans = seen.size;
};

const MOST_MISSING = 100_000;

const readDeals = async (setting: Setting, join: Join, reading: FileReading, deals: Profiled, store: LeadStore, won: WonDeals, counts: Counts): Promise<void> => {
  const presenceWins = !reading.columns.outcome && !reading.columns.decided && !reading.columns.lost;
  const reader = rowReader(reading, presenceWins);
  const takesSource = !setting.leadReading.columns.source;
  const form = keyForm(join.left);
  const missing = new Map<string, string>();
  await eachRow(deals.source, () => (row) => {
    const cell = (row.cells[join.right.at] ?? '').trim();
    const outcome = reader.outcome(row) ?? OPEN;
    const deal = { outcome, decided: end(reader, row, outcome), source: takesSource ? reader.text(row, 'source') : undefined };
    const keys = store.has(form(cell)) ? [cell] : cell.split(';').map((part) => part.trim());
    const known = keys.filter((key) => key !== '' && store.addDeal(form(key), deal));
    if (known.length === 0) {
      counts.orphans += 1;
      if (cell !== '' && missing.size < MOST_MISSING) missing.set(plainText(cell), cell);
      return;
    }
    if (outcome === WON) won.add(`${form(cell)}\n${reader.text(row, 'key') ?? ''}`, deal.decided, reader.value(row));
  });
  if (missing.size > 0) await nearKeys(setting, join, missing, counts);
};

const heading = (column: ColumnProfile | undefined): string | null => column?.heading ?? null;

const takenColumns = ({ leadReading, dealReading, join }: Setting, lookup: Lookup | undefined): TakenColumns => {
  const own = leadReading.columns;
  const deal = join?.kind === 'deals' ? dealReading?.columns : undefined;
  return {
    key: heading(join?.kind === 'deals' ? join.left : own.key),
    dealKey: deal ? heading(join?.right) : null,
    entered: heading(own.entered),
    source: lookup?.heading ?? heading(own.source ?? deal?.source),
    outcome: heading(deal ? deal.outcome : own.outcome),
    won: heading(deal ? deal.decided : own.decided),
    lost: heading(deal ? deal.lost : own.lost),
    value: heading(deal ? deal.value : own.value),
    stages: [...leadReading.stages, ...((deal && dealReading?.stages) || [])].map((column) => column.heading),
  };
};

/** The deals were named first: they tell ends and no entries, and each belongs to one row of the longer second file, which tells entries and no ends. */
const turnedRound = ({ leads, deals, leadReading, dealReading, join }: Setting): boolean =>
  join?.kind === 'lookup' && deals !== undefined && deals.rows > leads.rows && isDistinct(join.left) && isDistinct(join.right) && !leadReading.columns.entered && dealReading?.columns.entered !== undefined;

/** @throws DataFault when the files do not say who entered or how it ended */
const settle = async (leadFile: TableSource, dealFile: TableSource | undefined, { named, dateOrder }: FunnelOptions): Promise<Setting> => {
  const deals = dealFile && (await profile(dealFile, []));
  const leads = await profile(leadFile, deals?.profiles ?? []);
  const names = shareNames(named, leads, deals);
  const leadReading = await withSource(leadFile, async () => readFileColumns(leads.profiles, names.leads, dateOrder));
  const dealReading = deals && (await withSource(deals.source, async () => readFileColumns(deals.profiles, names.deals, dateOrder)));
  const join = deals && dealReading && findJoin(leads.profiles, deals.profiles, leadReading, dealReading);
  if (deals && !join)
    throw new DataFault(`No column links ${leadFile.name} and ${deals.source.name}: no values are common to both. Both files need a column with the lead's id; the first has ${leads.headings.join(', ')}; the second has ${deals.headings.join(', ')}.`);
  const { outcome, decided, lost } = leadReading.columns;
  if (join?.kind !== 'deals' && !outcome && !decided && !lost)
    throw new DataFault(`${leadFile.name}: no column says which leads were won: neither a stage or status with a value such as “Won” nor a won date. Name it with --outcome or --won, or give the file of deals as well. Columns: ${leads.headings.join(', ')}.`);
  const setting: Setting = { leads, deals, leadReading, dealReading, join };
  return dealFile && turnedRound(setting) ? { ...(await settle(dealFile, leadFile, { named, dateOrder })), turned: true } : setting;
};

/**
 * The funnel of one file of leads, or of leads and the deals that came of them. Both are read row by row, twice: once to find the columns, once to count.
 * @throws DataFault
 */
export const funnelOfFiles = async (leadFile: TableSource, dealFile: TableSource | undefined, options: FunnelOptions): Promise<FunnelReport> => {
  const setting = await settle(leadFile, dealFile, options);
  const { leads, deals, leadReading, dealReading, join } = setting;
  const store = leadStore(join?.kind === 'deals');
  const counts: Counts = { repeated: 0, withoutKey: 0, unreadableDates: 0, orphans: 0, nearOrphans: 0, nearExample: undefined };
  const won = wonDeals();
  const lookup = join?.kind === 'lookup' && deals ? await readLookup(deals.source, join, dealReading?.columns.source, options.named.source) : undefined;
  await withSource(leads.source, () => readLeads(setting, store, lookup, won, counts));
  if (join?.kind === 'deals' && deals && dealReading) await readDeals(setting, join, dealReading, deals, store, won, counts);
  const columns = store.columns();
  const taken = takenColumns(setting, lookup);
  const found = funnel(columns);
  const { value, velocity } = wonValues(won.values, found);
  const warnings = [
    ...(setting.turned ? [`The leads are in ${leads.source.name} and how they ended in ${deals?.source.name}: the files were taken in that order.`] : []),
    ...leads.warnings,
    ...(deals?.warnings ?? []),
    ...leadReading.warnings,
    ...(join?.kind === 'deals' ? (dealReading?.warnings ?? []) : []),
    ...funnelWarnings(found, taken, counts, join?.kind === 'deals'),
    ...(lookup?.warnings() ?? []),
    ...spellingWarnings(columns.sources),
  ];
  return { columns: taken, ...found, value, velocity, warnings };
};
