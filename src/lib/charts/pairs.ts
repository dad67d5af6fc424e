import type { FunctionName } from '../vocabulary';
import type { Drawing, FormatNumber, Frame, Region } from './drawing';
import type { Mark, Plot } from './marks';
import { pixelX, plotOption, textLines } from './marks';
import { scoreAxis, type ScoreScale } from './score-axis';
import { textWidth, wrap } from './text-width';
import { SIZE } from './tokens';

export type PairRow = {
  id: string;
  label: string;
  marks: { function: FunctionName; mean: number }[];
  /** What stands at the right end: the gap, with its word in an overview. */
  gap: string;
  /** Shown across the row when no mark may be shown. */
  note?: string;
};

export type PairsInput = Frame & {
  scale: ScoreScale;
  rows: PairRow[];
  format: FormatNumber;
  /** Words of the columns and of the functions, for the table and the head line. */
  columns: { label: string; gap: string; functions: Record<FunctionName, string> };
  hidden: string;
  /** Rows of 26 px without figures beside the marks, for the miniature overview. */
  compact?: boolean;
  /** Share of the width that the row labels take. */
  labelShare?: number;
};

const TOP = 46;
const BOTTOM = 28;

const order = (row: PairRow) => [...row.marks].sort((a, b) => a.mean - b.mean);

/** With figures beside the marks there is room for the two sides only; leadership stands in the table, or where it is alone. */
const drawnIn = (mark: PairRow['marks'][number], row: PairRow, input: PairsInput): boolean =>
  (input.compact ?? false) || mark.function !== 'leadership' || row.marks.length === 1;

/** The figure of the lower mark stands left of it, that of the higher right, so the two never meet. */
const figures = (row: PairRow, y: number, plot: Plot, input: PairsInput): Mark[] => {
  const sides = order(row).filter((mark) => drawnIn(mark, row, input));
  const lowest = sides[0];
  const highest = sides[sides.length - 1];
  if (!lowest || !highest || input.compact) return [];
  const text = (mark: PairRow['marks'][number], side: 'left' | 'right'): Mark => {
    const color = input.theme.functions[mark.function].text;
    const dx = side === 'left' ? -11 : 11;
    return { kind: 'text', at: { x: mark.mean, y, dx }, text: input.format(mark.mean), color, size: SIZE.meta, weight: 600, align: side === 'left' ? 'right' : 'left' };
  };
  if (lowest === highest) return [text(lowest, pixelX(plot, lowest.mean) > plot.left + plot.width - 34 ? 'left' : 'right')];
  return [text(lowest, 'left'), text(highest, 'right')];
};

/** Two sides at nearly the same place are set a little apart in height, so that neither covers the other. */
const lifts = (row: PairRow, plot: Plot): Partial<Record<FunctionName, number>> => {
  const sales = row.marks.find((mark) => mark.function === 'sales');
  const marketing = row.marks.find((mark) => mark.function === 'marketing');
  if (!sales || !marketing || Math.abs(pixelX(plot, sales.mean) - pixelX(plot, marketing.mean)) > 12) return {};
  return { sales: -6, marketing: 6 };
};

const rowMarks = (row: PairRow, y: number, plot: Plot, input: PairsInput): Mark[] => {
  const { theme, scale } = input;
  if (row.marks.length === 0) {
    const half = textWidth(row.note ?? '', SIZE.meta) / 2 + 6;
    const middle = (scale.min + scale.max) / 2;
    return [
      { kind: 'hatch', from: { x: scale.min, y, dy: -8 }, to: { x: scale.max, y, dy: 8 }, color: theme.mark, fill: theme.ground },
      { kind: 'box', from: { x: middle, y, dx: -half, dy: -8 }, to: { x: middle, y, dx: half, dy: 8 }, fill: theme.ground },
      { kind: 'text', at: { x: middle, y }, text: row.note ?? '', color: theme.ink3, size: SIZE.meta, align: 'center' },
    ];
  }
  const sorted = order(row).filter((mark) => drawnIn(mark, row, input));
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  const marks: Mark[] = [];
  if (first && last && first !== last) marks.push({ kind: 'line', from: { x: first.mean, y }, to: { x: last.mean, y }, color: theme.mark, width: 2 });
  const drawn = sorted.sort((a, b) => Number(a.function !== 'leadership') - Number(b.function !== 'leadership'));
  const lift = lifts(row, plot);
  for (const mark of drawn)
    marks.push({ kind: 'symbol', at: { x: mark.mean, y, dy: lift[mark.function] ?? 0 }, function: mark.function, radius: input.compact || mark.function === 'leadership' ? 5 : 6.5 });
  return [...marks, ...figures(row, y, plot, input)];
};

