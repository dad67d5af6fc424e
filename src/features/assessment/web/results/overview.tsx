import { Fragment, type ReactNode } from 'react';
import { functionName, FunctionShape } from '../../../../ui/function-mark';
import { Page } from '../../../../ui/page';
import { AxisHead, AxisLanes, type Lane } from './axis';
import { useResults, ViewLink } from './context';
import { LookHere, OtherPanels, ResponsePanel } from './overview-panels';
import { FunctionFigure, GapWord, HiddenMark } from './parts';
import { relationshipTitle } from './relationship-title';
import css from './results.module.css';
import { HiddenFunctions } from './states';
import { change, figure } from './format';
import { said, t } from './text';
import { axisOf, commonAxis, findingOf, functionStanding, sectionTitle, sentenceTitle, type Axis, type Finding, type ResultsAnswer, type SectionView, type Standing } from './view';
import { SourceLine } from './source-line';

const STEPS = ['currents', 'characteristics', 'consequences'] as const;

const titleOf = (finding: Finding): string => {
  if (finding.kind === 'real') return t('finding.real', { section: sentenceTitle(finding.section), difference: figure(Math.abs(finding.section.result.gap.difference)) });
  if (finding.kind === 'oneSide') return t('finding.oneSide', { function: finding.shown });
  if (finding.kind === 'relationship') return relationshipTitle(finding);
  return t(`finding.${finding.kind}`);
};

/** Where the two functions stand and differ, in the three steps of the assessment; one whole axis for all rows. */
export const Overview = () => {
  const { answer, sections } = useResults();
  const finding = findingOf(answer, sections);
  return (
    <Page title={titleOf(finding)} source={<SourceLine />}>
      <HiddenFunctions results={answer.results} />
      {finding.kind !== 'nothing' && (
        <div className={`${css.columns} ${css.wide}`}>
          <div className={css.left}><Rows /></div>
          <aside className={css.right} aria-label={t('overview.side')}>
            <LookHere />
            <OtherPanels />
            <ResponsePanel />
          </aside>
        </div>
      )}
      {finding.kind === 'nothing' && <ResponsePanel />}
    </Page>
  );
};

/** Sections that share an axis stand under one head; a sum (20-100) has a head of its own. */
const Rows = () => {
  const { answer, sections, order } = useResults();
  const asked = order.filter((fn) => answer.results.response.some((row) => row.function === fn));
  const steps = STEPS.map((step) => ({ step, rows: sections.filter(({ tool }) => tool.step === step) })).filter(({ rows }) => rows.length > 0);
  const axis = commonAxis(answer, sections);
  if (!axis) return null;
  return (
    <div role="table" aria-label={t('overview.table')} className={css.overview} style={{ '--figures': asked.length } as React.CSSProperties}>
      <div role="row" className={`${css.row} ${css.rowHead}`}>
        <span role="columnheader" className={css.cellLabel}>{said('label.section')}</span>
        <span role="columnheader" className={css.cellAxis}><span className="visually-hidden">{t('overview.axis')}</span><AxisHead axis={axis} /></span>
        <span className={css.cellFigures} role="presentation">{asked.map((fn) => <span role="columnheader" key={fn}><FunctionShape fn={fn} size={9} /> <span className={css.headWord}>{functionName(fn)}</span></span>)}</span>
        <span role="columnheader" className={css.cellGap}>{said('label.gap')}</span>
      </div>
      {steps.map(({ step, rows }) => (
        <div role="rowgroup" key={step} aria-label={said(`step.${step}`)}>
          <div role="row" className={css.step}><span role="cell"><strong>{said(`step.${step}`)}</strong> <span className="meta">{said(`step.${step}.question`)}</span></span></div>
          {rows.map((section, at) => (
            <Fragment key={section.wording.id}>
              {section.tool.sections.length > 1 && rows[at - 1]?.tool.id !== section.tool.id && <div role="row" className={css.tool}><span role="cell" className="meta">{section.tool.title}</span></div>}
              <SectionRow section={section} axis={axisOf(answer, section.wording)} />
            </Fragment>
          ))}
        </div>
      ))}
    </div>
  );
};

