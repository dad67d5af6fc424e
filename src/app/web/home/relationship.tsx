import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { assessmentCalls } from '../../../features/assessment/web/calls';
import { AxisLanes, type Lane } from '../../../features/assessment/web/results/axis';
import { axisOf, byGap, functionOrder, functionStanding, lookHere, sectionTitle, sectionViews, type ResultsAnswer, type SectionView } from '../../../features/assessment/web/results/view';
import { functionName, FunctionLabel } from '../../../ui/function-mark';
import { Answered } from '../../../ui/page';
import { When } from '../../../ui/when';
import { t } from '../text';
import css from './home.module.css';
import type { HomeWave } from './next-step';

const figure = (value: number): string => value.toFixed(1);

/** Where the two functions stand: one row for each tool of the latest closed survey that this reader may see. */
export const Relationship = ({ workspace, closed, underWay }: { workspace: string; closed: HomeWave | undefined; underWay: boolean }) => (
  <section className={`panel ${css.panel} ${css.tall}`} aria-labelledby="relationship">
    <h2 id="relationship">{t('home.relationship')}</h2>
    {closed?.readable ? <Figures workspace={workspace} wave={closed.id} /> : <Outline text={closed ? t('home.relationship.notPublished', { wave: closed.name }) : t(underWay ? 'home.relationship.underWay' : 'home.relationship.none')} />}
  </section>
);

const Figures = ({ workspace, wave }: { workspace: string; wave: string }) => {
  const results = useQuery(assessmentCalls.results.queryOptions({ input: { workspace, wave, locale: 'en' }, staleTime: Infinity }));
  return (
  <Answered query={results} rows={6}>
    {(answer) => {
      const sections = sectionViews(answer);
      return (
        <>
          <p className={css.finding}>{sentence(sections)}</p>
          <ul className={css.tools}>{rowsOf(sections).map((section) => <ToolRow key={section.tool.id} answer={answer} section={section} />)}</ul>
          <div className={css.foot}>
            <Link to="/w/$workspace/understand/waves/$wave/results" params={{ workspace, wave }}>{t('home.relationship.open')}</Link>
            <span className="meta"><span data-user-text>{answer.results.wave.name}</span> · <When at={answer.results.wave.closedAt} /></span>
          </div>
        </>
      );
    }}
  </Answered>
  );
};

const sentence = (sections: readonly SectionView[]): string => {
  const real = lookHere(sections);
  if (real) return t('home.relationship.real', { section: sectionTitle(real), difference: figure(Math.abs(real.result.gap.difference)) });
  const widest = byGap(sections)[0];
  if (!widest) return t('home.relationship.noGap');
  return t(widest.result.gap.verdict === 'none' ? 'home.relationship.noneReal' : 'home.relationship.unclear', { section: sectionTitle(widest), difference: figure(Math.abs(widest.result.gap.difference)) });
};

/** Of each tool the section in which the two functions differ most; where nothing is compared, its first section. */
const rowsOf = (sections: readonly SectionView[]): SectionView[] => {
  const widest = new Map<string, SectionView>();
  for (const section of [...byGap(sections), ...sections]) if (!widest.has(section.tool.id)) widest.set(section.tool.id, section);
  return [...new Map(sections.map((section) => [section.tool.id, widest.get(section.tool.id) ?? section])).values()];
};

const ToolRow = ({ answer, section }: { answer: ResultsAnswer; section: SectionView }) => {
  const sides = functionOrder(answer.leftSide).filter((fn) => fn !== 'leadership');
  const lanes = sides.flatMap((fn): Lane[] => {
    const standing = functionStanding(answer, section, fn);
    return standing.kind === 'shown' ? [{ fn, mean: standing.mean }] : [];
  });
  const { gap } = section.result;
  const before = answer.results.change?.sections.find((row) => row.sectionId === section.wording.id && row.gapBefore !== undefined)?.gapBefore;
  const spoken = lanes.map((lane) => t('home.relationship.lane', { function: functionName(lane.fn), mean: figure(lane.mean) })).join(', ');
  return (
    <li className={css.tool}>
      <span data-user-text>{section.tool.title}</span>
      <span role="img" aria-label={spoken || t('home.relationship.hidden')}>{lanes.length > 0 ? <AxisLanes axis={axisOf(answer, section.wording)} lanes={lanes} height={28} /> : <span className="meta">{t('home.relationship.hidden')}</span>}</span>
      <span>
        {gap ? <strong>{t('home.relationship.gap', { gap: figure(Math.abs(gap.difference)) })}</strong> : <span className="meta">{t('home.relationship.notCompared')}</span>}
        {gap && before !== undefined && <span className="meta"> {t('home.relationship.before', { before: figure(Math.abs(before)) })}</span>}
      </span>
    </li>
  );
};

const ROWS = ['home.outline.1', 'home.outline.2', 'home.outline.3', 'home.outline.4', 'home.outline.5', 'home.outline.6', 'home.outline.7', 'home.outline.8'] as const;
/** Places of the two marks in percent; the sides take turns, so that the outline tells nothing about either. */
const PLACES = [[30, 62], [66, 38], [44, 74], [70, 52], [34, 58], [76, 46], [40, 64], [60, 48]] as const;

/** The shape of what will stand here, and what opens it. No figure is invented. */
const Outline = ({ text }: { text: string }) => (
  <>
    <p className={css.finding}>{text}</p>
    <ul className={css.tools}>
      {ROWS.map((row, at) => (
        <li key={row} className={`${css.tool} ${css.ghost}`}>
          <span>{t(row)}</span>
          <svg width="100%" height="28" aria-hidden="true">
            <line x1="0" x2="100%" y1="14" y2="14" stroke="var(--hairline)" />
            <circle cx={`${PLACES[at]?.[0] ?? 30}%`} cy="14" r="5" fill="none" stroke="var(--mark)" strokeDasharray="2 2" />
            <svg x={`${PLACES[at]?.[1] ?? 60}%`} y="14" overflow="visible"><rect x="-5" y="-5" width="10" height="10" fill="none" stroke="var(--mark)" strokeDasharray="2 2" /></svg>
          </svg>
          <span aria-hidden="true">–</span>
        </li>
      ))}
    </ul>
    <div className={css.foot}><FunctionLabel fn="sales" /><FunctionLabel fn="marketing" /><span className="meta">{t('home.outline.note')}</span></div>
  </>
);
