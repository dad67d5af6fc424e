import { SIDES } from '../../../lib/vocabulary';
import { FunctionLabel, FunctionShape } from '../../../ui/function-mark';
import type { View } from './calls';
import css from './diagnosis.module.css';
import { t } from './text';

type ChainView = NonNullable<View['chain']>;
type Links = ChainView['currents'];
const STEPS = ['currents', 'characteristics', 'consequences'] as const;

/** Both functions' figures along the chain, as the gate lets them out, and what goes together across groups; a pattern to talk about, no proof. */
export const Chain = ({ chain }: Pick<View, 'chain'>) => (
  <section className={css.section} aria-labelledby="chain">
    <h2 id="chain">{t('chain.title')}</h2>
    {chain ? <><p className="meta">{t('chain.text')}</p><div className={css.chain}>{STEPS.map((step) => <Step key={step} name={t(`chain.${step}`)} links={chain[step]} />)}</div><Across across={chain.across} /></> : <p>{t('chain.none')}</p>}
  </section>
);

/** A score's place between 1 and 7. */
const at = (mean: number): string => `${((mean - 1) / 6) * 100}%`;

const Step = ({ name, links }: { name: string; links: Links }) => {
  const sections = [...new Set(links.map(({ sectionId }) => sectionId))];
  return (
    <div className={css.part}>
      <h3>{name}</h3>
      {sections.length === 0 ? <p className="meta">{t('chain.hidden')}</p> : (
        <ul className={css.pairs}>
          {sections.map((section) => {
            const told = SIDES.map((side) => ({ side, mean: links.find((link) => link.sectionId === section && link.side === side)?.mean }));
            return (
              <li key={section}>
                <span>{t(`section.${section}` as 'section.2')}</span>
                <span className={css.places} aria-hidden="true">{told.map(({ side, mean }) => (mean === undefined ? null : <i key={side} style={{ left: at(mean) }}><FunctionShape fn={side} /></i>))}</span>
                <span className={css.told}>{told.map(({ side, mean }) => <FunctionLabel key={side} fn={side}><span className="visually-hidden">{t(`paper.${side}`)}</span>{mean?.toFixed(1) ?? '–'}</FunctionLabel>)}</span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
};

const Across = ({ across }: Pick<ChainView, 'across'>) => {
  if (across.length === 0) return <p className="meta">{t('across.few')}</p>;
  const name = (part: (typeof STEPS)[number]): string => t(`chain.${part}`).toLowerCase();
  return (
    <>
      {across.map(({ from, to, groups, found }) => <p key={from}>{t(`across.${found}`, { from: name(from), to: name(to), groups })}</p>)}
      <p className="meta">{t('across.method', { figures: across.map(({ agreement }) => agreement.toFixed(2).replace('-', '−')).join(', ') })}</p>
    </>
  );
};
