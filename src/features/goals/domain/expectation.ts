export type DayCount = { days: number; n: number };

/**
 * Of the leads that are open now, the share that would close within `remaining` days if each took as long as won leads did: for a lead of
 * age a, the won leads that took more than a days are its like, and those of them that took at most a + remaining close in time.
 * A lead older than any won one is taken not to close in time. Counts of days elapsed, whole.
 * @returns 0 without open leads or without won ones
 */
export const shareClosingWithin = (openAges: readonly DayCount[], daysToWon: readonly DayCount[], remaining: number): number => {
  const longest = daysToWon.reduce((most, { days }) => Math.max(most, days), 0);
  const upTo = new Float64Array(longest + 2);
  for (const { days, n } of daysToWon) upTo[days] = (upTo[days] ?? 0) + n;
  for (let day = 1; day <= longest; day += 1) upTo[day] = (upTo[day] ?? 0) + (upTo[day - 1] ?? 0);
  const all = upTo[longest] ?? 0;
  const took = (days: number): number => (days < 0 ? 0 : (upTo[Math.min(Math.floor(days), longest)] ?? 0));
  let open = 0;
  let closing = 0;
  for (const { days, n } of openAges) {
    const alike = all - took(days);
    open += n;
    if (alike > 0) closing += (n * (took(days + remaining) - took(days))) / alike;
  }
  return open > 0 ? closing / open : 0;
};
