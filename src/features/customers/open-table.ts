import { createReadStream } from 'node:fs';
import type { TableRow } from '../../lib/table';
import { TABLE_LIMITS, type TableLimits } from '../../platform/files/limits';
import { streamTable } from '../../platform/files/stream-table';
import { findHeadingRow } from './domain/heading-row';

/** Exports of a whole system: a few million rows, as CSV of any such length. */
export const EXPORT_LIMITS: TableLimits = { ...TABLE_LIMITS, fileBytes: 2 * 1024 ** 3, rows: 10_000_000 };

async function* evenly(batches: AsyncIterable<TableRow[]>, size: number, close: () => void): AsyncGenerator<TableRow[]> {
  try {
    for await (const rows of batches) for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
  } finally {
    close();
  }
}

export type OpenTable = { headings: string[]; batches: AsyncGenerator<TableRow[]> };

/** A file's bytes as headings and batches of at most `size` rows. @param close called once nothing more is read @throws FileFault, also while rows are read */
export const tableOf = async (chunks: AsyncIterable<Uint8Array>, size: number, close: () => void = () => undefined): Promise<OpenTable> => {
  try {
    const { headings, batches } = await streamTable(chunks, EXPORT_LIMITS, findHeadingRow);
    return { headings, batches: evenly(batches, size, close) };
  } catch (error) {
    close();
    throw error;
  }
};

/** An uploaded file. Whoever does not read it to its end leaves the loop over its batches, which closes it. */
export const openTable = (path: string, size: number): Promise<OpenTable> => {
  const file = createReadStream(path);
  return tableOf(file, size, () => void file.destroy());
};
