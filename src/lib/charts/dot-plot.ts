import type { FunctionName } from '../vocabulary';
import type { Drawing, FormatNumber, Frame, Region } from './drawing';
import type { Layer, Mark, Plot } from './marks';
import { pixelX, plotOption, textLines } from './marks';
import { scoreAxis, type ScoreScale } from './score-axis';
import { textWidth, wrap } from './text-width';
import { SIZE } from './tokens';

export type DotRow = {
  id: string;
  label: string;
  function: FunctionName;
  /** Absent when hidden; `note` then says why. */
  mean?: number;
  interval?: { low: number; high: number };
  n?: number;
  /** "n 41", "near the border", or why there is no figure. */
  note: string;
  /** The band's word, for the table. */
  band?: string;
  /** Never asked: nothing is kept back, so nothing is hatched. */
  absent?: boolean;
};

export type DotPlotInput = Frame & {
  scale: ScoreScale;
  rows: DotRow[];
  /** Bracket between two rows, carrying its word: "Real · 1.1". */
  bracket?: { fromRow: string; toRow: string; text: string };
  format: FormatNumber;
  columns: { group: string; score: string; interval: string; n: string; band: string };
  hidden: string;
  /** "2.8 to 3.4" in the reader's language. */
  formatInterval: (low: string, high: string) => string;
};

const TOP = 34;
const BOTTOM = 28;

const valueLabel = (row: DotRow, y: number, plot: Plot, input: DotPlotInput): Mark[] => {
  if (row.mean === undefined) return [];
  const { theme } = input;
  const figure = input.format(row.mean);
  const figureWidth = textWidth(figure, SIZE.table, 600);
  const room = figureWidth + 6 + textWidth(row.note, SIZE.meta);
  const right = Math.max(row.mean, row.interval?.high ?? row.mean);
  const left = Math.min(row.mean, row.interval?.low ?? row.mean);
  const style = { color: theme.functions[row.function].text, size: SIZE.table, weight: 600 as const };
  const note = { color: theme.ink3, size: SIZE.meta };
  const onGround = (at: number, from: number, to: number): Mark => ({ kind: 'box', from: { x: at, y, dx: from, dy: -8 }, to: { x: at, y, dx: to, dy: 8 }, fill: theme.ground });
  if (pixelX(plot, right) + 14 + room <= plot.left + plot.width)
    return [
      onGround(right, 12, 16 + room),
      { kind: 'text', at: { x: right, y, dx: 14 }, text: figure, ...style },
      { kind: 'text', at: { x: right, y, dx: 20 + figureWidth }, text: row.note, ...note },
    ];
  return [
    onGround(left, -16 - room, -12),
    { kind: 'text', at: { x: left, y, dx: -14 }, text: row.note, ...note, align: 'right' },
    { kind: 'text', at: { x: left, y, dx: -20 - textWidth(row.note, SIZE.meta) }, text: figure, ...style, align: 'right' },
  ];
};

const rowMarks = (row: DotRow, y: number, plot: Plot, input: DotPlotInput): Mark[] => {
  const { theme, scale } = input;
  if (row.absent) return noteOnGround(row.note, y, plot, input);
  if (row.mean === undefined)
    return [
      { kind: 'hatch', from: { x: scale.min, y, dy: -9 }, to: { x: scale.max, y, dy: 9 }, color: theme.mark, fill: theme.ground },
      ...noteOnGround(row.note, y, plot, input),
    ];
  const marks: Mark[] = [];
  if (row.interval)
    marks.push({ kind: 'line', from: { x: row.interval.low, y }, to: { x: row.interval.high, y }, color: theme.functions[row.function].mark, width: 2 });
  marks.push({ kind: 'symbol', at: { x: row.mean, y }, function: row.function });
  return [...marks, ...valueLabel(row, y, plot, input)];
};

