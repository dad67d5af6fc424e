import type { IndexedPath, PathSet } from './paths';

/** Models that split each order by a rule over its own path, whatever other paths did. Their credits add up to the orders. */
export const RULE_MODELS = ['first', 'last', 'linear', 'u', 'w', 'timeDecay', 'shapley'] as const;
export type RuleModel = (typeof RULE_MODELS)[number];

export type RuleOptions = {
  /** Days in which the credit of a touch halves, where the touches have dates. */
  halfLifeDays: number;
  /** Touches from the end at which the credit halves, where they have none. */
  halfLifeTouches: number;
};

/**
 * Half-lives when nobody chose others: seven days, which web analytics tools have made the custom; without dates one touch, so that each
 * counts half of the one after it.
 */
export const DEFAULT_RULES: RuleOptions = { halfLifeDays: 7, halfLifeTouches: 1 };

/** Credit per touch; adds up to 1. */
type Split = (path: IndexedPath) => Float64Array;

const single = (length: number, at: number): Float64Array => {
  const split = new Float64Array(length);
  split[at] = 1;
  return split;
};

/** Shares of the marked touches, the rest spread over the others; where there are no others the marked ones take it in proportion. */
const marked = (length: number, marks: readonly (readonly [at: number, share: number])[], rest: number): Float64Array => {
  const split = new Float64Array(length);
  const held = new Set(marks.map(([at]) => at));
  const others = length - held.size;
  const scale = others > 0 ? 1 : 1 / (1 - rest);
  for (const [at, share] of marks) split[at] = (split[at] as number) + share * scale;
  if (others > 0) for (let at = 0; at < length; at += 1) if (!held.has(at)) split[at] = rest / others;
  return split;
};

/** Position model: 40 % to the first and the last touch, 20 % to those between. One touch takes all, two take half each. */
const u: Split = ({ steps: { length } }) =>
  length === 1
    ? single(1, 0)
    : marked(
        length,
        [
          [0, 0.4],
          [length - 1, 0.4],
        ],
        0.2,
      );

/** 30 % each to the first touch, the one that created the lead and the one that created the opportunity; 10 % to the others. One touch may be several of these. */
const w: Split = ({ steps: { length }, leadAt = 0, opportunityAt = 0 }) =>
  marked(
    length,
    [
      [0, 0.3],
      [leadAt, 0.3],
      [opportunityAt, 0.3],
    ],
    0.1,
  );

/** Halved with every half-life between a touch and the end: by days, or by touches. Measured from the latest touch, so that old paths keep their digits. */
const decay =
  (byDays: boolean, { halfLifeDays, halfLifeTouches }: RuleOptions): Split =>
  ({ steps: { length }, daysBefore }) => {
    const split = new Float64Array(length);
    const latest = byDays && daysBefore ? daysBefore.reduce((least, days) => Math.min(least, days), Infinity) : 0;
    let sum = 0;
    for (let at = 0; at < length; at += 1) {
      const halvings = byDays && daysBefore ? ((daysBefore[at] as number) - latest) / halfLifeDays : (length - 1 - at) / halfLifeTouches;
      const weight = 2 ** -halvings;
      split[at] = weight;
      sum += weight;
    }
    for (let at = 0; at < length; at += 1) split[at] = (split[at] as number) / sum;
    return split;
  };

/** Each distinct channel of the path the same, however often it was met. Why this is its value stands in docs/commands.md. */
const distinct: Split = ({ steps }) => {
  const split = new Float64Array(steps.length);
  let found = 0;
  // A short path is searched faster than a set is made; a long one is not.
  const seen = steps.length > 32 ? new Set<number>() : null;
  for (let at = 0; at < steps.length; at += 1) {
    const channel = steps[at] as number;
    if (seen ? seen.has(channel) : steps.indexOf(channel) < at) continue;
    seen?.add(channel);
    split[at] = 1;
    found += 1;
  }
  for (let at = 0; at < steps.length; at += 1) split[at] = (split[at] as number) / found;
  return split;
};

/** Time decay goes by days only when every path that ended in an order has them. */
export const decaysByDays = ({ paths, conversions }: PathSet): boolean => conversions > 0 && paths.every((path) => path.conversions === 0 || path.daysBefore !== undefined);

/** Orders whose path lacks the mark of the lead or of the opportunity; W cannot split them. */
export const withoutMarks = ({ paths }: PathSet): number =>
  paths.reduce((sum, { conversions, leadAt, opportunityAt }) => sum + (leadAt === undefined || opportunityAt === undefined ? conversions : 0), 0);

const splitOf = (model: RuleModel, set: PathSet, options: RuleOptions): Split => {
  switch (model) {
    case 'first':
      return ({ steps: { length } }) => single(length, 0);
    case 'last':
      return ({ steps: { length } }) => single(length, length - 1);
    case 'linear':
      return ({ steps: { length } }) => new Float64Array(length).fill(1 / length);
    case 'u':
      return u;
    case 'w':
      return w;
    case 'timeDecay':
      return decay(decaysByDays(set), options);
    case 'shapley':
      return distinct;
  }
};

/** What one order of each path gives to which channel: entries `starts[p]` to `starts[p + 1]` belong to path `p`. */
export type ShareTable = { starts: Int32Array; channels: Int32Array; shares: Float64Array };

/** @throws RangeError for a half-life that is not above 0 */
export const shareTable = (set: PathSet, model: RuleModel, options: RuleOptions = DEFAULT_RULES): ShareTable => {
  if (!(options.halfLifeDays > 0 && options.halfLifeTouches > 0)) throw new RangeError('a half-life is a number above 0');
  const split = splitOf(model, set, options);
  const most = set.paths.reduce((sum, { steps }) => sum + steps.length, 0);
  const starts = new Int32Array(set.paths.length + 1);
  const channels = new Int32Array(most);
  const shares = new Float64Array(most);
  const place = new Int32Array(set.channels.length).fill(-1);
  let end = 0;
  for (let at = 0; at < set.paths.length; at += 1) {
    const path = set.paths[at] as IndexedPath;
    const from = end;
    const touches = split(path);
    for (let step = 0; step < touches.length; step += 1) {
      const share = touches[step] as number;
      if (share === 0) continue;
      const channel = path.steps[step] as number;
      const known = place[channel] as number;
      if (known >= from) shares[known] = (shares[known] as number) + share;
      else {
        place[channel] = end;
        channels[end] = channel;
        shares[end++] = share;
      }
    }
    starts[at + 1] = end;
  }
  return { starts, channels: channels.subarray(0, end), shares: shares.subarray(0, end) };
};

/**
 * Credit per channel.
 * @param orders orders (or their value) per path
 */
export const creditsFrom = ({ starts, channels, shares }: ShareTable, orders: Float64Array, channelCount: number): Float64Array => {
  const credits = new Float64Array(channelCount);
  for (let path = 0; path < orders.length; path += 1) {
    const weight = orders[path] as number;
    if (weight === 0) continue;
    for (let entry = starts[path] as number, end = starts[path + 1] as number; entry < end; entry += 1) {
      const channel = channels[entry] as number;
      credits[channel] = (credits[channel] as number) + weight * (shares[entry] as number);
    }
  }
  return credits;
};
