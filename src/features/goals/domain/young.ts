import { DAY } from '../../../lib/moments';

/** Whole days that half of the won leads took at most; null when none was won. */
export const typicalDays = (won: readonly { days: number; n: number }[]): number | null => {
  let left = won.reduce((sum, { n }) => sum + n, 0) / 2;
  return won.toSorted((a, b) => a.days - b.days).find(({ n }) => (left -= n) <= 0)?.days ?? null;
};

/** How many leads of a period are open and in how many days a typical one is won, while the period is younger than that: it must not look like failure. Null once it is not. */
export const stillYoung = (open: number, until: Date, won: readonly { days: number; n: number }[], now: Date): { open: number; days: number } | null => {
  const days = typicalDays(won);
  return days !== null && open > 0 && (now.getTime() - until.getTime()) / DAY < days ? { open, days } : null;
};
