import { parentPort } from 'node:worker_threads';
import { FileFault } from '../../../platform/files/limits';
import { planSession, type PlanAsk } from './plan-session';

const session = planSession();

const answer = async (ask: PlanAsk): Promise<unknown> => {
  if (ask.what === 'read') return session.read(ask.bytes);
  return ask.what === 'preview' ? session.preview(ask.mapping, ask.chosen, ask.of) : session.plan(ask.mapping, ask.of);
};

/** A thread that reads and plans one file of people; its own file in the bundle (scripts/build.mjs). */
parentPort?.on('message', (ask: PlanAsk) => {
  answer(ask).then(
    (given) => parentPort?.postMessage({ given }),
    (error: unknown) => parentPort?.postMessage(error instanceof FileFault ? { refused: [error.code, error.detail] } : { fault: error instanceof Error ? error.message : 'unknown' }),
  );
});
