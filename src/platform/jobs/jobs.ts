import PgBoss from 'pg-boss';
import { describeFault } from '../log/fault';
import type { Logger } from '../log/log';
import { onUnhandled } from './lost-database';
import { QUEUE_SCHEMA } from './queues';

/**
 * Background work of a feature. `data` holds ids only. With `cron` (UTC) it also runs by the clock, one server at a time.
 * A handler may run twice after a crash, so it must be harmless when repeated.
 */
export type Job<Services> = {
  name: string; cron?: string;
  /** How long it may take until the queue believes it lost and has it done again, beside the first if that still runs; a quarter of an hour unless said. */
  hours?: number;
  run(data: Record<string, unknown>, services: Services): Promise<void>;
  /** Whether nobody works on it although it was begun, as a server that is killed leaves it: then it is done again at once, and not only after its hours. */
  lost?(data: Record<string, unknown>, services: Services): Promise<boolean>;
};

/** How often jobs are looked for that nobody works on, and how long ago one must have begun to be among them: its first steps are before what tells it. */
const LOOK_MS = 15_000;
const BEGUN_SECONDS = 15;

export type JobRunner = {
  send(name: string, data: Record<string, unknown>, options?: { startAfter?: Date; singletonKey?: string; /** No second one of the same key within so many seconds. */ singletonSeconds?: number }): Promise<void>;
  stop(): Promise<void>;
};

type Begun = { id: string; data: Record<string, unknown> | null };

/** Gives jobs that nobody works on back to the queue, as if they had failed: it counts how often, and gives up. */
const giveBackLost = async <Services>(boss: PgBoss, jobs: readonly Job<Services>[], services: () => Services, log: Logger): Promise<void> => {
  for (const { name, lost } of jobs) {
    if (!lost) continue;
    const { rows } = (await boss.getDb().executeSql(`select id, data from ${QUEUE_SCHEMA}.job where name = $1 and state = 'active' and started_on < now() - make_interval(secs => $2)`, [name, BEGUN_SECONDS])) as { rows: Begun[] };
    for (const { id, data } of rows) {
      if (!(await lost(data ?? {}, services()))) continue;
      await boss.fail(name, id, { fault: 'the server that had begun it is gone' });
      log.warn({ job: name }, 'job whose server is gone, it is done again');
    }
  }
};

/** @returns ends it; what is under way then comes to nothing */
const everySoOften = (work: () => Promise<void>, log: Logger): (() => void) => {
  let busy = false;
  const look = (): void => {
    if (busy) return;
    busy = true;
    void work().catch((error: unknown) => log.warn({ fault: describeFault(error).fault }, 'jobs that a server left could not be looked for')).finally(() => (busy = false));
  };
  look();
  const timer = setInterval(look, LOOK_MS).unref();
  return () => clearInterval(timer);
};

export const startJobs = async <Services>(url: string, jobs: readonly Job<Services>[], services: () => Services, log: Logger): Promise<JobRunner> => {
  const boss = new PgBoss({ connectionString: url, schema: QUEUE_SCHEMA, migrate: false, schedule: true, supervise: true, max: 4 });
  boss.on('error', (error) => log.error({ fault: error.message }, 'queue'));
  await boss.start();
  const unhandled = onUnhandled(log);
  process.on('unhandledRejection', unhandled);
  for (const job of jobs) {
    await boss.work(job.name, { pollingIntervalSeconds: 1 }, async (batch: PgBoss.Job<Record<string, unknown>>[]) => {
      for (const { data } of batch) {
        try {
          await job.run(data ?? {}, services());
        } catch (error) {
          const { fault } = describeFault(error);
          log.error({ job: job.name, fault }, 'job failed, it will be tried again');
          // The queue keeps what is thrown, so it gets no more than the log.
          throw new Error(fault);
        }
      }
    });
    if (job.cron) await boss.schedule(job.name, job.cron);
  }
  const endLooking = everySoOften(() => giveBackLost(boss, jobs, services, log), log);
  const hours = new Map(jobs.map((job) => [job.name, job.hours]));
  return {
    send: async (name, data, options) => {
      const longest = hours.get(name);
      await boss.send(name, data, { ...(longest === undefined ? {} : { expireInHours: longest }), ...(options?.startAfter ? { startAfter: options.startAfter } : {}), ...(options?.singletonKey ? { singletonKey: options.singletonKey } : {}), ...(options?.singletonSeconds ? { singletonSeconds: options.singletonSeconds } : {}) });
    },
    stop: async () => {
      endLooking();
      await boss.stop({ graceful: true, timeout: 8_000, wait: true }).finally(() => process.off('unhandledRejection', unhandled));
    },
  };
};
