import type { CustomSeriesOption, EChartsOption } from 'echarts';
import type { FunctionName } from '../vocabulary';
import type { Theme } from './tokens';
import { FONT, SIZE } from './tokens';

/**
 * The few forms our charts are made of. `x` is in the units of the chart's axis, `y` in pixels below the plot's top edge;
 * `dx` and `dy` shift by pixels, so labels keep their distance at any width.
 */
export type Mark =
  | { kind: 'symbol'; at: Point; function: FunctionName; radius?: number; hollow?: boolean }
  /** A value that belongs to no function. */
  | { kind: 'dot'; at: Point; color: string; radius?: number }
  | { kind: 'line'; from: Point; to: Point; color: string; width?: number; dash?: number[] }
  | { kind: 'box'; from: Point; to: Point; fill: string; stroke?: string }
  | { kind: 'hatch'; from: Point; to: Point; color: string; fill: string }
  | { kind: 'text'; at: Point; text: string; color: string; size?: number; weight?: 400 | 600; align?: 'left' | 'center' | 'right' };

export type Point = { x: number; y: number; dx?: number; dy?: number };

export type Layer = { name: string; marks: Mark[] };

/** Plot area in pixels from the drawing's top left; `x` is the axis range it spans. */
export type Plot = { left: number; top: number; width: number; height: number; x: { min: number; max: number } };

type Shape = Record<string, unknown>;
type Pixels = readonly [number, number];
type ToPixels = (point: Point) => Pixels;

const HATCH_STEP = 6;

/** Slanted lines inside a box, as line shapes: patterns do not survive paper and slides, lines do. */
const hatchLines = (x1: number, y1: number, x2: number, y2: number): [number, number, number, number][] => {
  const height = y2 - y1;
  const lines: [number, number, number, number][] = [];
  for (let start = x1 - height + HATCH_STEP; start < x2; start += HATCH_STEP) {
    const left = Math.max(start, x1);
    const right = Math.min(start + height, x2);
    if (right > left) lines.push([left, y2 - (left - start), right, y2 - (right - start)]);
  }
  return lines;
};

const symbolShape = (mark: Extract<Mark, { kind: 'symbol' }>, [cx, cy]: Pixels, theme: Theme): Shape => {
  const tokens = theme.functions[mark.function];
  const r = mark.radius ?? 7;
  const style = mark.hollow
    ? { fill: theme.ground, stroke: tokens.mark, lineWidth: 2 }
    : { fill: tokens.mark, stroke: theme.ground, lineWidth: 1.5 };
  if (tokens.shape === 'circle') return { type: 'circle', shape: { cx, cy, r }, style };
  const s = tokens.shape === 'square' ? r * 0.9 : r * 1.2;
  const points =
    tokens.shape === 'square'
      ? [[cx - s, cy - s], [cx + s, cy - s], [cx + s, cy + s], [cx - s, cy + s]]
      : [[cx, cy - s], [cx + s, cy], [cx, cy + s], [cx - s, cy]];
  return { type: 'polygon', shape: { points }, style };
};

const boxShape = (from: Pixels, to: Pixels, fill: string, stroke: string | undefined): Shape => ({
  type: 'polygon',
  shape: { points: [from, [to[0], from[1]], to, [from[0], to[1]]] },
  style: stroke ? { fill, stroke, lineWidth: 1 } : { fill },
});

const lineShape = (x1: number, y1: number, x2: number, y2: number, stroke: string, lineWidth: number, lineDash?: number[]): Shape => ({
  type: 'polyline',
  shape: { points: [[x1, y1], [x2, y2]] },
  style: { fill: 'none', stroke, lineWidth, ...(lineDash ? { lineDash } : {}) },
});

const shapesOf = (mark: Mark, toPixels: ToPixels, theme: Theme): Shape[] => {
  if (mark.kind === 'symbol') return [symbolShape(mark, toPixels(mark.at), theme)];
  if (mark.kind === 'dot') {
    const [cx, cy] = toPixels(mark.at);
    return [{ type: 'circle', shape: { cx, cy, r: mark.radius ?? 5 }, style: { fill: mark.color, stroke: theme.ground, lineWidth: 1.5 } }];
  }
  if (mark.kind === 'text') {
    const [x, y] = toPixels(mark.at);
    const style = {
      text: mark.text, x, y, fill: mark.color, fontFamily: FONT, fontSize: mark.size ?? SIZE.table, fontWeight: mark.weight ?? 400,
      align: mark.align ?? 'left', verticalAlign: 'middle',
    };
    return [{ type: 'text', style }];
  }
  const [x1, y1] = toPixels(mark.from);
  const [x2, y2] = toPixels(mark.to);
  if (mark.kind === 'line') return [lineShape(x1, y1, x2, y2, mark.color, mark.width ?? 1, mark.dash)];
  if (mark.kind === 'box') return [boxShape([x1, y1], [x2, y2], mark.fill, mark.stroke)];
  return [boxShape([x1, y1], [x2, y2], mark.fill, undefined), ...hatchLines(x1, y1, x2, y2).map((l) => lineShape(...l, mark.color, 1))];
};

const seriesOf = (layer: Layer, theme: Theme): CustomSeriesOption => ({
  type: 'custom',
  name: layer.name,
  clip: false,
  silent: true,
  animation: false,
  data: layer.marks.map((_, index) => [index]),
  encode: { x: -1, y: -1 },
  renderItem: ((params: { dataIndex: number }, api: { coord: (value: number[]) => number[] }) => {
    const mark = layer.marks[params.dataIndex];
    if (!mark) return undefined;
    const toPixels: ToPixels = (point) => {
      const [x = 0, y = 0] = api.coord([point.x, point.y]);
      return [x + (point.dx ?? 0), y + (point.dy ?? 0)];
    };
    return { type: 'group', children: shapesOf(mark, toPixels, theme) };
  }) as unknown as CustomSeriesOption['renderItem'],
});

/** An option whose axes are scales only; everything visible is a mark, so that screen, paper and slide agree to the pixel. */
export const plotOption = (plot: Plot, layers: Layer[], theme: Theme): EChartsOption => ({
  animation: false,
  backgroundColor: theme.ground,
  grid: { left: plot.left, top: plot.top, width: plot.width, height: plot.height, outerBoundsMode: 'none' },
  xAxis: { type: 'value', min: plot.x.min, max: plot.x.max, show: false },
  yAxis: { type: 'value', min: 0, max: plot.height, inverse: true, show: false },
  series: layers.filter((layer) => layer.marks.length > 0).map((layer) => seriesOf(layer, theme)),
});

/** Lines of text around a middle height. */
export const textLines = (
  lines: string[],
  at: Point,
  style: { color: string; size?: number; weight?: 400 | 600; align?: 'left' | 'center' | 'right'; leading?: number },
): Mark[] => {
  const leading = style.leading ?? Math.round((style.size ?? SIZE.table) * 1.35);
  const { color, size, weight, align } = style;
  return lines.map((text, i) => ({ kind: 'text', at: { ...at, dy: (at.dy ?? 0) + (i - (lines.length - 1) / 2) * leading }, text, color, size, weight, align }));
};

/** Pixels of a value on the plot's axis. */
export const pixelX = (plot: Plot, value: number): number =>
  plot.left + ((value - plot.x.min) / (plot.x.max - plot.x.min)) * plot.width;
