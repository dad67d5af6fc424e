import { FunctionLabel } from '../../../../ui/function-mark';
import { useResults } from './context';
import { figure } from './format';
import { BandWord, HiddenMark } from './parts';
import css from './results.module.css';
import { said, t } from './text';
import { functionStanding, toneOf, type SectionView } from './view';

/** What each function's score suggests, in words, and how near it lies to the neighbouring reading. */
export const Readings = ({ section }: { section: SectionView }) => {
  const { answer, order } = useResults();
  const rows = order.flatMap((fn) => {
    const standing = functionStanding(answer, section, fn);
    return standing.kind === 'notAsked' ? [] : [{ fn, standing }];
  });
  return (
    <section className="panel">
      <h2 className={css.panelTitle}>{said('heading.reading')}</h2>
      {rows.map(({ fn, standing }) => {
        if (standing.kind !== 'shown') return <div key={fn} className={css.reading}><FunctionLabel fn={fn} /><HiddenMark /></div>;
        const band = section.wording.bands.find(({ id }) => id === standing.band);
        return (
          <div key={fn} className={css.reading}>
            <div className={css.readingHead}><FunctionLabel fn={fn} /><strong>{figure(standing.mean)}</strong>{band && <BandWord label={band.label} tone={toneOf(section.wording, band.id)} />}</div>
            {band?.reading && <p>{band.reading}</p>}
            {standing.nearBorder.length > 0 && <p className="meta">{said('border.near', { borders: standing.nearBorder.map((cut) => (Number.isInteger(cut) ? String(cut) : figure(cut))).join(', ') })}</p>}
          </div>
        );
      })}
      {section.wording.gapReading && section.result.gap && section.result.gap.verdict !== 'none' && (
        <div className={css.reading}><strong>{said('heading.gapReading')}</strong><p>{section.wording.gapReading}</p></div>
      )}
      {section.wording.neutral ? <span className="meta">{said('neutral.note')}</span> : <span className="meta">{t('readings.note')}</span>}
    </section>
  );
};
