import { parseArgs } from 'node:util';
import { builtInInstruments } from './domain/built-in';
import type { Instrument } from './domain/instrument';
import { scoreFile } from './commands/score-file';
import type { ScoreOptions } from './domain/score-report';
import { parseInstrumentFile } from './instrument-file';
import { notesOn, scoreTable } from './score-table';

/** What the command needs from the outside: files as bytes (rejects when unreadable), and where to write. */
export type ScoreIo = { readFile: (path: string) => Promise<Uint8Array>; out: (text: string) => void; err: (text: string) => void };

const SCORE_USAGE = `lockstep score ANSWERS.csv --instrument c3|relationship|FILE.json
               [--by COLUMN] [--minimum N] [--missing pairwise|listwise] [--json]

  ANSWERS.csv    one row per person; columns named after statements (2.1, 2.2, …), and function, level, territory
  --instrument   a questionnaire that ships with Lockstep, or an instrument file
  --by           the column that makes the groups; left out: function, if the file has it
  --minimum      groups with fewer people are left out; left out: 5. You own the file, so 1 is allowed
  --missing      pairwise (left out: this) uses every answer given; listwise leaves out, per section, people with a blank
  --json         full precision, for programs (docs/scoring.md); left out: a table
`;

/** Ends the command: 2 = called wrongly, 1 = a file is at fault. */
class Refusal extends Error {
  constructor(
    readonly code: 1 | 2,
    message: string,
  ) {
    super(message);
  }
}

type Call = ScoreOptions & { answers: string; instrument: string; by: string | undefined; json: boolean };

const wholeNumber = (text: string): number => {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (!Number.isSafeInteger(value) || value < 1) throw new Refusal(2, `--minimum is “${text}”; it must be a whole number from 1.`);
  return value;
};

const OPTIONS = {
  instrument: { type: 'string' },
  by: { type: 'string' },
  minimum: { type: 'string', default: '5' },
  missing: { type: 'string', default: 'pairwise' },
  json: { type: 'boolean', default: false },
} as const;

const parse = (argv: string[]) => {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Refusal(2, `${error instanceof Error ? error.message : String(error)}\n\n${SCORE_USAGE}`);
  }
};

const readCall = (argv: string[]): Call => {
  const { values, positionals } = parse(argv);
  const [answers, ...more] = positionals;
  if (answers === undefined || more.length > 0) throw new Refusal(2, `Name one file of answers.\n\n${SCORE_USAGE}`);
  if (values.instrument === undefined) throw new Refusal(2, `Name the questionnaire with --instrument.\n\n${SCORE_USAGE}`);
  const { missing, by, json, instrument } = values;
  if (missing !== 'pairwise' && missing !== 'listwise') throw new Refusal(2, `--missing is “${missing}”; it must be pairwise or listwise.`);
  return { answers, instrument, by, json, missing, minimum: wholeNumber(values.minimum) };
};

const read = async (io: ScoreIo, path: string): Promise<Uint8Array> => {
  try {
    return await io.readFile(path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : error instanceof Error ? error.message : String(error);
    throw new Refusal(1, `${path}: ${reason}`);
  }
};

const instrumentOf = async (name: string, io: ScoreIo): Promise<Instrument> => {
  const builtIn = builtInInstruments.find(({ id }) => id === name);
  if (builtIn) return builtIn;
  if (!name.toLowerCase().endsWith('.json')) {
    const known = builtInInstruments.map(({ id }) => id).join(', ');
    throw new Refusal(2, `--instrument is “${name}”; it must be one of ${known}, or a file that ends in .json.`);
  }
  const parsed = parseInstrumentFile(new TextDecoder().decode(await read(io, name)));
  if (parsed.ok) return parsed.instrument;
  const lines = parsed.errors.map(({ line, column, path, message }) => `${name}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`);
  throw new Refusal(1, lines.join('\n'));
};

const score = async (argv: string[], io: ScoreIo): Promise<void> => {
  const call = readCall(argv);
  const instrument = await instrumentOf(call.instrument, io);
  const result = scoreFile(await read(io, call.answers), instrument, call);
  if (!result.ok) {
    const lines = result.problems.map(({ line, message }) => (line > 0 ? `${call.answers}:${line}: ${message}` : `${call.answers}: ${message}`));
    throw new Refusal(1, `${lines.join('\n')}\nNothing was scored. Correct the file and run the command again.`);
  }
  for (const note of notesOn(result.answers)) io.err(`${note}\n`);
  io.out(call.json ? `${JSON.stringify(result.report, null, 2)}\n` : scoreTable(result.report, result.answers, instrument));
};

/**
 * `lockstep score`: scores a file of answers without database or account. Figures go to `out`, notes and errors to `err`.
 * @param argv what follows the word `score`
 * @returns the exit code: 0 scored, 1 a file is at fault, 2 called wrongly
 */
export const runScore = async (argv: string[], io: ScoreIo): Promise<number> => {
  try {
    if (argv.includes('--help') || argv.includes('-h')) io.out(SCORE_USAGE);
    else await score(argv, io);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    io.err(`${error.message}\n`);
    return error.code;
  }
};
