import { cholesky, choleskySolve } from './linear-solve';
import { chiSquareUpper } from './gamma';
import { orderByTime, type FollowUp } from './event-times';

/** `observed` and `expected` events stand in the order of the groups. */
export type LogRank = { chiSquare: number; df: number; p: number; observed: number[]; expected: number[] };

type Sums = { observed: Float64Array; expected: Float64Array; covariance: Float64Array };

/** One event time's part: expected events by each group's share at risk, and their hypergeometric covariance. */
const addTime = ({ expected, covariance }: Sums, atRisk: Float64Array, total: number, events: number): void => {
  const groups = atRisk.length;
  const spread = total > 1 ? (events * (total - events)) / (total - 1) : 0;
  for (let a = 0; a < groups; a += 1) {
    const share = (atRisk[a] as number) / total;
    expected[a] = (expected[a] as number) + events * share;
    if (spread === 0 || share === 0) continue;
    for (let b = 0; b < groups; b += 1) {
      const cell = a * groups + b;
      covariance[cell] = (covariance[cell] as number) + spread * share * ((a === b ? 1 : 0) - (atRisk[b] as number) / total);
    }
  }
};

const collect = ({ time, cause }: FollowUp, group: ArrayLike<number>, groups: number): Sums => {
  const order = orderByTime(time).filter((row) => (group[row] as number) >= 0);
  const sums: Sums = { observed: new Float64Array(groups), expected: new Float64Array(groups), covariance: new Float64Array(groups * groups) };
  const atRisk = new Float64Array(groups);
  for (const row of order) atRisk[group[row] as number] = (atRisk[group[row] as number] as number) + 1;
  const leaving = new Float64Array(groups);
  for (let at = 0; at < order.length; ) {
    const now = time[order[at] as number];
    const total = order.length - at;
    let events = 0;
    leaving.fill(0);
    for (; at < order.length && time[order[at] as number] === now; at += 1) {
      const row = order[at] as number;
      const own = group[row] as number;
      leaving[own] = (leaving[own] as number) + 1;
      if (cause[row] === 0) continue;
      events += 1;
      sums.observed[own] = (sums.observed[own] as number) + 1;
    }
    if (events > 0) addTime(sums, atRisk, total, events);
    for (let own = 0; own < groups; own += 1) atRisk[own] = (atRisk[own] as number) - (leaving[own] as number);
  }
  return sums;
};

/** The quadratic form over all but one of the groups that were ever at risk of an event; any one may be left out, with the same result. */
const quadratic = ({ observed, expected, covariance }: Sums): { chiSquare: number; df: number } => {
  const groups = observed.length;
  const kept = Array.from(observed.keys()).filter((own) => (expected[own] as number) > 0 && (covariance[own * groups + own] as number) > 0).slice(1);
  const size = kept.length;
  if (size === 0) return { chiSquare: 0, df: 0 };
  const matrix = Float64Array.from({ length: size * size }, (_, cell) => covariance[(kept[Math.floor(cell / size)] as number) * groups + (kept[cell % size] as number)] as number);
  const off = Float64Array.from(kept, (own) => (observed[own] as number) - (expected[own] as number));
  const lower = cholesky(matrix, size);
  if (!lower) return { chiSquare: NaN, df: size };
  return { chiSquare: choleskySolve(lower, size, off).reduce((sum, value, index) => sum + value * (off[index] as number), 0), df: size };
};

/**
 * Whether groups differ in how fast the event comes: the log-rank test (Mantel 1966, Peto & Peto 1972) with the hypergeometric variance, as
 * R's `survdiff` gives with rho = 0. Any cause but 0 is the event.
 * @param group number of each subject's group, from 0; below 0: left out
 * @returns df 0 and p NaN when fewer than two groups were at risk of any event
 */
export const logRank = (followUp: FollowUp, group: ArrayLike<number>, groups: number): LogRank => {
  const sums = collect(followUp, group, groups);
  const { chiSquare, df } = quadratic(sums);
  return { chiSquare, df, p: chiSquareUpper(chiSquare, df), observed: [...sums.observed], expected: [...sums.expected] };
};
