import { createReadStream } from 'node:fs';
import type { FilesIo } from './cli-support';

export type Ran = { code: number; out: string; err: string };

/** Runs a command with files held in memory, handed over in small pieces; any other path is read from disk. */
export const runOn = async (command: (argv: string[], io: FilesIo) => Promise<number>, argv: string[], files: Record<string, string | Uint8Array> = {}): Promise<Ran> => {
  const ran: Ran = { code: -1, out: '', err: '' };
  ran.code = await command(argv, {
    open: (path) => {
      const held = files[path];
      if (held === undefined) return createReadStream(path);
      const bytes = typeof held === 'string' ? new TextEncoder().encode(held) : held;
      return (async function* () {
        for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
      })();
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
export const jsonOf = async <T>(command: (argv: string[], io: FilesIo) => Promise<number>, argv: string[], files: Record<string, string | Uint8Array> = {}): Promise<T> => {
  const { code, out, err } = await runOn(command, [...argv, '--json'], files);
  if (code !== 0) throw new Error(`refused with ${code}: ${err}`);
  return JSON.parse(out) as T;
};
