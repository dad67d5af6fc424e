import { Worker } from 'node:worker_threads';

/** A thread's answer: what was asked for, a refusal that people are told, or a fault of ours. */
export type ThreadAnswer<T> = { given?: T; refused?: string[]; fault?: string };

/** A thread that is asked one thing after the other. */
export type TalkingThread = {
  /** @throws Error with the fault's text, also when the thread has ended */
  ask<T>(what: unknown): Promise<ThreadAnswer<T>>;
  stop(): Promise<void>;
};

/** Of what a thread has just made; left alone, each takes 50 MB for it. */
const YOUNG_MB = 16;

/**
 * @param file the built worker
 * @param memoryMb of its heap; one that needs more ends alone, and nothing else does
 */
export const talkingThread = (file: string, memoryMb: number): TalkingThread => {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_MB } });
  worker.unref();
  let lost: Error | undefined;
  let waiting: { resolve(answer: ThreadAnswer<unknown>): void; reject(error: Error): void } | undefined;
  const end = (error: Error): void => {
    lost ??= error;
    waiting?.reject(lost);
  };
  worker.on('message', (answer: ThreadAnswer<unknown>) => (answer.fault === undefined ? waiting?.resolve(answer) : waiting?.reject(new Error(answer.fault))));
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the thread ended')));
  return {
    ask: <T>(what: unknown) =>
      new Promise<ThreadAnswer<T>>((resolve, reject) => {
        if (lost) return reject(lost);
        waiting = { resolve: (answer) => resolve(answer as ThreadAnswer<T>), reject };
        // A command line waits for its answer; a thread that nobody asks keeps no program alive.
        worker.ref();
        worker.postMessage(what);
      }).finally(() => worker.unref()),
    stop: async () => {
      await worker.terminate();
    },
  };
};
