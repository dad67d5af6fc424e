import type { Side } from '../../../lib/vocabulary';
import type { PeriodView } from './calls';
import css from './agreements.module.css';
import { periodText, t } from './text';

type Counts = Pick<PeriodView, 'due' | 'kept' | 'notYetDue' | 'paused'>;

const openOf = (counts: Counts): number => counts.notYetDue + counts.paused;

/** Kept is filled in the colour of the side that promised, missed is outlined, what is not due yet is hatched. Starts at zero. */
export const KeptBar = ({ counts, side, height = 16, fromRight = false }: { counts: Counts; side: Side; height?: number; fromRight?: boolean }) => {
  const [kept, missed, open] = [counts.kept, counts.due - counts.kept, openOf(counts)];
  const all = Math.max(1, kept + missed + open);
  const hatch = `hatch-${side}-${height}`;
  const wide = (count: number) => (count * 100) / all;
  const at = (before: number, count: number) => `${fromRight ? 100 - wide(before + count) : wide(before)}%`;
  return (
    <svg className={css.bar} style={{ height }} role="img" aria-label={t('card.bar', { kept, missed, open })}>
      <defs><pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="7" style={{ fill: 'var(--mark)' }} /></pattern></defs>
      <line x1={fromRight ? '100%' : 0} x2={fromRight ? '100%' : 0} y1="0" y2={height} style={{ stroke: 'var(--ink)' }} strokeWidth="2" />
      {kept > 0 && <rect x={at(0, kept)} width={`${wide(kept)}%`} height={height} style={{ fill: `var(--${side})` }} />}
      {missed > 0 && <rect x={at(kept, missed)} width={`${wide(missed)}%`} y="0.5" height={height - 1} style={{ fill: 'none', stroke: `var(--${side})` }} />}
      {open > 0 && <rect x={at(kept + missed, open)} width={`${wide(open)}%`} y="0.5" height={height - 1} fill={`url(#${hatch})`} style={{ stroke: 'var(--mark)' }} />}
    </svg>
  );
};

const TALL = 40;

/** Six small bars, the oldest left: as tall as what came due, filled as far as it was kept. */
export const SixPeriods = ({ periods, side }: { periods: readonly PeriodView[]; side: Side }) => {
  const most = Math.max(1, ...periods.map((each) => each.due + openOf(each)));
  return (
    <ol className={css.six} aria-label={t('card.last')}>
      {periods.map((each) => {
        const tall = (count: number) => (count * TALL) / most;
        const [due, kept, open] = [tall(each.due), tall(each.kept), tall(openOf(each))];
        return (
          <li key={each.period}>
            <svg width="28" height={TALL + 2} role="img" aria-label={each.due === 0 ? t('card.periodNone', { period: periodText(each.period) }) : t('card.period', { period: periodText(each.period), kept: each.kept, due: each.due })}>
              <line x1="0" x2="28" y1={TALL + 1} y2={TALL + 1} style={{ stroke: 'var(--mark)' }} />
              {due > 0 && <rect x="6.5" y={TALL - due + 0.5} width="15" height={due} style={{ fill: 'none', stroke: `var(--${side})` }} />}
              {kept > 0 && <rect x="6" y={TALL - kept + 0.5} width="16" height={kept} style={{ fill: `var(--${side})` }} />}
              {open > 0 && <rect x="6.5" y={TALL - due - open + 0.5} width="15" height={open} strokeDasharray="2 2" style={{ fill: 'none', stroke: 'var(--mark)' }} />}
            </svg>
            <span>{periodText(each.period).slice(0, each.period.includes('Q') ? 2 : 3)}</span>
          </li>
        );
      })}
    </ol>
  );
};
