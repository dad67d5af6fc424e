import { parseArgs } from 'node:util';
import { faultSentence } from '../../platform/files/fault-sentences';
import { FileFault, TABLE_LIMITS } from '../../platform/files/limits';
import { readCsv } from '../../platform/files/read-csv';
import { attributionReport, type ReportOptions } from './attribution-report';
import { attributionNotes, attributionTable } from './attribution-table';
import { readPathFile, type PathFile, type PathFileOptions } from './domain/attribution/path-file';
import { DEFAULT_RULES } from './domain/attribution/rules';

/** What the command needs from the outside: files as bytes (rejects when unreadable), and where to write. */
export type AttributionIo = { readFile: (path: string) => Promise<Uint8Array>; out: (text: string) => void; err: (text: string) => void };

const USAGE = `lockstep attribution PATHS.csv [--json] [--resamples N] [--seed N] [--half-life N]
                     [--path COL] [--conversions COL] [--none COL] [--value COL] [--separator TEXT]

  PATHS.csv      a path per row, A > B > C, with counts of walks that ended in an order and of walks that did not
  --json         full precision, for programs (docs/commands.md); left out: a table
  --resamples    bootstrap intervals and where the models disagree, from N resamples (1000 is usual); left out: none
  --seed         start of the random numbers for the resamples; left out: 1
  --half-life    touches from the end at which time decay halves the credit; left out: 1
  --path, --conversions, --none, --value   columns, where their headings do not tell
  --separator    what stands between two steps; left out: >
`;

/** Ends the command: 2 = called wrongly, 1 = the file is at fault. */
class Refusal extends Error {
  constructor(
    readonly code: 1 | 2,
    message: string,
  ) {
    super(message);
  }
}

const OPTIONS = {
  json: { type: 'boolean', default: false },
  resamples: { type: 'string', default: '0' },
  seed: { type: 'string', default: '1' },
  'half-life': { type: 'string' },
  path: { type: 'string' },
  conversions: { type: 'string' },
  none: { type: 'string' },
  value: { type: 'string' },
  separator: { type: 'string' },
} as const;

type Call = { file: string; json: boolean; reading: PathFileOptions; report: ReportOptions };

/** One's own file may be large; these bounds only keep a damaged one from filling the memory. */
const LIMITS = { ...TABLE_LIMITS, fileBytes: 256 * 1024 * 1024, rows: 2_000_000, cellLength: 1_000_000 };
const MAX_RESAMPLES = 10_000;

const parse = (argv: string[]) => {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Refusal(2, `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

const wholeNumber = (name: string, text: string, most: number): number => {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value <= most)) throw new Refusal(2, `--${name} is “${text}”; it must be a whole number from 0 to ${most}.`);
  return value;
};

const halfLife = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_RULES.halfLifeTouches;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (!(value > 0 && value < Infinity)) throw new Refusal(2, `--half-life is “${text}”; it must be a number above 0.`);
  return value;
};

const readCall = (argv: string[]): Call => {
  const { values, positionals } = parse(argv);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Refusal(2, `Name one file of paths.\n\n${USAGE}`);
  const { path, conversions, none, value, separator, json } = values;
  if (separator === '') throw new Refusal(2, '--separator is empty; it must be what stands between two steps.');
  return {
    file,
    json,
    reading: { path, conversions, none, value, separator },
    report: {
      ...DEFAULT_RULES,
      halfLifeTouches: halfLife(values['half-life']),
      resamples: wholeNumber('resamples', values.resamples, MAX_RESAMPLES),
      seed: wholeNumber('seed', values.seed, 2 ** 32 - 1),
    },
  };
};

const read = async (io: AttributionIo, path: string): Promise<Uint8Array> => {
  try {
    return await io.readFile(path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : error instanceof Error ? error.message : String(error);
    throw new Refusal(1, `${path}: ${reason}`);
  }
};

const pathsIn = (bytes: Uint8Array, { file, reading }: Call): PathFile => {
  try {
    if (bytes.length > LIMITS.fileBytes) throw new FileFault('file_too_big');
    const found = readPathFile(readCsv(bytes, LIMITS), reading);
    if (found.ok) return found.file;
    const lines = found.problems.map(({ line, message }) => (line > 0 ? `${file}:${line}: ${message}` : `${file}: ${message}`));
    throw new Refusal(1, `${lines.join('\n')}\nNothing was computed. Correct the file and run the command again.`);
  } catch (error) {
    if (error instanceof FileFault) throw new Refusal(1, `${file}: ${faultSentence(error, true)}. Nothing was computed.`);
    throw error;
  }
};

const run = async (argv: string[], io: AttributionIo): Promise<void> => {
  const call = readCall(argv);
  const report = attributionReport(pathsIn(await read(io, call.file), call), call.report);
  for (const note of attributionNotes(report)) io.err(`${note}\n`);
  io.out(call.json ? `${JSON.stringify(report, null, 2)}\n` : attributionTable(report));
};

/**
 * `lockstep attribution`: splits the orders of a file of paths over its channels by eight models. Needs no database and keeps nothing.
 * Figures go to `out`, notes and errors to `err`.
 * @param argv what follows the word `attribution`
 * @returns the exit code: 0 computed, 1 the file is at fault, 2 called wrongly
 */
export const runAttribution = async (argv: string[], io: AttributionIo): Promise<number> => {
  try {
    if (argv.includes('--help') || argv.includes('-h')) io.out(USAGE);
    else await run(argv, io);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    io.err(`${error.message}\n`);
    return error.code;
  }
};
