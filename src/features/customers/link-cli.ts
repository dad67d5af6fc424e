import { parseArgs } from 'node:util';
import { LinkFault, linkFiles, type LinkedFiles } from './commands/link-files';
import { THRESHOLDS } from './domain/matching/decide';
import type { Evidence, Proposal } from './domain/matching/link';
import { evidenceInWords, vetoInWords } from './evidence-words';

/** What the command needs from the outside: files as bytes (rejects when unreadable), and where to write. */
export type LinkIo = { readFile: (path: string) => Promise<Uint8Array>; out: (text: string) => void; err: (text: string) => void };

const USAGE = `lockstep link A.csv [B.csv] [--threshold P] [--one-to-one] [--json]

  A.csv B.csv    lists of people or of organisations (CSV or XLSX); one list alone is searched for records that occur twice
  --threshold    the probability from which a pair is linked; left out: ${THRESHOLDS.sure}
  --one-to-one   no record is linked twice: for two lists that hold every customer once
  --json         everything, for programs (docs/commands.md); left out: a table
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

type Call = { paths: string[]; threshold: number; oneToOne: boolean; json: boolean };

const OPTIONS = { threshold: { type: 'string', default: String(THRESHOLDS.sure) }, 'one-to-one': { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } as const;

const parse = (argv: string[]) => {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Refusal(2, `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

const readCall = (argv: string[]): Call => {
  const { values, positionals } = parse(argv);
  if (positionals.length < 1 || positionals.length > 2) throw new Refusal(2, `Name one or two files.\n\n${USAGE}`);
  const threshold = /^(?:0?\.\d+|1(?:\.0+)?)$/u.test(values.threshold) ? Number(values.threshold) : NaN;
  if (!(threshold > 0 && threshold <= 1)) throw new Refusal(2, `--threshold is “${values.threshold}”; it must be a probability above 0 and up to 1, such as 0.95.`);
  return { paths: positionals, threshold, oneToOne: values['one-to-one'], json: values.json };
};

const read = async (io: LinkIo, path: string): Promise<Uint8Array> => {
  try {
    return await io.readFile(path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : error instanceof Error ? error.message : String(error);
    throw new Refusal(1, `${path}: ${reason}`);
  }
};

const told = (evidence: readonly Evidence[]) => evidence.map((each) => ({ field: each.field, level: each.level, bits: Number(each.bits.toFixed(2)), text: evidenceInWords(each) }));

const pairOut = ({ a, b, probability, evidence }: Proposal) => ({ a, b, probability, evidence: told(evidence) });

/** The JSON of the command; docs/commands.md describes it. */
const report = ({ result, setting, files }: LinkedFiles, { threshold }: Call) => ({
  pairs: result.pairs.map(pairOut),
  linked: result.pairs.length,
  review: result.review.map((each) => ({ ...pairOut(each), reasons: each.vetoes.map(vetoInWords) })),
  groups: result.groups,
  threshold,
  compares: setting.kind,
  files: files.map(({ records, columns, keyed, rejected }) => ({ records: records.length, keys: keyed ? 'id column' : 'line numbers', columns, rejectedLines: rejected })),
  learned: { comparedPairs: result.compared, expectedMatches: result.parameters.expected, fields: result.parameters.fields },
});

const percent = (probability: number): string => `${(100 * Math.min(probability, 0.9999)).toFixed(2)} %`;

const line = ({ a, b, probability, evidence, vetoes }: Proposal): string => {
  const strongest = [...evidence].sort((left, right) => Math.abs(right.bits) - Math.abs(left.bits)).slice(0, 3);
  return [`${a} = ${b}`, percent(probability), ...vetoes.map(vetoInWords), strongest.map(evidenceInWords).join('; ')].join('  ');
};

/** Rows of each list that a table on a screen can hold; --json tells all. */
const SHOWN = 50;

const listed = (title: string, pairs: readonly Proposal[]): string[] => {
  const more = pairs.length - SHOWN;
  return [`${title}: ${pairs.length}`, ...pairs.slice(0, SHOWN).map((pair) => `  ${line(pair)}`), ...(more > 0 ? [`  … and ${more} more; --json lists them all.`] : [])];
};

const table = ({ result }: LinkedFiles): string => [...listed('Linked', result.pairs), '', ...listed('For somebody to look at', result.review), ''].join('\n');

const notes = ({ files, result }: LinkedFiles, { paths }: Call): string[] => [
  ...files.map(({ columns, keyed }, at) => `${paths[at]}: ${columns.map(({ heading, role }) => `${heading} → ${role}`).join(', ')}; rows are named by ${keyed ? 'their id' : 'line number'}.`),
  ...files.flatMap(({ rejected }, at) => (rejected.length > 0 ? [`${paths[at]}: ${rejected.length} rows could not be read and took no part (lines ${rejected.slice(0, 10).join(', ')}${rejected.length > 10 ? ', …' : ''}).`] : [])),
  ...(result.leftOut > 0 ? [`${(100 * result.leftOut).toFixed(1)} % of the pairs that share some value were passed over because too many records share it; pairs that also share something rarer were compared.`] : []),
];

const run = async (argv: string[], io: LinkIo): Promise<void> => {
  const call = readCall(argv);
  const contents: Uint8Array[] = [];
  for (const path of call.paths) contents.push(await read(io, path));
  try {
    const linked = await linkFiles(contents, call);
    for (const note of notes(linked, call)) io.err(`${note}\n`);
    io.out(call.json ? `${JSON.stringify(report(linked, call), null, 2)}\n` : table(linked));
  } catch (error) {
    if (error instanceof LinkFault) throw new Refusal(1, `${call.paths[error.file]}: ${error.message}. Nothing was matched.`);
    throw error;
  }
};

/**
 * `lockstep link`: finds records of one customer in two lists, or twice in one, without database or account. Pairs go to `out`, notes
 * and errors to `err`.
 * @param argv what follows the word `link`
 * @returns the exit code: 0 done, 1 a file is at fault, 2 called wrongly
 */
export const runLink = async (argv: string[], io: LinkIo): Promise<number> => {
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
