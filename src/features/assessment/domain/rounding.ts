import type { Scale } from './instrument';
import type { Hidden, Shown } from './results-view';

export const HIDDEN: Hidden = { hidden: true };

/**
 * The one place where scores lose digits: everything a reader sees carries one decimal, since finer figures of small groups can be
 * turned back into single answers. Halves go away from zero; a hair of floating-point error does not push them back.
 */
export const toOneDecimal = (value: number): number => {
  const size = Math.floor(Math.abs(value) * 10 + 0.5 + 1e-9) / 10;
  return value < 0 && size > 0 ? -size : size;
};

/**
 * A mean at the very end of the scale would say that everybody chose the same key: it stops half a point short (on 1-7).
 * `times` is the number of statements where a score is their sum.
 */
export const withinCap = (mean: number, { min, max }: Scale, times = 1): number => {
  const margin = (0.5 * (max - min)) / 6;
  return Math.min((max - margin) * times, Math.max((min + margin) * times, mean));
};

/** A figure for readers, when enough people stand behind it and it exists. */
export const shownWhen = (enough: boolean, value: number): Shown<number> => (enough && Number.isFinite(value) ? toOneDecimal(value) : HIDDEN);
