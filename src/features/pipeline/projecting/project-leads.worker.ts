import { parentPort } from 'node:worker_threads';
import { batchProjector } from './project-batch';
import type { ProjectAsk } from './projector';

let project: ReturnType<typeof batchProjector> | undefined;

const answer = (ask: ProjectAsk): unknown => {
  if (ask.what === 'batch') return project?.(ask.batch);
  project = batchProjector(ask.process);
  return null;
};

/** A thread that works out leads of one change of records; its own file in the bundle (scripts/build.mjs). */
parentPort?.on('message', (ask: ProjectAsk) => {
  try {
    parentPort?.postMessage({ given: answer(ask) });
  } catch (error) {
    parentPort?.postMessage({ fault: error instanceof Error ? error.message : 'unknown' });
  }
});
