import type { FunctionName } from '../../../lib/vocabulary';

/** One problem runs at a time, the others wait in line; a solved one stays watched (MB ch. 6). */
export const PROBLEM_STATES = ['waiting', 'running', 'solved', 'dropped'] as const;
export type ProblemState = (typeof PROBLEM_STATES)[number];

const WAYS: Readonly<Record<ProblemState, readonly ProblemState[]>> = {
  waiting: ['running', 'dropped'], running: ['waiting', 'solved', 'dropped'], solved: ['running', 'waiting'], dropped: ['waiting'],
};
export const mayBecome = (from: ProblemState, to: ProblemState): boolean => WAYS[from].includes(to);

export const ACTION_STATES = ['open', 'done', 'dropped'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** What an action has to be (MB ch. 6): easy to do, seen by both sides, acting directly on the interface. */
export const CRITERIA = ['easy', 'visible', 'direct'] as const;
export type Criterion = (typeof CRITERIA)[number];
export type Criteria = Readonly<Record<Criterion, boolean>>;
export const missing = (criteria: Criteria): Criterion[] => CRITERIA.filter((each) => !criteria[each]);

/** Over this share of the two functions' actions, one of them carries the plan. */
export const MOST_SHARE = 2 / 3;

export type Balance = { sales: number; marketing: number; leadership: number; heavy: 'sales' | 'marketing' | null; leadershipNamed: boolean };

/**
 * Contributions of both functions in about equal number, and leadership's support named (MB ch. 5). Dropped actions do not count; an action of
 * both functions counts for each.
 */
export const balanceOf = (actions: readonly { by: By; state: ActionState }[], leadershipPart: string): Balance => {
  const held = actions.filter(({ state }) => state !== 'dropped');
  const of = (fn: FunctionName): number => held.filter(({ by }) => by === fn || (by === 'both' && fn !== 'leadership')).length;
  const [sales, marketing, leadership] = [of('sales'), of('marketing'), of('leadership')];
  const all = sales + marketing;
  const heavy = all === 0 ? null : sales / all > MOST_SHARE ? 'sales' : marketing / all > MOST_SHARE ? 'marketing' : null;
  return { sales, marketing, leadership, heavy, leadershipNamed: leadership > 0 || leadershipPart.trim() !== '' };
};

/** Whose part an action is. */
export const ACTORS = ['sales', 'marketing', 'both', 'leadership'] as const;
export type By = (typeof ACTORS)[number];

/** A fortnight: what is due in it stands on Home. */
export const SOON_DAYS = 14;
export type Due = 'overdue' | 'soon' | 'later' | 'none';

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** @param today a day as "2026-04-01", in the workspace's zone */
export const dueOf = (action: { state: ActionState; dueOn: string | null }, today: string): Due => {
  if (action.state !== 'open' || action.dueOn === null) return 'none';
  const days = daysBetween(today, action.dueOn);
  return days < 0 ? 'overdue' : days <= SOON_DAYS ? 'soon' : 'later';
};

/** Own actions that were done stay in sight for so many days. */
export const OWN_DONE_DAYS = 90;

/** Put off means later than it was, and not into the past. */
export const mayBePutOffTo = (day: string, { dueOn }: { dueOn: string | null }, today: string): boolean => day > (dueOn ?? '') && day >= today;

/** Days before the due date of the first reminder, and between those after it. */
export const REMIND_BEFORE = 3;
export const REMIND_EVERY = 7;

/** Whether its owner hears of an action today: three days before, and each week once it is overdue; never twice a day. */
export const remindsToday = (action: { state: ActionState; dueOn: string | null; remindedOn: string | null }, today: string): boolean => {
  if (action.state !== 'open' || action.dueOn === null || action.remindedOn === today) return false;
  const days = daysBetween(today, action.dueOn);
  if (days > REMIND_BEFORE) return false;
  if (action.remindedOn === null) return true;
  // A new date starts anew: what was said of the old one does not count.
  if (daysBetween(action.remindedOn, action.dueOn) > REMIND_BEFORE) return true;
  return days < 0 && daysBetween(action.remindedOn, today) >= REMIND_EVERY;
};

/** How somebody finds it going at a check-in. */
export const COURSES = ['on_course', 'slow', 'stuck'] as const;

/** A running problem nobody spoke of for so long is silent. */
export const CHECK_IN_EVERY = 30;
export const SILENT_AFTER = 45;
export const silentFor = (last: string, today: string): number => Math.max(0, daysBetween(last, today));
