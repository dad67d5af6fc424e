import type { Side } from '../../../lib/vocabulary';
import type { MediumAsked } from './media';
import type { RuleName } from './reconcile';
import type { StageEnd, StageRole } from './stages';

export const LEAD_SORTS = ['enteredAt', 'stageSince', 'name', 'amount'] as const;
export type LeadSort = (typeof LEAD_SORTS)[number];

/** What a saved view remembers of the list. */
export type ViewFilters = {
  pipeline?: string | undefined; stage?: string | undefined; end?: StageEnd | undefined; origin?: Side | undefined; channel?: string | undefined; owner?: string | undefined; search?: string | undefined;
  enteredFrom?: string | undefined; enteredTo?: string | undefined; endedFrom?: string | undefined; endedTo?: string | undefined; reached?: StageRole | undefined; territory?: string | undefined; industry?: string | undefined; medium?: MediumAsked | undefined;
  rule?: RuleName | undefined; underWay?: 'true' | 'false' | undefined; term?: string | undefined; termVersion?: number | undefined;
  sort?: LeadSort | undefined; order?: 'asc' | 'desc' | undefined; layout?: 'board' | undefined;
};
