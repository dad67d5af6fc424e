import { MODELS, type Attribution, type ModelId } from './attribute';
import { percentileInterval, resamplesOf, shareIntervals, type Interval, type Resampling } from './bootstrap';

/** A channel to which two models give shares whose intervals do not touch: the two that lie furthest apart. */
export type ShareDisagreement = { channel: string; lowest: ModelShare; highest: ModelShare };

export type ModelShare = { model: ModelId; share: number; interval: Interval };

/** Two channels that some models put in one order and some in the other, each beyond its interval. */
export type OrderDisagreement = { first: string; second: string; firstAhead: ModelId[]; secondAhead: ModelId[] };

export type Disagreements = { shares: ShareDisagreement[]; orders: OrderDisagreement[] };

/** Order is compared among the channels with the most credit only; below, ranks change hands for nothing. */
const COMPARED = 12;

/** A difference that nobody would act on is none, however sure it is: models on the same paths differ surely by very little. */
const SMALLEST_SHARE = 0.01;

const carried = (attribution: Attribution): ModelId[] => MODELS.filter((model) => attribution.models[model] !== null);

const shareOf = ({ models, conversions }: Attribution, model: ModelId, channel: number): number => ((models[model]?.[channel] as number) ?? NaN) / conversions;

const shareDisagreement = (attribution: Attribution, intervals: Map<ModelId, Interval[]>, channel: number): ShareDisagreement[] => {
  const all: ModelShare[] = [...intervals].map(([model, list]) => ({ model, share: shareOf(attribution, model, channel), interval: list[channel] as Interval }));
  const byShare = all.sort((a, b) => a.share - b.share);
  const [lowest, highest] = [byShare[0], byShare[byShare.length - 1]];
  if (!lowest || !highest || lowest.interval.high >= highest.interval.low || highest.share - lowest.share < SMALLEST_SHARE) return [];
  return [{ channel: attribution.channels[channel] as string, lowest, highest }];
};

/** 1: `a` has more credit than `b` beyond the interval of their difference; -1: less; 0: cannot be told. */
const ahead = (resampling: Resampling, model: ModelId, a: number, b: number): number => {
  const shares = resampling.shares[model];
  if (!shares) return 0;
  const other = resamplesOf(resampling, shares, b);
  const { low, high } = percentileInterval(
    resamplesOf(resampling, shares, a).map((share, at) => share - (other[at] as number)),
    resampling.confidence,
  );
  return low > 0 ? 1 : high < 0 ? -1 : 0;
};

const orderDisagreement = (attribution: Attribution, resampling: Resampling, a: number, b: number): OrderDisagreement[] => {
  const signs = carried(attribution).map((model) => [model, ahead(resampling, model, a, b)] as const);
  const firstAhead = signs.flatMap(([model, sign]) => (sign > 0 ? [model] : []));
  const secondAhead = signs.flatMap(([model, sign]) => (sign < 0 ? [model] : []));
  if (firstAhead.length === 0 || secondAhead.length === 0) return [];
  return [{ first: attribution.channels[a] as string, second: attribution.channels[b] as string, firstAhead, secondAhead }];
};

/**
 * Where the models disagree by more than chance: in a channel's share, and in which of two channels did more. Widest first.
 * Says nothing of a difference that another draw of customers could turn round.
 */
export const disagreements = (attribution: Attribution, resampling: Resampling): Disagreements => {
  const intervals = new Map(carried(attribution).flatMap((model) => {
    const list = shareIntervals(resampling, model);
    return list ? [[model, list] as const] : [];
  }));
  const numbers = attribution.channels.map((_, channel) => channel);
  const most = (channel: number): number => Math.max(...[...intervals.keys()].map((model) => shareOf(attribution, model, channel)));
  const largest = [...numbers].sort((a, b) => most(b) - most(a)).slice(0, COMPARED);
  return {
    shares: numbers
      .flatMap((channel) => shareDisagreement(attribution, intervals, channel))
      .sort((a, b) => b.highest.share - b.lowest.share - (a.highest.share - a.lowest.share)),
    orders: largest.flatMap((a, at) => largest.slice(at + 1).flatMap((b) => orderDisagreement(attribution, resampling, a, b))),
  };
};
