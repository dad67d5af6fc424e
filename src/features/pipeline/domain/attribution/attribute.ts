import { chainOf, MARKOV_CHANNELS, markovCredits, removalEffects } from './markov';
import { conversionsOf, nonConversionsOf, type PathSet } from './paths';
import { creditsFrom, decaysByDays, DEFAULT_RULES, shareTable, withoutMarks, type RuleOptions } from './rules';

/** In the order in which people meet them: single touch, several touches, computed from all paths. */
export const MODELS = ['first', 'last', 'linear', 'u', 'w', 'timeDecay', 'markov', 'shapley'] as const;
export type ModelId = (typeof MODELS)[number];

/** Why a model says nothing. `{code}` chooses the sentence, the rest stands in it. */
export type Reason =
  | { code: 'no_conversions' }
  | { code: 'no_marks'; without: number; conversions: number }
  | { code: 'too_many_channels'; channels: number; limit: number };

export type Attribution = {
  channels: string[];
  conversions: number;
  /** Null when only paths with orders are known; the probability is then unknown too. */
  nonConversions: number | null;
  conversionProbability: number | null;
  /** Credit in orders, one per channel; null when the data cannot carry the model. */
  models: Record<ModelId, Float64Array | null>;
  reasons: Partial<Record<ModelId, Reason>>;
  timeDecayBy: 'days' | 'touches';
  /** Share of orders lost without the channel, where Markov could be computed. */
  removalEffects: Float64Array | null;
};

/** Why the data cannot carry a model, or nothing. */
export const reasonAgainst = (model: ModelId, set: PathSet): Reason | undefined => {
  const { conversions, channels } = set;
  if (conversions === 0) return { code: 'no_conversions' };
  const without = model === 'w' ? withoutMarks(set) : 0;
  if (without > 0) return { code: 'no_marks', without, conversions };
  if (model === 'markov' && channels.length > MARKOV_CHANNELS) return { code: 'too_many_channels', channels: channels.length, limit: MARKOV_CHANNELS };
  return undefined;
};

/**
 * All models side by side. Each splits the same orders; a model that the data cannot carry is null, with its reason.
 * Where only paths with orders are known, Markov still says which channels those paths ran through, not what they changed.
 */
export const attribute = (set: PathSet, options: RuleOptions = DEFAULT_RULES): Attribution => {
  const { channels, conversions, nonConversions } = set;
  const orders = conversionsOf(set);
  const reasons: Partial<Record<ModelId, Reason>> = {};
  const models: Record<ModelId, Float64Array | null> = { first: null, last: null, linear: null, u: null, w: null, timeDecay: null, markov: null, shapley: null };
  let effects: Float64Array | null = null;
  for (const model of MODELS) {
    const reason = reasonAgainst(model, set);
    if (reason) reasons[model] = reason;
    else if (model === 'markov') {
      const removal = removalEffects(chainOf(set), { conversions: orders, nonConversions: nonConversionsOf(set) });
      effects = removal?.effects ?? null;
      models.markov = removal && markovCredits(removal, conversions);
    } else models[model] = creditsFrom(shareTable(set, model, options), orders, channels.length);
  }
  return {
    channels,
    conversions,
    nonConversions,
    conversionProbability: nonConversions === null || conversions + nonConversions === 0 ? null : conversions / (conversions + nonConversions),
    models,
    reasons,
    timeDecayBy: decaysByDays(set) ? 'days' : 'touches',
    removalEffects: effects,
  };
};

/**
 * The money of the orders split by the same models, in the currency of the data. Markov weighs the chance of an order with what orders bring
 * whose path ended in the same channel.
 * @returns null where the paths do not tell what their orders brought, or they brought nothing
 */
export const attributeValue = (set: PathSet, options: RuleOptions = DEFAULT_RULES): { total: number; models: Attribution['models'] } | null => {
  const values = Float64Array.from(set.paths, ({ value, conversions }) => (conversions === 0 ? 0 : (value ?? NaN)));
  const total = values.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return null;
  const models = Object.fromEntries(
    MODELS.map((model) => {
      if (reasonAgainst(model, set)) return [model, null];
      if (model !== 'markov') return [model, creditsFrom(shareTable(set, model, options), values, set.channels.length)];
      const removal = removalEffects(chainOf(set), { conversions: conversionsOf(set), nonConversions: nonConversionsOf(set), rewards: values });
      return [model, removal && markovCredits(removal, total)];
    }),
  ) as Attribution['models'];
  return { total, models };
};

/** Credit per group of channels, such as the function a channel belongs to. Channels that belong to none stand under `unassigned`. */
export const creditBy = <Group extends string>(
  credits: Float64Array,
  channels: readonly string[],
  groupOf: (channel: string) => Group | undefined,
): Map<Group | 'unassigned', number> => {
  const sums = new Map<Group | 'unassigned', number>();
  channels.forEach((channel, at) => {
    const group = groupOf(channel) ?? 'unassigned';
    sums.set(group, (sums.get(group) ?? 0) + (credits[at] as number));
  });
  return sums;
};
