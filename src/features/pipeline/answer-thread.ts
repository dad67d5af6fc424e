import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { computeAnswers, type Computed } from './answer-compute';
import type { AnswerData } from './answer-data';

/** Milliseconds after which an answer is given up. */
const PATIENCE = 300_000;

const besideBundle = (): string => fileURLToPath(new URL('./answers.worker.mjs', import.meta.url));

/** Works the answers out in a thread of its own, so that no page waits for them. Without a built worker (running from source) in this one. */
export const computeApart = (data: AnswerData, file = besideBundle(), patience = PATIENCE): Promise<Computed> => {
  if (!existsSync(file)) return Promise.resolve(computeAnswers(data));
  return new Promise((resolve, reject) => {
    const worker = new Worker(file);
    const timer = setTimeout(() => {
      reject(new Error('the answers took too long'));
      void worker.terminate();
    }, patience);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('the thread of the answers ended'));
    });
    worker.postMessage(data);
  });
};
