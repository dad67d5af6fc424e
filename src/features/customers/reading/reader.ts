import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FileFault, type FileFaultCode } from '../../../platform/files/limits';
import { talkingThread } from '../../../platform/threads/talking-thread';
import type { StagedColumns } from '../staged-rows';
import { readSession, type Settled, type ToRead } from './read-session';

export type ReadAsk = { what: 'open'; file: ToRead } | { what: 'next' } | { what: 'settle' };

/** Reads and checks one file of records off the main thread, so that a million rows delay nobody's request. Ask one thing after the other. */
export type Reader = {
  /** The next rows; nothing at the end. @throws FileFault */
  next(): Promise<StagedColumns | undefined>;
  settle(): Promise<Settled>;
  stop(): Promise<void>;
};

const besideBundle = (): string => fileURLToPath(new URL('./import-read.worker.mjs', import.meta.url));

/** A file that takes all memory ends its own thread, and nothing else: a line may have 32 MB, a window of lines 48 million characters. */
const MOST_MEMORY_MB = 1_536;

/** @param worker the built worker; without one (running from source) the file is read in this thread */
export const openReader = (file: ToRead, worker: string = besideBundle()): Reader => {
  if (!existsSync(worker)) {
    const session = readSession(file);
    return { next: session.next, settle: async () => session.settle(), stop: session.close };
  }
  const thread = talkingThread(worker, MOST_MEMORY_MB);
  const ask = async <T>(what: ReadAsk): Promise<T> => {
    const { given, refused } = await thread.ask<T>(what);
    if (refused) throw new FileFault(refused[0] as FileFaultCode, refused[1]);
    return given as T;
  };
  const opened = ask({ what: 'open', file });
  // Whoever asks first hears of a thread that could not begin.
  opened.catch(() => undefined);
  return {
    next: async () => {
      await opened;
      return ask({ what: 'next' });
    },
    settle: () => ask({ what: 'settle' }),
    stop: thread.stop,
  };
};
