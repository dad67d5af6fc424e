import { FileFault, TABLE_LIMITS, type TableLimits } from './limits';
import { tidyHeadings } from '../../lib/table';
import { firstRow, LOOK_AHEAD, type HeadingRow } from './read-csv';
import { assertTabular } from './read-table';
import { streamCsv, type TableStream } from './stream-csv';
import { openWorkbookApart } from './workbook-thread';
import { isZip } from './zip';

/** A file that somebody reads on their own machine may be long; a row at a time costs no memory. */
export const STREAM_LIMITS: TableLimits = { ...TABLE_LIMITS, rows: 100_000_000, columns: 20_000 };

const gather = async (head: Uint8Array, rest: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> => {
  const parts = [head];
  let size = head.length;
  for await (const chunk of rest) {
    parts.push(chunk);
    size += chunk.length;
    if (size > limit) throw new FileFault('file_too_big', String(Math.floor(limit / 1024 / 1024)));
  }
  return Buffer.concat(parts);
};

/** The same table with the chosen row's cells as headings; what stands above them is no row. */
const withHeadings = async ({ headings, batches, problems }: TableStream, headingRow: HeadingRow): Promise<TableStream> => {
  const parts = batches[Symbol.asyncIterator]();
  const first = await parts.next();
  const rows = first.done ? [] : first.value;
  const chosen = headingRow([headings, ...rows.slice(0, LOOK_AHEAD - 1).map(({ cells }) => cells)]);
  const heading = rows[chosen - 1];
  const tidy = heading ? tidyHeadings(heading.cells, heading.line) : { headings, problems: [] };
  return {
    headings: tidy.headings,
    problems: [...problems, ...tidy.problems],
    batches: (async function* () {
      try {
        yield rows.slice(chosen);
        for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
      } finally {
        await parts.return?.();
      }
    })(),
  };
};

/**
 * Opens a CSV file as a stream, or an XLSX file as a whole within `TABLE_LIMITS` (its rows cannot be read without unpacking it). Which of the
 * two is told by the first bytes.
 * @throws FileFault
 */
export const streamTable = async (chunks: AsyncIterable<Uint8Array>, limits: TableLimits = STREAM_LIMITS, headingRow: HeadingRow = firstRow): Promise<TableStream> => {
  const parts = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    if (head.length >= 4096) break;
  }
  if (head.length === 0) throw new FileFault('file_empty');
  const rest: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => parts };
  if (!isZip(head)) {
    assertTabular(head);
    return streamCsv(
      (async function* () {
        yield head;
        yield* rest;
      })(),
      limits,
      headingRow,
    );
  }
  return withHeadings(await openWorkbookApart(await gather(head, rest, TABLE_LIMITS.fileBytes), TABLE_LIMITS), headingRow);
};
