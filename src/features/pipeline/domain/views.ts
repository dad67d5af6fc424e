import type { Side } from '../../../lib/vocabulary';
import type { StageEnd } from './stages';

/** What a saved view remembers of the list. */
export type ViewFilters = { pipeline?: string; stage?: string; end?: StageEnd; origin?: Side; channel?: string; owner?: string; search?: string; sort?: string; order?: 'asc' | 'desc'; layout?: 'list' | 'board' };
