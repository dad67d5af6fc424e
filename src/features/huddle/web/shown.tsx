import { FunctionLabel, FunctionShape } from '../../../ui/function-mark';
import type { ShownTool } from '../domain/operation';
import css from './huddle.module.css';
import { t } from './text';

const place = (mean: number): string => `${((mean - 1) / 6) * 100}%`;
const FUNCTIONS = ['sales', 'marketing', 'leadership'] as const;

/** A tool's figures as the disclosure gate let them out: one axis from 1 to 7, a mark for each function, the word for the gap. */
export const Shown = ({ figures }: { figures: ShownTool }) => (
  <figure className={css.shown}>
    <figcaption><strong>{t('shown.tool', { tool: figures.tool, name: t(`tool.${figures.tool as '1'}`) })}</strong></figcaption>
    <ul>
      {figures.sections.map(({ id, groups, verdict, difference }) => (
        <li key={id}>
          <span>{figures.sections.length > 1 ? t('shown.section', { id }) : ''}</span>
          <span className={css.axis} role="img" aria-label={groups.map(({ function: of, mean, n }) => t('shown.said', { of: t(`fn.${of}`), mean: mean ?? t('shown.hiddenWord'), n })).join('; ')}>
            {groups.map(({ function: of, mean }) => (mean === null ? null : <i key={of} style={{ left: place(mean), top: `calc(${FUNCTIONS.indexOf(of)} * var(--lane))` }}><FunctionShape fn={of} /></i>))}
          </span>
          <span className={css.figures}>{FUNCTIONS.map((of) => { const group = groups.find((each) => each.function === of); return group ? <span key={of}><FunctionLabel fn={of}>{group.mean?.toFixed(1) ?? t('shown.hidden')}</FunctionLabel></span> : null; })}</span>
          <span>{verdict && difference !== null ? t(`gap.${verdict}`, { difference: Math.abs(difference).toFixed(1) }) : ''}</span>
        </li>
      ))}
    </ul>
    <p className="meta">{t('shown.source', { wave: figures.wave })}</p>
  </figure>
);
