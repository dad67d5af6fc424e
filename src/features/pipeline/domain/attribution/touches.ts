import type { Encounter } from './influence';
import type { Path } from './paths';

/** A touch of either function: a visit, a mail opened, a call. `at` in milliseconds since 1970. */
export type Touch = { customer: string; channel: string; at: number; /** What was met, where that is known. */ item?: string | null };

/** How a customer's path ended. Marks are the moments at which lead and opportunity were created. */
export type Outcome = { customer: string; at: number; ordered: boolean; value?: number; leadAt?: number; opportunityAt?: number };

export type PathsFromTouches = {
  paths: Path[];
  /** What could not be put on a path, so that nothing vanishes silently. */
  leftOut: {
    /** Outcomes of customers without any touch before. */
    withoutTouch: { ordered: number; notOrdered: number };
    /** Touches after a customer's last outcome, and touches of customers who have none yet: still open, so neither won nor lost. */
    openTouches: number;
    openCustomers: number;
    /** Touches longer before the end than the look-back. */
    tooOld: number;
  };
};

const DAY = 86_400_000;

const byCustomer = <T extends { customer: string; at: number }>(list: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const each of list) {
    const own = groups.get(each.customer);
    if (own) own.push(each);
    else groups.set(each.customer, [each]);
  }
  for (const own of groups.values()) own.sort((a, b) => a.at - b.at);
  return groups;
};

/** The last touch at or before a moment made what was created then; before all touches, none did. */
const touchBehind = (touches: readonly Touch[], moment: number | undefined): number | undefined => {
  if (moment === undefined) return undefined;
  const after = touches.findIndex(({ at }) => at > moment);
  const last = (after < 0 ? touches.length : after) - 1;
  return last < 0 ? undefined : last;
};

const pathOf = (touches: readonly Touch[], { at, ordered, value, leadAt, opportunityAt }: Outcome): Path => ({
  channels: touches.map(({ channel }) => channel),
  conversions: ordered ? 1 : 0,
  nonConversions: ordered ? 0 : 1,
  daysBefore: touches.map((touch) => (at - touch.at) / DAY),
  ...(ordered ? { value } : {}),
  leadAt: touchBehind(touches, leadAt),
  opportunityAt: touchBehind(touches, opportunityAt),
});

/**
 * One path per outcome: the customer's touches up to it and after the outcome before. A touch at the same moment as the outcome still
 * counts; touches after it belong to the next one. Customers without an outcome are still open and make no path.
 * @param lookBackDays touches longer before the outcome do not count; left out: all do
 */
export const pathsFromTouches = (touches: readonly Touch[], outcomes: readonly Outcome[], lookBackDays = Infinity): PathsFromTouches => {
  const paths: Path[] = [];
  const leftOut: PathsFromTouches['leftOut'] = { withoutTouch: { ordered: 0, notOrdered: 0 }, openTouches: 0, openCustomers: 0, tooOld: 0 };
  const ends = byCustomer(outcomes);
  const met = byCustomer(touches);
  for (const [customer, own] of met) {
    if (ends.has(customer)) continue;
    leftOut.openCustomers += 1;
    leftOut.openTouches += own.length;
  }
  for (const [customer, own] of ends) {
    const all = met.get(customer) ?? [];
    let from = 0;
    for (const outcome of own) {
      const next = all.findIndex(({ at }, index) => index >= from && at > outcome.at);
      const before = all.slice(from, next < 0 ? all.length : next);
      from += before.length;
      const recent = before.filter(({ at }) => outcome.at - at <= lookBackDays * DAY);
      leftOut.tooOld += before.length - recent.length;
      if (recent.length > 0) paths.push(pathOf(recent, outcome));
      else leftOut.withoutTouch[outcome.ordered ? 'ordered' : 'notOrdered'] += 1;
    }
    leftOut.openTouches += all.length - from;
  }
  return { paths, leftOut };
};

/** What each customer met before the first order, or until now; an item met only afterwards cannot have led to it. */
export const encountersFrom = (touches: readonly Touch[], outcomes: readonly Outcome[]): Encounter[] => {
  const firstOrder = new Map<string, number>();
  for (const { customer, at, ordered } of outcomes) if (ordered) firstOrder.set(customer, Math.min(at, firstOrder.get(customer) ?? Infinity));
  const met = byCustomer(touches);
  const customers = new Set([...met.keys(), ...outcomes.map(({ customer }) => customer)]);
  return [...customers].map((customer) => {
    const end = firstOrder.get(customer);
    const items = (met.get(customer) ?? []).filter(({ at }) => end === undefined || at <= end).map(({ channel, item }) => item ?? channel);
    return { customer, items: [...new Set(items)], ordered: end !== undefined };
  });
};
