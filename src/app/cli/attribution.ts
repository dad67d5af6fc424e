import { readFile } from 'node:fs/promises';
import { runAttribution } from '../../features/pipeline/attribution-cli';

/** Splits the orders of a file of paths over its channels; needs no database. */
export const attribution = (args: string[]): Promise<number> =>
  runAttribution(args, {
    readFile: async (path) => new Uint8Array(await readFile(path)),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
