import type { FunctionName } from '../vocabulary';
import type { Drawing, FormatNumber, Frame, Region } from './drawing';
import type { Mark, Plot } from './marks';
import { pixelX, plotOption, textLines } from './marks';
import { shareAxis, ticksFromZero } from './share-axis';
import { fit, textWidth, wrap } from './text-width';
import { SIZE } from './tokens';

export type ModelDot = {
  /** Share from 0 to 1; absent when the data cannot carry the model. */
  share?: number;
  interval?: { low: number; high: number };
};

export type ModelDotRow = {
  id: string;
  label: string;
  /** The function the channel belongs to, where it is known: it gives the mark its shape and hue. */
  function?: FunctionName;
  /** One per model, in the order of `models`. */
  dots: ModelDot[];
};

export type ModelDotsInput = Frame & {
  /** Names of the models, as labels. */
  models: string[];
  rows: ModelDotRow[];
  /** "27.0 %" */
  format: FormatNumber;
  /** "20 %", below the axis. */
  formatTick: FormatNumber;
  /** "26.7 to 27.3 %" in the reader's language. */
  formatInterval: (low: number, high: number) => string;
  columns: { row: string };
  /** What the table says where a model has no figure. */
  absent: string;
};

const TOP = 12;
const BOTTOM = 30;
const LINE = 18;
const GAP = 12;

/** Models that no row has a figure for would only be blank lines. */
const shownModels = ({ models, rows }: ModelDotsInput): number[] => models.map((_, at) => at).filter((at) => rows.some((row) => row.dots[at]?.share !== undefined));

const dotMark = (row: ModelDotRow, share: number, y: number, input: ModelDotsInput): Mark =>
  row.function ? { kind: 'symbol', at: { x: share, y }, function: row.function, radius: 5 } : { kind: 'dot', at: { x: share, y }, color: input.theme.ink2, radius: 4.5 };

/** The figure stands right of mark and interval, or left of them where the right has no room. */
const figureMark = (share: number, right: number, left: number, y: number, plot: Plot, input: ModelDotsInput): Mark => {
  const text = input.format(share);
  const style = { text, color: input.theme.ink, size: SIZE.meta, weight: 600 as const };
  const fits = pixelX(plot, right) + 12 + textWidth(text, SIZE.meta, 600) <= input.width;
  return fits ? { kind: 'text', at: { x: right, y, dx: 10 }, ...style } : { kind: 'text', at: { x: left, y, dx: -10 }, ...style, align: 'right' };
};

const lineMarks = (row: ModelDotRow, model: number, y: number, plot: Plot, nameWidth: number, input: ModelDotsInput): Mark[] => {
  const { share, interval } = row.dots[model] ?? {};
  const { theme } = input;
  const name: Mark = { kind: 'text', at: { x: 0, y, dx: -10 }, text: fit(input.models[model] ?? '', nameWidth, SIZE.meta), color: theme.ink3, size: SIZE.meta, align: 'right' };
  if (share === undefined) return [name, { kind: 'text', at: { x: 0, y, dx: 8 }, text: input.absent, color: theme.ink3, size: SIZE.meta }];
  const color = row.function ? theme.functions[row.function].mark : theme.mark;
  return [
    name,
    ...(interval ? [{ kind: 'line', from: { x: interval.low, y }, to: { x: interval.high, y }, color, width: 2 } satisfies Mark] : []),
    dotMark(row, share, y, input),
    figureMark(share, Math.max(share, interval?.high ?? share), Math.min(share, interval?.low ?? share), y, plot, input),
  ];
};

const cellText = ({ share, interval }: ModelDot, input: ModelDotsInput): string => {
  if (share === undefined) return input.absent;
  return interval ? `${input.format(share)} (${input.formatInterval(interval.low, interval.high)})` : input.format(share);
};

const tableOf = (input: ModelDotsInput): Drawing['table'] => ({
  columns: [input.columns.row, ...input.models],
  rows: input.rows.map((row) => [row.label, ...input.models.map((_, at) => cellText(row.dots[at] ?? {}, input))]),
});

const largest = ({ rows }: ModelDotsInput): number => rows.reduce((most, { dots }) => dots.reduce((own, { share, interval }) => Math.max(own, share ?? 0, interval?.high ?? 0), most), 0);

/** Shares of several models side by side: a group per channel, in it a line per model with mark, two-pixel interval and figure. The axis starts at zero. */
export const modelDots = (input: ModelDotsInput): Drawing => {
  const { theme, width, rows } = input;
  const shown = shownModels(input);
  const nameWidth = Math.min(92, Math.max(0, ...shown.map((at) => textWidth(input.models[at] ?? '', SIZE.meta))) + 2);
  const labelWidth = Math.min(Math.max(90, width * 0.2), 190);
  const left = labelWidth + nameWidth + 22;
  const ticks = ticksFromZero(largest(input));
  const group = Math.max(1, shown.length) * LINE + GAP;
  const plot: Plot = { left, top: TOP, width: Math.max(80, width - left - 64), height: rows.length * group, x: { min: 0, max: ticks[ticks.length - 1] ?? 1 } };
  const marks: Mark[] = [];
  const regions: Region[] = [];
  rows.forEach((row, at) => {
    const top = at * group;
    const middle = top + group / 2;
    if (at > 0) marks.push({ kind: 'line', from: { x: 0, y: top, dx: -left + 4 }, to: { x: plot.x.max, y: top }, color: theme.hairline });
    if (row.function) marks.push({ kind: 'symbol', at: { x: 0, y: middle, dx: -left + 10 }, function: row.function, radius: 5 });
    const color = row.function ? theme.functions[row.function].text : theme.ink;
    marks.push(...textLines(wrap(row.label, labelWidth - 26, SIZE.table, 2, 600), { x: 0, y: middle, dx: -left + 22 }, { color, weight: 600 }));
    shown.forEach((model, line) => marks.push(...lineMarks(row, model, top + GAP / 2 + LINE * (line + 0.5), plot, nameWidth, input)));
    regions.push({ id: row.id, label: row.label, x: 0, y: TOP + top, width, height: group });
  });
  const layers = [shareAxis(plot, ticks, theme, input.formatTick), { name: 'models', marks }];
  return { option: plotOption(plot, layers, theme), width, height: TOP + plot.height + BOTTOM, finding: input.finding, table: tableOf(input), regions };
};
