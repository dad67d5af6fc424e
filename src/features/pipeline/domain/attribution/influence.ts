import { holm } from '../../../../lib/statistics/holm';
import { normalCdf, normalQuantile } from '../../../../lib/statistics/normal';
import { wilson } from '../../../../lib/statistics/wilson';
import type { Interval } from './bootstrap';

/** What a customer met before the order, or, without one, until now. Content or channels: pages, webinars, calls. */
export type Encounter = { customer?: string; items: readonly string[]; ordered: boolean };

/** Below these counts nothing is told: customers who met it, customers who did not, and orders on either side together. */
export type InfluenceMinimum = { met: number; notMet: number; orders: number };
export const INFLUENCE_MINIMUM: InfluenceMinimum = { met: 20, notMet: 20, orders: 10 };

/** Customers who ordered, among those it is about. */
export type Ordered = { customers: number; ordered: number; rate: number; interval: Interval };

export type Influence = {
  items: string[];
  /** Share of the customers with an order who met it (both, for a pair) before: content influence. */
  shareOfOrders: number;
  met: Ordered;
  notMet: Ordered;
  /** Rate among those who met it over the rate among those who did not, with its 95 % interval. Associated, not caused. Null when either rate is zero. */
  lift: { ratio: number; interval: Interval } | null;
  /** Two-sided, after Holm over everything that was compared. */
  adjustedP: number;
};

export type InfluenceResult = {
  customers: number;
  ordered: number;
  /** Highest lift first. */
  influences: Influence[];
  /** How many items or pairs were met but stay under the minimum. */
  tooFew: number;
};

const orderedAmong = (customers: number, ordered: number): Ordered => ({ customers, ordered, rate: ordered / customers, interval: wilson(ordered, customers) });

/** Ratio of two rates, interval on the log scale (Katz, Baptista, Azen and Pike 1978). */
const liftOf = (met: Ordered, notMet: Ordered): Influence['lift'] => {
  if (met.ordered === 0 || notMet.ordered === 0) return null;
  const ratio = met.rate / notMet.rate;
  const reach = normalQuantile(0.975) * Math.sqrt((1 - met.rate) / met.ordered + (1 - notMet.rate) / notMet.ordered);
  return { ratio, interval: { low: ratio * Math.exp(-reach), high: ratio * Math.exp(reach) } };
};

/** Two-sided p of two shares being equal, with the pooled variance. */
const pOf = (met: Ordered, notMet: Ordered): number => {
  const pooled = (met.ordered + notMet.ordered) / (met.customers + notMet.customers);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / met.customers + 1 / notMet.customers));
  return error === 0 ? 1 : Math.min(1, 2 * normalCdf(-Math.abs(met.rate - notMet.rate) / error));
};

type Tally = { items: string[]; customers: number; ordered: number };

const tally = (encounters: readonly Encounter[], setsOf: (items: string[]) => string[][]): Tally[] => {
  const tallies = new Map<string, Tally>();
  for (const { items, ordered } of encounters)
    for (const set of setsOf([...new Set(items)].sort())) {
      const key = JSON.stringify(set);
      const known = tallies.get(key) ?? { items: set, customers: 0, ordered: 0 };
      known.customers += 1;
      known.ordered += ordered ? 1 : 0;
      tallies.set(key, known);
    }
  return [...tallies.values()];
};

const compared = (encounters: readonly Encounter[], tallies: readonly Tally[], minimum: InfluenceMinimum): InfluenceResult => {
  const customers = encounters.length;
  const ordered = encounters.reduce((sum, encounter) => sum + (encounter.ordered ? 1 : 0), 0);
  const enough = tallies.filter((own) => own.customers >= minimum.met && customers - own.customers >= minimum.notMet && ordered >= minimum.orders);
  const sides = enough.map((own) => ({ items: own.items, met: orderedAmong(own.customers, own.ordered), notMet: orderedAmong(customers - own.customers, ordered - own.ordered) }));
  const adjusted = holm(sides.map(({ met, notMet }) => pOf(met, notMet)));
  const influences = sides.map(
    ({ items, met, notMet }, at): Influence => ({ items, shareOfOrders: met.ordered / ordered, met, notMet, lift: liftOf(met, notMet), adjustedP: adjusted[at]?.adjusted ?? NaN }),
  );
  const rank = ({ met, notMet }: Influence): number => (notMet.rate === 0 ? (met.rate === 0 ? 0 : Infinity) : met.rate / notMet.rate);
  influences.sort((a, b) => (rank(a) === rank(b) ? b.met.ordered - a.met.ordered : rank(b) - rank(a)));
  return { customers, ordered, influences, tooFew: tallies.length - enough.length };
};

/** Content influence: per item, how many of the customers with an order met it before, and how often those who met it ordered. */
export const contentInfluence = (encounters: readonly Encounter[], minimum: InfluenceMinimum = INFLUENCE_MINIMUM): InfluenceResult =>
  compared(encounters, tally(encounters, (items) => items.map((item) => [item])), minimum);

/** Customers with more items than this are counted with their first ones by name: pairs grow with the square. */
const MOST_ITEMS = 60;

/** Pairs of items: customers who met both against all others. Only pairs of items that reach the minimum themselves are counted. */
export const bestCombinations = (encounters: readonly Encounter[], minimum: InfluenceMinimum = INFLUENCE_MINIMUM): InfluenceResult => {
  const common = new Set(tally(encounters, (items) => items.map((item) => [item])).flatMap(({ items, customers }) => (customers >= minimum.met ? items : [])));
  const pairs = (items: string[]): string[][] => {
    const own = items.filter((item) => common.has(item)).slice(0, MOST_ITEMS);
    return own.flatMap((first, at) => own.slice(at + 1).map((second) => [first, second]));
  };
  return compared(encounters, tally(encounters, pairs), minimum);
};
