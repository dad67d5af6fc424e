import { readFile } from 'node:fs/promises';
import { runScore } from '../../features/assessment/score-cli';

/** Scores a file of answers; needs no database. */
export const score = (args: string[]): Promise<number> =>
  runScore(args, {
    readFile: async (path) => new Uint8Array(await readFile(path)),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
