import { functionName, FunctionLabel } from '../../../../ui/function-mark';
import { isHidden } from '../../domain/results-view';
import { useResults, ViewLink } from './context';
import { figure, share } from './format';
import { HiddenMark, VerdictWord } from './parts';
import css from './results.module.css';
import { said, t } from './text';
import { byGap, lookHere, sectionTitle, smallestGapIn } from './view';

/** The widest real difference; where none is certain, the widest unclear one is named as what it is. */
export const LookHere = () => {
  const { sections, answer } = useResults();
  const real = lookHere(sections);
  const first = real ?? byGap(sections).find(({ result }) => result.gap.verdict === 'unclear');
  if (!first) return null;
  const { gap } = first.result;
  return (
    <section className={`panel ${css.look}`}>
      <h2 className={css.panelTitle}>{real ? t('look.real') : t('look.unclear')}</h2>
      <div className={css.lookFigure}>
        <span className="figure">{figure(Math.abs(gap.difference))}</span>
        <VerdictWord verdict={gap.verdict} />
      </div>
      <ViewLink className="lead" view={{ kind: 'tool', tool: first.tool.id, ...(first.tool.sections.length > 1 ? { section: first.wording.id } : {}) }}>{sectionTitle(first)}</ViewLink>
      <p>{said(`verdict.${gap.verdict}.sentence`, { smallestGap: figure(smallestGapIn(answer, first.wording)) })}</p>
      {first.wording.gapReading && <p>{first.wording.gapReading}</p>}
    </section>
  );
};

/** Type of relationship and worldview, where they were asked and may be shown. */
export const OtherPanels = () => {
  const { answer, order } = useResults();
  const { relationship, culturalDivide } = answer.results;
  const sides = order.filter((fn) => fn !== 'leadership');
  const types = sides.flatMap((side) => relationship?.groups.filter(({ blockId }) => blockId === side) ?? []);
  const worldview = answer.instrument.tools.find((tool) => tool.sections.some(({ neutral }) => neutral));
  const check = answer.instrument.tools.find((tool) => tool.sections.some(({ scoring }) => scoring === 'sum'));
  return (
    <>
      {types.length > 0 && check && (
        <section className="panel">
          <h2 className={css.panelTitle}><ViewLink view={{ kind: 'tool', tool: check.id }}>{said('heading.relationship')}</ViewLink></h2>
          <dl className={css.pairsList}>
            {types.map(({ blockId, sum, type, n }) => (
              <div key={blockId}><dt><FunctionLabel fn={blockId as 'sales'} /></dt><dd><strong>{said(`relationship.type.${type}`)}</strong> <span className="meta">{t('relationship.short', { sum: figure(sum), n })}</span></dd></div>
            ))}
          </dl>
        </section>
      )}
      {culturalDivide && worldview && (
        <section className="panel">
          <h2 className={css.panelTitle}><ViewLink view={{ kind: 'tool', tool: worldview.id }}>{said('heading.culturalDivide')}</ViewLink></h2>
          <p>{said(`divide.${culturalDivide.finding}`)}</p>
          <span className="meta">{culturalDivide.fromSource ? said('divide.fromSource') : said('divide.ours')}</span>
        </section>
      )}
    </>
  );
};

/** How far the figures speak for those invited. */
export const ResponsePanel = () => {
  const { answer, order } = useResults();
  const { response } = answer.results;
  return (
    <section className={`panel ${css.response}`}>
      <h2 className={css.panelTitle}>{said('heading.response')}</h2>
      <dl className={css.pairsList}>
        {order.flatMap((fn) => response.filter((row) => row.function === fn)).map((row) => (
          <div key={row.function}>
            <dt><FunctionLabel fn={row.function} /></dt>
            <dd>
              {isHidden(row.answered) ? <><span className="meta">{t('response.invited', { invited: row.invited })}</span> <HiddenMark short /></> : (
                <>{t('response.of', { answered: row.answered, invited: row.invited })} <span className="meta">{share(row.invited === 0 ? 0 : row.answered / row.invited)}</span></>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {response.filter((row) => !isHidden(row.answered) && row.answered < row.invited / 2).map((row) => <p key={row.function}>{said('response.low', { function: functionName(row.function) })}</p>)}
      {order.filter((fn) => fn !== 'leadership' && !response.some((row) => row.function === fn)).map((fn) => <p key={fn}>{t('response.notAsked', { function: functionName(fn) })}</p>)}
      <span className="meta">{said('response.note')}</span>
    </section>
  );
};
