import type { FunnelReport } from './commands/funnel-files';
import type { Interval } from './domain/funnel';
import { alignRows } from './cli-support';

const percent = (share: number, digits = 2): string => (100 * share).toFixed(digits);
const between = ([low, high]: Interval): string => `${percent(low)} to ${percent(high)}`;
const count = (value: number): string => value.toLocaleString('en-US');
const money = (value: number): string => value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const TAKEN = { key: 'lead', dealKey: 'deal’s lead', entered: 'entered', source: 'source', outcome: 'outcome', won: 'won on', lost: 'lost on', value: 'value' } as const;

/** What spreadsheets and terminals would act on has no place in a table for people. */
const shown = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

const took = ({ columns }: FunnelReport): string[] => [
  ...Object.entries(TAKEN).flatMap(([role, word]) => {
    const heading = columns[role as keyof typeof TAKEN];
    return heading === null ? [] : [`${word} = “${shown(heading)}”`];
  }),
  ...(columns.stages.length > 0 ? [`${columns.stages.length} stage dates`] : []),
];

const outcome = ({ entrants, won, lost, open, rate, wilson95, winRate, winWilson95 }: FunnelReport): string[] => [
  `${count(entrants)} leads entered: ${count(won)} won, ${count(lost)} lost, ${count(open)} open`,
  `Rate (won of all that entered)      ${percent(rate, 3)} %  (95 % ${between(wilson95)})`,
  ...(winRate !== null && winWilson95 ? [`Win rate (won of won and lost)      ${percent(winRate, 3)} %  (95 % ${between(winWilson95)})`] : []),
];

const days = ({ daysToWon }: FunnelReport): string[] => {
  const { n, mean, median, meanWithFractions } = daysToWon;
  if (mean === null || median === null) return [];
  const exact = meanWithFractions === null ? '' : `; ${meanWithFractions.toFixed(2)} with fractions of a day`;
  return [`Whole days from entry to won        median ${median}, mean ${mean.toFixed(3)} (n ${count(n)}${exact})`];
};

const worth = ({ value, velocity }: FunnelReport): string[] => [
  ...(value ? [`Won value                           total ${money(value.total)}, mean ${value.mean.toFixed(3)}, median ${money(value.median)} (n ${count(value.n)})`] : []),
  ...(velocity ? [`Velocity                            ${money(velocity.perDay)} a day = ${count(velocity.decided)} decided × ${velocity.winRate.toFixed(7)} × ${velocity.averageWon.toFixed(3)} ÷ ${velocity.meanDays.toFixed(6)} days`] : []),
];

const bySource = ({ bySource: rows, sourceTest }: FunnelReport): string[] => {
  if (rows.length === 0) return [];
  const cells = rows.map(({ source, entrants, won, rate, wilson95 }) => [source === '' ? '(blank)' : shown(source), count(entrants), count(won), percent(rate), between(wilson95)]);
  const test = sourceTest ? [`Do sources differ? chi-square ${sourceTest.chiSquare.toFixed(2)}, df ${sourceTest.df}, p ${sourceTest.p < 1e-4 ? sourceTest.p.toExponential(1) : sourceTest.p.toFixed(4)}`] : [];
  return ['', ...alignRows([['source', 'entered', 'won', '% won', '95 %'], ...cells], new Set([0])), ...test];
};

const byCohort = ({ cohorts }: FunnelReport): string[] => {
  if (cohorts.length === 0) return [];
  const cells = cohorts.map(({ month, entrants, won, lost, open, rate, mark }) => [month, count(entrants), count(won), count(lost), count(open), percent(rate), mark ?? '']);
  return ['', ...alignRows([['month', 'entered', 'won', 'lost', 'open', '% won', 'mark'], ...cells], new Set([0, 6]))];
};

const MOST_SHOWN = 60;
const cut = (lines: string[]): string[] => (lines.length > MOST_SHOWN ? [...lines.slice(0, MOST_SHOWN), `… and ${lines.length - MOST_SHOWN} more lines; --json has them all`] : lines);

/** The funnel as people read it in a terminal. */
export const funnelTable = (report: FunnelReport): string =>
  [
    `Taken from the files: ${took(report).join(', ')}`,
    '',
    ...outcome(report),
    ...days(report),
    ...worth(report),
    ...cut(bySource(report)),
    ...cut(byCohort(report)),
    ...(report.warnings.length > 0 ? ['', 'To know:', ...report.warnings.map((warning) => `- ${shown(warning)}`)] : []),
    '',
  ].join('\n');