const cellFor = (standing: Standing, shown: (standing: Extract<Standing, { kind: 'shown' }>) => ReactNode): ReactNode => {
  if (standing.kind === 'shown') return shown(standing);
  if (standing.kind === 'hidden') return <HiddenMark short />;
  return <span className={css.notAsked}><span aria-hidden="true">–</span><span className="visually-hidden">{t('notAsked')}</span></span>;
};

const SectionRow = ({ section, axis }: { section: SectionView; axis: Axis }) => {
  const { answer, order, openMethod } = useResults();
  const asked = order.filter((fn) => answer.results.response.some((row) => row.function === fn));
  const standings = asked.map((fn) => ({ fn, standing: functionStanding(answer, section, fn) }));
  const lanes = standings.flatMap(({ fn, standing }): Lane[] => (standing.kind === 'shown' ? [{ fn, mean: standing.mean, ...(standing.interval ? { interval: standing.interval } : {}) }] : []));
  const { gap } = section.result;
  const title = sectionTitle(section);
  return (
    <div role="row" className={css.row}>
      <span role="rowheader" className={css.cellLabel}>
        <ViewLink view={{ kind: 'tool', tool: section.tool.id, ...(section.tool.sections.length > 1 ? { section: section.wording.id } : {}) }}>{sentenceTitle(section)}</ViewLink>
      </span>
      <span role="cell" className={css.cellAxis}>{lanes.length > 0 ? <AxisLanes axis={axis} lanes={lanes} /> : standings.some(({ standing }) => standing.kind === 'hidden') ? <span className={`hatched ${css.hiddenLane}`}><span>{said('hidden.cell')}</span></span> : <span className="meta">{said('label.notAsked')}</span>}</span>
      <span className={css.cellFigures} role="presentation">
        {standings.map(({ fn, standing }) => (
          <span role="cell" key={fn}>{cellFor(standing, ({ mean, n }) => <FunctionFigure fn={fn} value={mean} n={n} section={title} onClick={() => openMethod({ sectionId: section.wording.id, blockId: fn })} />)}</span>
        ))}
      </span>
      <span role="cell" className={css.cellGap}>
        {gap ? (
          <button type="button" className={css.gapButton} onClick={() => openMethod({ sectionId: section.wording.id })} aria-label={t('gap.open', { section: title, difference: figure(Math.abs(gap.difference)), verdict: said(`verdict.${gap.verdict}`) })}><GapWord difference={gap.difference} verdict={gap.verdict} /></button>
        ) : <NoGap section={section} />}
        <Since answer={answer} section={section} />
      </span>
    </div>
  );
};

/** A row without a difference says why: one function's own questions, or one side kept back. */
const NoGap = ({ section }: { section: SectionView }) => {
  const { answer } = useResults();
  const sides = section.wording.audience.filter((fn) => fn !== 'leadership');
  const invited = sides.filter((fn) => answer.results.response.some((row) => row.function === fn));
  if (invited.length === 0) return null;
  return <span className="meta">{sides.length < 2 ? t('gap.oneSideAsked') : invited.length < 2 ? t('gap.notAsked') : t('gap.hidden')}</span>;
};

const Since = ({ answer, section }: { answer: ResultsAnswer; section: SectionView }) => {
  const moved = answer.results.change?.sections.filter(({ sectionId }) => sectionId === section.wording.id) ?? [];
  const withGap = moved.find((row) => row.gapBefore !== undefined);
  if (withGap?.gapBefore !== undefined) return <span className="meta">{t('since.gap', { before: figure(Math.abs(withGap.gapBefore)) })}</span>;
  const [only] = moved;
  return only && section.wording.audience.length === 1 ? <span className="meta">{t('since.one', { change: change(only.difference) })}</span> : null;
};

