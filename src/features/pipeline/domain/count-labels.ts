import type { DisputedRow, RuleName, Worked } from './reconcile';

/** Which text names a row: what sales counts as passed on has another name, and a deadline nobody signed is said to be assumed. */
export const rowLabel = (row: DisputedRow, { rule, worked, daysAssumed }: { rule: RuleName; worked: Worked; daysAssumed: boolean }) => {
  if (row === 'passed') return rule === 'marketing' ? ('row.passed' as const) : (`row.passed.${rule}` as const);
  if (row === 'not_due') return daysAssumed ? ('row.not_due.assumed' as const) : ('row.not_due' as const);
  if (row !== 'past_due') return `row.${row}` as const;
  const kind = worked === 'accepted' || worked === 'deal' ? (`row.past_due.${worked}` as const) : ('row.past_due' as const);
  return daysAssumed ? (`${kind}.assumed` as const) : kind;
};
