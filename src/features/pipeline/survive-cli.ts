import { surviveFile, type SurviveOptions, type SurviveReport } from './commands/survive-file';
import { alignRows, parseCall, runOnFiles, sourceOf, UsageFault, type FilesIo } from './cli-support';

const SURVIVE_USAGE = `lockstep survive FILE.csv --time COLUMN --event COLUMN [--event-value VALUE] [--by COLUMN] [--at TIME,…] [--json]

  FILE.csv       a row per lead, deal or person; CSV or XLSX
  --time         how long it was followed, in any unit
  --event        whether the event came at that time, or it was last seen then without
  --event-value  the value that means the event; left out: yes, true or 1
  --by           compare groups, with the log-rank test
  --at           also tell the share without the event at these times
  --json         full precision, for programs (docs/commands.md); left out: a table
`;

const OPTIONS = {
  time: { type: 'string' },
  event: { type: 'string' },
  'event-value': { type: 'string' },
  by: { type: 'string' },
  at: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const timesOf = (text: string | undefined): number[] => {
  const parts = text === undefined ? [] : text.split(',').map((part) => part.trim());
  const times = parts.map((part) => (part === '' ? NaN : Number(part)));
  if (times.some((time) => !(time >= 0))) throw new UsageFault(`--at is “${text}”; it must be times from 0, parted by commas.`);
  return times;
};

const readCall = (argv: string[]): { file: string; json: boolean; options: SurviveOptions } => {
  const { values, positionals } = parseCall(argv, OPTIONS, SURVIVE_USAGE);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageFault(`Name one file.\n\n${SURVIVE_USAGE}`);
  const { time, event, by, json } = values;
  if (time === undefined || event === undefined) throw new UsageFault(`Name the columns with --time and --event.\n\n${SURVIVE_USAGE}`);
  return { file, json, options: { time, event, by, eventValue: values['event-value'], at: timesOf(values.at) } };
};

const number = (value: number | null): string => (value === null ? 'not reached' : String(Number(value.toFixed(4))));
const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

const survivalTable = ({ groups, logRank, warnings }: SurviveReport, { by, at }: SurviveOptions): string => {
  const head = [by ?? 'group', 'n', 'events', 'median', '95 % from', 'to', ...at.map((time) => `at ${time}`)];
  const rows = groups.map((group) => [
    (group.by ?? 'all').replace(/\p{Cc}/gu, ' '),
    String(group.n),
    String(group.events),
    number(group.median),
    number(group.ci95[0]),
    number(group.ci95[1]),
    ...group.at.map(({ survival }) => percent(survival)),
  ]);
  return [
    ...alignRows([head, ...rows], new Set([0])),
    ...(logRank ? ['', `Log-rank: chi-square ${logRank.chiSquare.toFixed(4)}, df ${logRank.df}, p ${logRank.p < 1e-4 ? logRank.p.toExponential(1) : logRank.p.toFixed(4)}`] : []),
    ...(warnings.length > 0 ? ['', 'To know:', ...warnings.map((warning) => `- ${warning}`)] : []),
    '',
  ].join('\n');
};

/**
 * `lockstep survive`: Kaplan-Meier curves of a file, without database or account. Figures go to `out`, errors to `err`.
 * @param argv what follows the word `survive`
 */
export const runSurvive = (argv: string[], io: FilesIo): Promise<number> =>
  runOnFiles(argv, io, SURVIVE_USAGE, async () => {
    const { file, json, options } = readCall(argv);
    const report = await surviveFile(sourceOf(io, file), options);
    io.out(json ? `${JSON.stringify(report, null, 2)}\n` : survivalTable(report, options));
  });
