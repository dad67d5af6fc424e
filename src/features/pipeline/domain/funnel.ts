import { chiSquareTest } from '../../../lib/statistics/chi-square';
import { mean, median } from '../../../lib/statistics/describe';
import { wilson } from '../../../lib/statistics/wilson';
import { DAY, dayText, monthText, wholeDays } from '../../../lib/moments';
import { cohortBounds, cohortMark, type CohortMark } from './cohort-marks';
import type { LeadColumns } from './lead-store';
import { LOST, WON } from './outcome';

/** Low and high, fractions from 0 to 1. */
export type Interval = [number, number];

/** `rate` is won among entrants, from 0 to 1. */
export type Counted = { entrants: number; won: number; lost: number; open: number; rate: number; wilson95: Interval };

export type SourceRow = Counted & {
  /** As the file writes it; an empty text where the file leaves it blank. */
  source: string;
};

export type CohortRow = Counted & { month: string; mark: CohortMark | null };

/** `mean` and `median` of whole days elapsed; `meanWithFractions` of exact time where the file carries hours. Null when no won lead has both dates. */
export type DaysToWon = { n: number; mean: number | null; median: number | null; meanWithFractions: number | null; unit: 'whole days elapsed'; beforeEntry: number };

export type Funnel = Counted & {
  /** Won among won and lost; null where nothing says lost. */
  winRate: number | null;
  winWilson95: Interval | null;
  bySource: SourceRow[];
  /** Whether sources differ in their rate: Pearson's chi-square over all of them. Null with fewer than two. */
  sourceTest: { chiSquare: number; df: number; p: number } | null;
  daysToWon: DaysToWon;
  /** Mean whole days from entry to the end of the won and the lost leads. */
  daysToDecided: { n: number; mean: number | null };
  cohorts: CohortRow[];
  /** The last day of which the record knows, and the first with an outcome. */
  asOf: string | null;
  firstOutcome: string | null;
  typicalDays: number | null;
  undated: { entrants: number; won: number };
};

type Tally = { entrants: number; won: number; lost: number };

const fresh = (): Tally => ({ entrants: 0, won: 0, lost: 0 });

const add = (tally: Tally, outcome: number): void => {
  tally.entrants += 1;
  if (outcome === WON) tally.won += 1;
  else if (outcome === LOST) tally.lost += 1;
};

const share = (part: number, whole: number): { rate: number; wilson95: Interval } => {
  const { low, high } = wilson(part, whole);
  return { rate: whole === 0 ? 0 : part / whole, wilson95: [low, high] };
};

const counted = ({ entrants, won, lost }: Tally): Counted => ({ entrants, won, lost, open: entrants - won - lost, ...share(won, entrants) });

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

type Times = { whole: number[]; exact: number[]; decided: number[]; beforeEntry: number; undatedWon: number };

/** Days of every decided lead that has both dates. */
const timesOf = (leads: LeadColumns): Times => {
  const times: Times = { whole: [], exact: [], decided: [], beforeEntry: 0, undatedWon: 0 };
  for (let lead = 0; lead < leads.n; lead += 1) {
    const outcome = leads.outcome[lead];
    if (outcome !== WON && outcome !== LOST) continue;
    const [from, to] = [leads.entered[lead] as number, leads.decided[lead] as number];
    if (Number.isNaN(from) || Number.isNaN(to)) {
      if (outcome === WON) times.undatedWon += 1;
      continue;
    }
    const days = wholeDays({ at: from, timed: leads.enteredTimed }, { at: to, timed: leads.decidedTimed });
    times.decided.push(days);
    if (outcome !== WON) continue;
    times.whole.push(days);
    times.exact.push((to - from) / DAY);
    if (to < from && days < 0) times.beforeEntry += 1;
  }
  return times;
};

const latest = (values: Float64Array): number => values.reduce((last, at) => (at > last ? at : last), -Infinity);

/** An outcome recorded for a lead that is open again, or a date without an outcome, is no end. */
const endsOf = (leads: LeadColumns): Float64Array => leads.decided.map((at, lead) => (leads.outcome[lead] === WON || leads.outcome[lead] === LOST ? at : NaN));

const cohortsOf = (leads: LeadColumns, asOf: number, bounds: ReturnType<typeof cohortBounds>): CohortRow[] => {
  const months = new Map<string, Tally>();
  for (let lead = 0; lead < leads.n; lead += 1) {
    const at = leads.entered[lead] as number;
    if (Number.isNaN(at)) continue;
    const month = monthText(at);
    const tally = months.get(month) ?? fresh();
    add(tally, leads.outcome[lead] as number);
    months.set(month, tally);
  }
  return [...months]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, tally]) => {
      const row = counted(tally);
      return { month, ...row, mark: cohortMark(month, row.open, asOf, bounds) };
    });
};

const sourcesOf = (leads: LeadColumns): SourceRow[] => {
  const tallies = leads.sources.map(fresh);
  for (let lead = 0; lead < leads.n; lead += 1) {
    const tally = tallies[leads.source[lead] as number];
    if (tally) add(tally, leads.outcome[lead] as number);
  }
  return tallies
    .map((tally, index) => ({ source: leads.sources[index] ?? '', ...counted(tally) }))
    .filter(({ entrants }) => entrants > 0)
    .toSorted((a, b) => b.entrants - a.entrants || (a.source < b.source ? -1 : 1));
};

const sourceTest = (rows: readonly SourceRow[]): Funnel['sourceTest'] => {
  const { chiSquare, df, p } = chiSquareTest(rows.map(({ won, entrants }) => [won, entrants - won]));
  return df === 0 ? null : { chiSquare, df, p };
};

/** The funnel of distinct leads. Rates are fractions from 0 to 1; intervals are Wilson's, at 95 %. */
export const funnel = (leads: LeadColumns): Funnel => {
  const all = fresh();
  for (let lead = 0; lead < leads.n; lead += 1) add(all, leads.outcome[lead] as number);
  const times = timesOf(leads);
  const decided = endsOf(leads);
  const bounds = cohortBounds({ entered: leads.entered, decided, won: (lead) => leads.outcome[lead] === WON });
  const asOf = Math.max(latest(leads.entered), latest(decided));
  const bySource = sourcesOf(leads);
  const wins = all.lost === 0 ? undefined : share(all.won, all.won + all.lost);
  const withHours = leads.enteredTimed || leads.decidedTimed;
  return {
    ...counted(all),
    winRate: wins?.rate ?? null,
    winWilson95: wins?.wilson95 ?? null,
    bySource,
    sourceTest: sourceTest(bySource),
    daysToWon: {
      n: times.whole.length,
      mean: numberOrNull(mean(times.whole)),
      median: numberOrNull(median(times.whole)),
      meanWithFractions: withHours ? numberOrNull(mean(times.exact)) : null,
      unit: 'whole days elapsed',
      beforeEntry: times.beforeEntry,
    },
    daysToDecided: { n: times.decided.length, mean: numberOrNull(mean(times.decided)) },
    cohorts: cohortsOf(leads, asOf, bounds),
    asOf: Number.isFinite(asOf) ? dayText(asOf) : null,
    firstOutcome: Number.isFinite(bounds.firstOutcome) ? dayText(bounds.firstOutcome) : null,
    typicalDays: numberOrNull(bounds.typicalDays),
    undated: { entrants: leads.entered.reduce((count, at) => count + (Number.isNaN(at) ? 1 : 0), 0), won: times.undatedWon },
  };
};
