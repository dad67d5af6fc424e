import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TableProblem, TableRow } from '../../lib/table';
import { talkingThread } from '../threads/talking-thread';
import { FileFault, type FileFaultCode, type TableLimits } from './limits';
import { readTable } from './read-table';

export type WorkbookAsk = { what: 'open'; bytes: Uint8Array; limits: TableLimits } | { what: 'next' };

type Opened = { headings: string[]; problems: TableProblem[]; batches: AsyncIterable<TableRow[]> };

const besideBundle = (): string => fileURLToPath(new URL('./workbook.worker.mjs', import.meta.url));

/** A workbook that takes all memory ends its own thread, and nothing else. */
const MOST_MEMORY_MB = 1_536;

/**
 * Reads a workbook off the main thread: unpacking and understanding one of 24 MB takes seconds, during which nobody else would be answered.
 * @param file the built worker; without one (running from source) it is read in this thread
 * @throws FileFault
 */
export const openWorkbookApart = async (bytes: Uint8Array, limits: TableLimits, file: string = besideBundle()): Promise<Opened> => {
  if (!existsSync(file)) {
    const { headings, rows, problems } = await readTable(bytes, { limits });
    return { headings, problems, batches: (async function* () { yield rows; })() };
  }
  const thread = talkingThread(file, MOST_MEMORY_MB);
  const ask = async <T>(what: WorkbookAsk): Promise<T> => {
    const { given, refused } = await thread.ask<T>(what);
    if (refused) throw new FileFault(refused[0] as FileFaultCode, refused[1]);
    return given as T;
  };
  try {
    const opened = await ask<{ headings: string[]; problems: TableProblem[] }>({ what: 'open', bytes, limits });
    const batches = async function* (): AsyncGenerator<TableRow[]> {
      try {
        for (let rows = await ask<TableRow[]>({ what: 'next' }); rows.length > 0; rows = await ask<TableRow[]>({ what: 'next' })) yield rows;
      } finally {
        await thread.stop();
      }
    };
    return { ...opened, batches: batches() };
  } catch (error) {
    await thread.stop();
    throw error;
  }
};
