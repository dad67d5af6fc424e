import { readFile } from 'node:fs/promises';
import { runAttribution } from './attribution-cli';
import type { AttributionReport } from './attribution-report';

export type Ran = { code: number; out: string; err: string };

/** Runs the command with files held in memory; any other path is read from disk. */
export const runWith = async (argv: string[], files: Record<string, string | Uint8Array> = {}): Promise<Ran> => {
  const ran: Ran = { code: -1, out: '', err: '' };
  ran.code = await runAttribution(argv, {
    readFile: async (path) => {
      const held = files[path];
      if (held === undefined) return readFile(path);
      return typeof held === 'string' ? new TextEncoder().encode(held) : held;
    },
    out: (text) => {
      ran.out += text;
    },
    err: (text) => {
      ran.err += text;
    },
  });
  return ran;
};

/** The parsed report; fails with what the command said when it refused. */
export const reportOf = async (argv: string[], files: Record<string, string | Uint8Array> = {}): Promise<AttributionReport> => {
  const { code, out, err } = await runWith([...argv, '--json'], files);
  if (code !== 0) throw new Error(`refused with ${code}: ${err}`);
  return JSON.parse(out) as AttributionReport;
};
