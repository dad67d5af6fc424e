import { functionName, FunctionLabel } from '../../../../ui/function-mark';
import { Page } from '../../../../ui/page';
import type { CulturalDivide } from '../../domain/results-view';
import { AxisHead, AxisLanes } from './axis';
import { useResults } from './context';
import { Drawn } from './drawn';
import { figure } from './format';
import { Neighbours } from './nav';
import { BandWord, HiddenMark } from './parts';
import css from './results.module.css';
import { SourceLine } from './source-line';
import { Statements } from './statements';
import { HiddenPanel } from './states';
import { said, t } from './text';
import { axisOf, functionStanding, type SectionView } from './view';
import { SectionSwitch } from './section-switch';
import { HeatTable } from './heat';

/** How each side sees its own role and the other's: no good end anywhere, so no shade and no "higher". */
export const WorldviewPage = ({ sections, chosen, statement }: { sections: SectionView[]; chosen?: string; statement?: string }) => {
  const { answer } = useResults();
  const divide = answer.results.culturalDivide;
  const current = sections.find(({ wording }) => wording.id === chosen) ?? sections[0];
  return (
    <Page title={divide ? t(`divide.title.${divide.finding}`) : said('heading.worldview')} source={<SourceLine />}>
      <div className={css.columns}>
        <div className={css.left}>
          {divide ? (
            <div className={css.matrix}><Drawn chart="worldview" tool={sections[0]?.tool.id} /><Divide divide={divide} /></div>
          ) : <HiddenPanel title={t('divide.hidden')}><p>{said('hidden.why', { minimum: answer.results.minimum.general })}</p></HiddenPanel>}
          {(divide?.expectations?.length ?? 0) > 0 && <Expectations rows={divide?.expectations ?? []} sections={sections} />}
        </div>
        <aside className={css.right} aria-label={t('tool.side')}>
          <Roles sections={sections} />
        </aside>
      </div>
      {current && (
        <section className={css.parts}>
          <h2 className={css.sectionTitle}>{t('worldview.statements')}</h2>
          <SectionSwitch siblings={sections} current={current} />
          <div className={css.columns}>
            <Statements key={current.wording.id} section={current} opened={statement} heading="h3" />
            <aside className={css.right} aria-label={said('heading.byGroup')}><section className="panel"><h3 className={css.panelTitle}>{said('heading.byGroup')}</h3><HeatTable sections={[current]} compact /></section></aside>
          </div>
        </section>
      )}
      <Neighbours tool={sections[0]?.tool.id ?? ''} />
    </Page>
  );
};

const Divide = ({ divide }: { divide: CulturalDivide }) => (
  <section className={css.divide}>
    <h2 className={css.panelTitle}>{said('heading.culturalDivide')}{!divide.fromSource && <span className={css.ours}>{t('divide.ours')}</span>}</h2>
    <p>{said(`divide.${divide.finding}`)}</p>
    <p>{t('divide.read')}</p>
    <span className="meta">{divide.fromSource ? said('divide.fromSource') : said('divide.ours')}</span>
  </section>
);

/** The four sections, each answered by one function, with its reading. */
const Roles = ({ sections }: { sections: SectionView[] }) => {
  const { answer, openMethod } = useResults();
  return (
    <section className="panel">
      <h2 className={css.panelTitle}>{said('heading.reading')}</h2>
      {sections.map((section) => {
        const fn = section.wording.audience[0];
        if (!fn) return null;
        const standing = functionStanding(answer, section, fn);
        const band = standing.kind === 'shown' ? section.wording.bands.find(({ id }) => id === standing.band) : undefined;
        return (
          <div key={section.wording.id} className={css.reading}>
            <div className={css.readingHead}>
              <FunctionLabel fn={fn}>{section.wording.title}</FunctionLabel>
              {standing.kind === 'shown' ? <button type="button" className={css.gapButton} onClick={() => openMethod({ sectionId: section.wording.id, blockId: fn })} aria-label={t('figure.open', { function: functionName(fn), value: figure(standing.mean), n: standing.n, section: section.wording.title })}><strong>{figure(standing.mean)}</strong></button> : <HiddenMark short />}
              {band && <BandWord label={band.label} tone="plain" />}
            </div>
            {band?.reading && <p>{band.reading}</p>}
            {standing.kind === 'shown' && standing.nearBorder.length > 0 && <p className="meta">{said('border.near', { borders: standing.nearBorder.map((cut) => (Number.isInteger(cut) ? String(cut) : figure(cut))).join(', ') })}</p>}
          </div>
        );
      })}
      <span className="meta">{said('neutral.note')}</span>
    </section>
  );
};

/** A function's own role beside the other's expectation of it: two questions, so two marks and no difference. */
const Expectations = ({ rows, sections }: { rows: NonNullable<CulturalDivide['expectations']>; sections: SectionView[] }) => {
  const { answer, order } = useResults();
  const wording = sections[0]?.wording;
  if (!wording) return null;
  const axis = { ...axisOf(answer, wording), zones: [] };
  const title = (id: string) => sections.find((section) => section.wording.id === id)?.wording.title ?? id;
  const sorted = [...rows].sort((a, b) => order.indexOf(a.of) - order.indexOf(b.of));
  return (
    <section>
      <h2 className={css.sectionTitle}>{said('heading.roleCompare')}</h2>
      {sorted.map(({ of, own, expected }) => {
        const other = of === 'sales' ? 'marketing' : 'sales';
        return (
          <div key={of} className={css.expectation}>
            <h3>{t('expectation.of', { function: of })}</h3>
            <div className={css.changeRow}><FunctionLabel fn={of}>{title(own.sectionId)}</FunctionLabel><AxisLanes axis={axis} lanes={[{ fn: of, mean: own.mean }]} height={28} /><strong>{figure(own.mean)}</strong></div>
            <div className={css.changeRow}><FunctionLabel fn={other}>{title(expected.sectionId)}</FunctionLabel><AxisLanes axis={axis} lanes={[{ fn: other, mean: expected.mean }]} height={28} /><strong>{figure(expected.mean)}</strong></div>
          </div>
        );
      })}
      <div className={css.changeHead}><span /><AxisHead axis={axis} /><span /></div>
      <p className="meta">{said('divide.compare.note')}</p>
    </section>
  );
};
