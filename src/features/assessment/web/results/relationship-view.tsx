import { functionName, FunctionLabel } from '../../../../ui/function-mark';
import { Drawn } from './drawn';
import { useResults } from './context';
import { figure } from './format';
import css from './results.module.css';
import { said } from './text';
import type { SectionView } from './view';

/** Sums on the whole range with the four types, per function. */
export const RelationshipView = ({ section }: { section: SectionView }) => {
  const { answer, order } = useResults();
  const groups = answer.results.relationship?.groups ?? [];
  const shown = order.flatMap((fn) => groups.filter(({ blockId }) => blockId === fn).map((group) => ({ fn, group })));
  const max = answer.instrument.scale.max * section.wording.statements.length;
  return (
    <div>
      <Drawn chart="relationship" tool={section.tool.id} section={section.wording.id} />
      <ul className={css.types}>
        {shown.map(({ fn, group }) => (
          <li key={fn}>
            <FunctionLabel fn={fn} /> <strong>{said(`relationship.type.${group.type}`)}</strong>
            <span className="meta">{said('relationship.sum', { function: functionName(fn), sum: figure(group.sum), max, n: group.n })}</span>
          </li>
        ))}
      </ul>
      <p className="meta">{said('relationship.note')} {said('relationship.goal')}</p>
    </div>
  );
};
