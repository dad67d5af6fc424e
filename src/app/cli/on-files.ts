import { createReadStream } from 'node:fs';
import type { FilesIo } from '../../features/pipeline/cli-support';

/** The files and the terminal of this machine. */
export const onFiles: FilesIo = {
  open: (path) => createReadStream(path, { highWaterMark: 256 * 1024 }),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};
