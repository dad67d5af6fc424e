import { parseArgs, type ParseArgsConfig } from 'node:util';
import { DataFault, type TableSource } from './commands/table-source';

/** What a command on files needs from the outside. `open` may be called again for the same path; it rejects while reading when the file cannot be read. */
export type FilesIo = { open: (path: string) => AsyncIterable<Uint8Array>; out: (text: string) => void; err: (text: string) => void };

/** The command was called wrongly. */
export class UsageFault extends Error {
  override name = 'UsageFault';
}

/** @throws UsageFault with the usage below what was wrong */
export const parseCall = <T extends ParseArgsConfig['options']>(argv: string[], options: T, usage: string) => {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    throw new UsageFault(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
};

export const sourceOf = (io: FilesIo, path: string): TableSource => ({ name: path, open: () => io.open(path) });

/**
 * Runs a command on files and says what stopped it.
 * @returns the exit code: 0 done, 1 a file is at fault, 2 called wrongly
 */
export const runOnFiles = async (argv: string[], io: FilesIo, usage: string, work: () => Promise<void>): Promise<number> => {
  try {
    if (argv.includes('--help') || argv.includes('-h')) io.out(usage);
    else await work();
    return 0;
  } catch (error) {
    if (!(error instanceof UsageFault || error instanceof DataFault)) throw error;
    io.err(`${error.message}\n`);
    return error instanceof UsageFault ? 2 : 1;
  }
};

/** Rows as aligned text; columns in `left` begin at the left, figures end at the right. */
export const alignRows = (rows: readonly (readonly string[])[], left: ReadonlySet<number>): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (left.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};
