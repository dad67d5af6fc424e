import { useEffect, useRef, useState } from 'react';
import { functionName, FunctionShape } from '../../../../ui/function-mark';
import { AxisHead, AxisPair, type Lane } from './axis';
import { useResults } from './context';
import { Spread } from './distribution';
import { figure } from './format';
import { HiddenMark } from './parts';
import css from './results.module.css';
import { said, t } from './text';
import { statementViews, type Axis, type SectionView, type StatementView } from './view';

/** A single statement is rated on the scale itself, whatever its section adds up to. */
const statementAxis = (section: SectionView, scale: { min: number; max: number }): Axis => ({
  ...scale,
  cuts: section.wording.scoring === 'mean' ? section.wording.bands.flatMap(({ upTo }) => (upTo !== null && upTo > scale.min && upTo < scale.max ? [upTo] : [])) : [],
  zones: [],
  ticks: Array.from({ length: scale.max - scale.min + 1 }, (_, at) => scale.min + at),
});

/** Statements by difference; each opens the spread of its answers, or says why that is kept back. */
export const Statements = ({ section, opened, heading: Heading = 'h2' }: { section: SectionView; opened?: string; heading?: 'h2' | 'h3' }) => {
  const { answer } = useResults();
  const views = statementViews(section);
  const axis = statementAxis(section, answer.instrument.scale);
  const byGap = views.some(({ gap }) => gap !== undefined);
  const both = byGap || section.result.gap !== undefined;
  return (
    <section>
      <Heading className={css.sectionTitle}>{byGap ? said('heading.statements') : said('heading.statementsByScore')}</Heading>
      {section.wording.stem && <p className={css.stem}>{section.wording.stem}</p>}
      <div className={css.statementHead}><span /><AxisHead axis={axis} /><span className="meta">{both ? said('label.gap') : said('label.score')}</span></div>
      <ul className={css.statements}>
        {views.map((view) => <StatementRow key={view.id} view={view} axis={axis} startOpen={view.id === opened} />)}
      </ul>
    </section>
  );
};

const StatementRow = ({ view, axis, startOpen }: { view: StatementView; axis: Axis; startOpen: boolean }) => {
  const { order } = useResults();
  const [open, setOpen] = useState(startOpen);
  const [followed, setFollowed] = useState(startOpen);
  const row = useRef<HTMLLIElement>(null);
  // A link to a statement that arrives while the page is already there opens it too.
  if (followed !== startOpen) {
    setFollowed(startOpen);
    if (startOpen) setOpen(true);
  }
  useEffect(() => {
    if (startOpen) row.current?.scrollIntoView({ block: 'center' });
  }, [startOpen]);
  const shown = order.flatMap((fn): Lane[] => (view.means[fn] === undefined ? [] : [{ fn, mean: view.means[fn] }]));
  const sides = shown.filter(({ fn }) => fn !== 'leadership');
  const figures = shown.map(({ fn, mean }) => `${functionName(fn)} ${figure(mean)}`).join(', ');
  const [only] = sides;
  const asked = view.result.groups.filter(({ blockId }) => blockId === 'sales' || blockId === 'marketing');
  return (
    <li ref={row}>
      <button type="button" className={css.statement} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={css.statementText}>{view.text}<span className="visually-hidden"> {figures}</span></span>
        {shown.length > 0 ? (
          <span className={css.statementAxis}>
            <AxisPair axis={axis} lanes={shown} figures={asked.length > 1 || shown.length > 1} />
            <span className={css.statementFigures} aria-hidden="true">{shown.map(({ fn, mean }) => <span key={fn} style={{ color: `var(--${fn}-text)` }}><FunctionShape fn={fn} size={8} />{figure(mean)}</span>)}</span>
          </span>
        ) : <span className={`hatched ${css.hiddenLane}`}><span>{said('hidden.cell')}</span></span>}
        <span className={css.statementGap}>
          <strong>{view.gap === undefined ? (only && asked.length === 1 ? figure(only.mean) : '') : figure(Math.abs(view.gap))}</strong>
          {view.gap === undefined && only && asked.length > 1 && <HiddenMark short why={t('statement.sideHidden')} />}
        </span>
      </button>
      {open && <div className={css.statementOpen}><Spread view={view} /><p className="meta">{t('statement.cap')}</p></div>}
    </li>
  );
};
