import { readDated, type Civil, type DateOrder } from '../../../lib/civil';
import { restoreText } from '../../../lib/csv';
import { foldEmail } from '../../../lib/email';
import { oneLine, plain } from '../../../lib/plain';
import { storableText } from '../../../lib/storable-text';
import { instantOf } from '../../../lib/zoned-time';
import { FIELDS, NEEDED, type Field } from './fields';

import type { ColumnMeaning, ImportMapping } from './mapping';
import { foldId, kindOfId, listedIds } from './system-ids';

/** A row as kept: instants in ISO form (UTC), numbers and flags as such, blank cells left out. */
export type RecordData = Partial<Record<Field, string | number | boolean>> & {
  /** Columns that nobody named, by heading. */
  custom?: Record<string, string>;
  /** When the row came into a stage. */
  entered?: { stage: string; pipeline: string | null; at: string }[];
  /** All ids of a cell that lists several; the field itself holds the main one. */
  listed?: Partial<Record<Field, string[]>>;
  /** Only of rejected rows: the cells as they stand in the file. */
  raw?: string[];
};

export type RowProblem = 'row_damaged' | 'needs_one_of' | 'not_a_date' | 'not_a_number' | 'not_an_email' | 'deleted' | 'too_long' | 'not_a_stage' | 'not_of_this_kind';

export type ReadRow = { key: string; data: RecordData; problem: RowProblem | null; detail: string | null };

/** Longest text of one field; longer ones are cut by nobody, the row is rejected. */
export const MOST_TEXT = 4_000;
/** Longest key: an index entry must hold it. */
const MOST_KEY = 500;

const pad = (value: number): string => String(value).padStart(2, '0');

const HOUR = 3_600_000;

/** Placeholders such as 1900-01-01 and 9999-12-31 are no dates of customers. */
const YEARS = { from: 1970, to: 2100 };

/** When a day begins, or null when clocks change in its course. */
const dayStarts = (exact: (wall: string) => number) => {
  const known = new Map<string, number | null>();
  return (date: string): number | null => {
    const found = known.get(date);
    if (found !== undefined) return found;
    const from = exact(`${date}T00:00`);
    const even = exact(`${date}T23:59`) - from === 24 * HOUR - 60_000 ? from : null;
    known.set(date, even);
    return even;
  };
};

/**
 * Turns readings of the clock into instants. Asking a zone is slow and a file asks a million times, so it is asked once a day; by the minute
 * only on days on which clocks change.
 */
export const instantReader = (timeZone: string) => {
  const exact = (wall: string): number => instantOf(wall, timeZone)?.getTime() ?? NaN;
  const startOf = dayStarts(exact);
  return (civil: Civil): string => {
    const { year, month, day, minute, second } = civil;
    const hour = civil.hour ?? 0;
    if (civil.offset !== null) return new Date(Date.UTC(year, month - 1, day, hour, minute, second) - civil.offset * 60_000).toISOString();
    const date = `${year}-${pad(month)}-${pad(day)}`;
    const from = startOf(date);
    return new Date((from === null ? exact(`${date}T${pad(hour)}:${pad(minute)}`) : from + hour * HOUR + minute * 60_000) + second * 1000).toISOString();
  };
};

const TRUE = new Set(['true', '1', 'yes', 'y', 'x', '✓', '✔', 'ja', 'wahr', 'oui', 'sí', 'si', 'won', 'on']);
const FALSE = new Set(['false', '0', 'no', 'n', 'nein', 'nee', 'non', 'falsch', 'lost', 'off']);

