import { parentPort } from 'node:worker_threads';
import type { TableRow } from '../../lib/table';
import { FileFault } from './limits';
import { readTable } from './read-table';
import type { WorkbookAsk } from './workbook-thread';

/** Rows handed over at once. */
const BATCH = 5_000;

let rows: TableRow[] = [];

const answer = async (ask: WorkbookAsk): Promise<unknown> => {
  if (ask.what === 'next') return rows.splice(0, BATCH);
  const table = await readTable(ask.bytes, { limits: ask.limits });
  rows = table.rows;
  return { headings: table.headings, problems: table.problems };
};

/** A thread that unpacks one workbook; its own file in the bundle (scripts/build.mjs). */
parentPort?.on('message', (ask: WorkbookAsk) => {
  answer(ask).then(
    (given) => parentPort?.postMessage({ given }),
    (error: unknown) => parentPort?.postMessage(error instanceof FileFault ? { refused: [error.code, error.detail] } : { fault: error instanceof Error ? error.message : 'unknown' }),
  );
});
