import type { FunctionName } from '../vocabulary';
import type { Drawing, FormatNumber, Frame } from './drawing';
import type { Mark, Plot } from './marks';
import { plotOption } from './marks';
import type { ScoreScale } from './score-axis';
import { fit, textWidth } from './text-width';
import { SIZE } from './tokens';

export type SlopeLine = { id: string; label: string; function: FunctionName; values: (number | undefined)[] };

export type SlopeInput = Frame & {
  scale: ScoreScale;
  /** Names of the waves, oldest first; at least two. */
  waves: string[];
  lines: SlopeLine[];
  format: FormatNumber;
  columns: { group: string };
  hidden: string;
};

const HEIGHT = 260;
const TOP = 40;
const BOTTOM = 16;
const MIN_APART = 17;

/** Heights moved apart so that labels do not cover each other; order and middle stay. */
export const spreadOut = (heights: readonly number[], apart: number): number[] => {
  const indexed = heights.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y || a.i - b.i);
  for (let round = 0; round < 20; round++)
    for (let k = 1; k < indexed.length; k++) {
      const [above, below] = [indexed[k - 1], indexed[k]];
      if (!above || !below) continue;
      const missing = apart - (below.y - above.y);
      if (missing <= 0) continue;
      above.y -= missing / 2;
      below.y += missing / 2;
    }
  const out = [...heights];
  for (const { y, i } of indexed) out[i] = y;
  return out;
};

const axis = (input: SlopeInput, plot: Plot, toY: (score: number) => number): Mark[] => {
  const { theme, scale, waves } = input;
  const marks: Mark[] = waves.map((wave, i) => ({
    kind: 'text', at: { x: i, y: 0, dy: -22 }, text: fit(wave, plot.width / Math.max(1, waves.length - 1) - 8, SIZE.meta, 600), color: theme.ink2, size: SIZE.meta, weight: 600, align: 'center',
  }));
  waves.forEach((_, i) => marks.push({ kind: 'line', from: { x: i, y: 0 }, to: { x: i, y: plot.height }, color: theme.hairline }));
  const left = { x: 0, dx: -plot.left + 4 };
  for (const tick of scale.ticks) marks.push({ kind: 'text', at: { ...left, y: toY(tick) }, text: String(tick), color: theme.ink3, size: SIZE.meta });
  for (const zone of scale.zones.slice(1))
    marks.push({ kind: 'line', from: { ...left, dx: -plot.left + 18, y: toY(zone.from) }, to: { x: waves.length - 1, y: toY(zone.from) }, color: theme.mark, dash: [2, 4] });
  return marks;
};

/** Scores from wave to wave on one whole axis, labelled at the ends. */
export const slope = (input: SlopeInput): Drawing => {
  const { theme, scale, lines, width, waves, format } = input;
  const last = waves.length - 1;
  const labelRoom = Math.min(width * 0.38, Math.max(...lines.map((line) => textWidth(`${line.label} 0.0`, SIZE.table, 600)), 60) + 24);
  const plot: Plot = { left: 86, top: TOP, width: width - 86 - labelRoom, height: HEIGHT, x: { min: 0, max: Math.max(1, last) } };
  const toY = (score: number) => ((scale.max - score) / (scale.max - scale.min)) * HEIGHT;
  const marks: Mark[] = [];
  const heights = (at: number) => spreadOut(lines.map((line) => toY(line.values[at] ?? scale.min)), MIN_APART);
  const [startY, endY] = [heights(0), heights(last)];
  lines.forEach((line, index) => {
    const { mark, text } = theme.functions[line.function];
    for (let i = 1; i < line.values.length; i++) {
      const [before, now] = [line.values[i - 1], line.values[i]];
      if (before !== undefined && now !== undefined)
        marks.push({ kind: 'line', from: { x: i - 1, y: toY(before) }, to: { x: i, y: toY(now) }, color: mark, width: 2 });
    }
    line.values.forEach((value, i) => {
      if (value !== undefined) marks.push({ kind: 'symbol', at: { x: i, y: toY(value) }, function: line.function, radius: 6 });
    });
    const [first, final] = [line.values[0], line.values[last]];
    if (first !== undefined) marks.push({ kind: 'text', at: { x: 0, y: startY[index] ?? 0, dx: -12 }, text: format(first), color: text, weight: 600, align: 'right' });
    if (final !== undefined)
      marks.push({ kind: 'text', at: { x: last, y: endY[index] ?? 0, dx: 12 }, text: fit(`${format(final)} ${line.label}`, labelRoom - 14, SIZE.table, 600), color: text, weight: 600 });
  });
  const cell = (value: number | undefined) => (value === undefined ? input.hidden : format(value));
  return {
    option: plotOption(plot, [{ name: 'axis', marks: axis(input, plot, toY) }, { name: 'waves', marks }], theme),
    width,
    height: TOP + HEIGHT + BOTTOM,
    finding: input.finding,
    table: { columns: [input.columns.group, ...waves], rows: lines.map((line) => [line.label, ...waves.map((_, i) => cell(line.values[i]))]) },
    regions: [],
  };
};
