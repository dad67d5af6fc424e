import { parseCsv, sniffDelimiter, type CsvRecord } from '../../lib/csv';
import { tidyHeadings, type Table, type TableRow } from '../../lib/table';
import { decodeText } from './decode';
import { FileFault, type TableLimits } from './limits';

/** Which of the first rows holds the headings; reports often begin with a title and a date. */
export type HeadingRow = (firstRows: readonly (readonly string[])[]) => number;

export const firstRow: HeadingRow = () => 0;

/** How many rows `HeadingRow` may look at. */
export const LOOK_AHEAD = 15;

const MAX_QUOTED_LINES = 200;

/** @throws FileFault file_empty, too_many_rows, too_many_columns */
const recordsOf = (text: string, delimiter: string, limits: TableLimits): { records: CsvRecord[]; openQuotes: number[] } => {
  const records: CsvRecord[] = [];
  let over: FileFault | undefined;
  const { openQuotes } = parseCsv(text, {
    delimiter,
    maxCell: limits.cellLength,
    maxQuotedLines: MAX_QUOTED_LINES,
    onRecord: (record) => {
      if (records.length > limits.rows) over = new FileFault('too_many_rows', String(limits.rows));
      else if (records.length === 0 && record.cells.length > limits.columns) over = new FileFault('too_many_columns', String(limits.columns));
      else records.push(record);
      return over === undefined;
    },
  });
  if (over) throw over;
  return { records, openQuotes };
};

/** Cells beyond the headings are harmless when empty; otherwise the row does not mean what its columns say. */
export const shapeRow = (record: CsvRecord, width: number): TableRow => {
  const { line, cells: written } = record;
  const fits = written.length === width;
  const extra = !fits && written.slice(width).some((cell) => cell.trim() !== '');
  const row: TableRow = { line, cells: fits ? written : Array.from({ length: width }, (_, index) => written[index] ?? '') };
  if (record.cut) row.rejected = 'cell_too_long';
  else if (extra) row.rejected = 'too_many_cells';
  return row;
};

/** Headings as wide as their last cell that says something, so that trailing delimiters make no columns. */
export const trimmedWidth = (cells: readonly string[], rows: readonly CsvRecord[]): number => {
  let width = cells.length;
  while (width > 1 && (cells[width - 1] ?? '').trim() === '' && !rows.some((row) => (row.cells[width - 1] ?? '').trim() !== '')) width--;
  return width;
};

/** @throws FileFault */
export const readCsv = (bytes: Uint8Array, limits: TableLimits, headingRow: HeadingRow = firstRow): Table => {
  const { text, encoding, problems } = decodeText(bytes);
  const delimiter = sniffDelimiter(text);
  const { records, openQuotes } = recordsOf(text, delimiter, limits);
  if (records[0] && /^sep=.$/i.test(records[0].cells.join(delimiter).trim())) records.shift();
  if (records.length === 0) throw new FileFault('file_empty');
  const chosen = headingRow(records.slice(0, LOOK_AHEAD).map((record) => record.cells));
  const heading = records[chosen] ?? records[0];
  if (!heading) throw new FileFault('file_empty');
  const body = records.slice(records.indexOf(heading) + 1);
  const width = trimmedWidth(heading.cells, body);
  const tidy = tidyHeadings(heading.cells.slice(0, width), heading.line);
  return {
    headings: tidy.headings,
    rows: body.map((record) => shapeRow(record, width)),
    problems: [...problems, ...tidy.problems, ...openQuotes.slice(0, 50).map((line) => ({ code: 'quote_never_closed' as const, line }))],
    source: { kind: 'csv', encoding, delimiter },
  };
};
