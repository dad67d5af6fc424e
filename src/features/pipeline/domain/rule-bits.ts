import type { CountRule, Frame, RuleName } from './reconcile';

/** What decides whether a side counts a lead at all, whenever it was. */
export type CountedBy = Pick<CountRule, 'passedOn' | 'worked'> & Pick<Frame, 'by'>;

/** Whose rules count a lead, a bit for each. */
export const RULE_BITS: Readonly<Record<RuleName, number>> = { marketing: 1, sales: 2, agreed: 4 };

export const isCounted = (bits: number, rule: RuleName): boolean => (bits & RULE_BITS[rule]) !== 0;
