import { parentPort } from 'node:worker_threads';
import { makePrint, type PrintRequest } from './make-print';

/** A thread that writes one PDF; its own file in the bundle (scripts/build.mjs). */
parentPort?.on('message', (request: PrintRequest) => {
  makePrint(request).then((given) => parentPort?.postMessage({ given }), (error: unknown) => parentPort?.postMessage({ fault: error instanceof Error ? error.message : 'unknown' }));
});
