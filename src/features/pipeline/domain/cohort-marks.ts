import { median } from '../../../lib/statistics/describe';
import { DAY, monthEnd, monthStart } from '../../../lib/moments';

/** Why a cohort's rate must not be read as it stands. */
export type CohortMark = 'cut off at the left' | 'too young';

/** What is needed of leads to judge cohorts: when each entered, when it was decided (NaN: not, or not told), whether it was won. */
export type CohortEvidence = { entered: Float64Array; decided: Float64Array; won: (lead: number) => boolean };

export type CohortBounds = {
  /** The first day on which any outcome was recorded; NaN when none was. */
  firstOutcome: number;
  /** Outcomes that would have been expected before that day, had they been recorded as later. */
  expectedBefore: number;
  /** Days that half of the won leads needed at most; NaN when none was won. */
  typicalDays: number;
};

/** With this many expected, seeing none has a probability under 5 % (Poisson: e^-3). */
const SURELY_CUT = 3;

const dayOf = (at: number): number => Math.floor(at / DAY);

/** Share of later entrants that were decided within so many days, by day. */
const decidedWithin = (days: readonly number[], entrants: number): ((limit: number) => number) => {
  const sorted = [...days].sort((a, b) => a - b);
  return (limit) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if ((sorted[half] as number) < limit) low = half + 1;
      else high = half;
    }
    return entrants === 0 ? 0 : low / entrants;
  };
};

/**
 * What the leads say about the two ends of the record. Leads that entered once outcomes were recorded tell how soon leads are decided; from them follows
 * how many outcomes the time before the first recorded one should have held.
 */
export const cohortBounds = ({ entered, decided, won }: CohortEvidence): CohortBounds => {
  const firstOutcome = decided.reduce((first, at) => (at < first ? at : first), Infinity);
  if (firstOutcome === Infinity) return { firstOutcome: NaN, expectedBefore: 0, typicalDays: NaN };
  const firstDay = dayOf(firstOutcome);
  const [laterDays, wins]: [number[], number[]] = [[], []];
  const before = new Map<number, number>();
  let later = 0;
  for (let lead = 0; lead < entered.length; lead += 1) {
    const entry = dayOf(entered[lead] as number);
    if (Number.isNaN(entry)) continue;
    const days = dayOf(decided[lead] as number) - entry;
    if (entry >= firstDay) later += 1;
    else before.set(entry, (before.get(entry) ?? 0) + 1);
    if (Number.isNaN(days)) continue;
    if (entry >= firstDay) laterDays.push(days);
    if (won(lead)) wins.push(days);
  }
  const within = decidedWithin(laterDays, later);
  let expectedBefore = 0;
  for (const [entry, count] of before) expectedBefore += count * within(firstDay - entry);
  return { firstOutcome, expectedBefore, typicalDays: median(wins) };
};

/**
 * The mark of the leads that entered in a month.
 * @param open how many of them are undecided: a cohort without any cannot change any more
 * @param asOf the last moment of which the record knows
 */
export const cohortMark = (month: string, open: number, asOf: number, bounds: CohortBounds): CohortMark | null => {
  if (bounds.expectedBefore >= SURELY_CUT && dayOf(monthStart(month)) < dayOf(bounds.firstOutcome)) return 'cut off at the left';
  const age = dayOf(asOf) + 1 - dayOf(monthEnd(month));
  return open > 0 && age < bounds.typicalDays ? 'too young' : null;
};