/** A number as exports write it: currency signs, thousands marks, brackets or a trailing minus for less than nothing. */
export const readNumber = (raw: string, decimal: '.' | ','): number | undefined => {
  const text = raw.trim();
  const negative = /^\(.*\)$/u.test(text) || /^[^\d]*-/u.test(text) || /-$/u.test(text);
  const bare = text.replace(/[\s'’\u00A0]/gu, '').replace(/^[^\d.,]*|[^\d.,]*$/gu, '');
  if (!/\d/u.test(bare) || /[^\d.,eE+-]/u.test(bare)) return undefined;
  const thousands = decimal === '.' ? ',' : '.';
  const value = Number(bare.replaceAll(thousands, '').replace(decimal, '.'));
  return Number.isFinite(value) ? (negative ? -Math.abs(value) : value) : undefined;
};

/** How exports write that there is nothing. */
const BLANK = /^(null|n\/a|#n\/a|\(blank\)|--|-)$/iu;
const LONGEST_BLANK = '(blank)'.length;

type Cell = { value: string | number | boolean } | { problem: RowProblem } | null;

const readCell = (raw: string, field: Field, order: DateOrder, decimal: '.' | ',', instant: (civil: Civil) => string): Cell => {
  const text = FIELDS[field] === 'text' ? storableText(raw).trim() : oneLine(raw);
  if (text === '' || (text.length <= LONGEST_BLANK && BLANK.test(text))) return null;
  if (text.length > MOST_TEXT) return { problem: 'too_long' };
  switch (FIELDS[field]) {
    case 'instant': {
      const civil = readDated(text, order, YEARS);
      return civil ? { value: instant(civil) } : { problem: 'not_a_date' };
    }
    case 'number': {
      const value = readNumber(text, decimal);
      return value === undefined ? { problem: 'not_a_number' } : { value };
    }
    case 'flag': {
      const word = text.toLowerCase();
      return TRUE.has(word) ? { value: true } : FALSE.has(word) ? { value: false } : null;
    }
    case 'email': {
      const folded = foldEmail(text);
      return folded.ok ? { value: folded.key } : { problem: 'not_an_email' };
    }
    default:
      return { value: text };
  }
};

const KEYS: Readonly<Partial<Record<Field, 'lead' | 'contact' | 'account' | 'deal'>>> = { leadKey: 'lead', contactKey: 'contact', accountKey: 'account', dealKey: 'deal' };

/** Keeps the ids of a cell. One column may name leads in one row and contacts in the next (`WhoId`): the id itself tells. */
const putIds = (data: RecordData, field: Field, text: string): void => {
  const ids = listedIds(text);
  const [main] = ids;
  if (main === undefined) return;
  const told = kindOfId(main);
  const into = told && told !== KEYS[field] ? (`${told}Key` as const) : field;
  if (into !== field && data[into] !== undefined) return;
  data[into] = main;
  if (ids.length > 1) (data.listed ??= {})[into] = ids;
};

/** A currency that stands with the amount. */
const currencyOf = (text: string): string | undefined => /(?:^|[^A-Za-z])([A-Z]{3})(?:$|[^A-Za-z])/u.exec(text)?.[1] ?? (text.includes('€') ? 'EUR' : text.includes('£') ? 'GBP' : undefined);

/** Properties whose history is that of stages; a history of properties holds others too. */
const STAGE_PROPERTY = /^(?:hs)?(?:lifecyclestage|lifecyclestatus|leadlifecycle(?:stage|status)?|dealstage|stage|stagename|status|(?:lead|person|contact)(?:stage|status)|revenuestage|opportunitystage|phase|fase)$/u;
const isOfStages = (mapping: ImportMapping, headings: readonly string[], data: RecordData): boolean => {
  if (mapping.kind !== 'stage' || typeof data.type !== 'string') return true;
  const at = mapping.columns.findIndex((column) => column.to === 'field' && column.field === 'type');
  return !/^(?:name|property|propertyname|field|fieldevent|primaryattributevalue)$/u.test(plain(headings[at] ?? '')) || STAGE_PROPERTY.test(plain(data.type));
};

const nameOf = (data: RecordData): string | undefined => {
  if (data.name !== undefined) return undefined;
  const parts = [data.firstName, data.lastName].filter((part) => part !== undefined).join(' ');
  return parts === '' ? undefined : parts;
};

/** A day on which something was won says that it was, unless the row denies it, and when it ended. */
const wonOn = (data: RecordData): void => {
  if (data.wonAt === undefined) return;
  data.won ??= true;
  if (data.won === true) data.closedAt = data.wonAt;
  delete data.wonAt;
};

/** What recognises a row of its kind within its source: its own id, else its address, its site or its name; an event without id is what it says. */
const keyOf = (data: RecordData, mapping: ImportMapping): string => {
  if (data.key !== undefined) return String(data.key);
  const own = mapping.kind === 'account' ? (data.website ?? data.name ?? data.company) : (data.email ?? data.name);
  if (mapping.kind === 'lead' || mapping.kind === 'contact' || mapping.kind === 'account' || mapping.kind === 'deal') return own === undefined ? '' : `~${plain(String(own)).slice(0, MOST_KEY)}`;
  return '';
};

/** A heading may be called like a part of every object; it is a name like any other. */
const putCustom = (data: RecordData, heading: string, text: string): void => {
  data.custom ??= {};
  Object.defineProperty(data.custom, heading, { value: text, enumerable: true, configurable: true, writable: true });
};

export type RowReader = (cells: readonly string[]) => ReadRow;

/** Reads the rows of one file. The mapping must have passed `mappingFault`. */
export const rowReader = (mapping: ImportMapping, headings: readonly string[], timeZone: string): RowReader => {
  const instant = instantReader(timeZone);
  const needed = NEEDED[mapping.kind];
  const put = (data: RecordData, column: ColumnMeaning, written: string, heading: string): { problem: RowProblem; detail: string } | null => {
    if (column.to === 'skip') return null;
    const raw = restoreText(written);
    if (column.to === 'custom') {
      const text = storableText(raw).trim();
      if (text.length > MOST_TEXT) return { problem: 'too_long', detail: heading };
      if (text !== '') putCustom(data, heading, text);
      return null;
    }
    const field = column.to === 'field' ? column.field : 'at';
    const cell = readCell(raw, field, mapping.dateOrder, mapping.decimal, instant);
    if (cell === null) return null;
    if ('problem' in cell) return { problem: cell.problem, detail: `${heading}: ${oneLine(raw).slice(0, 80)}` };
    if (column.to === 'entered') (data.entered ??= []).push({ stage: column.stage, pipeline: column.pipeline, at: String(cell.value) });
    else if (KEYS[field]) putIds(data, field, String(cell.value));
    else data[field] = field === 'key' || field === 'mergedInto' ? foldId(String(cell.value)) : cell.value;
    if (field === 'amount' && data.currency === undefined) {
      const currency = currencyOf(raw) ?? currencyOf(/\([A-Z]{3}\)$/u.exec(heading)?.[0] ?? '');
      if (currency) data.currency = currency;
    }
    if ((field === 'key' || KEYS[field]) && String(cell.value).length > MOST_KEY && listedIds(String(cell.value)).some((id) => id.length > MOST_KEY)) return { problem: 'too_long', detail: heading };
    return null;
  };
  return (cells) => {
    const data: RecordData = {};
    let fault: { problem: RowProblem; detail: string } | null = null;
    for (const [index, column] of mapping.columns.entries()) fault = put(data, column, cells[index] ?? '', headings[index] ?? '') ?? fault;
    wonOn(data);
    const name = nameOf(data);
    if (name !== undefined) data.name = name;
    const missing = needed.find((choice) => !choice.some((field) => data[field] !== undefined));
    if (missing) return { key: '', data, problem: 'needs_one_of', detail: missing.join(', ') };
    if (fault) return { key: keyOf(data, mapping), data, ...fault };
    if (data.mergedInto !== undefined) data.deleted = true;
    if (!isOfStages(mapping, headings, data)) return { key: '', data, problem: 'not_a_stage', detail: String(data.type) };
    return { key: keyOf(data, mapping), data, problem: null, detail: null };
  };
};
