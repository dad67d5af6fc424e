import { EmptyState, Page } from '../../../../ui/page';
import { isHidden } from '../../domain/results-view';
import { AxisHead } from './axis';
import { useResults, ViewLink } from './context';
import { change as signed, figure, share } from './format';
import css from './results.module.css';
import { ChangeRow, GapChange, useChanges } from './section-change';
import { SourceLine } from './source-line';
import { said, t } from './text';
import { axisOf, commonAxis, sectionTitle, sentenceTitle, type ResultsAnswer, type SectionView } from './view';

/** From this share of new people on, the page warns that others answered. */
const TURNOVER_WARNING = 0.3;

/** The largest change whose interval leaves out zero, as a sentence. */
const titleOf = ({ results }: ResultsAnswer, sections: SectionView[]): string => {
  const { change } = results;
  if (!change) return t('change.none.title');
  const clear = change.sections
    .filter(({ blockId, ci95 }) => (blockId === 'sales' || blockId === 'marketing') && !isHidden(ci95) && (ci95.low > 0 || ci95.high < 0))
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))[0];
  const section = clear && sections.find(({ wording }) => wording.id === clear.sectionId);
  if (!clear || !section) return said('change.title.none', { wave: change.previousName });
  return t('change.title', { wave: change.previousName, section: sentenceTitle(section), function: clear.blockId, change: signed(clear.difference) });
};

/** What moved since the wave before: sections that both waves asked, groups that both waves show. */
export const ChangePage = () => {
  const { answer, sections } = useResults();
  const { change } = answer.results;
  if (!change) return <Page title={t('change.none.title')} source={<SourceLine />}><EmptyState title={t('change.none.head')}>{t('change.none.text')}</EmptyState></Page>;
  const compared = sections.filter(({ wording }) => change.sections.some(({ sectionId }) => sectionId === wording.id));
  const axis = commonAxis(answer, compared);
  return (
    <Page title={titleOf(answer, sections)} source={<SourceLine />}>
      {change.turnover >= TURNOVER_WARNING && <div className={css.warning} role="note"><strong className="figure">{share(change.turnover)}</strong><span>{said('change.turnover', { share: share(change.turnover) })}</span></div>}
      {axis && <div className={css.changes} aria-hidden="true">{[0, 1].map((column) => <div key={column} className={css.changeHead}><span /><AxisHead axis={axis} /><span /></div>)}</div>}
      <div className={css.changes}>{compared.map((section) => <SectionBlock key={section.wording.id} section={section} />)}</div>
      <div className={css.notes}>
        <p>{said('change.caution')}</p>
        <p>{said('change.onlyMatching')} {said('change.independent')}</p>
        <p>{t('change.turnover.known', { share: share(change.turnover) })}</p>
        <p>{t('change.smallest', { smallestGap: figure(answer.results.smallestGap) })}</p>
      </div>
    </Page>
  );
};

const SectionBlock = ({ section }: { section: SectionView }) => {
  const { answer } = useResults();
  const moved = useChanges(section);
  if (moved.length === 0) return null;
  return (
    <section className={css.changeBlock}>
      <h2><ViewLink view={{ kind: 'tool', tool: section.tool.id, ...(section.tool.sections.length > 1 ? { section: section.wording.id } : {}) }}>{sectionTitle(section)}</ViewLink></h2>
      {moved.map((row) => <ChangeRow key={row.blockId} moved={row} axis={axisOf(answer, section.wording)} />)}
      <GapChange moved={moved} />
    </section>
  );
};
