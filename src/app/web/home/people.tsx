import { Link } from '@tanstack/react-router';
import type { Facets } from '../../../features/people/web/calls';
import { SIDES, type Side } from '../../../lib/vocabulary';
import { FunctionLabel } from '../../../ui/function-mark';
import { t } from '../text';
import css from './home.module.css';

const SMALLEST = 5;

/** Who is in, by function, and whether a function is large enough to be reported at all. */
export const PeopleHere = ({ workspace, facets, leftSide, editor }: { workspace: string; facets: Facets; leftSide: Side; editor: boolean }) => {
  const order = [leftSide, ...SIDES.filter((side) => side !== leftSide), 'leadership'] as const;
  const small = order.filter((fn) => facets.functions[fn] < SMALLEST);
  return (
    <section className={`panel ${css.panel}`} aria-labelledby="people-here">
      <h2 id="people-here">{t('nav.people')}</h2>
      <p className={css.finding}>{t('home.people.count', { count: facets.total })}</p>
      {facets.total === 0 ? (
        <p>{t(editor ? 'home.people.none' : 'home.people.none.reader')}</p>
      ) : (
        <>
          <dl className={css.facts}>
            {order.map((fn) => (
              <div key={fn}>
                <dt><FunctionLabel fn={fn} /></dt>
                <dd><Link to="/w/$workspace/people" params={{ workspace }} search={{ function: fn }}>{t('home.people.in', { count: facets.functions[fn] })}</Link></dd>
              </div>
            ))}
          </dl>
          <p className="meta">{small.length === 0 ? t('home.people.enough', { minimum: SMALLEST }) : t('home.people.small', { minimum: SMALLEST, count: small.length })}</p>
        </>
      )}
      <div className={css.foot}>
        {facets.total === 0 && editor ? <Link to="/w/$workspace/people/import" params={{ workspace }}>{t('home.people.import')}</Link> : <Link to="/w/$workspace/people" params={{ workspace }}>{t('home.people.all')}</Link>}
        {facets.functions.none > 0 && editor && <Link to="/w/$workspace/people/departments" params={{ workspace }}>{t('home.people.without', { count: facets.functions.none })}</Link>}
      </div>
    </section>
  );
};
