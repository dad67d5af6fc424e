import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { makeFile, type FileRequest } from './make-file';
import type { Report } from './make-report';

/** Writes reports and sheets of codes off the main thread, so that a PDF of some seconds delays nobody's request. */
export type ReportPool = {
  /** Waits its turn. Rejects when the report cannot be written or takes longer than two minutes; nothing is kept. */
  make(request: FileRequest): Promise<Report>;
  stop(): Promise<void>;
};

type Reply = { id: number; report?: Report; fault?: string };
type Job = { id: number; request: FileRequest; resolve(report: Report): void; reject(error: Error): void };

export type PoolOptions = {
  /** The built worker; absent = beside the bundle this runs from. */
  file?: string;
  /** Milliseconds after which a report is given up. */
  patience?: number;
  /** Milliseconds without work after which the thread ends and gives its memory back. */
  rest?: number;
};

const besideBundle = (): string => fileURLToPath(new URL('./report.worker.mjs', import.meta.url));

/**
 * One thread, started with the first report. Without a built worker (running from source) reports are made in this thread.
 */
export const createReportPool = ({ file = besideBundle(), patience = 120_000, rest = 30_000 }: PoolOptions = {}): ReportPool => {
  if (!existsSync(file)) return { make: makeFile, stop: async () => {} };
  const queue: Job[] = [];
  let current: Job | undefined;
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last = 0;

  const end = async (): Promise<void> => {
    clearTimeout(timer);
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };
  const after = (milliseconds: number, run: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
    timer.unref();
  };
  const settle = (run: (job: Job) => void): void => {
    const job = current;
    current = undefined;
    if (job) run(job);
    if (queue.length > 0) next();
    else after(rest, () => void end());
  };
  const lost = (from: Worker, reason: string): void => {
    if (from !== worker) return;
    worker = undefined;
    settle((job) => job.reject(new Error(reason)));
  };
  const started = (): Worker => {
    const made = new Worker(file);
    made.unref();
    made.on('message', ({ id, report, fault }: Reply) => {
      if (id === current?.id) settle((job) => (report ? job.resolve(report) : job.reject(new Error(fault ?? 'report failed'))));
    });
    made.on('error', (error: Error) => lost(made, error.message));
    made.on('exit', () => lost(made, 'the report thread ended'));
    return made;
  };
  const next = (): void => {
    if (current) return;
    current = queue.shift();
    if (!current) return;
    worker ??= started();
    worker.postMessage({ id: current.id, request: current.request });
    after(patience, () => {
      const stuck = worker;
      worker = undefined;
      void stuck?.terminate();
      settle((job) => job.reject(new Error('the report took too long')));
    });
  };
  return {
    make: (request) =>
      new Promise((resolve, reject) => {
        queue.push({ id: (last += 1), request, resolve, reject });
        next();
      }),
    stop: async () => {
      for (const job of queue.splice(0)) job.reject(new Error('stopping'));
      await end();
      current?.reject(new Error('stopping'));
      current = undefined;
    },
  };
};
