import { textLines, type Layer, type Mark, type Plot } from './marks';
import type { Theme } from './tokens';
import { SIZE } from './tokens';
import { wrap } from './text-width';

/** The zones between the cuts, named; C3: low, middle, high, cut at 3 and 4.5. */
export type ScoreScale = { min: number; max: number; zones: { from: number; to: number; label: string }[]; ticks: number[] };

/** Whole numbers from end to end; a wide scale (the relationship sum) in steps of 20. */
export const ticksFor = (min: number, max: number): number[] => {
  const step = max - min > 12 ? 20 : 1;
  return Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, i) => min + i * step);
};

/** Dotted lines at the cuts, zone names above, tick figures below: the axis is always shown whole. */
export const scoreAxis = (plot: Plot, scale: ScoreScale, theme: Theme, names: boolean): Layer => {
  const marks: Mark[] = [
    { kind: 'line', from: { x: scale.min, y: plot.height }, to: { x: scale.max, y: plot.height }, color: theme.mark },
  ];
  for (const tick of scale.ticks) {
    marks.push({ kind: 'line', from: { x: tick, y: plot.height }, to: { x: tick, y: plot.height, dy: 4 }, color: theme.mark });
    marks.push({ kind: 'text', at: { x: tick, y: plot.height, dy: 13 }, text: String(tick), color: theme.ink3, size: SIZE.meta, align: 'center' });
  }
  for (const zone of scale.zones.slice(1))
    marks.push({ kind: 'line', from: { x: zone.from, y: 0, dy: names ? -6 : 0 }, to: { x: zone.from, y: plot.height }, color: theme.mark, dash: [2, 4] });
  if (!names) return { name: 'axis', marks };
  const perUnit = plot.width / (scale.max - scale.min);
  for (const zone of scale.zones) {
    const lines = wrap(zone.label, (zone.to - zone.from) * perUnit - 4, SIZE.meta, 2);
    const whole = lines.join(' ') === zone.label;
    const at = { x: (zone.from + zone.to) / 2, y: 0, dy: lines.length > 1 ? -18 : -14 };
    if (whole) marks.push(...textLines(lines, at, { color: theme.ink3, size: SIZE.meta, align: 'center', leading: 14 }));
  }
  return { name: 'axis', marks };
};
