import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { talkingThread } from '../../../platform/threads/talking-thread';
import type { PrintRequest } from './make-print';

const MEMORY_MB = 512;

/** Writes a PDF in a thread of its own, so that a running Huddle waits for no printing; from source, without a built thread, here. */
export const print = async (request: PrintRequest): Promise<Uint8Array> => {
  const file = fileURLToPath(new URL('./huddle-print.worker.mjs', import.meta.url));
  if (!existsSync(file)) return (await import('./make-print')).makePrint(request);
  const thread = talkingThread(file, MEMORY_MB);
  try {
    const { given } = await thread.ask<Uint8Array>(request);
    if (!given) throw new Error('nothing was printed');
    return given;
  } finally {
    await thread.stop();
  }
};
