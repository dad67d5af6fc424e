import { parentPort } from 'node:worker_threads';
import { FileFault } from '../../../platform/files/limits';
import type { ReadAsk } from './reader';
import { readSession } from './read-session';

let session: ReturnType<typeof readSession> | undefined;

const answer = async (ask: ReadAsk): Promise<unknown> => {
  if (ask.what === 'open') session = readSession(ask.file);
  else return ask.what === 'next' ? session?.next() : session?.settle();
  return null;
};

/** A thread that reads one file of records; its own file in the bundle (scripts/build.mjs). */
parentPort?.on('message', (ask: ReadAsk) => {
  answer(ask).then(
    (given) => parentPort?.postMessage({ given }),
    (error: unknown) => parentPort?.postMessage(error instanceof FileFault ? { refused: [error.code, error.detail] } : { fault: error instanceof Error ? error.message : 'unknown' }),
  );
});
