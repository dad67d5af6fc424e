import type { Drawing, FormatNumber, Frame } from './drawing';
import type { Mark, Plot } from './marks';
import { plotOption, textLines } from './marks';
import type { ScoreScale } from './score-axis';
import { fit, wrap } from './text-width';
import { SIZE } from './tokens';

export type WorldviewInput = Frame & {
  scale: ScoreScale;
  /** Each function's score of its own role; absent when hidden. */
  point?: { sales: number; marketing: number };
  axes: { sales: string; marketing: string };
  /** Words in the corners: what the combination of two own roles suggests. No corner is the good one. */
  corners: { highHigh: string; salesHigh: string; marketingHigh: string; lowLow: string };
  format: FormatNumber;
  hidden: string;
  columns: { role: string; score: string };
};

const TOP = 36;
const LEFT = 44;

type Zone = { from: number; to: number };
type Box = { left: number; right: number; top: number; bottom: number };

const LEADING = 16;
const apart = (a: Box, b: Box): boolean => a.right < b.left || a.left > b.right || a.bottom < b.top || a.top > b.bottom;

/** Words of a corner in the middle of their zone, or at its edge where the point and its figures stand in the middle. */
const corner = (input: WorldviewInput, text: string, across: Zone, up: Zone, side: number, point: Box | undefined): Mark[] => {
  const { scale, theme } = input;
  const pixels = (score: number) => ((score - scale.min) / (scale.max - scale.min)) * side;
  const lines = wrap(text, side * 0.3, SIZE.meta, 3);
  const half = (lines.length * LEADING) / 2 + 2;
  const x = (across.from + across.to) / 2;
  const [top, bottom] = [side - pixels(up.to), side - pixels(up.from)];
  const boxAt = (y: number): Box => ({ left: pixels(x) - side * 0.15, right: pixels(x) + side * 0.15, top: y - half, bottom: y + half });
  const places = [(top + bottom) / 2, top + half + 2, bottom - half - 2];
  const y = places.find((place) => !point || apart(boxAt(place), point)) ?? places[0] ?? 0;
  return textLines(lines, { x, y }, { color: theme.ink3, size: SIZE.meta, align: 'center' });
};

/** The pixels that the point and its figures take. */
const pointBox = ({ point, scale }: WorldviewInput, side: number): Box | undefined => {
  if (!point) return undefined;
  const x = ((point.sales - scale.min) / (scale.max - scale.min)) * side;
  const y = ((scale.max - point.marketing) / (scale.max - scale.min)) * side;
  const below = y <= side - 40;
  return { left: x - 32, right: x + 32, top: y - (below ? 10 : 30), bottom: y + (below ? 30 : 10) };
};

/** How each side sees its own role, one across and one upward; neutral, since neither end is the better one. */
export const worldviewMatrix = (input: WorldviewInput): Drawing => {
  const { theme, scale } = input;
  const side = Math.min(input.width - LEFT - 16, 380);
  const width = side + LEFT + 16;
  const plot: Plot = { left: LEFT, top: TOP, width: side, height: side, x: scale };
  const toY = (score: number) => ((scale.max - score) / (scale.max - scale.min)) * side;
  const marks: Mark[] = [{ kind: 'box', from: { x: scale.min, y: 0 }, to: { x: scale.max, y: side }, fill: theme.surface, stroke: theme.hairline }];
  for (const { from } of scale.zones.slice(1)) {
    marks.push({ kind: 'line', from: { x: from, y: 0 }, to: { x: from, y: side }, color: theme.mark, dash: [2, 4] });
    marks.push({ kind: 'line', from: { x: scale.min, y: toY(from) }, to: { x: scale.max, y: toY(from) }, color: theme.mark, dash: [2, 4] });
  }
  for (const tick of scale.ticks) {
    marks.push({ kind: 'text', at: { x: tick, y: side, dy: 14 }, text: String(tick), color: theme.ink3, size: SIZE.meta, align: 'center' });
    marks.push({ kind: 'text', at: { x: scale.min, y: toY(tick), dx: -12 }, text: String(tick), color: theme.ink3, size: SIZE.meta, align: 'right' });
  }
  const [low, high] = [scale.zones[0], scale.zones[scale.zones.length - 1]];
  if (low && high) {
    const point = pointBox(input, side);
    const { highHigh, salesHigh, marketingHigh, lowLow } = input.corners;
    for (const [text, across, up] of [[highHigh, high, high], [salesHigh, high, low], [marketingHigh, low, high], [lowLow, low, low]] as const)
      marks.push(...corner(input, text, across, up, side, point));
  }
  marks.push({ kind: 'text', at: { x: scale.min, y: 0, dx: -LEFT + 6, dy: -18 }, text: fit(`↑ ${input.axes.marketing}`, width - 12, SIZE.meta, 600), color: theme.functions.marketing.text, size: SIZE.meta, weight: 600 });
  marks.push({ kind: 'text', at: { x: scale.max, y: side, dy: 34 }, text: fit(`${input.axes.sales} →`, side, SIZE.meta, 600), color: theme.functions.sales.text, size: SIZE.meta, weight: 600, align: 'right' });
  if (input.point) {
    const y = toY(input.point.marketing);
    const x = input.point.sales;
    const label = `${input.format(x)} / ${input.format(input.point.marketing)}`;
    marks.push({ kind: 'box', from: { x, y, dx: -8, dy: -8 }, to: { x, y, dx: 8, dy: 8 }, fill: theme.ink, stroke: theme.ground });
    marks.push({ kind: 'text', at: { x, y, dy: y > side - 40 ? -20 : 20 }, text: label, color: theme.ink, weight: 600, align: 'center' });
  } else marks.push(...textLines(wrap(input.hidden, side * 0.3, SIZE.meta, 3), { x: (scale.min + scale.max) / 2, y: side / 2 }, { color: theme.ink, align: 'center' }));
  const cell = (value: number | undefined) => (value === undefined ? input.hidden : input.format(value));
  return {
    option: plotOption(plot, [{ name: 'matrix', marks }], theme),
    width,
    height: TOP + side + 48,
    finding: input.finding,
    table: { columns: [input.columns.role, input.columns.score], rows: [[input.axes.sales, cell(input.point?.sales)], [input.axes.marketing, cell(input.point?.marketing)]] },
    regions: [],
  };
};
