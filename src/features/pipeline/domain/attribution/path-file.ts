import type { Table, TableRow } from '../../../../lib/table';
import type { Path } from './paths';
import { findPathColumns, type ColumnWishes, type PathColumns } from './path-columns';

/** What is wrong with a file of paths, and on which line of it. Line 0: the file as a whole. */
export type PathProblem = { line: number; message: string };

export type PathFile = {
  columns: Record<keyof PathColumns, string | null>;
  paths: Path[];
  /** Whether the file tells how many walks ended without an order. */
  nonConvertingKnown: boolean;
  /** The file has no column of counts without an order, and its conversions are only 0 and 1 (or no and yes): each row is one walk. */
  rowIsOneWalk: boolean;
  /** Rows whose path is blank; what they count cannot be credited to any channel. */
  withoutTouch: { rows: number; conversions: number; nonConversions: number };
  /** Channels whose names differ by capitals or spaces only; they are kept apart. */
  alike: string[][];
};

export type PathFileResult = { ok: true; file: PathFile } | { ok: false; problems: PathProblem[] };

export type PathFileOptions = ColumnWishes & {
  /** What stands between two steps; left out: `>`, `->`, `=>` or `→`. */
  separator?: string;
};

const MAX_PROBLEMS = 100;

/** Beyond this, sums of counts would lose digits in the models. */
const MAX_TOTAL = 1e12;

const ARROWS = /\s*(?:[-=]*>|→)\s*/u;

const FLAGS: Readonly<Record<string, 0 | 1>> = { '0': 0, '1': 1, no: 0, yes: 1, n: 0, y: 1, false: 0, true: 1 };

const cell = (row: TableRow, column: number | null): string => (column === null ? '' : (row.cells[column] ?? '').trim());

const flagOf = (text: string): 0 | 1 | undefined => (Object.hasOwn(FLAGS, text.toLowerCase()) ? FLAGS[text.toLowerCase()] : undefined);

/** Whole numbers from 0, as spreadsheets and R write them: 12, 12.0, 1e+05. */
const countIn = (text: string): number | undefined => {
  const value = /^\d+(\.\d+)?(e\+?\d+)?$/iu.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
};

const amountIn = (text: string): number | undefined => {
  const value = /^\d+(\.\d+)?(e[+-]?\d+)?$/iu.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : undefined;
};

const faultOf = (row: TableRow): string | undefined => {
  if (row.rejected === 'too_many_cells') return 'more cells than the heading line has columns';
  return row.rejected === 'cell_too_long' ? 'a cell is too long to be read' : undefined;
};

const shown = (text: string): string => (text === '' ? 'blank' : `“${text.slice(0, 40)}”`);

type Reading = { table: Table; columns: PathColumns; options: PathFileOptions; rowIsOneWalk: boolean };

const stepsIn = (text: string, separator: string | undefined): string[] =>
  text === '' ? [] : (separator === undefined ? text.split(ARROWS) : text.split(separator)).map((step) => step.replace(/\s+/gu, ' ').trim());

const countsIn = (row: TableRow, { table, columns, rowIsOneWalk }: Reading): { conversions: number; nonConversions: number; value?: number } | string => {
  const named = (column: number | null): string => (column === null ? '' : (table.headings[column] ?? ''));
  const text = cell(row, columns.conversions);
  const amount = cell(row, columns.value);
  const value = columns.value === null ? undefined : amountIn(amount === '' ? '0' : amount);
  if (columns.value !== null && value === undefined) return `${named(columns.value)} is ${shown(amount)}; a value is a number from 0, with a point as decimal mark`;
  if (rowIsOneWalk) {
    const flag = flagOf(text) ?? 0;
    return { conversions: flag, nonConversions: 1 - flag, value };
  }
  const conversions = countIn(text);
  const nonConversions = columns.none === null ? 0 : countIn(cell(row, columns.none));
  if (conversions === undefined) return `${named(columns.conversions)} is ${shown(text)}; it must be a whole number from 0`;
  if (nonConversions === undefined) return `${named(columns.none)} is ${shown(cell(row, columns.none))}; it must be a whole number from 0`;
  return { conversions, nonConversions, value };
};

