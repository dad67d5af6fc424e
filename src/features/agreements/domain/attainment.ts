import { wilson } from '../../../lib/statistics/wilson';

/** What came due in a period and what did not yet. `early`: kept already although not due yet; it counts once it is due. */
export type Tally = { due: number; kept: number; notYetDue: number; early: number; paused: number };

/** Shares in 0 to 1; null under `SMALL` due, where a share would say more than so few cases can. */
export type Attainment = Tally & { rate: { share: number; low: number; high: number } | null };

/** Under this many due there are counts only. */
export const SMALL = 10;

export const NOTHING: Tally = { due: 0, kept: 0, notYetDue: 0, early: 0, paused: 0 };

/**
 * Kept of what came due, with Wilson's 95 % interval. What was kept before it was due waits like everything else that is not due:
 * counting it at once would make every period look good while it is young.
 */
export const attainment = (tally: Tally): Attainment => {
  if (tally.due < SMALL) return { ...tally, rate: null };
  const { low, high } = wilson(tally.kept, tally.due);
  return { ...tally, rate: { share: tally.kept / tally.due, low, high } };
};
