import { parentPort } from 'node:worker_threads';
import { computeAnswers } from './answer-compute';
import type { AnswerData } from './answer-data';

/** A thread that works out one workspace's answers and ends; its own file in the bundle (scripts/build.mjs). */
parentPort?.once('message', (data: AnswerData) => {
  parentPort?.postMessage(computeAnswers(data));
  parentPort?.close();
});
