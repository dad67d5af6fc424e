import type { RatingMatrix } from '../../../lib/statistics/matrix';
import type { Table, TableRow } from '../../../lib/table';
import { FUNCTIONS, LEVELS, type FunctionName } from '../../../lib/vocabulary';
import type { Instrument, Scale, Section } from './instrument';
import { counted } from './section-scores';

/** What is wrong with an answers file, and on which line of it. Line 0: the file as a whole. */
export type AnswerProblem = { line: number; message: string };

/** Answers of a file: who is in which group, and each section's ratings, one row per person that counts. */
export type AnswerTable = {
  /** The column that makes the groups; null when the file has none and everybody is one group. */
  by: string | null;
  groups: { name: string; rows: Int32Array }[];
  people: number;
  sections: { section: Section; ratings: RatingMatrix }[];
  /** Rows without a value in the grouping column. */
  leftOut: number;
  /** Sections of the instrument of which the file has no column. */
  absent: string[];
  /** Ratings by a function that is not asked that section; they do not count. */
  outsideAudience: number;
};

export type AnswerTableResult = { ok: true; answers: AnswerTable } | { ok: false; problems: AnswerProblem[] };

const MAX_PROBLEMS = 100;
const EVERYBODY = 'all';

type Columns = { by: number | undefined; function: number | undefined; sections: { section: Section; at: number[] }[]; absent: string[] };

const columnOf = (table: Table, name: string): number | undefined => {
  const wanted = name.trim().toLowerCase();
  const index = table.headings.findIndex((heading) => heading.toLowerCase() === wanted);
  return index < 0 ? undefined : index;
};

const twice = (table: Table): Set<string> =>
  new Set(table.problems.flatMap(({ code, detail }) => (code === 'duplicate_heading' && detail !== undefined ? [detail.toLowerCase()] : [])));

const findSections = (table: Table, instrument: Instrument, problems: AnswerProblem[]): Pick<Columns, 'sections' | 'absent'> => {
  const found: Pick<Columns, 'sections' | 'absent'> = { sections: [], absent: [] };
  const repeated = twice(table);
  for (const section of instrument.tools.flatMap((tool) => tool.sections)) {
    const at = section.statements.map((statement) => columnOf(table, statement.id));
    const missing = section.statements.filter((_, index) => at[index] === undefined).map(({ id }) => id);
    const doubled = section.statements.filter(({ id }) => repeated.has(id.toLowerCase())).map(({ id }) => id);
    if (doubled.length > 0) problems.push({ line: 1, message: `the file has more than one column ${doubled.join(', ')}` });
    if (missing.length === at.length) found.absent.push(section.id);
    else if (missing.length > 0) problems.push({ line: 1, message: `section ${section.id} is not complete: no column ${missing.join(', ')}` });
    else found.sections.push({ section, at: at.map((index) => index ?? 0) });
  }
  if (found.sections.length === 0 && problems.length === 0) {
    const expected = instrument.tools[0]?.sections[0]?.statements.slice(0, 3).map(({ id }) => id).join(', ') ?? '';
    problems.push({ line: 1, message: `no column is named after a statement of ${instrument.id} (${expected}, …); the file has ${table.headings.slice(0, 8).join(', ')}` });
  }
  return found;
};

const findColumns = (table: Table, instrument: Instrument, by: string | undefined, problems: AnswerProblem[]): Columns => {
  const grouping = columnOf(table, by ?? 'function');
  if (by !== undefined && grouping === undefined) {
    problems.push({ line: 1, message: `no column is named “${by}”; the file has ${table.headings.slice(0, 8).join(', ')}` });
  }
  if (twice(table).has((by ?? 'function').toLowerCase())) problems.push({ line: 1, message: `the file has more than one column ${by ?? 'function'}` });
  return { by: grouping, function: columnOf(table, 'function'), ...findSections(table, instrument, problems) };
};

/** NaN for a missing answer; undefined for something that is no rating. */
const ratingIn = (text: string, scale: Scale): number | undefined => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.toUpperCase() === 'NA') return NaN;
  const value = /^[+-]?\d+(\.0*)?$/.test(trimmed) ? Number(trimmed) : NaN;
  return value >= scale.min && value <= scale.max ? value : undefined;
};

const functionIn = (row: TableRow, column: number | undefined, problems: AnswerProblem[]): FunctionName | undefined => {
  const text = column === undefined ? '' : (row.cells[column] ?? '').trim().toLowerCase();
  const name = FUNCTIONS.find((one) => one === text);
  if (text !== '' && name === undefined) problems.push({ line: row.line, message: `function is “${text}”; it must be sales, marketing or leadership` });
  return name;
};

