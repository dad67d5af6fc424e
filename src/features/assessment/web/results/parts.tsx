import { functionName, FunctionShape } from '../../../../ui/function-mark';
import type { FunctionName } from '../../../../lib/vocabulary';
import type { Verdict } from '../../domain/results-view';
import css from './results.module.css';
import { figure } from './format';
import { said, t } from './text';

/** Kept back by the disclosure gate: hatched, and said in words. */
export const HiddenMark = ({ why, short = false }: { why?: string; short?: boolean }) => (
  <span className={`hatched ${css.hiddenMark}`} title={why}><span>{short ? said('hidden.short') : said('hidden.cell')}</span></span>
);

/** The word for a difference. Weight, not hue, says how sure it is. */
export const VerdictWord = ({ verdict }: { verdict: Verdict }) => <span className={`${css.verdict} ${css[verdict]}`}>{said(`verdict.${verdict}`)}</span>;

/** "1.1 Real": a difference with its word. */
export const GapWord = ({ difference, verdict }: { difference: number; verdict: Verdict }) => (
  <span className={css.gapWord}><strong>{figure(Math.abs(difference))}</strong> <VerdictWord verdict={verdict} /></span>
);

/** A function's figure with shape and hue, opening how it was made. */
export const FunctionFigure = ({ fn, value, n, onClick, section }: { fn: FunctionName; value: number; n: number; onClick: () => void; section: string }) => (
  <button type="button" className={css.figureButton} onClick={onClick} aria-label={t('figure.open', { function: functionName(fn), value: figure(value), n, section })}>
    <span style={{ color: `var(--${fn}-text)` }}><FunctionShape fn={fn} size={9} />{figure(value)}</span>{' '}
    <span className="meta">{said('label.n', { n })}</span>
  </button>
);

/** A score's band in words on its grey; without a good end it has no grey either. */
export const BandWord = ({ label, tone }: { label: string; tone: 'low' | 'middle' | 'high' | 'plain' }) => <span className={`${css.band} ${css[tone]}`}>{label}</span>;
