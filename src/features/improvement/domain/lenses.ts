import { FUNCTIONS, type FunctionName } from '../../../lib/vocabulary';
import { AREAS, type Area } from './areas';

/** A problem is looked at by sales, by marketing and by leadership (MB ch. 5); the words of each question stand in the messages. */
export const LENSES = FUNCTIONS;
export type Lens = FunctionName;

/** How many questions an area has: `both` are put to each function, the others to one of the three. */
type Count = { readonly both: number; readonly sales: number; readonly marketing: number; readonly leadership: number };

const USUAL: Count = { both: 3, sales: 2, marketing: 2, leadership: 3 };
/** The source's own example goes further for supportiveness. */
const COUNTS: { readonly [A in Area]?: Count } = { '4': { both: 5, sales: 3, marketing: 2, leadership: 4 } };

const numbered = (kind: string, many: number): string[] => Array.from({ length: many }, (_, at) => `${kind}.${at + 1}`);

/** Ids of the questions an area puts to one lens: those to both functions first. Their text is `q.<area>.<id>`. */
export const questionsFor = (area: Area, lens: Lens): string[] => {
  const counts = COUNTS[area] ?? USUAL;
  return lens === 'leadership' ? numbered('leadership', counts.leadership) : [...numbered('both', counts.both), ...numbered(lens, counts[lens])];
};

/** Every text key there has to be. */
export const questionKeys = (): string[] => AREAS.flatMap((area) => [...new Set(LENSES.flatMap((lens) => questionsFor(area, lens)))].map((id) => `q.${area}.${id}`));
