import { createReadStream } from 'node:fs';
import type { TableRow } from '../../lib/table';
import { TABLE_LIMITS, type TableLimits } from '../../platform/files/limits';
import { streamTable } from '../../platform/files/stream-table';

/** Exports of a whole system: a few million rows, as CSV of any such length. */
export const EXPORT_LIMITS: TableLimits = { ...TABLE_LIMITS, fileBytes: 2 * 1024 ** 3, rows: 10_000_000 };

async function* evenly(batches: AsyncIterable<TableRow[]>, size: number): AsyncGenerator<TableRow[]> {
  for await (const rows of batches) for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

/** An uploaded file as headings and batches of at most `size` rows. @throws FileFault, also while rows are read */
export const openTable = async (path: string, size: number): Promise<{ headings: string[]; batches: AsyncIterable<TableRow[]> }> => {
  const { headings, batches } = await streamTable(createReadStream(path), EXPORT_LIMITS);
  return { headings, batches: evenly(batches, size) };
};
