import { Fragment } from 'react';
import { SIDES } from '../../../lib/vocabulary';
import { FunctionLabel } from '../../../ui/function-mark';
import type { View } from './calls';
import css from './diagnosis.module.css';
import { t } from './text';

type Links = NonNullable<View['chain']>['currents'];
const STEPS = ['currents', 'characteristics', 'consequences'] as const;

/** Both functions' figures along the chain, as the gate lets them out; a pattern to talk about, no proof. */
export const Chain = ({ chain }: Pick<View, 'chain'>) => (
  <section className={css.section} aria-labelledby="chain">
    <h2 id="chain">{t('chain.title')}</h2>
    {chain ? <><p className="meta">{t('chain.text')}</p><div className={css.chain}>{STEPS.map((step) => <Step key={step} name={t(`chain.${step}`)} links={chain[step]} />)}</div></> : <p>{t('chain.none')}</p>}
  </section>
);

const Step = ({ name, links }: { name: string; links: Links }) => {
  const sections = [...new Set(links.map(({ sectionId }) => sectionId))];
  const mean = (section: string, side: (typeof SIDES)[number]): string => links.find((link) => link.sectionId === section && link.side === side)?.mean.toFixed(1) ?? '–';
  return (
    <div className={css.part}>
      <h3>{name}</h3>
      {sections.length === 0 ? <p className="meta">{t('chain.hidden')}</p> : (
        <dl className={css.pairs}>
          <dt aria-hidden="true" />{SIDES.map((side) => <dd key={side}><FunctionLabel fn={side} /></dd>)}
          {sections.map((section) => <Fragment key={section}><dt>{t(`section.${section}` as 'section.2')}</dt>{SIDES.map((side) => <dd key={side}>{mean(section, side)}</dd>)}</Fragment>)}
        </dl>
      )}
    </div>
  );
};
