import type { FunctionName } from '../../../../lib/vocabulary';
import { FunctionLabel, functionName } from '../../../../ui/function-mark';
import { useResults } from './context';
import { figure } from './format';
import { BandWord, HiddenMark } from './parts';
import css from './results.module.css';
import { said, t } from './text';
import { functionStanding, toneOf, type SectionView, type Standing } from './view';

type Shown = { fn: FunctionName; standing: Extract<Standing, { kind: 'shown' }> };

/** Functions whose scores read the same stand together, so that a reading is said once. */
const byBand = (rows: Shown[]): Shown[][] => [...new Set(rows.map(({ standing }) => standing.band))].map((band) => rows.filter(({ standing }) => standing.band === band));

const cutsIn = (cuts: number[]) => cuts.map((cut) => (Number.isInteger(cut) ? String(cut) : figure(cut))).join(', ');

/** What each function's score suggests, in words, and how near it lies to the neighbouring reading. */
export const Readings = ({ section }: { section: SectionView }) => {
  const { answer, order } = useResults();
  const rows = order.map((fn) => ({ fn, standing: functionStanding(answer, section, fn) }));
  const shown = rows.flatMap(({ fn, standing }): Shown[] => (standing.kind === 'shown' ? [{ fn, standing }] : []));
  const gap = section.result.gap;
  return (
    <section className="panel">
      <h2 className={css.panelTitle}>{said('heading.reading')}</h2>
      {byBand(shown).map((group) => <Reading key={group[0]?.standing.band ?? ''} section={section} group={group} />)}
      {rows.filter(({ standing }) => standing.kind === 'hidden').map(({ fn }) => <div key={fn} className={css.reading}><FunctionLabel fn={fn} /><HiddenMark /></div>)}
      {section.wording.gapReading && gap && gap.verdict !== 'none' && (
        <div className={css.reading}><strong>{said('heading.gapReading')}</strong><p>{section.wording.gapReading}</p></div>
      )}
      <span className="meta">{section.wording.neutral ? said('neutral.note') : t('readings.note')}</span>
    </section>
  );
};

const Reading = ({ section, group }: { section: SectionView; group: Shown[] }) => {
  const band = section.wording.bands.find(({ id }) => id === group[0]?.standing.band);
  const near = group.filter(({ standing }) => standing.nearBorder.length > 0);
  return (
    <div className={css.reading}>
      <div className={css.readingHead}>
        {group.map(({ fn, standing }) => <span key={fn} className={css.readingHead}><FunctionLabel fn={fn} /><strong>{figure(standing.mean)}</strong></span>)}
        {band && <BandWord label={band.label} tone={toneOf(section.wording, band.id)} />}
      </div>
      {band?.reading && <p>{band.reading}</p>}
      {near.map(({ fn, standing }) => <p key={fn} className="meta">{group.length > 1 && `${functionName(fn)}: `}{said('border.near', { borders: cutsIn(standing.nearBorder) })}</p>)}
    </div>
  );
};
