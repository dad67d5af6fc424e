import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { functionName } from '../../../../ui/function-mark';
import { EmptyState, Page } from '../../../../ui/page';
import { useResults, ViewLink } from './context';
import { Drawn } from './drawn';
import { figure } from './format';
import { HeatTable } from './heat';
import { Neighbours } from './nav';
import { Readings } from './readings';
import { relationshipTitle } from './relationship-title';
import css from './results.module.css';
import { ScoreRows } from './score-rows';
import { SectionChange } from './section-change';
import { SectionSwitch } from './section-switch';
import { HiddenPanel } from './states';
import { SourceLine } from './source-line';
import { Statements } from './statements';
import { said, t } from './text';
import { functionStanding, relationshipTypes, sentenceTitle, smallestGapIn, statementViews, type ResultsAnswer, type SectionView } from './view';
import { WorldviewPage } from './worldview-page';

/** A tool's page: worldview and relationship check have their own form, every other tool shows one section at a time. */
export const ToolPage = ({ tool, section, statement }: { tool: string; section?: string; statement?: string }) => {
  const { sections } = useResults();
  const own = sections.filter((view) => view.tool.id === tool);
  const current = own.find(({ wording }) => wording.id === section) ?? own[0];
  if (!current) return <Page title={t('tool.missing')}><EmptyState title={t('tool.missing')} action={<ViewLink view={{ kind: 'overview' }}>{t('nav.overview')}</ViewLink>}>{t('tool.missing.text')}</EmptyState></Page>;
  if (own.every(({ wording }) => wording.neutral)) return <WorldviewPage sections={own} chosen={section} statement={statement} />;
  return <SectionPage key={current.wording.id} section={current} siblings={own} statement={statement} />;
};

const titleOf = (answer: ResultsAnswer, section: SectionView, order: readonly ('sales' | 'marketing' | 'leadership')[]): string => {
  const name = sentenceTitle(section);
  const { gap } = section.result;
  const types = section.wording.scoring === 'sum' ? relationshipTypes(answer) : undefined;
  if (types) return relationshipTitle(types);
  if (gap?.verdict === 'real') return t('finding.real', { section: name, difference: figure(Math.abs(gap.difference)) });
  if (gap) return said(gap.verdict === 'none' ? 'tool.title.none' : 'tool.title.unclear', { section: name });
  const shown = order.flatMap((fn) => {
    const standing = functionStanding(answer, section, fn);
    return standing.kind === 'shown' ? [{ fn, mean: standing.mean }] : [];
  });
  const [only] = shown;
  return only ? said('tool.title.oneSide', { section: name, function: functionName(only.fn), score: figure(only.mean) }) : t('tool.title.hidden', { section: name });
};

const SectionPage = ({ section, siblings, statement }: { section: SectionView; siblings: SectionView[]; statement?: string }) => {
  const { answer, order, openMethod } = useResults();
  const shown = order.some((fn) => functionStanding(answer, section, fn).kind === 'shown');
  return (
    <Page title={titleOf(answer, section, order)} source={<SourceLine />} actions={<Button variant="default" onClick={() => openMethod({ sectionId: section.wording.id })}>{t('method.button')}</Button>}>
      {siblings.length > 1 && <SectionSwitch siblings={siblings} current={section} />}
      {!shown && <HiddenPanel title={said('hidden.allSides')}><p>{said('hidden.why', { minimum: answer.results.minimum.general })}</p></HiddenPanel>}
      {shown && (
        <div className={css.columns}>
          <div className={css.left}>
            <SectionChart section={section} />
            <GapSentence section={section} />
            <Statements section={section} opened={statement} />
          </div>
          <aside className={css.right} aria-label={t('tool.side')}>
            <Readings section={section} />
            <Groups siblings={siblings} />
            <SectionChange section={section} />
            <WhatFollows section={section} />
          </aside>
        </div>
      )}
      <Neighbours tool={section.tool.id} />
    </Page>
  );
};

/** As printed where there is room for it; the four types of relationship are explained underneath. */
const SectionChart = ({ section }: { section: SectionView }) => {
  const { answer } = useResults();
  const narrow = useMediaQuery('(max-width: 40em)', undefined, { getInitialValueInEffect: false });
  const sum = section.wording.scoring === 'sum';
  return (
    <div>
      {narrow ? <ScoreRows section={section} /> : <Drawn chart={sum ? 'relationship' : 'tool'} tool={section.tool.id} section={section.wording.id} />}
      {sum && answer.results.relationship && <p className={`meta ${css.under}`}>{said('relationship.note')} {said('relationship.goal')}</p>}
    </div>
  );
};

/** The difference in words, with the word's meaning; leadership beside the mean of both teams. */
const GapSentence = ({ section }: { section: SectionView }) => {
  const { answer } = useResults();
  const { gap, leadershipGap } = section.result;
  const smallestGap = figure(smallestGapIn(answer, section.wording));
  const asked = section.wording.audience.filter((fn) => answer.results.response.some((row) => row.function === fn) && fn !== 'leadership');
  const size = (value: number) => figure(Math.abs(value));
  return (
    <div className={css.sentences}>
      {gap && <p>{said(gap.difference > 0 ? 'gap.salesHigher' : gap.difference < 0 ? 'gap.marketingHigher' : 'gap.equal', { difference: size(gap.difference) })} {said(`verdict.${gap.verdict}.sentence`, { smallestGap })}</p>}
      {leadershipGap && (
        <p>
          {said(leadershipGap.difference > 0 ? 'gap.leadership.higher' : leadershipGap.difference < 0 ? 'gap.leadership.lower' : 'gap.leadership.equal', { difference: size(leadershipGap.difference) })}{' '}
          {t(`leadership.${leadershipGap.verdict}`)} {said('gap.leadership.note')}
        </p>
      )}
      {!gap && section.wording.audience.length > 1 && <p>{asked.length > 1 ? said('verdict.hidden.sentence') : t('gap.notAsked.sentence')}</p>}
    </div>
  );
};

const Groups = ({ siblings }: { siblings: SectionView[] }) => (
  <section className="panel">
    <h2 className={css.panelTitle}>{said('heading.byGroup')}</h2>
    <HeatTable sections={siblings} compact />
  </section>
);

/** Only what exists is offered: the statements that carry the difference. */
const WhatFollows = ({ section }: { section: SectionView }) => {
  const views = statementViews(section);
  const several = section.tool.sections.length > 1;
  if (views.every(({ means }) => Object.keys(means).length === 0)) return null;
  return (
    <section className="panel">
      <h2 className={css.panelTitle}>{t('follows.title')}</h2>
      <p>{views[0]?.gap !== undefined ? t('follows.gap') : t('follows.low')}</p>
      <ol className={css.follows}>
        {views.slice(0, 3).map((view) => (
          <li key={view.id}>
            <ViewLink view={{ kind: 'tool', tool: section.tool.id, statement: view.id, ...(several ? { section: section.wording.id } : {}) }}>{view.text}</ViewLink>
            {view.gap !== undefined && <span className="meta"> {said('label.points', { difference: figure(Math.abs(view.gap)) })}</span>}
          </li>
        ))}
      </ol>
      <span className="meta">{t('follows.note')}</span>
    </section>
  );
};
