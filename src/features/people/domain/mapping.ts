import type { FunctionName, Level } from '../../../lib/vocabulary';
import type { Table } from '../../../lib/table';
import { columnOrder, type ColumnOrder, type DateOrder } from '../../../lib/civil';
import { foldEmail } from '../../../lib/email';
import { recogniseHeading } from './headings';
import type { ImportField } from './person';
import { labelKey } from '../../../lib/plain';
import { readFunction, readLevel } from './words';

/** What the columns of a file mean; shown, corrected and remembered per set of headings. */
export type Mapping = {
  /** One entry per column; null is left out. */
  columns: (ImportField | null)[];
  dateOrder: DateOrder;
  /** The company's own words for a function or level, by `labelKey`, as somebody told us; null means "says nothing". */
  words: WordMeaning[];
};

export type WordMeaning =
  | { field: 'function'; word: string; meaning: FunctionName | null }
  | { field: 'level'; word: string; meaning: Level | null };

/** `title`: the column says "function" or "level" but holds job titles, so it is left out until somebody wants it. */
export type ColumnReason = 'heading' | 'values' | 'remembered' | 'title' | 'none' | 'taken';

export type ProposedMapping = { mapping: Mapping; reasons: ColumnReason[]; dates: ColumnOrder };

const SAMPLE = 500;

const valuesOf = (table: Table, column: number): string[] =>
  table.rows
    .slice(0, SAMPLE)
    .map((row) => row.cells[column] ?? '')
    .filter((cell) => cell.trim() !== '');

const share = (values: readonly string[], test: (value: string) => boolean): number => (values.length === 0 ? 0 : values.filter(test).length / values.length);

const isEmail = (value: string): boolean => foldEmail(value).ok;

/** A heading is believed unless the cells contradict it. */
const byHeading = (table: Table, column: number): { field: ImportField | null; reason: ColumnReason } => {
  const heading = (table.headings[column] ?? '').replace(/ \(\d+\)$/u, '');
  const field = recogniseHeading(heading);
  if (!field) return { field: null, reason: 'none' };
  const values = valuesOf(table, column);
  if (field === 'function' && values.length > 0 && share(values, (value) => readFunction(value) !== undefined) < 0.3) return { field: null, reason: 'title' };
  if (field === 'level' && values.length > 0 && share(values, (value) => readLevel(value) !== undefined) < 0.3) return { field: null, reason: 'title' };
  return { field, reason: 'heading' };
};

/** Two columns for one field: the manager's address is surer than the manager's name; otherwise the fuller column, then the first. */
const better = (table: Table, field: ImportField, first: number, second: number): number => {
  const score = (column: number): number => {
    const values = valuesOf(table, column);
    return field === 'manager' || field === 'email' ? share(values, isEmail) : values.length / Math.max(1, Math.min(SAMPLE, table.rows.length));
  };
  return score(second) > score(first) ? second : first;
};

const settle = (table: Table, found: { field: ImportField | null; reason: ColumnReason }[]): void => {
  const holder = new Map<ImportField, number>();
  for (const [column, entry] of found.entries()) {
    if (!entry.field) continue;
    const rival = holder.get(entry.field);
    const winner = rival === undefined ? column : better(table, entry.field, rival, column);
    const loser = winner === column ? rival : column;
    if (loser !== undefined) found[loser] = { field: null, reason: 'taken' };
    holder.set(entry.field, winner);
  }
};

/** Without an e-mail heading, the one column that holds addresses is it. */
const findEmailByValues = (table: Table, found: { field: ImportField | null; reason: ColumnReason }[]): void => {
  if (found.some((entry) => entry.field === 'email')) return;
  const candidates = found.flatMap((entry, column) => (entry.field === null && share(valuesOf(table, column), isEmail) >= 0.8 ? [column] : []));
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) found[only] = { field: 'email', reason: 'values' };
};

