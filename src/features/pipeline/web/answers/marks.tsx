import css from '../../../../ui/data.module.css';
import own from './answers.module.css';
import type { Content } from './calls';
import { LeadsDrawer, useOpened, type Opened } from '../leads-behind';
import { MarksByOrigin } from './marks-by-origin';
import { Method, Opener, Ratio, RatioAxis } from './parts';
import { coded, countText, percentText, ratioWithRange, t } from './text';

type Mark = Content<'fast'>['marks'][number];

const ratioText = (of: { value: number; ci95: [number, number] } | null): string => (of ? ratioWithRange(of.value, of.ci95) : '–');

/** Odds with nothing held equal say no more than the rates beside them. */
const adjustedOf = ({ adjusted }: Mark) => (adjusted && adjusted.adjustedFor.length > 0 ? adjusted : null);

const MarkTable = ({ question, marks, onOpen }: { question: 'fast' | 'converting'; marks: Mark[]; onOpen: (opened: Opened) => void }) => {
  const most = Math.max(...marks.flatMap(adjustedOf).flatMap((adjusted) => (adjusted ? [adjusted.ci95[1], 1 / Math.max(adjusted.ci95[0], 0.05)] : [])), 2);
  return (
    <div className={css.scroll}>
      <table className={`${css.table} ${own.cards}`}>
        <thead><tr><th>{t('column.mark')}</th><th className={css.number}>{t('column.entrants')}</th><th className={css.number}>{t('column.with')}</th><th className={css.number}>{t('column.without')}</th><th className={css.number}>{t('column.lift')}</th><th className={own.bar} aria-hidden="true"><RatioAxis most={most} /></th><th className={css.number}>{t('column.odds')}</th></tr></thead>
        <tbody>
          {marks.map((mark) => ({ mark, adjusted: adjustedOf(mark) })).map(({ mark, adjusted }) => (
            <tr key={mark.key}>
              <td data-user-text><span className={css.quiet}>{mark.column}</span> {mark.value}</td>
              <td className={css.number} data-label={t('column.entrants')}><Opener label={`${mark.column}: ${mark.value}`} onOpen={() => onOpen({ answer: question, key: mark.key, label: `${mark.column}: ${mark.value}`, total: mark.n })}>{countText(mark.n)}</Opener></td>
              <td className={css.number} data-label={t('column.with')}>{percentText(mark.rate)}</td>
              <td className={css.number} data-label={t('column.without')}>{percentText(mark.otherRate)}</td>
              <td className={css.number} data-label={t('column.lift')}>{ratioText(mark.lift)}</td>
              <td data-chart>{adjusted && <Ratio value={adjusted.oddsRatio} interval={adjusted.ci95} most={most} />}</td>
              <td className={css.number} data-label={t('column.odds')}>{ratioText(adjusted && { value: adjusted.oddsRatio, ci95: adjusted.ci95 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** The fourth and fifth question: marks with their lift and adjusted odds, those within chance apart, and the columns that were left out. */
export const Marks = ({ workspace, question, content }: { workspace: string; question: 'fast' | 'converting'; content: Content<'fast'> }) => {
  const [opened, setOpened] = useOpened('marks');
  const standing = content.marks.filter(({ stands }) => stands);
  const others = content.marks.filter(({ stands }) => !stands);
  return (
    <>
      <p className={own.note}><strong>{t('marks.associated')}</strong> {content.days !== null && t('marks.fast', { days: Math.round(content.days) })} {content.reason ?? t('marks.corrected', { looks: content.looks })}</p>
      {standing.length > 0 ? <MarkTable question={question} marks={standing} onOpen={setOpened} /> : content.reason === null && <p className={own.note}>{t('marks.none')}</p>}
      {standing.length > 0 && <MarksByOrigin question={question} marks={standing} onOpen={setOpened} />}
      {others.length > 0 && <details><summary>{t('marks.more')}</summary><MarkTable question={question} marks={others} onOpen={setOpened} /></details>}
      {content.leftOut.length > 0 && (
        <section className={css.section}>
          <h2 className="lead">{t('marks.left')}</h2>
          <ul className={css.notes}>{content.leftOut.map(({ column, reason, detail }) => <li key={column}><strong data-user-text>{column}</strong>: {coded('marks.reason', reason)} ({detail})</li>)}</ul>
        </section>
      )}
      <Method of="marks" />
      <LeadsDrawer workspace={workspace} opened={opened} onClose={() => setOpened(null)} />
    </>
  );
};
