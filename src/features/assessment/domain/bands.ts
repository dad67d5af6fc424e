import type { Band } from './instrument';

/** Sums of fractions may miss a cut by a hair; a score this close stands on it. */
const HAIR = 1e-9;

const staysUnder = (score: number, band: Band): boolean => {
  if (band.upTo === undefined) return true;
  return band.inclusive === true ? score <= band.upTo + HAIR : score < band.upTo - HAIR;
};

/** The band of an unrounded score (on C3: 3 and 4.5 belong to the middle). Undefined for an instrument without bands. */
export const bandOf = (bands: readonly Band[], score: number): Band | undefined => bands.find((band) => staysUnder(score, band)) ?? bands.at(-1);

/** The cuts between two scores: those an interval from `low` to `high` touches on both sides. */
export const cutsBetween = (bands: readonly Band[], low: number, high: number): number[] =>
  bands.flatMap((band) => (band.upTo !== undefined && staysUnder(low, band) && !staysUnder(high, band) ? [band.upTo] : []));