const datesOf = (table: Table, columns: readonly (ImportField | null)[]): ColumnOrder => {
  const column = columns.indexOf('startDate');
  return column < 0 ? { order: 'dmy', certainty: 'certain', told: false } : columnOrder(table.rows.map((row) => row.cells[column] ?? ''));
};

/** What each column probably means. A remembered mapping of the same headings wins. */
export const proposeMapping = (table: Table, remembered?: Mapping): ProposedMapping => {
  if (remembered && remembered.columns.length === table.headings.length) {
    const dates = datesOf(table, remembered.columns);
    const dateOrder = dates.certainty === 'certain' && remembered.columns.includes('startDate') ? sureOrder(table, remembered, dates) : remembered.dateOrder;
    return { mapping: { ...remembered, dateOrder }, reasons: remembered.columns.map(() => 'remembered'), dates };
  }
  const found = table.headings.map((_, column) => byHeading(table, column));
  settle(table, found);
  findEmailByValues(table, found);
  const columns = found.map((entry) => entry.field);
  const dates = datesOf(table, columns);
  return { mapping: { columns, dateOrder: dates.order, words: [] }, reasons: found.map((entry) => entry.reason), dates };
};

/** `certain` is also said of a column without any open date; then the remembered order stays. */
const sureOrder = (table: Table, remembered: Mapping, dates: ColumnOrder): DateOrder => {
  const column = remembered.columns.indexOf('startDate');
  const told = table.rows.some((row) => /^\s*\d{1,2}\s*[/-]\s*\d{1,2}\s*[/-]/u.test(row.cells[column] ?? ''));
  return told ? dates.order : remembered.dateOrder;
};

const told = (words: readonly WordMeaning[], field: 'function' | 'level', text: string): WordMeaning | undefined =>
  words.find((entry) => entry.field === field && labelKey(entry.word) === labelKey(text));

/** What the company's word means: as told, else as our lists know it. `null` is "says nothing", undefined is unknown. */
export const functionMeaning = (words: readonly WordMeaning[], text: string): FunctionName | null | undefined => {
  const entry = told(words, 'function', text);
  return entry?.field === 'function' ? entry.meaning : readFunction(text);
};

/** As `functionMeaning`. */
export const levelMeaning = (words: readonly WordMeaning[], text: string): Level | null | undefined => {
  const entry = told(words, 'level', text);
  return entry?.field === 'level' ? entry.meaning : readLevel(text);
};

/** Words of function and level columns that nobody has explained yet, most frequent first. */
export const unknownWords = (table: Table, mapping: Mapping, limit = 100): { field: 'function' | 'level'; word: string; count: number }[] =>
  (['function', 'level'] as const).flatMap((field) => {
    const column = mapping.columns.indexOf(field);
    if (column < 0) return [];
    const counts = new Map<string, { word: string; count: number }>();
    for (const row of table.rows) {
      const word = (row.cells[column] ?? '').trim();
      const known = field === 'function' ? functionMeaning(mapping.words, word) : levelMeaning(mapping.words, word);
      if (word === '' || known !== undefined) continue;
      const entry = counts.get(labelKey(word)) ?? { word, count: 0 };
      entry.count++;
      counts.set(labelKey(word), entry);
    }
    return [...counts.values()].sort((a, b) => b.count - a.count).slice(0, limit).map((entry) => ({ field, ...entry }));
  });

/** Why a mapping cannot be used, or nothing. */
export const mappingFault = (mapping: Mapping, headings: readonly string[]): 'no_headings' | 'no_email_column' | 'field_twice' | 'column_count' | undefined => {
  if (mapping.columns.length !== headings.length) return 'column_count';
  // An address among the headings is a person: reading on would lose that row.
  if (headings.some(isEmail)) return 'no_headings';
  const used = mapping.columns.filter((field) => field !== null);
  if (new Set(used).size !== used.length) return 'field_twice';
  return used.includes('email') ? undefined : 'no_email_column';
};