const head = (input: PairsInput, plot: Plot): Mark[] => {
  const present = (['sales', 'marketing', 'leadership'] as const).filter((f) => input.rows.some((row) => row.marks.some((m) => m.function === f && drawnIn(m, row, input))));
  const marks: Mark[] = [];
  let x = -plot.left + 6;
  for (const name of present) {
    const text = input.columns.functions[name];
    marks.push({ kind: 'symbol', at: { x: plot.x.min, y: 0, dx: x, dy: -34 }, function: name, radius: 5 });
    marks.push({ kind: 'text', at: { x: plot.x.min, y: 0, dx: x + 10, dy: -34 }, text, color: input.theme.functions[name].text, size: SIZE.meta, weight: 600 });
    x += textWidth(text, SIZE.meta, 600) + 32;
  }
  const gap = wrap(input.columns.gap, 76, SIZE.meta, 2);
  marks.push(...textLines(gap, { x: plot.x.max, y: 0, dx: 88, dy: -14 }, { color: input.theme.ink3, size: SIZE.meta, align: 'right' }));
  return marks;
};

const tableOf = (input: PairsInput): Drawing['table'] => {
  const names = (['sales', 'marketing', 'leadership'] as const).filter((f) => f !== 'leadership' || input.rows.some((r) => r.marks.some((m) => m.function === f)));
  const cell = (row: PairRow, name: FunctionName) => {
    const mark = row.marks.find((m) => m.function === name);
    return mark ? input.format(mark.mean) : input.hidden;
  };
  return {
    columns: [input.columns.label, ...names.map((name) => input.columns.functions[name]), input.columns.gap],
    rows: input.rows.map((row) => [row.label, ...names.map((name) => cell(row, name)), row.gap]),
  };
};

/** One row per statement or section: the functions' marks joined by a line, the gap at the end. */
export const pairs = (input: PairsInput): Drawing => {
  const { theme, width, scale, rows } = input;
  const labelWidth = Math.round(width * (input.labelShare ?? 0.44));
  const plot: Plot = { left: labelWidth + 12, top: TOP, width: width - labelWidth - 12 - 96, height: 0, x: scale };
  const marks: Mark[] = [];
  const regions: Region[] = [];
  let y = 0;
  for (const row of rows) {
    const label = wrap(row.label, labelWidth - 8, SIZE.table, 3);
    const tight = theme.name === 'print';
    const height = input.compact ? Math.max(26, label.length * 17 + 6) : Math.max(tight ? 32 : 40, label.length * 17 + (tight ? 5 : 8));
    const middle = y + height / 2;
    marks.push({ kind: 'line', from: { x: scale.min, y: y + height, dx: -plot.left + 4 }, to: { x: scale.max, y: y + height, dx: 88 }, color: theme.hairline });
    marks.push(...textLines(label, { x: scale.min, y: middle, dx: -plot.left + 4 }, { color: theme.ink }));
    marks.push(...rowMarks(row, middle, plot, input));
    marks.push(...textLines(wrap(row.gap, 80, SIZE.table, 2, 600), { x: scale.max, y: middle, dx: 88 }, { color: theme.ink, weight: 600, align: 'right' }));
    regions.push({ id: row.id, label: row.label, x: 0, y: TOP + y, width, height });
    y += height;
  }
  plot.height = y;
  const layers = [{ name: 'head', marks: head(input, plot) }, scoreAxis(plot, scale, theme, true), { name: 'rows', marks }];
  return { option: plotOption(plot, layers, theme), width, height: TOP + y + BOTTOM, finding: input.finding, table: tableOf(input), regions };
};
