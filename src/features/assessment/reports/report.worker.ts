import { parentPort } from 'node:worker_threads';
import { makeReport } from './make-report';
import type { ReportRequest } from './request';

/** A thread that writes one report after the other; its own file in the bundle (scripts/build.mjs). */
parentPort?.on('message', async ({ id, request }: { id: number; request: ReportRequest }) => {
  try {
    parentPort?.postMessage({ id, report: await makeReport(request) });
  } catch (error) {
    parentPort?.postMessage({ id, fault: error instanceof Error ? error.message : 'unknown' });
  }
});
