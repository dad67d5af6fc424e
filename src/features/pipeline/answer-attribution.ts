import { seeded } from '../../lib/seeded';
import type { Side } from '../../lib/vocabulary';
import type { Contents } from './answer-contract';
import type { AnswerData } from './answer-data';
import { carrySentence, reasonSentence, sayAttribution } from './attribution-words';
import { attribute, creditBy, MODELS, type Attribution, type ModelId } from './domain/attribution/attribute';
import { bootstrap, DEFAULT_BOOTSTRAP, shareIntervals, type Resampling } from './domain/attribution/bootstrap';
import { canCarry } from './domain/attribution/can-carry';
import { disagreements } from './domain/attribution/disagreements';
import { bestCombinations, contentInfluence, type Encounter, type Influence } from './domain/attribution/influence';
import { indexPaths, mergeEqual } from './domain/attribution/paths';
import { encountersFrom, pathsFromTouches, type Outcome, type Touch } from './domain/attribution/touches';

type Content = Contents['attribution'];

/** The same data give the same intervals. */
const SEED = 20_240_611;
/** With more different paths than this, fewer resamples do: their sums hardly move. */
const MANY_PATHS = 3_000;

const outcomesOf = ({ leads, moves, stages }: AnswerData): Outcome[] => {
  const opportunity = new Set(stages.filter(({ role }) => role === 'opportunity').map(({ id }) => id));
  const opened = new Map<string, number>();
  for (const { lead, stageId, at } of moves) if (opportunity.has(stageId)) opened.set(lead, Math.min(at, opened.get(lead) ?? Infinity));
  return leads.flatMap(({ id, end, endedAt, enteredAt, amount }): Outcome[] =>
    endedAt === null || (end !== 'won' && end !== 'lost')
      ? []
      : [{ customer: id, at: endedAt, ordered: end === 'won', leadAt: enteredAt, ...(amount !== null && end === 'won' ? { value: amount } : {}), ...(opened.has(id) ? { opportunityAt: opened.get(id) } : {}) }],
  );
};

type SidedTouch = Touch & { side: Side };

/** Touches and activities; where sales' system tells of a first contact and of no activity, that contact is its touch. */
const touchesOf = (data: AnswerData): SidedTouch[] => {
  const touches = data.touches.map(({ partyId, channel, at, side, item }): SidedTouch => ({ customer: partyId, channel, at, side, item }));
  const active = new Set(data.touches.filter(({ side, kind }) => side === 'sales' && kind === 'activity').map(({ partyId }) => partyId));
  const met = new Set(data.touches.map(({ partyId }) => partyId));
  for (const { id, contactedAt } of data.leads) if (contactedAt !== null && met.has(id) && !active.has(id)) touches.push({ customer: id, channel: sayAttribution('channel.firstContact'), at: contactedAt, side: 'sales' });
  return touches;
};

/** The function most of a channel's touches came from. */
const sidesOf = (touches: readonly SidedTouch[]): Map<string, Side> => {
  const counts = new Map<string, number>();
  for (const { channel, side } of touches) counts.set(channel, (counts.get(channel) ?? 0) + (side === 'sales' ? 1 : -1));
  return new Map([...counts].map(([channel, more]) => [channel, more > 0 ? 'sales' : 'marketing']));
};

const byModel = <V>(value: (model: ModelId) => V): Record<ModelId, V> => Object.fromEntries(MODELS.map((model) => [model, value(model)])) as Record<ModelId, V>;

const keyOf = (items: readonly string[]): string => `item:${JSON.stringify(items)}`;

/** Leads behind each channel's credit, and behind what was met: those that were won. */
const leadsBehind = (content: Content, touches: readonly Touch[], encounters: readonly Encounter[], outcomes: readonly Outcome[]): Record<string, string[]> => {
  const wonAt = new Map(outcomes.flatMap(({ customer, at, ordered }) => (ordered ? [[customer, at] as const] : [])));
  const leads: Record<string, string[]> = {};
  for (const { channel, key } of content.channels) leads[key] = [...new Set(touches.filter((touch) => touch.channel === channel && touch.at <= (wonAt.get(touch.customer) ?? -Infinity)).map(({ customer }) => customer))];
  for (const { items, key } of [...content.influences, ...content.combinations]) leads[key] = encounters.flatMap((met) => (met.ordered && met.customer && items.every((item) => met.items.includes(item)) ? [met.customer] : []));
  return leads;
};