const noteOnGround = (note: string, y: number, plot: Plot, input: DotPlotInput): Mark[] => {
  const half = textWidth(note, SIZE.meta) / 2 + 6;
  const middle = (input.scale.min + input.scale.max) / 2;
  return [
    { kind: 'box', from: { x: middle, y, dx: -half, dy: -9 }, to: { x: middle, y, dx: half, dy: 9 }, fill: input.theme.ground },
    { kind: 'text', at: { x: middle, y }, text: note, color: input.theme.ink3, size: SIZE.meta, align: 'center' },
  ];
};

const bracketMarks = (input: DotPlotInput, rowY: Map<string, number>, max: number): Mark[] => {
  const from = rowY.get(input.bracket?.fromRow ?? '');
  const to = rowY.get(input.bracket?.toRow ?? '');
  if (!input.bracket || from === undefined || to === undefined) return [];
  const color = input.theme.ink2;
  const [top, bottom] = [Math.min(from, to), Math.max(from, to)];
  return [
    { kind: 'line', from: { x: max, y: top, dx: 8 }, to: { x: max, y: top, dx: 14 }, color },
    { kind: 'line', from: { x: max, y: top, dx: 14 }, to: { x: max, y: bottom, dx: 14 }, color },
    { kind: 'line', from: { x: max, y: bottom, dx: 14 }, to: { x: max, y: bottom, dx: 8 }, color },
    ...textLines(wrap(input.bracket.text, 74, SIZE.table, 3, 600), { x: max, y: (top + bottom) / 2, dx: 20 }, { color: input.theme.ink, weight: 600 }),
  ];
};

const tableOf = (input: DotPlotInput): Drawing['table'] => {
  const { columns, format, hidden } = input;
  const row = (r: DotRow) => r.absent ? [r.label, r.note, null, null, null] : [
    r.label,
    r.mean === undefined ? hidden : format(r.mean),
    r.interval ? input.formatInterval(format(r.interval.low), format(r.interval.high)) : hidden,
    r.n ?? null,
    r.band ?? hidden,
  ];
  return { columns: [columns.group, columns.score, columns.interval, columns.n, columns.band], rows: input.rows.map(row) };
};

/** Scores of a section on one whole axis: mark, two-pixel interval, n beside it, and the gap as a bracket carrying its word. */
export const dotPlot = (input: DotPlotInput): Drawing => {
  const { theme, width, scale, rows } = input;
  const ROW = theme.name === 'print' ? 34 : 44;
  const labelWidth = Math.min(Math.max(90, width * 0.22), 190);
  const right = input.bracket ? 100 : 24;
  const plot: Plot = { left: labelWidth + 16, top: TOP, width: width - labelWidth - 16 - right, height: rows.length * ROW, x: scale };
  const rowY = new Map(rows.map((row, i) => [row.id, i * ROW + ROW / 2]));
  const marks: Mark[] = [];
  const regions: Region[] = [];
  for (const row of rows) {
    const y = rowY.get(row.id) ?? 0;
    marks.push({ kind: 'line', from: { x: scale.min, y: y + ROW / 2, dx: -labelWidth - 8 }, to: { x: scale.max, y: y + ROW / 2 }, color: theme.hairline });
    const label = wrap(row.label, labelWidth - 30, SIZE.table, 2, 600);
    marks.push({ kind: 'symbol', at: { x: scale.min, y, dx: -labelWidth }, function: row.function, radius: 5 });
    marks.push(...textLines(label, { x: scale.min, y, dx: -labelWidth + 14 }, { color: theme.functions[row.function].text, weight: 600 }));
    marks.push(...rowMarks(row, y, plot, input));
    regions.push({ id: row.id, label: row.label, x: 0, y: TOP + y - ROW / 2, width, height: ROW });
  }
  const layers: Layer[] = [
    scoreAxis(plot, scale, theme, true),
    { name: 'scores', marks },
    { name: 'gap', marks: bracketMarks(input, rowY, scale.max) },
  ];
  return {
    option: plotOption(plot, layers, theme),
    width,
    height: TOP + plot.height + BOTTOM,
    finding: input.finding,
    table: tableOf(input),
    regions,
  };
};
