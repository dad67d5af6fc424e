import css from '../../../../ui/data.module.css';
import { FunctionLabel } from '../../../../ui/function-mark';
import own from './answers.module.css';
import type { Content } from './calls';
import type { Opened } from '../leads-behind';
import { Opener, Ratio, RatioAxis } from './parts';
import { countText, groupText, percentText, ratioWithRange, t } from './text';

type Mark = Content<'fast'>['marks'][number];

/** Whether a mark holds inside each function's leads, or only tells one function's leads from the other's. */
export const MarksByOrigin = ({ question, marks, onOpen }: { question: 'fast' | 'converting'; marks: readonly Mark[]; onOpen: (opened: Opened) => void }) => {
  const most = Math.max(...marks.flatMap(({ byOrigin }) => byOrigin.flatMap(({ lift }) => (lift ? [lift.ci95[1], 1 / Math.max(lift.ci95[0], 0.05)] : []))), 2);
  return (
    <section className={css.section}>
      <h2 className="lead">{t('marks.byOrigin')}</h2>
      <p className={own.note}>{t('marks.byOrigin.note')}</p>
      <div className={css.scroll}>
        <table className={`${css.table} ${own.cards} ${own.grouped}`}>
          <thead><tr><th>{t('split.origin')}</th><th className={css.number}>{t('column.entrants')}</th><th className={css.number}>{t('column.with')}</th><th className={css.number}>{t('column.without')}</th><th className={own.bar} aria-hidden="true"><RatioAxis most={most} /></th><th className={css.number}>{t('column.lift')}</th></tr></thead>
          {marks.map((mark) => (
            <tbody key={mark.key}>
              <tr><th scope="rowgroup" colSpan={6} data-user-text><span className={css.quiet}>{mark.column}</span> {mark.value}</th></tr>
              {mark.byOrigin.map(({ key, origin, n, rate, otherRate, lift }) => (
                <tr key={origin}>
                  <td><span className={own.whole}><FunctionLabel fn={origin} /></span></td>
                  <td className={css.number} data-label={t('column.entrants')}><Opener label={`${mark.column}: ${mark.value}, ${groupText(origin)}`} onOpen={() => onOpen({ answer: question, key, label: `${mark.column}: ${mark.value}, ${groupText(origin)}`, total: n })}>{countText(n)}</Opener></td>
                  <td className={css.number} data-label={t('column.with')}>{rate === null ? t('tooFew') : percentText(rate)}</td>
                  <td className={css.number} data-label={t('column.without')}>{otherRate === null ? t('tooFew') : percentText(otherRate)}</td>
                  <td data-chart>{lift && <Ratio value={lift.value} interval={lift.ci95} most={most} />}</td>
                  <td className={css.number} data-label={t('column.lift')}>{lift ? ratioWithRange(lift.value, lift.ci95) : '–'}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
};