const channelsOf = (found: Attribution, resampling: Resampling | null, sides: ReadonlyMap<string, Side>): Content['channels'] => {
  const intervals = byModel((model) => (resampling ? shareIntervals(resampling, model) : null));
  return found.channels
    .map((channel, at) => ({
      key: `channel:${channel}`, channel, side: sides.get(channel) ?? null, orders: 0,
      models: byModel((model) => {
        const credit = found.models[model]?.[at];
        const own = intervals[model]?.[at];
        return credit === undefined || found.conversions === 0 ? null : { share: credit / found.conversions, low: own?.low ?? null, high: own?.high ?? null };
      }),
    }))
    .toSorted((a, b) => (b.models.linear?.share ?? 0) - (a.models.linear?.share ?? 0) || (a.channel < b.channel ? -1 : 1))
    .slice(0, 30);
};

const influenceOf = ({ items, met, notMet, shareOfOrders, lift, adjustedP }: Influence): Content['influences'][number] => ({
  key: keyOf(items), items, orders: met.ordered, met: met.customers, notMet: notMet.customers, shareOfOrders, lift: lift && { value: lift.ratio, ci95: [lift.interval.low, lift.interval.high] }, adjustedP,
});

/** Models side by side over the touches of both functions that can be tied to leads with an end; where none can, the reason and nothing else. */
export const attributionAnswer = (data: AnswerData, basis: Content['basis']): { content: Content; leads: Record<string, string[]> } => {
  const touches = touchesOf(data);
  const outcomes = outcomesOf(data);
  const { paths, leftOut } = pathsFromTouches(touches, outcomes);
  const set = paths.length === 0 ? null : mergeEqual(indexPaths(paths));
  const carry = canCarry(set);
  const tied = { ...data.touchCounts, contacts: touches.length - data.touches.length, onPath: paths.reduce((sum, { channels }) => sum + channels.length, 0), wonWithout: leftOut.withoutTouch.ordered, lostWithout: leftOut.withoutTouch.notOrdered, openTouches: leftOut.openTouches };
  const bare: Content = {
    carries: carrySentence(carry), code: carry.code, conversions: carry.orders, nonConversions: set?.nonConversions ?? 0, reasons: {}, intervals: false, channels: [],
    bySide: { sales: byModel(() => null), marketing: byModel(() => null), unassigned: byModel(() => null) }, disagreements: [], orders: [], influences: [], combinations: [], tied, basis,
  };
  if (!set || carry.code === 'no_orders') return { content: bare, leads: {} };
  const found = attribute(set);
  const resampling = bootstrap(set, seeded(SEED), { ...DEFAULT_BOOTSTRAP, resamples: set.paths.length > MANY_PATHS ? 200 : DEFAULT_BOOTSTRAP.resamples });
  const sides = sidesOf(touches);
  const credits = byModel((model) => {
    const own = found.models[model];
    return own && creditBy(own, found.channels, (channel) => sides.get(channel));
  });
  const side = (name: Side | 'unassigned') => byModel((model) => (credits[model] ? (credits[model]?.get(name) ?? 0) / found.conversions : null));
  const apart = resampling ? disagreements(found, resampling) : { shares: [], orders: [] };
  const encounters = encountersFrom(touches, outcomes);
  const content: Content = {
    ...bare, intervals: resampling !== null, channels: channelsOf(found, resampling, sides),
    reasons: Object.fromEntries(Object.entries(found.reasons).map(([model, reason]) => [model, reasonSentence(reason)])),
    bySide: { sales: side('sales'), marketing: side('marketing'), unassigned: side('unassigned') },
    disagreements: apart.shares.slice(0, 8).map(({ channel, lowest, highest }) => ({ channel, lowModel: lowest.model, low: lowest.share, highModel: highest.model, high: highest.share })),
    orders: apart.orders.slice(0, 8),
    influences: contentInfluence(encounters).influences.slice(0, 10).map(influenceOf), combinations: bestCombinations(encounters).influences.slice(0, 10).map(influenceOf),
  };
  const leads = leadsBehind(content, touches, encounters, outcomes);
  return { content: { ...content, channels: content.channels.map((row) => ({ ...row, orders: leads[row.key]?.length ?? 0 })) }, leads };
};
