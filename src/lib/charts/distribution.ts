import type { FunctionName } from '../vocabulary';
import type { Drawing, Frame, Region } from './drawing';
import type { Mark, Plot } from './marks';
import { plotOption, textLines } from './marks';
import { textWidth, wrap } from './text-width';
import { SIZE, type Theme } from './tokens';

export type SpreadRow = {
  id: string;
  label: string;
  function: FunctionName;
  /** Answers per class from the low end to the high one; absent when hidden. */
  counts?: number[];
  /** Words of this row's classes: the keys 1-7, or three coarse classes. */
  classes: string[];
  note: string;
  /** Never asked: nothing is kept back, so nothing is hatched. */
  absent?: boolean;
};

export type DistributionInput = Frame & {
  rows: SpreadRow[];
  ends: { low: string; high: string };
  columns: { group: string };
  hidden: string;
  formatShare: (share: number) => string;
};

const ROW = 44;
const TOP = 34;
const BOTTOM = 26;

/** From strong to faint grey, or the reverse on dark ground: low answers ask for a look. */
const shades = (theme: Theme, count: number): { fill: string; text: string }[] => {
  const { low, middle, high } = theme.bands;
  const seven = [low, low, middle, middle, high, high, high];
  if (count === 3) return [low, middle, high];
  return Array.from({ length: count }, (_, i) => seven[Math.round((i / Math.max(1, count - 1)) * 6)] ?? middle);
};

/** Shares of a row laid out so that the middle of the scale stands on the axis' zero. */
export const spans = (counts: readonly number[]): { from: number; to: number }[] => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => ({ from: 0, to: 0 }));
  const half = (counts.length - 1) / 2;
  const below = counts.reduce((sum, count, i) => sum + (i < half ? count : i === half ? count / 2 : 0), 0);
  let at = -below / total;
  return counts.map((count) => {
    const from = at;
    at += count / total;
    return { from, to: at };
  });
};

/** One row's bar around the middle of the scale, `half` pixels to either side of `y`; hatched when kept back. */
export const bars = (row: SpreadRow, y: number, plot: Plot, theme: Theme, half = 11): Mark[] => {
  if (!row.counts)
    return [
      ...(row.absent ? [] : [{ kind: 'hatch' as const, from: { x: -1, y, dy: -half }, to: { x: 1, y, dy: half }, color: theme.mark, fill: theme.ground }]),
      { kind: 'box', from: { x: 0, y, dx: -textWidth(row.note, SIZE.meta) / 2 - 6, dy: 2 - half }, to: { x: 0, y, dx: textWidth(row.note, SIZE.meta) / 2 + 6, dy: half - 2 }, fill: theme.ground },
      { kind: 'text', at: { x: 0, y }, text: row.note, color: theme.ink3, size: SIZE.meta, align: 'center' },
    ];
  const tones = shades(theme, row.counts.length);
  return spans(row.counts).flatMap((span, i): Mark[] => {
    const count = row.counts?.[i] ?? 0;
    const tone = tones[i];
    if (count === 0 || !tone) return [];
    const pixels = ((span.to - span.from) / 2) * plot.width;
    const box: Mark = { kind: 'box', from: { x: span.from, y, dy: -half }, to: { x: span.to, y, dy: half }, fill: tone.fill, stroke: theme.mark };
    if (pixels < textWidth(String(count), SIZE.meta) + 6) return [box];
    return [box, { kind: 'text', at: { x: (span.from + span.to) / 2, y }, text: String(count), color: tone.text, size: SIZE.meta, align: 'center' }];
  });
};

/** How the answers to one statement spread: bars of counts to both sides of the scale's middle. */
export const distribution = (input: DistributionInput): Drawing => {
  const { theme, width, rows } = input;
  const labelWidth = Math.min(Math.max(90, width * 0.22), 190);
  const plot: Plot = { left: labelWidth + 16, top: TOP, width: width - labelWidth - 40, height: rows.length * ROW, x: { min: -1, max: 1 } };
  const marks: Mark[] = [
    { kind: 'text', at: { x: -1, y: 0, dy: -14 }, text: `← ${input.ends.low}`, color: theme.ink3, size: SIZE.meta },
    { kind: 'text', at: { x: 1, y: 0, dy: -14 }, text: `${input.ends.high} →`, color: theme.ink3, size: SIZE.meta, align: 'right' },
  ];
  const regions: Region[] = [];
  rows.forEach((row, i) => {
    const y = i * ROW + ROW / 2;
    marks.push({ kind: 'symbol', at: { x: -1, y, dx: -labelWidth }, function: row.function, radius: 5 });
    marks.push(...textLines(wrap(row.label, labelWidth - 30, SIZE.table, 2, 600), { x: -1, y, dx: -labelWidth + 14 }, { color: theme.functions[row.function].text, weight: 600 }));
    marks.push(...bars(row, y, plot, theme));
    regions.push({ id: row.id, label: row.label, x: 0, y: TOP + y - ROW / 2, width, height: ROW });
  });
  marks.push({ kind: 'line', from: { x: 0, y: 0, dy: -4 }, to: { x: 0, y: plot.height }, color: theme.mark, dash: [2, 4] });
  for (const share of [-1, -0.5, 0, 0.5, 1])
    marks.push({ kind: 'text', at: { x: share, y: plot.height, dy: 13 }, text: input.formatShare(Math.abs(share)), color: theme.ink3, size: SIZE.meta, align: 'center' });
  const classes = rows.reduce<string[]>((longest, row) => (row.classes.length > longest.length ? row.classes : longest), []);
  const tableRow = (row: SpreadRow) => {
    const own = row.counts ? row.classes.map((name, i) => (row.classes.length === classes.length ? (row.counts?.[i] ?? 0) : `${name}: ${row.counts?.[i] ?? 0}`)) : [];
    return [row.label, ...classes.map((_, i) => (row.counts ? (own[i] ?? null) : row.absent ? row.note : input.hidden))];
  };
  return {
    option: plotOption(plot, [{ name: 'answers', marks }], theme),
    width,
    height: TOP + plot.height + BOTTOM,
    finding: input.finding,
    table: { columns: [input.columns.group, ...classes], rows: rows.map(tableRow) },
    regions,
  };
};
