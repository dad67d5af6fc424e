import { parseCsv, sniffDelimiter, type CsvRecord } from '../../lib/csv';
import { tidyHeadings, type TableProblem, type TableRow } from '../../lib/table';
import { FileFault, type TableLimits } from './limits';
import { firstRow, LOOK_AHEAD, shapeRow, type HeadingRow } from './read-csv';
import { streamText } from './stream-text';

/** A table of any length, read once from top to bottom; no more than a few megabytes of it are held at a time. */
export type TableStream = {
  headings: string[];
  /** Rows as they come, some thousand at a time; blank lines are passed over. */
  batches: AsyncIterable<TableRow[]>;
  /** Complete once `batches` has ended. */
  problems: TableProblem[];
};

const WINDOW = 1024 * 1024;
const LARGEST_WINDOW = 48 * 1024 * 1024;
const MAX_QUOTED_LINES = 200;
const LINES_SAID = 50;

type Window = { records: CsvRecord[]; openQuotes: number[]; rest: string; linesUsed: number };

/**
 * The records of `text` that no later text can change. Whether a quote is a slip is decided within 200 lines, so a record is certain
 * once that many lines follow it; the others are read again with what comes next.
 */
const certainRecords = (text: string, delimiter: string, limits: TableLimits, ended: boolean): Window => {
  const records: CsvRecord[] = [];
  const starts: number[] = [];
  const { openQuotes, lines } = parseCsv(text, {
    delimiter, maxCell: limits.cellLength, maxQuotedLines: MAX_QUOTED_LINES,
    onRecord: (record, start) => {
      starts.push(start);
      return records.push(record) > 0;
    },
  });
  if (ended) return { records, openQuotes, rest: '', linesUsed: 0 };
  let kept = records.length;
  while (kept > 0 && (records[kept - 1] as CsvRecord).line > lines - MAX_QUOTED_LINES - 2) kept -= 1;
  const cut = records[kept - 1]?.line ?? 1;
  // The record at the cut is certain as to where it begins, not as to where it ends.
  return { records: records.slice(0, Math.max(0, kept - 1)), openQuotes: openQuotes.filter((line) => line < cut), rest: text.slice(kept === 0 ? 0 : starts[kept - 1]), linesUsed: cut - 1 };
};

type Records = AsyncGenerator<{ records: CsvRecord[]; delimiter: string }>;

async function* streamRecords(chunks: AsyncIterable<Uint8Array>, limits: TableLimits, problems: TableProblem[]): Records {
  let pending = '';
  let delimiter: string | undefined;
  let lines = 0;
  let window = WINDOW;
  const said = new Set<string>();
  const take = (ended: boolean): { records: CsvRecord[]; delimiter: string } => {
    delimiter ??= sniffDelimiter(pending);
    const found = certainRecords(pending, delimiter, limits, ended);
    const before = lines;
    for (const line of found.openQuotes) if (problems.length < LINES_SAID) problems.push({ code: 'quote_never_closed', line: line + before });
    // A window without one certain record is read again only when it has doubled, so that the work stays linear.
    window = found.records.length === 0 ? window * 2 : WINDOW;
    if (window > LARGEST_WINDOW) throw new FileFault('not_a_table');
    lines += found.linesUsed;
    pending = found.rest;
    for (const record of found.records) record.line += before;
    return { records: found.records, delimiter };
  };
  for await (const part of streamText(chunks)) {
    for (const problem of part.problems) {
      if (!said.has(problem.code)) problems.push(problem);
      said.add(problem.code);
    }
    pending += part.text;
    if (pending.length >= window) yield take(false);
  }
  if (pending !== '') yield take(true);
}

const isSeparatorLine = (record: CsvRecord | undefined, delimiter: string): boolean => /^sep=.?$/i.test((record?.cells ?? []).join(delimiter).trim());

/**
 * Reads a CSV file of any size row by row: same delimiters, quotes, encodings and faults as `readCsv`. The first record that is not blank holds
 * the headings, unless `headingRow` chooses another one of the first.
 * @throws FileFault file_empty, too_many_columns here; too_many_rows, not_a_table while rows are read
 */
export const streamCsv = async (chunks: AsyncIterable<Uint8Array>, limits: TableLimits, headingRow: HeadingRow = firstRow): Promise<TableStream> => {
  const problems: TableProblem[] = [];
  const parts = streamRecords(chunks, limits, problems);
  let first: CsvRecord[] = [];
  let heading: CsvRecord | undefined;
  for (let next = await parts.next(); !next.done && !heading; next = heading ? next : await parts.next()) {
    first = next.value.records;
    if (isSeparatorLine(first[0], next.value.delimiter)) first = first.slice(1);
    first = first.slice(headingRow(first.slice(0, LOOK_AHEAD).map(({ cells }) => cells)));
    heading = first[0];
    if (heading) break;
  }
  if (!heading) throw new FileFault('file_empty');
  if (heading.cells.length > limits.columns) throw new FileFault('too_many_columns', String(limits.columns));
  const width = heading.cells.length;
  const tidy = tidyHeadings(heading.cells, heading.line);
  problems.push(...tidy.problems.filter(({ code }) => code !== 'empty_heading'));
  const batches = async function* (): AsyncGenerator<TableRow[]> {
    let rows = 0;
    const shaped = (records: readonly CsvRecord[]): TableRow[] => {
      rows += records.length;
      if (rows > limits.rows) throw new FileFault('too_many_rows', String(limits.rows));
      return records.map((record) => shapeRow(record, width));
    };
    yield shaped(first.slice(1));
    first = [];
    for await (const { records } of parts) yield shaped(records);
  };
  return { headings: tidy.headings, batches: batches(), problems };
};
