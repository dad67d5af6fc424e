import { FunctionLabel } from '../../../../ui/function-mark';
import { isHidden, type WaveChange } from '../../domain/results-view';
import { AxisLanes } from './axis';
import { useResults, ViewLink } from './context';
import { change, figure } from './format';
import css from './results.module.css';
import { said, t } from './text';
import { axisOf, type Axis, type SectionView } from './view';

type Moved = WaveChange['sections'][number];

/** One function's way from the last wave to this one: outline, line, filled mark, and the change with its interval. */
export const ChangeRow = ({ moved, axis }: { moved: Moved; axis: Axis }) => {
  const fn = moved.blockId as 'sales' | 'marketing' | 'leadership';
  return (
    <div className={css.changeRow}>
      <FunctionLabel fn={fn} />
      <AxisLanes axis={axis} lanes={[{ fn, mean: moved.now, before: moved.before }]} height={28} />
      <span className={css.changeFigures}>
        <span>{t('change.fromTo', { before: figure(moved.before), now: figure(moved.now) })}</span> <strong>{change(moved.difference)}</strong>
        <span className="meta">{isHidden(moved.ci95) ? said('hidden.short') : said('label.interval', { low: change(moved.ci95.low), high: change(moved.ci95.high) })}</span>
      </span>
    </div>
  );
};

/** The three functions' changes in one section, in the workspace's order. */
export const useChanges = (section: SectionView): Moved[] => {
  const { answer, order } = useResults();
  const all = answer.results.change?.sections.filter(({ sectionId }) => sectionId === section.wording.id) ?? [];
  return order.flatMap((fn) => all.filter(({ blockId }) => blockId === fn));
};

/** How the difference between the functions went. */
export const GapChange = ({ moved }: { moved: Moved[] }) => {
  const found = moved.find(({ gapBefore, gapNow }) => gapBefore !== undefined && gapNow !== undefined);
  if (found?.gapBefore === undefined || found.gapNow === undefined) return null;
  const [before, now] = [Math.abs(found.gapBefore), Math.abs(found.gapNow)];
  return <p>{said(now < before ? 'change.gapNarrower' : now > before ? 'change.gapWider' : 'change.gapSame', { before: figure(before), now: figure(now) })}</p>;
};

/** Panel of a tool's page. */
export const SectionChange = ({ section }: { section: SectionView }) => {
  const { answer } = useResults();
  const moved = useChanges(section);
  if (!answer.results.change) return null;
  return (
    <section className="panel">
      <h2 className={css.panelTitle}>{t('change.panel', { wave: answer.results.change.previousName })}</h2>
      {moved.length === 0 ? <p>{t('change.notComparable')}</p> : <div className={css.narrow}>{moved.map((row) => <ChangeRow key={row.blockId} moved={row} axis={axisOf(answer, section.wording)} />)}</div>}
      <GapChange moved={moved} />
      {moved.length > 0 && <span className="meta">{said('change.caution')} <ViewLink view={{ kind: 'change' }}>{t('change.all')}</ViewLink></span>}
    </section>
  );
};