/** Groups of channel names that a person may have meant as one. */
const alikeNames = (paths: readonly Path[]): string[][] => {
  const names = new Map<string, Set<string>>();
  for (const channel of new Set(paths.flatMap(({ channels }) => channels))) {
    const key = channel.normalize('NFKC').toLowerCase().replace(/[\s_-]+/gu, '');
    names.set(key, (names.get(key) ?? new Set()).add(channel));
  }
  return [...names.values()].filter(({ size }) => size > 1).map((group) => [...group]);
};

const readRows = (reading: Reading, problems: PathProblem[]): Pick<PathFile, 'paths' | 'withoutTouch'> => {
  const paths: Path[] = [];
  const withoutTouch = { rows: 0, conversions: 0, nonConversions: 0 };
  let total = 0;
  for (const row of reading.table.rows) {
    if (problems.length >= MAX_PROBLEMS) break;
    const steps = stepsIn(cell(row, reading.columns.path), reading.options.separator);
    const counts = countsIn(row, reading);
    const fault = faultOf(row) ?? (typeof counts === 'string' ? counts : undefined) ?? (steps.includes('') ? 'a step of the path is blank' : undefined);
    if (fault !== undefined || typeof counts === 'string') {
      problems.push({ line: row.line, message: fault ?? '' });
      continue;
    }
    total += counts.conversions + counts.nonConversions;
    if (total > MAX_TOTAL) {
      problems.push({ line: row.line, message: `the counts add up to more than ${MAX_TOTAL}` });
      break;
    }
    if (steps.length > 0) paths.push({ channels: steps, ...counts });
    else {
      withoutTouch.rows += 1;
      withoutTouch.conversions += counts.conversions;
      withoutTouch.nonConversions += counts.nonConversions;
    }
  }
  return { paths, withoutTouch };
};

/** No counts without an order, and every cell says no or yes, at least one of them no. */
const rowsAreWalks = ({ rows }: Table, { conversions, none }: PathColumns): boolean => {
  if (none !== null) return false;
  const flags = rows.map((row) => flagOf(cell(row, conversions)));
  return flags.length > 0 && flags.every((flag) => flag !== undefined) && flags.includes(0);
};

/**
 * Reads a file of paths: one per row (`A > B > C`), with counts of orders and of none. Nothing is guessed: a cell that is no count is a
 * problem with its line.
 */
export const readPathFile = (table: Table, options: PathFileOptions = {}): PathFileResult => {
  const problems: PathProblem[] = table.problems
    .filter(({ code }) => code === 'quote_never_closed')
    .map(({ line }) => ({ line, message: 'a quotation mark opens here and is never closed' }));
  const found = findPathColumns(table, options);
  if ('problem' in found) return { ok: false, problems: [...problems, { line: 1, message: found.problem }] };
  if (table.rows.length === 0) return { ok: false, problems: [{ line: 0, message: 'the file has headings but no paths' }] };
  const { columns } = found;
  const rowIsOneWalk = rowsAreWalks(table, columns);
  const { paths, withoutTouch } = readRows({ table, columns, options, rowIsOneWalk }, problems);
  if (problems.length === 0 && paths.length === 0) problems.push({ line: 0, message: `every cell of ${table.headings[columns.path] ?? ''} is blank` });
  if (problems.length > 0) return { ok: false, problems };
  const name = (column: number | null): string | null => (column === null ? null : (table.headings[column] ?? null));
  return {
    ok: true,
    file: {
      columns: { path: name(columns.path), conversions: name(columns.conversions), none: name(columns.none), value: name(columns.value) },
      paths,
      nonConvertingKnown: columns.none !== null || rowIsOneWalk,
      rowIsOneWalk,
      withoutTouch,
      alike: alikeNames(paths),
    },
  };
};
