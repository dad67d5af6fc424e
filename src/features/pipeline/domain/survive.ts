import { growingColumn } from '../../../lib/growing';
import { kaplanMeier, survivalAt } from '../../../lib/statistics/kaplan-meier';
import { logRank } from '../../../lib/statistics/log-rank';
import { plainText, readFlag } from './outcome';
import { ownText } from './column-profile';

/** Null where the curve never comes down to one half, or its band does not. */
export type SurvivalGroup = {
  /** The group as the file writes it; null for one group of everybody. */
  by: string | null;
  n: number;
  events: number;
  median: number | null;
  ci95: [number | null, number | null];
  /** Share without the event at the times asked for; null after the last time seen. */
  at: { time: number; survival: number | null; ci95: [number, number] | null }[];
};

export type Survival = { groups: SurvivalGroup[]; logRank: { chiSquare: number; df: number; p: number } | null; leftOut: number };

/** More curves than this cannot be told apart, and the test between them says nothing. */
export const MOST_GROUPS = 50;

export type SurvivalTally = {
  /** @param by undefined when there are no groups */
  add(time: number, event: boolean, by: string | undefined): void;
  /** Rows without a time, an event or a group. */
  leaveOut(): void;
  result(at: readonly number[]): Survival;
};

const byNumberOrName = (a: string, b: string): number => {
  const [x, y] = [Number(a), Number(b)];
  return Number.isFinite(x) && Number.isFinite(y) ? x - y : a < b ? -1 : a > b ? 1 : 0;
};

const orNull = (value: number | undefined): number | null => value ?? null;

/** Gathers times row by row: 25 bytes a row, whatever the row holds. @throws RangeError for more than `MOST_GROUPS` groups */
export const survivalTally = (): SurvivalTally => {
  const times = growingColumn();
  const events = growingColumn(0);
  const groups = growingColumn(0);
  const names = new Map<string, number>();
  let leftOut = 0;
  const numberOf = (by: string): number => {
    const known = names.get(by);
    if (known !== undefined) return known;
    if (names.size >= MOST_GROUPS) throw new RangeError(`the column after --by has more than ${MOST_GROUPS} different values; choose one with fewer`);
    names.set(ownText(by), names.size);
    return names.size - 1;
  };
  return {
    add: (time, event, by) => {
      times.push(time);
      events.push(event ? 1 : 0);
      groups.push(by === undefined ? 0 : numberOf(by));
    },
    leaveOut: () => {
      leftOut += 1;
    },
    result: (at) => {
      const followUp = { time: times.view(), cause: Uint8Array.from(events.view()) };
      const group = groups.view();
      const chosen: [string | null, number][] = names.size === 0 ? [[null, 0]] : [...names].toSorted(([a], [b]) => byNumberOrName(a, b));
      const found = chosen.map(([by, number]): SurvivalGroup => {
        const rows = Int32Array.from(group.keys()).filter((row) => group[row] === number);
        const curve = kaplanMeier(followUp, rows);
        const shares = at.map((time) => {
          const there = survivalAt(curve, time);
          return { time, survival: there ? there.survival : null, ci95: there && Number.isFinite(there.low) ? ([there.low, there.high] as [number, number]) : null };
        });
        return { by, n: curve.n, events: curve.events, median: orNull(curve.median), ci95: [orNull(curve.low), orNull(curve.high)], at: shares };
      });
      const test = names.size < 2 ? undefined : logRank(followUp, group, names.size);
      return { groups: found, logRank: test && test.df > 0 ? { chiSquare: test.chiSquare, df: test.df, p: test.p } : null, leftOut };
    },
  };
};

/** How a cell tells whether the event came. */
export type EventReading = (cell: string) => boolean | undefined;

/**
 * What an event column means. Without a named value it must be plainly yes or no, or 0 and 1; nothing else is guessed, since some systems write 1 for "censored".
 * @param values the different cells of the column that are not blank
 * @throws RangeError with what to do, when the cells do not say which is the event
 */
export const eventReading = (values: readonly string[] | undefined, column: string, named: string | undefined): EventReading => {
  if (named !== undefined) {
    const wanted = named.trim();
    const plain = plainText(wanted);
    const same = (cell: string): boolean => cell === wanted || (plain !== '' && plainText(cell) === plain) || (wanted !== '' && cell !== '' && Number(cell) === Number(wanted));
    if (values && !values.some(same)) throw new RangeError(`no row has “${named}” in “${column}”; there are ${values.slice(0, 10).map((value) => `“${value}”`).join(', ')}`);
    return same;
  }
  if (values && values.length > 0 && values.every((value) => readFlag(value) !== undefined)) return readFlag;
  const some = values ? values.slice(0, 10).map((value) => `“${value}”`).join(', ') : 'more than 1,000 different values';
  throw new RangeError(`“${column}” does not say which rows had the event: it holds ${some}. Name the value that means the event with --event-value`);
};
