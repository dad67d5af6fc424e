import { bars, type SpreadRow } from './distribution';
import type { Drawing, Frame, Region } from './drawing';
import type { Mark, Plot } from './marks';
import { plotOption, textLines } from './marks';
import { wrap } from './text-width';
import { SIZE } from './tokens';

export type SpreadsInput = Frame & {
  statements: { id: string; label: string; rows: SpreadRow[] }[];
  ends: { low: string; high: string };
  columns: { statement: string; group: string };
  hidden: string;
  formatShare: (share: number) => string;
};

const TOP = 24;
const BOTTOM = 26;
const BAR = 20;
const LINE = 16;
const AIR = 12;

/** How the answers to a section's statements spread: under each statement one bar per function, on one shared axis. */
export const spreads = (input: SpreadsInput): Drawing => {
  const { theme, width, statements } = input;
  const labelWidth = width * 0.36;
  const left = labelWidth + 32;
  const laid = statements.map((statement) => {
    const lines = wrap(statement.label, labelWidth - 8, SIZE.table, 4);
    return { ...statement, lines, height: Math.max(lines.length * LINE, statement.rows.length * BAR) + AIR };
  });
  const plot: Plot = { left, top: TOP, width: width - left - 24, height: laid.reduce((sum, { height }) => sum + height, 0), x: { min: -1, max: 1 } };
  const marks: Mark[] = [
    { kind: 'text', at: { x: -1, y: 0, dy: -12 }, text: `← ${input.ends.low}`, color: theme.ink3, size: SIZE.meta },
    { kind: 'text', at: { x: 1, y: 0, dy: -12 }, text: `${input.ends.high} →`, color: theme.ink3, size: SIZE.meta, align: 'right' },
    { kind: 'line', from: { x: 0, y: 0, dy: -4 }, to: { x: 0, y: plot.height }, color: theme.mark, dash: [2, 4] },
  ];
  const regions: Region[] = [];
  let at = 0;
  for (const { id, label, lines, rows, height } of laid) {
    const middle = at + height / 2;
    marks.push({ kind: 'line', from: { x: -1, y: at, dx: -left }, to: { x: 1, y: at }, color: theme.hairline });
    marks.push(...textLines(lines, { x: -1, y: middle, dx: -left + 4 }, { color: theme.ink, leading: LINE }));
    rows.forEach((row, i) => {
      const y = middle + (i - (rows.length - 1) / 2) * BAR;
      marks.push({ kind: 'symbol', at: { x: -1, y, dx: -14 }, function: row.function, radius: 5 }, ...bars(row, y, plot, theme, 8));
    });
    regions.push({ id, label, x: 0, y: TOP + at, width, height });
    at += height;
  }
  for (const share of [-1, -0.5, 0, 0.5, 1])
    marks.push({ kind: 'text', at: { x: share, y: plot.height, dy: 13 }, text: input.formatShare(Math.abs(share)), color: theme.ink3, size: SIZE.meta, align: 'center' });
  const all = statements.flatMap(({ rows }) => rows);
  const classes = all.reduce<string[]>((longest, row) => (row.classes.length > longest.length ? row.classes : longest), []);
  const cells = ({ counts, classes: own }: SpreadRow) =>
    classes.map((_, i) => (!counts ? input.hidden : own.length === classes.length ? (counts[i] ?? 0) : own[i] === undefined ? null : `${own[i]}: ${counts[i] ?? 0}`));
  return {
    option: plotOption(plot, [{ name: 'answers', marks }], theme),
    width,
    height: TOP + plot.height + BOTTOM,
    finding: input.finding,
    table: { columns: [input.columns.statement, input.columns.group, ...classes], rows: statements.flatMap(({ label, rows }) => rows.map((row) => [label, row.label, ...cells(row)])) },
    regions,
  };
};
