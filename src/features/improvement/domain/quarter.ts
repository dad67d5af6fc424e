import type { ActionState } from './plan';

/** What a quarter brought, for leadership's one page. Quarters are "2026-Q3". */
export type Dated = { state: ActionState; dueOn: string | null; doneOn: string | null; carried: readonly string[]; addedOn: string };

export const quarterOfDay = (day: string): string => `${day.slice(0, 4)}-Q${Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1}`;

export const quarterBefore = (quarter: string, by = 1): string => {
  const at = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(-1)) - 1 - by;
  return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
};

/** First and last day. */
export const daysOf = (quarter: string): { from: string; to: string } => {
  const [year, first] = [Number(quarter.slice(0, 4)), (Number(quarter.slice(-1)) - 1) * 3];
  return { from: new Date(Date.UTC(year, first, 1)).toISOString().slice(0, 10), to: new Date(Date.UTC(year, first + 3, 0)).toISOString().slice(0, 10) };
};

export type QuarterCount = { due: number; done: number; overdue: number; carried: number; added: number };

/** Actions that fell due in the quarter and those of them that were done by then, put off in it, or are open past it; dropped ones do not count. */
export const countQuarter = (actions: readonly Dated[], quarter: string, today: string): QuarterCount => {
  const held = actions.filter(({ state }) => state !== 'dropped');
  const within = (day: string | null): boolean => day !== null && quarterOfDay(day) === quarter;
  return {
    due: held.filter(({ dueOn }) => within(dueOn)).length,
    done: held.filter(({ doneOn }) => within(doneOn)).length,
    overdue: held.filter(({ state, dueOn }) => state === 'open' && within(dueOn) && (dueOn ?? '') < today).length,
    carried: held.reduce((sum, { carried }) => sum + carried.filter(within).length, 0),
    added: held.filter(({ addedOn }) => within(addedOn)).length,
  };
};
