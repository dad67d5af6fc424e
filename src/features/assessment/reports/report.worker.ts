import { parentPort } from 'node:worker_threads';
import { makeFile, type FileRequest } from './make-file';

/** A thread that writes one file after the other; its own file in the bundle (scripts/build.mjs). */
parentPort?.on('message', async ({ id, request }: { id: number; request: FileRequest }) => {
  try {
    parentPort?.postMessage({ id, report: await makeFile(request) });
  } catch (error) {
    parentPort?.postMessage({ id, fault: error instanceof Error ? error.message : 'unknown' });
  }
});
