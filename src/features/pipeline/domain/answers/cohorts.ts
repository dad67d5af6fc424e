import { wilson } from '../../../../lib/statistics/wilson';
import { DAY, dayText } from '../../../../lib/moments';
import { cohortBounds, cohortMark, type CohortBounds, type CohortMark } from '../cohort-marks';
import type { StageEnd } from '../stages';
import type { Interval } from './records';

/** How many leads of a month and a group stand at an end. */
export type CubeCell = { month: string; value: string; end: StageEnd; leads: number };

/** How many leads entered on one day and were decided on another, both in days since 1970; null while they are not. */
export type DayCell = { entered: number; decided: number | null; won: boolean; leads: number };

/** Distinct leads. Recycled ones may come back: they are open, and told. `rate` is won among entrants, from 0 to 1. */
export type Count = { entrants: number; won: number; lost: number; open: number; recycled: number; rate: number; wilson95: Interval };
export type Cohort = Count & { month: string; mark: CohortMark | null };
export type SplitGroup = Count & { value: string };

export const SPLITS = ['origin', 'channel', 'territory', 'industry'] as const;
export type Split = (typeof SPLITS)[number];

export type CohortFunnel = { all: Count; comparable: Count; cohorts: Cohort[]; splits: Record<Split, SplitGroup[]>; asOf: string | null; firstOutcome: string | null; typicalDays: number | null };

type Tally = Record<StageEnd, number>;
const fresh = (): Tally => ({ open: 0, won: 0, lost: 0, recycled: 0 });

const counted = ({ open, won, lost, recycled }: Tally): Count => {
  const entrants = open + won + lost + recycled;
  const { low, high } = wilson(won, entrants);
  return { entrants, won, lost, open: open + recycled, recycled, rate: entrants === 0 ? 0 : won / entrants, wilson95: [low, high] };
};

const tallied = <Key>(cells: readonly CubeCell[], keyOf: (cell: CubeCell) => Key): Map<Key, Tally> => {
  const tallies = new Map<Key, Tally>();
  for (const cell of cells) {
    const tally = tallies.get(keyOf(cell)) ?? fresh();
    tally[cell.end] += cell.leads;
    tallies.set(keyOf(cell), tally);
  }
  return tallies;
};

const boundsOf = (days: readonly DayCell[]): { bounds: CohortBounds; asOf: number } => {
  const n = days.reduce((sum, { leads }) => sum + leads, 0);
  const [entered, decided, won] = [new Float64Array(n), new Float64Array(n), new Uint8Array(n)];
  let at = 0;
  let asOf = -Infinity;
  for (const cell of days) {
    entered.fill(cell.entered * DAY, at, at + cell.leads);
    decided.fill(cell.decided === null ? NaN : cell.decided * DAY, at, at + cell.leads);
    won.fill(cell.won ? 1 : 0, at, at + cell.leads);
    at += cell.leads;
    asOf = Math.max(asOf, cell.entered * DAY, (cell.decided ?? -Infinity) * DAY);
  }
  return { bounds: cohortBounds({ entered, decided, won: (lead) => won[lead] === 1 }), asOf };
};

/** A day, where it is one. */
const textOrNull = (at: number): string | null => (Number.isFinite(at) ? dayText(at) : null);

/** Groups shown of a split; what is left stands in the table of leads. */
const MOST_GROUPS = 40;

/**
 * The funnel by entrant cohort, from counts. Splits hold only cohorts without a mark, so that nobody's leads look worse for being younger; where every
 * cohort is marked they hold all.
 */
export const cohortFunnel = (cubes: Readonly<Record<Split, readonly CubeCell[]>>, days: readonly DayCell[]): CohortFunnel => {
  const { bounds, asOf } = boundsOf(days);
  const cohorts = [...tallied(cubes.origin, ({ month }) => month)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, tally]): Cohort => {
      const count = counted(tally);
      return { month, ...count, mark: cohortMark(month, count.open, asOf, bounds) };
    });
  const fit = cohorts.filter(({ mark }) => mark === null).map(({ month }) => month);
  const months = new Set(fit.length > 0 ? fit : cohorts.map(({ month }) => month));
  const inside = (cells: readonly CubeCell[]): CubeCell[] => cells.filter(({ month }) => months.has(month));
  const total = (cells: readonly CubeCell[]): Count => counted(tallied(cells, () => '').get('') ?? fresh());
  const groups = (cells: readonly CubeCell[]): SplitGroup[] =>
    [...tallied(inside(cells), ({ value }) => value)]
      .map(([value, tally]) => ({ value, ...counted(tally) }))
      .toSorted((a, b) => b.entrants - a.entrants || (a.value < b.value ? -1 : 1))
      .slice(0, MOST_GROUPS);
  return {
    all: total(cubes.origin), comparable: total(inside(cubes.origin)), cohorts,
    splits: { origin: groups(cubes.origin), channel: groups(cubes.channel), territory: groups(cubes.territory), industry: groups(cubes.industry) },
    asOf: textOrNull(asOf), firstOutcome: textOrNull(bounds.firstOutcome), typicalDays: Number.isFinite(bounds.typicalDays) ? bounds.typicalDays : null,
  };
};
