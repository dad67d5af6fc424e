import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../log/log';
import type { JobRunner } from './jobs';

const AGAIN_MS = 2_000;

/** Background work that can be laid down and taken up: the queue writes even when nothing is in it. */
export type PausableJobs = JobRunner & {
  /** Takes effect in the order of the calls; a start that fails is tried again until it is no longer wanted. */
  setRunning(wanted: boolean): void;
};

export const pausableJobs = (start: () => Promise<JobRunner>, log: Logger): PausableJobs => {
  let runner: JobRunner | null = null;
  let wanted = false;
  let over = false;
  let turning: Promise<void> | null = null;
  const turn = async (): Promise<void> => {
    while ((runner !== null) !== wanted) {
      if (wanted)
        try {
          runner = await start();
        } catch (error) {
          log.warn({ fault: error instanceof Error ? error.message : 'unknown' }, 'background work could not start and is tried again');
          await pause(AGAIN_MS, undefined, { ref: false });
        }
      else {
        const ending = runner;
        runner = null;
        await ending?.stop().catch(() => undefined);
      }
    }
  };
  const setRunning = (now: boolean): void => {
    wanted = now && !over;
    turning ??= turn().finally(() => (turning = null));
  };
  return {
    send: (...call) => (runner ? runner.send(...call) : Promise.reject(new Error('background work is paused'))),
    setRunning,
    stop: async () => {
      over = true;
      setRunning(false);
      await turning;
    },
  };
};
