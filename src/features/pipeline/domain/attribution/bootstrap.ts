import { resampleCounts } from '../../../../lib/statistics/multinomial';
import { quantile } from '../../../../lib/statistics/describe';
import { MODELS, reasonAgainst, type ModelId } from './attribute';
import { chainOf, markovCredits, removalEffects } from './markov';
import { conversionsOf, mergeEqual, nonConversionsOf, type PathSet } from './paths';
import { creditsFrom, DEFAULT_RULES, shareTable, type RuleOptions } from './rules';

export type Interval = { low: number; high: number };

/** Fewer orders than this, and resampling them shows hardly more than how few they are. */
export const MINIMUM_ORDERS = 10;

/** More channels than this hold so little each that their intervals say nothing; Markov's system is solved anew for every resample. */
export const BOOTSTRAP_CHANNELS = 1000;
export const MARKOV_BOOTSTRAP_CHANNELS = 200;

export type Resampling = {
  /** How many resamples count; those without a single order do not. */
  resamples: number;
  confidence: number;
  channels: string[];
  /** Shares of the credit (0 to 1) of every resample, channel by channel: place `channel x resamples + resample`. Null as in the attribution, and for Markov with more than 200 channels. */
  shares: Record<ModelId, Float64Array | null>;
};

export type BootstrapOptions = RuleOptions & { resamples: number; confidence: number };

/** Enough for the ends of a 95 % interval to move by little from one seed to another. */
export const DEFAULT_BOOTSTRAP: BootstrapOptions = { ...DEFAULT_RULES, resamples: 1000, confidence: 0.95 };

type Compute = (orders: Float64Array, nonConversions: Float64Array) => Float64Array | null;

const computeOf = (model: ModelId, set: PathSet, options: RuleOptions): Compute | null => {
  if (reasonAgainst(model, set)) return null;
  if (model === 'markov') {
    if (set.channels.length > MARKOV_BOOTSTRAP_CHANNELS) return null;
    const chain = chainOf(set);
    return (conversions, nonConversions) => {
      const removal = removalEffects(chain, { conversions, nonConversions });
      return removal && markovCredits(removal, 1);
    };
  }
  const table = shareTable(set, model, options);
  return (orders) => {
    const sum = orders.reduce((total, count) => total + count, 0);
    return sum === 0 ? null : creditsFrom(table, orders, set.channels.length).map((credit) => credit / sum);
  };
};

/** Walks of each path, those with an order first, those without behind. */
const walksOf = (set: PathSet): Float64Array => Float64Array.from([...conversionsOf(set), ...nonConversionsOf(set)]);

/**
 * Bootstrap of all models on the same resamples: as many walks as there were, drawn with replacement, so that every walk of a path, with or
 * without an order, is a unit of its own. Shares, not orders, since the number of orders moves as well.
 * @param random numbers in [0, 1); the same source gives the same intervals
 * @returns null with fewer than ten orders or more than a thousand channels
 */
export const bootstrap = (walked: PathSet, random: () => number, options: BootstrapOptions = DEFAULT_BOOTSTRAP): Resampling | null => {
  if (walked.conversions < MINIMUM_ORDERS || walked.channels.length > BOOTSTRAP_CHANNELS) return null;
  const set = mergeEqual(walked);
  const paths = set.paths.length;
  const walks = walksOf(set);
  const drawn = new Float64Array(walks.length);
  const computed = MODELS.flatMap((model) => {
    const compute = computeOf(model, set, options);
    return compute ? [{ model, compute, shares: new Float64Array(set.channels.length * options.resamples) }] : [];
  });
  let resamples = 0;
  for (let round = 0; round < options.resamples; round += 1) {
    resampleCounts(walks, random, drawn);
    const orders = drawn.subarray(0, paths);
    if (!orders.some((count) => count > 0)) continue;
    for (const { compute, shares } of computed) compute(orders, drawn.subarray(paths))?.forEach((share, channel) => (shares[channel * options.resamples + resamples] = share));
    resamples += 1;
  }
  const shares = Object.fromEntries(MODELS.map((model) => [model, trimmed(computed.find((each) => each.model === model)?.shares, set.channels.length, options.resamples, resamples)])) as Resampling['shares'];
  return { resamples, confidence: options.confidence, channels: set.channels, shares };
};

/** Leaves out the places that resamples without an order did not fill. */
const trimmed = (shares: Float64Array | undefined, channels: number, planned: number, kept: number): Float64Array | null => {
  if (!shares) return null;
  if (planned === kept) return shares;
  const rest = new Float64Array(channels * kept);
  for (let channel = 0; channel < channels; channel += 1) rest.set(shares.subarray(channel * planned, channel * planned + kept), channel * kept);
  return rest;
};

/** One channel's shares over all resamples. */
export const resamplesOf = ({ resamples }: Resampling, shares: Float64Array, channel: number): Float64Array => shares.subarray(channel * resamples, (channel + 1) * resamples);

/** Middle part of the values: percentile interval. */
export const percentileInterval = (values: Float64Array, confidence: number): Interval => {
  const list = Array.from(values);
  return { low: quantile(list, (1 - confidence) / 2), high: quantile(list, (1 + confidence) / 2) };
};

/** Interval of each channel's share (0 to 1) under a model; null where the model is. */
export const shareIntervals = (resampling: Resampling, model: ModelId): Interval[] | null => {
  const shares = resampling.shares[model];
  return shares && resampling.channels.map((_, channel) => percentileInterval(resamplesOf(resampling, shares, channel), resampling.confidence));
};
