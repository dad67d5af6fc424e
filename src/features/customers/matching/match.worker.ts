import { parentPort } from 'node:worker_threads';
import type { Ask } from './matcher';
import { matchSession, type MatchSession } from './match-session';

let session: MatchSession | undefined;

const answer = (ask: Ask): unknown => {
  if (ask.what === 'begin') session = matchSession(ask.kind);
  if (ask.what === 'add') session?.add(ask.rows);
  if (ask.what === 'run') session?.run(ask.never);
  return ask.what === 'next' ? (session?.next() ?? '') : null;
};

/** A thread for one matching; its own file in the bundle (scripts/build.mjs). */
parentPort?.on('message', (ask: Ask) => {
  try {
    parentPort?.postMessage({ given: answer(ask) });
  } catch (error) {
    parentPort?.postMessage({ fault: error instanceof Error ? error.message : 'unknown' });
  }
});
