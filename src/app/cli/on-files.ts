import { createReadStream, statSync } from 'node:fs';
import type { FilesIo } from '../../features/pipeline/cli-support';

/** A pipe gives its bytes once; commands that read twice get them from here. */
const piped = new Map<string, Uint8Array[]>();

async function* keeping(path: string): AsyncGenerator<Uint8Array> {
  const known = piped.get(path);
  if (known) {
    yield* known;
    return;
  }
  const parts: Uint8Array[] = [];
  for await (const part of createReadStream(path)) {
    parts.push(part as Buffer);
    yield part as Buffer;
  }
  piped.set(path, parts);
}

const isPipe = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
};

/** The files and the terminal of this machine. */
export const onFiles: FilesIo = {
  open: (path) => (isPipe(path) ? keeping(path) : createReadStream(path, { highWaterMark: 256 * 1024 })),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};
