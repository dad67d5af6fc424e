import dataCss from '../../../ui/data.module.css';
import { FunctionLabel, functionName } from '../../../ui/function-mark';
import type { Metrics, MetricView } from './calls';
import css from './goals.module.css';
import { coded, countText, t, valueText } from './text';

const ORIGINS = ['sales', 'marketing'] as const;
/** A part's name: a function, a stage, a source; a blank one is "not said". */
const partName = (label: string | null, split: string): string => {
  if (label === null) return t('split.notSaid');
  const side = split === 'origin' ? ORIGINS.find((each) => each === label) : undefined;
  return side ? functionName(side) : label;
};

type Told = Pick<MetricView, 'value' | 'low' | 'high' | 'reason' | 'n'>;

const Range = ({ told, unit, currency }: { told: Told; unit: MetricView['unit']; currency: string | null }) =>
  told.low !== null && told.high !== null ? <div className="meta">{t('metric.range', { low: valueText(told.low, unit, currency), high: valueText(told.high, unit, currency) })}</div> : null;

const Value = ({ told, unit, currency }: { told: Told; unit: MetricView['unit']; currency: string | null }) =>
  told.value === null ? <span className="meta">{coded('reason', told.reason ?? 'not_given')}</span> : <><span className={css.figure}>{valueText(told.value, unit, currency)}</span><Range told={told} unit={unit} currency={currency} /></>;

const Needs = ({ missing }: { missing: MetricView['missing'] }) => (
  <div className={css.needs}>
    <span className="meta">{t('metric.needs')}</span>
    <ul>{missing.map((need) => <li key={need}>{t(`missing.${need}`)}</li>)}</ul>
  </div>
);

const Row = ({ metric, currency, split }: { metric: MetricView; currency: string | null; split: string }) => (
  <>
    <tr>
      <td>
        <div className={dataCss.strong}>{coded('metric', metric.id)}</div>
        <div className="meta">{metric.formula}</div>
        {metric.id === 'return_on_marketing' && <div className="meta">{t('metric.credit')}</div>}
        {metric.means.map((each) => <div key={each.stage} className="meta"><span data-user-text>{t('metric.means', { stage: each.stage, criteria: each.criteria })}</span>{each.term && ` · ${t('metric.agreed')}`}</div>)}
        <div className={`meta ${dataCss.narrow}`}>{t('metric.n', { n: countText(metric.n) })} · {metric.owner === 'both' ? t('owner.both') : functionName(metric.owner)} · {metric.source}</div>
      </td>
      <td>{metric.value === null && metric.missing.length > 0 ? <Needs missing={metric.missing} /> : <Value told={metric} unit={metric.unit} currency={currency} />}</td>
      <td className={`${dataCss.number} ${dataCss.wide}`}>{countText(metric.n)}</td>
      <td className={dataCss.wide}>{metric.owner === 'both' ? t('owner.both') : <FunctionLabel fn={metric.owner} />}</td>
      <td className={dataCss.wide}>{metric.source}</td>
    </tr>
    {metric.value !== null && metric.parts.map((part) => (
      <tr key={part.label ?? ''} className={css.part}>
        <td data-user-text>{partName(part.label, split)}<span className={`meta ${dataCss.narrow}`}> {t('metric.n', { n: countText(part.n) })}</span></td>
        <td><Value told={part} unit={metric.unit} currency={currency} /></td>
        <td className={`${dataCss.number} ${dataCss.wide}`}>{countText(part.n)}</td>
        <td className={dataCss.wide} /><td className={dataCss.wide} />
      </tr>
    ))}
  </>
);

/** Every metric beside its formula, who answers for it and where it comes from; what cannot be told says which data would tell it. */
export const MetricsTable = ({ metrics, currency, split }: { metrics: readonly MetricView[]; currency: string | null; split: string }) => (
  <div className={dataCss.scroll}>
    <table className={dataCss.table}>
      <thead>
        <tr>
          <th scope="col">{t('metric.name')}</th><th scope="col">{t('metric.figure')}</th><th scope="col" className={`${dataCss.number} ${dataCss.wide}`}>{t('metric.cases')}</th>
          <th scope="col" className={dataCss.wide}>{t('metric.owner')}</th><th scope="col" className={dataCss.wide}>{t('metric.source')}</th>
        </tr>
      </thead>
      <tbody>{metrics.map((metric) => <Row key={metric.id} metric={metric} currency={currency} split={split} />)}</tbody>
    </table>
  </div>
);

/** Leads that entered in the period, by who brought them in or by source, and what became of them. */
export const LeadGroups = ({ leads, split }: { leads: Metrics['leads']; split: 'origin' | 'channel' }) => (
  <section className={dataCss.section} aria-labelledby="leads-by">
    <h2 id="leads-by" className="lead">{t(split === 'origin' ? 'leads.byOrigin' : 'leads.byChannel')}</h2>
    <p className="meta" style={{ margin: 0 }}>{t('leads.status', { open: leads.open, inProgress: leads.inProgress, qualified: leads.qualified, unqualified: leads.unqualified })}</p>
    <div className={dataCss.scroll}>
      <table className={dataCss.table}>
        <thead><tr><th scope="col">{t(split === 'origin' ? 'split.origin' : 'split.channel')}</th>{(['leads', 'open', 'won', 'lost', 'recycled'] as const).map((key) => <th key={key} scope="col" className={dataCss.number}>{t(`leads.${key}`)}</th>)}</tr></thead>
        <tbody>
          {leads.groups.map((row) => (
            <tr key={row.label ?? ''}><td data-user-text>{partName(row.label, split)}</td>{[row.leads, row.open, row.won, row.lost, row.recycled].map((value, at) => <td key={at} className={dataCss.number}>{countText(value)}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
