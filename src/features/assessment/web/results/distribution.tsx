import { functionName, FunctionLabel } from '../../../../ui/function-mark';
import type { FunctionName } from '../../../../lib/vocabulary';
import { isHidden, type Shown, type StatementResult } from '../../domain/results-view';
import { useResults } from './context';
import css from './results.module.css';
import { spans, tones } from './spread';
import { said, t } from './text';
import type { StatementView } from './view';
import { DETAIL_FROM } from '../../domain/thresholds';

type Counts = StatementResult['groups'][number]['distribution'];

/** How the answers to one statement lie to both sides of the scale's middle, per function; hatched under ten answers. */
export const Spread = ({ view }: { view: StatementView }) => {
  const { answer, order } = useResults();
  const groups = order.flatMap((fn) => {
    const group = view.result.groups.find(({ blockId }) => blockId === fn);
    return group ? [{ fn, group }] : [];
  });
  const { scale } = answer.instrument;
  return (
    <div className={css.spread}>
      <div className={css.spreadEnds}><span>← {scale.low}</span><span>{scale.high} →</span></div>
      {groups.map(({ fn, group }) => <SpreadRow key={fn} fn={fn} counts={group.distribution} scale={scale} />)}
    </div>
  );
};

const SpreadRow = ({ fn, counts, scale }: { fn: FunctionName; counts: Shown<Extract<Counts, { kind: string }>>; scale: { min: number; max: number } }) => {
  if (isHidden(counts))
    return (
      <div className={css.spreadRow}>
        <FunctionLabel fn={fn} />
        <div className={`hatched ${css.hiddenLane}`}><span>{t('spread.hidden', { from: DETAIL_FROM })}</span></div>
      </div>
    );
  const classes = counts.kind === 'coarse' ? [said('label.coarseLow'), said('label.coarseMiddle'), said('label.coarseHigh')] : counts.counts.map((_, at) => String(scale.min + at));
  const shades = tones(counts.counts.length);
  const words = counts.counts.map((count, at) => t('spread.class', { class: classes[at], count })).join(', ');
  return (
    <div className={css.spreadRow}>
      <FunctionLabel fn={fn} />
      <div className={css.spreadBar} role="img" aria-label={t('spread.label', { function: functionName(fn), classes: words })}>
        {spans(counts.counts).map((span, at) => {
          const count = counts.counts[at] ?? 0;
          return count === 0 ? null : (
            <span key={at} className={css[shades[at] ?? 'plain']} style={{ left: `${50 + span.from * 50}%`, width: `${(span.to - span.from) * 50}%` }} title={t('spread.class', { class: classes[at], count })}>
              {span.to - span.from > 0.07 ? count : ''}
            </span>
          );
        })}
        <i />
      </div>
      {counts.kind === 'coarse' && <span className="meta" style={{ gridColumn: 2 }}>{said('method.coarse')}</span>}
    </div>
  );
};
