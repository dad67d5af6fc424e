import { Drawn } from './drawn';
import css from './results.module.css';
import { said } from './text';
import type { SectionView } from './view';

/** Sums on the whole range with the four types, per function. */
export const RelationshipView = ({ section }: { section: SectionView }) => (
  <div>
    <Drawn chart="relationship" tool={section.tool.id} section={section.wording.id} />
    <p className={`meta ${css.under}`}>{said('relationship.note')} {said('relationship.goal')}</p>
  </div>
);
