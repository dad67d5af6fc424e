import { FileFault } from '../../../platform/files/limits';
import { faultSentence } from '../../../platform/files/fault-sentences';
import type { TableStream } from '../../../platform/files/stream-csv';
import { streamTable } from '../../../platform/files/stream-table';
import type { TableProblem, TableRow } from '../../../lib/table';

/** A file that can be read from its start more than once. Rejects when it cannot be read. */
export type TableSource = { name: string; open: () => AsyncIterable<Uint8Array> };

/** What is wrong with a file, for the person who gave it. Nothing is kept, so there is nothing to undo. */
export class DataFault extends Error {
  override name = 'DataFault';
}

const explained = (name: string, error: unknown): unknown => {
  if (error instanceof FileFault) return new DataFault(`${name}: ${faultSentence(error)}`);
  if (error instanceof RangeError) return new DataFault(`${name}: ${error.message}`);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const reasons: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'this is a folder', EACCES: 'the file may not be read' };
    return new DataFault(`${name}: ${reasons[error.code] ?? error.message}`);
  }
  return error;
};

/** @throws DataFault for what concerns the file, or what its rows hold */
export const withSource = async <T>({ name }: TableSource, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw explained(name, error);
  }
};

export type RowsRead = { rows: number; rejected: number; firstRejected: number; problems: TableProblem[] };

/**
 * Reads a file once, row by row; rows that are not what their columns say are counted and passed over.
 * @throws DataFault
 */
export const eachRow = (source: TableSource, begin: (headings: string[]) => (row: TableRow) => void): Promise<RowsRead> =>
  withSource(source, async () => {
    const stream: TableStream = await streamTable(source.open());
    const take = begin(stream.headings);
    const read: RowsRead = { rows: 0, rejected: 0, firstRejected: 0, problems: stream.problems };
    for await (const batch of stream.batches) {
      for (const row of batch) {
        read.rows += 1;
        if (!row.rejected) take(row);
        else if (read.rejected++ === 0) read.firstRejected = row.line;
      }
    }
    return read;
  });

const PROBLEMS: Partial<Record<TableProblem['code'], (detail: string) => string>> = {
  quote_never_closed: () => 'a quotation mark opens and is never closed; it was read as text',
  mixed_encodings: () => 'the file mixes UTF-8 and Windows-1252; each line was read in its own',
  damaged_characters: () => 'some characters are damaged',
  nul_removed: () => 'it holds NUL characters; they were taken out',
  duplicate_heading: (heading) => `the heading “${heading}” comes more than once; the later ones got a number`,
  other_sheets: (sheets) => `other sheets were not read: ${sheets}`,
};

/** What a reader of the figures should know about how the file was read. */
export const fileWarnings = ({ name }: TableSource, { problems, rejected, firstRejected }: RowsRead): string[] => [
  ...problems.slice(0, 10).flatMap(({ code, line, detail }) => {
    const sentence = PROBLEMS[code];
    return sentence ? [`${name}${line > 0 ? `:${line}` : ''}: ${sentence(detail ?? '')}.`] : [];
  }),
  ...(rejected > 0 ? [`${name}:${firstRejected}: ${rejected} ${rejected === 1 ? 'row has' : 'rows have'} more cells than the heading line, or a cell too long; left out.`] : []),
];