const faultOf = (row: TableRow): string | undefined => {
  if (row.rejected === 'too_many_cells') return 'more cells than the heading line has columns';
  return row.rejected === 'cell_too_long' ? 'a cell is too long to be read' : undefined;
};

const ORDER: readonly string[] = [...FUNCTIONS, ...LEVELS];
const collator = new Intl.Collator('en', { numeric: true });

/** Functions and levels in their own order, anything else as people sort it: 2 before 10. */
const inOrder = (a: string, b: string): number => {
  const [first, second] = [ORDER.indexOf(a), ORDER.indexOf(b)];
  if (first >= 0 && second >= 0) return first - second;
  return collator.compare(a, b) || (a < b ? -1 : 1);
};

const groupsOf = (names: readonly string[]): AnswerTable['groups'] => {
  const rows = new Map<string, number[]>();
  names.forEach((name, row) => {
    const own = rows.get(name);
    if (own) own.push(row);
    else rows.set(name, [row]);
  });
  return [...rows].sort(([a], [b]) => inOrder(a, b)).map(([name, own]) => ({ name, rows: Int32Array.from(own) }));
};

type Kept = { row: TableRow; group: string; function: FunctionName | undefined };

const keep = (table: Table, columns: Columns, problems: AnswerProblem[]): { kept: Kept[]; leftOut: number } => {
  const kept: Kept[] = [];
  let leftOut = 0;
  for (const row of table.rows) {
    const fault = faultOf(row);
    if (fault !== undefined) problems.push({ line: row.line, message: fault });
    const own = functionIn(row, columns.function, problems);
    const value = columns.by === undefined ? EVERYBODY : (row.cells[columns.by] ?? '').trim();
    if (value === '') leftOut += 1;
    else kept.push({ row, group: columns.by === columns.function && own !== undefined ? own : value, function: own });
    if (problems.length >= MAX_PROBLEMS) break;
  }
  return { kept, leftOut };
};

const readRatings = (kept: readonly Kept[], columns: Columns['sections'][number], scale: Scale, table: Table, problems: AnswerProblem[]) => {
  const { section, at } = columns;
  const values = new Float64Array(kept.length * at.length).fill(NaN);
  let outsideAudience = 0;
  kept.forEach(({ row, function: name }, person) => {
    const asked = name === undefined || section.audience.includes(name);
    at.forEach((index, c) => {
      const rating = ratingIn(row.cells[index] ?? '', scale);
      if (rating === undefined) {
        const message = `${table.headings[index]} is “${(row.cells[index] ?? '').trim().slice(0, 40)}”; a rating is a whole number from ${scale.min} to ${scale.max}, a blank cell means no answer`;
        if (problems.length < MAX_PROBLEMS) problems.push({ line: row.line, message });
      } else if (asked) values[person * at.length + c] = counted(rating, section.statements[c]?.reversed === true, scale);
      else if (!Number.isNaN(rating)) outsideAudience += 1;
    });
  });
  return { section, ratings: { rows: kept.length, columns: at.length, values }, outsideAudience };
};

/**
 * Reads an answers file: one row per person, columns named after statements, groups by the column `by` (absent: `function`, where
 * the file has it). Nothing is guessed: a cell that is neither blank nor a rating is a problem with its line.
 */
export const readAnswerTable = (table: Table, instrument: Instrument, by?: string): AnswerTableResult => {
  const problems: AnswerProblem[] = table.problems
    .filter(({ code }) => code === 'quote_never_closed')
    .map(({ line }) => ({ line, message: 'a quotation mark opens here and is never closed' }));
  const columns = findColumns(table, instrument, by, problems);
  if (problems.length > 0) return { ok: false, problems };
  if (table.rows.length === 0) return { ok: false, problems: [{ line: 0, message: 'the file has headings but no answers' }] };
  const { kept, leftOut } = keep(table, columns, problems);
  const read = columns.sections.map((section) => readRatings(kept, section, instrument.scale, table, problems));
  if (problems.length > 0) return { ok: false, problems: problems.sort((a, b) => a.line - b.line).slice(0, MAX_PROBLEMS) };
  return {
    ok: true,
    answers: {
      by: columns.by === undefined ? null : (table.headings[columns.by] ?? null),
      groups: groupsOf(kept.map(({ group }) => group)),
      people: kept.length,
      sections: read.map(({ section, ratings }) => ({ section, ratings })),
      leftOut,
      absent: columns.absent,
      outsideAudience: read.reduce((sum, one) => sum + one.outsideAudience, 0),
    },
  };
};
