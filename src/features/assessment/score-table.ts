import type { AnswerTable } from './domain/answer-table';
import type { Instrument } from './domain/instrument';
import type { GapReport, GroupReport, ScoreReport, SectionReport } from './domain/score-report';

const number = (value: number | null, digits = 2): string => (value === null ? '–' : value.toFixed(digits));

const HEADINGS = ['section', 'group', 'n', 'mean', 'sd', 'band', 'r_wg', 'r*_wg', 'alpha'];
const TEXT_COLUMNS = new Set([0, 1, 5]);

const cells = (section: string, group: string, figures: GroupReport, alpha: string): string[] => [
  section,
  group,
  String(figures.n),
  number(figures.mean),
  number(figures.sd),
  figures.band ?? '–',
  number(figures.rwg),
  number(figures.rwgStar),
  alpha,
];

const gapLine = ({ between, difference, ci95, welchT, df, g, verdict }: GapReport): string => {
  const range = ci95 ? `95 % ${number(ci95[0])} to ${number(ci95[1])}, ` : '';
  return `${between[0]} − ${between[1]} = ${number(difference)} (${range}t ${number(welchT)}, df ${number(df, 1)}, g ${number(g)}): ${verdict}`;
};

const rowsOf = (section: SectionReport): string[][] => {
  const groups = Object.entries(section.groups);
  if (groups.length === 0) return [[section.id, '–', '', '', '', '', '', '', number(section.alpha)]];
  return groups.map(([name, figures], index) => cells(index === 0 ? section.id : '', name, figures, index === 0 ? number(section.alpha) : ''));
};

const align = (rows: readonly string[][]): string[] => {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (TEXT_COLUMNS.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};

/** The report as people read it in a terminal: one line per group, gaps below. */
export const scoreTable = (report: ScoreReport, answers: AnswerTable, instrument: Instrument): string => {
  const { minimum, missing, sections, suppressed, leftOut, by } = report;
  const grouping = by === null ? 'as one group' : `by ${by}`;
  const gaps = sections.flatMap(({ id, gap }) => (gap ? [`  ${id}  ${gapLine(gap)}`] : []));
  return [
    `${instrument.title.en} (${instrument.id}, version ${instrument.version})`,
    `${answers.people} people, ${grouping}; minimum ${minimum}; missing answers ${missing}; ${leftOut} left out`,
    '',
    ...align([HEADINGS, ...sections.flatMap(rowsOf)]),
    ...(gaps.length > 0 ? ['', 'Gaps (without finite-population correction)', ...gaps] : []),
    ...(suppressed.length > 0 ? ['', `Fewer than ${minimum} people, not shown: ${suppressed.map(({ section, group, n }) => `${section} ${group} (${n})`).join(', ')}`] : []),
    '',
  ].join('\n');
};

/** What a reader should know about how the file was read. */
export const notesOn = ({ absent, outsideAudience, leftOut, by }: AnswerTable): string[] => [
  ...(absent.length > 0 ? [`Not in the file: section ${absent.join(', ')}.`] : []),
  ...(leftOut > 0 ? [`${leftOut} rows without a value in “${by}” were left out.`] : []),
  ...(outsideAudience > 0 ? [`${outsideAudience} ratings stand in sections that the person's function is not asked; they were not counted.`] : []),
];
