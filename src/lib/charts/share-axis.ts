import type { Layer, Mark, Plot } from './marks';
import type { Theme } from './tokens';
import { SIZE } from './tokens';

/** From zero to a round figure at or above the largest value, with at most six ticks. */
export const ticksFromZero = (largest: number): number[] => {
  const span = largest > 0 && largest < Infinity ? largest : 1;
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  return Array.from({ length: Math.ceil(span / step - 1e-9) + 1 }, (_, at) => at * step);
};

/** A base line at zero, faint lines at the ticks, their figures below. */
export const shareAxis = (plot: Plot, ticks: readonly number[], theme: Theme, format: (value: number) => string): Layer => ({
  name: 'axis',
  marks: ticks.flatMap((tick): Mark[] => [
    { kind: 'line', from: { x: tick, y: 0 }, to: { x: tick, y: plot.height, dy: 4 }, color: tick === 0 ? theme.mark : theme.hairline },
    { kind: 'text', at: { x: tick, y: plot.height, dy: 14 }, text: format(tick), color: theme.ink3, size: SIZE.meta, align: 'center' },
  ]),
});
