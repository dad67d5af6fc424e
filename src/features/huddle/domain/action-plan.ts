import type { Action } from './operation';

export const LACKS = ['owner', 'date', 'easy', 'visible', 'direct'] as const;
export type Lack = (typeof LACKS)[number];

/** What an action of the plan still lacks: an owner, a date, and the three criteria — easy to do, visible to both functions, a direct positive effect (MB appendix). */
export const missingOf = ({ owner, dueOn, easy, visible, direct }: Pick<Action, 'owner' | 'dueOn' | 'easy' | 'visible' | 'direct'>): Lack[] => {
  const has: Record<Lack, boolean> = { owner: owner.trim() !== '', date: dueOn !== null, easy, visible, direct };
  return LACKS.filter((each) => !has[each]);
};

export const isWhole = (action: Parameters<typeof missingOf>[0]): boolean => missingOf(action).length === 0;
