import { normalQuantile } from '../../../../lib/statistics/normal';
import { MINIMUM_ORDERS } from './bootstrap';
import type { PathSet } from './paths';

/** What the data can carry; each code is one sentence in the messages. */
export type CarryCode = 'no_link' | 'no_orders' | 'one_touch' | 'too_few' | 'little' | 'some' | 'much';

export type Carry = {
  code: CarryCode;
  orders: number;
  channels: number;
  /** Percentage points, either way, to which the share of a channel with a quarter of the credit is known; null without orders. */
  margin: number | null;
  /** Whether paths that ended without an order are known; Markov needs them to say what a channel changes. */
  nonConvertingKnown: boolean;
};

/** Margins above which only the largest channel, or only large differences, can be told. */
const LITTLE = 5;
const SOME = 2.5;

/** 95 % margin of a share of a quarter among `orders`, in percentage points: what sampling alone leaves open, before any model is chosen. */
const marginOf = (orders: number): number => 100 * normalQuantile(0.975) * Math.sqrt((0.25 * 0.75) / orders);

const codeOf = (orders: number, margin: number, oneTouch: boolean): CarryCode => {
  if (orders === 0) return 'no_orders';
  if (orders < MINIMUM_ORDERS) return 'too_few';
  if (oneTouch) return 'one_touch';
  if (margin > LITTLE) return 'little';
  return margin > SOME ? 'some' : 'much';
};

/**
 * What attribution on these paths can carry: with 120 orders little, whatever the model.
 * @param set null when no key links touches to orders, so that there are no paths
 */
export const canCarry = (set: PathSet | null): Carry => {
  if (!set) return { code: 'no_link', orders: 0, channels: 0, margin: null, nonConvertingKnown: false };
  const { conversions: orders, channels, paths, nonConversions } = set;
  const margin = orders === 0 ? null : marginOf(orders);
  const oneTouch = paths.every(({ conversions, steps }) => conversions === 0 || steps.every((step) => step === steps[0]));
  return { code: codeOf(orders, margin ?? Infinity, oneTouch), orders, channels: channels.length, margin, nonConvertingKnown: nonConversions !== null };
};
