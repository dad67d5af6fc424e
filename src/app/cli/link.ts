import { readFile } from 'node:fs/promises';
import { runLink } from '../../features/customers/link-cli';

/** Matches the records of two files; needs no database. */
export const link = (args: string[]): Promise<number> =>
  runLink(args, {
    readFile: async (path) => new Uint8Array(await readFile(path)),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
