import { Fragment } from 'react';
import { functionName, FunctionLabel } from '../../../../ui/function-mark';
import { softlyHyphenated } from '../../../../lib/charts/text-width';
import type { WaveResults } from '../../domain/results-view';
import { depthOf, groupLabel, nestedLabel } from './group-label';
import { useResults, ViewLink } from './context';
import { figure } from './format';
import { BandWord } from './parts';
import css from './results.module.css';
import { said, t } from './text';
import { functionStanding, partsOf, sectionTitle, sentenceTitle, standingOf, toneOf, type SectionView, type Standing } from './view';

type Block = WaveResults['blocks'][number];

/** Scores by group on grey, every figure printed; kept-back cells are hatched, never empty. Several sections stand side by side. */
export const HeatTable = ({ sections, compact = false }: { sections: SectionView[]; compact?: boolean }) => {
  const { answer, order } = useResults();
  const asked = order.filter((fn) => sections.some(({ wording }) => wording.audience.includes(fn)) && answer.results.response.some((row) => row.function === fn));
  const split = asked.some((fn) => partsOf(answer.results, fn).length > 0);
  const others = asked.some((fn) => partsOf(answer.results, fn).some(({ kind }) => kind === 'others'));
  if (compact && !split) return <p>{t('groups.none')}</p>;
  return (
    <>
      <div className={css.heatScroll} tabIndex={0} role="region" aria-label={said('heading.byGroup')}>
        <table className={compact && sections.length === 1 ? css.heat : `${css.heat} ${css.heatFull}`}>
          <thead>
            <tr>
              <th scope="col">{said('label.group')}</th>
              {sections.map((section) => <th scope="col" key={section.wording.id}>{compact ? (sections.length > 1 ? softlyHyphenated(section.wording.title) : said('label.score')) : <ViewLink view={{ kind: 'tool', tool: section.tool.id, ...(section.tool.sections.length > 1 ? { section: section.wording.id } : {}) }}><span aria-hidden="true">{softlyHyphenated(sentenceTitle(section))}</span><span className="visually-hidden">{sectionTitle(section)}</span></ViewLink>}</th>)}
            </tr>
          </thead>
          <tbody>
            {asked.map((fn) => (
              <Fragment key={fn}>
                <tr className={css.heatFunction}>
                  <th scope="row"><FunctionLabel fn={fn} /></th>
                  {sections.map((section) => <HeatCell key={section.wording.id} section={section} standing={functionStanding(answer, section, fn)} group={functionName(fn)} blockId={fn} />)}
                </tr>
                {partsOf(answer.results, fn).map((block) => <PartRow key={block.id} block={block} sections={sections} />)}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {others && <p className="meta">{said('group.others.why')}</p>}
    </>
  );
};

const PartRow = ({ block, sections }: { block: Block; sections: SectionView[] }) => {
  const { answer } = useResults();
  const label = groupLabel(block);
  return (
    <tr>
      <th scope="row" style={{ paddingLeft: 16 * depthOf(block, answer.results.blocks) }} aria-label={label}>{nestedLabel(block, answer.results.blocks)}</th>
      {sections.map((section) => {
        const standing: Standing = block.function && section.wording.audience.includes(block.function) ? standingOf(section.result, block.id) : { kind: 'notAsked' };
        return <HeatCell key={section.wording.id} section={section} standing={standing} group={label} blockId={block.id} />;
      })}
    </tr>
  );
};

const HeatCell = ({ section, standing, group, blockId }: { section: SectionView; standing: Standing; group: string; blockId: string }) => {
  const { openMethod } = useResults();
  if (standing.kind === 'hidden') return <td className={`hatched ${css.heatHidden}`}><span>{said('hidden.short')}</span></td>;
  if (standing.kind === 'notAsked') return <td className={css.notAsked}><span aria-hidden="true">–</span><span className="visually-hidden">{t('notAsked')}</span></td>;
  const band = section.wording.bands.find(({ id }) => id === standing.band);
  const tone = toneOf(section.wording, standing.band);
  return (
    <td className={css[tone]}>
      <button type="button" onClick={() => openMethod({ sectionId: section.wording.id, blockId })} aria-label={t('heat.cell', { group, section: sectionTitle(section), value: figure(standing.mean), band: band?.label ?? '', n: standing.n })}>
        {figure(standing.mean)} <span>{said('label.n', { n: standing.n })}</span>
      </button>
    </td>
  );
};

/** What the greys mean; worded, since shade never works alone. */
export const BandKey = ({ section }: { section: SectionView }) => (
  <div className={css.bandKey}>{section.wording.bands.map((band) => <BandWord key={band.id} label={band.label} tone={toneOf(section.wording, band.id)} />)}</div>
);
