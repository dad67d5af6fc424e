import { said } from './text';

const isType = (type: string): type is 'undefined' | 'defined' | 'aligned' | 'integrated' => ['undefined', 'defined', 'aligned', 'integrated'].includes(type);
const word = (type: string) => (isType(type) ? said(`relationship.type.${type}`) : type);

/** How both sides place the relationship, in one sentence. */
export const relationshipTitle = ({ sales, marketing }: { sales: string; marketing: string }): string =>
  sales === marketing ? said('relationship.title', { type: word(sales) }) : said('relationship.title.differ', { sales: word(sales), marketing: word(marketing) });
