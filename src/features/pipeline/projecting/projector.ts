import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { talkingThread, type TalkingThread } from '../../../platform/threads/talking-thread';
import { batchProjector, type Batch, type Process, type Projected } from './project-batch';

export type ProjectAsk = { what: 'open'; process: Process } | { what: 'batch'; batch: Batch };

/** Works out one batch of leads after the other; ask for the next when the last is done. */
export type Projector = { project(batch: Batch): Promise<Projected>; stop(): Promise<void> };

const besideBundle = (): string => fileURLToPath(new URL('./project-leads.worker.mjs', import.meta.url));

/** A batch takes some megabytes; a person may have a long history. */
const MOST_MEMORY_MB = 512;

/**
 * The first batch is worked out here, since most changes of records are no larger; of a large file everything else in a thread of its own, so that
 * meanwhile this one answers requests and the database writes what was worked out before.
 * @param worker the built worker; without one (running from source) all is worked out here
 */
export const openProjector = (process: Process, worker: string = besideBundle()): Projector => {
  const here = batchProjector(process);
  let thread: TalkingThread | undefined;
  let began = false;
  const ask = async <T>(what: ProjectAsk): Promise<T> => {
    thread ??= talkingThread(worker, MOST_MEMORY_MB);
    return (await thread.ask<T>(what)).given as T;
  };
  return {
    project: async (batch) => {
      if (!began || !existsSync(worker)) {
        began = true;
        return here(batch);
      }
      if (!thread) await ask({ what: 'open', process });
      return ask<Projected>({ what: 'batch', batch });
    },
    stop: async () => thread?.stop(),
  };
};
