import { storableText } from '../../../lib/storable-text';
import type { TableRow } from '../../../lib/table';
import type { RowKind } from '../domain/fields';
import { watchDoubts, type Looked } from '../domain/look';
import type { ImportMapping } from '../domain/mapping';
import { rowReader, type RecordData, type RowReader } from '../domain/read-row';
import { eventKey } from '../event-key';
import { openTable } from '../open-table';
import { stagedColumns, type StagedColumns, type StagedRow } from '../staged-rows';

/** A file to be read, and what its columns mean. */
export type ToRead = { path: string; mapping: ImportMapping; looked: Looked; headings: string[]; timeZone: string };

/** How the whole file turned out to be written; `differs` when it was read otherwise so far. */
export type Settled = { mapping: ImportMapping; looked: Looked; differs: boolean };

/** Rows read and staged at once: a few dozen milliseconds of work. */
const BATCH_ROWS = 2_000;

/** A rejected row is handed back as it came, so that it can be mended. */
const asWritten = (cells: readonly string[]): string => JSON.stringify({ raw: cells.map((cell) => storableText(cell)) } satisfies RecordData);

export const staged = (row: TableRow, read: RowReader, kind: RowKind): StagedRow => {
  if (row.rejected) return { line: row.line, key: '', outcome: 'rejected', problem: 'row_damaged', detail: row.rejected, data: asWritten(row.cells) };
  const { key, data, problem, detail } = read(row.cells);
  const said = JSON.stringify(data);
  return { line: row.line, key: eventKey(kind, key, data, said), outcome: problem ? 'rejected' : null, problem, detail, data: problem ? asWritten(row.cells) : said };
};

/** One reading of a file, batch by batch, each ready to be sent to the database; nothing is the end. @throws FileFault */
export const readSession = ({ path, mapping, looked, headings, timeZone }: ToRead) => {
  const watch = watchDoubts(mapping, looked);
  const read = rowReader(mapping, headings, timeZone);
  const batches = (async function* () {
    yield* (await openTable(path, BATCH_ROWS)).batches;
  })();
  return {
    next: async (): Promise<StagedColumns | undefined> => {
      const { done, value: rows } = await batches.next();
      if (done) return undefined;
      for (const { cells } of rows) watch.see(cells);
      return stagedColumns(rows.map((row) => staged(row, read, mapping.kind)));
    },
    settle: (): Settled => watch.settle(),
    close: async (): Promise<void> => {
      await batches.return(undefined);
    },
  };
};
