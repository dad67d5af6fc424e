import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { LeadsDrawer, Opener, useOpened, type Opened } from '../../pipeline/web/public';
import dataCss from '../../../ui/data.module.css';
import { FunctionLabel, functionName } from '../../../ui/function-mark';
import { Pending } from '../../../ui/page';
import { caseMetric } from '../domain/cases';
import type { MetricSplit } from '../domain/splits';
import type { MetricView } from './calls';
import css from './goals.module.css';
import { coded, countText, t, valueText } from './text';
import type { Within } from './within';

/** Loaded once somebody opens a figure that counts orders or customers. */
const Cases = lazy(() => import('./cases').then((part) => ({ default: part.Cases })));

export const ORIGINS = ['sales', 'marketing'] as const;
/** A part's name: a function, a stage, a source; a blank one is "not said". */
export const partName = (label: string | null, split: MetricSplit): string => {
  if (label === null) return t(split === 'medium' ? 'medium.unknown' : 'split.notSaid');
  const side = split === 'origin' ? ORIGINS.find((each) => each === label) : undefined;
  return side ? functionName(side) : split === 'medium' ? coded('medium', label) : label;
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

export type LeadQuery = Extract<Opened, { leads: object }>['leads'];

/** Which leads make up a part of a split. */
export const partQuery = (label: string | null, split: MetricSplit): LeadQuery => {
  switch (split) {
    case 'none': return {};
    case 'origin': return label === 'sales' || label === 'marketing' ? { origin: label } : {};
    case 'channel': return { channel: label ?? '' };
    case 'medium': return { medium: label === 'online' || label === 'offline' ? label : 'unknown' };
  }
};

/** Which leads stand behind a metric's cases. */
const leadsOf = (id: string, { from, until, ...then }: Within): LeadQuery => {
  const entered = { ...then, enteredFrom: from, enteredTo: until };
  switch (id) {
    case 'mql_to_sql': return { ...entered, reached: 'qualified' };
    case 'sales_cycle': return { ...then, end: 'won', endedFrom: from, endedTo: until };
    case 'close_rate_by_activity': return { ...then, underWay: 'false', endedFrom: from, endedTo: until };
    case 'expected_lead_revenue':
    case 'expected_share_of_quota': return { ...then, end: 'open' };
    default: return entered;
  }
};

/** Metrics whose parts are those that leads are split by; the parts of others are stages, activities or systems. */
const SPLIT_LEADS: readonly string[] = ['lead_to_mql', 'mql_to_sql', 'lead_to_order', 'sales_cycle'];

type RowProps = { workspace: string; metric: MetricView; currency: string | null; split: MetricSplit; within: Within; onOpen: (opened: Opened) => void };

const CaseCount = ({ metric, n, within, onOpen }: Pick<RowProps, 'metric' | 'within' | 'onOpen'> & { n: number }) => {
  if (n === 0) return countText(n);
  const label = coded('metric', metric.id);
  return caseMetric(metric.id)
    ? <Opener label={label} does={t('case.open', { figure: label })} onOpen={() => onOpen({ label, total: n, cases: metric.id })}>{countText(n)}</Opener>
    : <Opener label={label} onOpen={() => onOpen({ label, total: n, leads: leadsOf(metric.id, within) })}>{countText(n)}</Opener>;
};

type Part = MetricView['parts'][number];

const PartCount = ({ metric, part, split, within, onOpen }: Pick<RowProps, 'metric' | 'split' | 'within' | 'onOpen'> & { part: Part }) => {
  if (part.n === 0 || !SPLIT_LEADS.includes(metric.id)) return countText(part.n);
  const label = [coded('metric', metric.id), partName(part.label, split)].join(': ');
  return <Opener label={label} onOpen={() => onOpen({ label, total: part.n, leads: { ...leadsOf(metric.id, within), ...partQuery(part.label, split) } })}>{countText(part.n)}</Opener>;
};

const Row = ({ workspace, metric, currency, split, within, onOpen }: RowProps) => (
  <>
    <tr>
      <td className={css.about}>
        <div className={dataCss.strong}>{coded('metric', metric.id)}</div>
        <div className={css.rest}>
          <div className="meta">{metric.formula}</div>
          {metric.id === 'return_on_marketing' && <div className="meta">{t('metric.credit')}</div>}
          {metric.means.map((each, at) => <div key={`${at} ${each.stage}`} className="meta"><span data-user-text>{t('metric.means', { stage: each.stage, criteria: each.criteria })}</span>{each.term && <> · <Link to="/w/$workspace/agreements/terms" params={{ workspace }}>{t('metric.agreed')}</Link></>}</div>)}
          <div className={`meta ${dataCss.narrow}`}>{t('metric.cases')} <CaseCount metric={metric} n={metric.n} within={within} onOpen={onOpen} /> · {metric.owner === 'both' ? t('owner.both') : functionName(metric.owner)} · {metric.cited}</div>
        </div>
      </td>
      <td data-needs={(metric.value === null && metric.missing.length > 0) || undefined}>{metric.value === null && metric.missing.length > 0 ? <Needs missing={metric.missing} /> : <><Value told={metric} unit={metric.unit} currency={currency} />{metric.young && <div className="meta">{t('metric.young', metric.young)}</div>}</>}</td>
      <td className={`${dataCss.number} ${dataCss.wide}`}><CaseCount metric={metric} n={metric.n} within={within} onOpen={onOpen} /></td>
      <td className={`${dataCss.wide} ${css.owner}`}>{metric.owner === 'both' ? t('owner.both') : <FunctionLabel fn={metric.owner} />}</td>
      <td className={`${dataCss.wide} ${css.owner}`} title={metric.source}>{metric.cited}</td>
    </tr>
    {metric.value !== null && metric.parts.map((part, at) => (
      <tr key={`${at} ${part.label ?? ''}`} className={css.part}>
        <td data-user-text>{partName(part.label, split)}<div className={`meta ${dataCss.narrow}`}>{t('metric.cases')} <PartCount metric={metric} part={part} split={split} within={within} onOpen={onOpen} /></div></td>
        <td><Value told={part} unit={metric.unit} currency={currency} /></td>
        <td className={`${dataCss.number} ${dataCss.wide}`}><PartCount metric={metric} part={part} split={split} within={within} onOpen={onOpen} /></td>
        <td className={dataCss.wide} /><td className={dataCss.wide} />
      </tr>
    ))}
  </>
);

/** Every metric beside its formula, who answers for it and where it comes from; what cannot be told says which data would tell it. */
export const MetricsTable = ({ workspace, metrics, currency, split, within }: { workspace: string; metrics: readonly MetricView[]; currency: string | null; split: MetricSplit; within: Within }) => {
  const [opened, setOpened] = useOpened('metrics');
  return (
    <div className={dataCss.scroll}>
      <table className={`${dataCss.table} ${css.metrics}`}>
        <thead>
          <tr>
            <th scope="col">{t('metric.name')}</th><th scope="col">{t('metric.figure')}</th><th scope="col" className={`${dataCss.number} ${dataCss.wide}`}>{t('metric.cases')}</th>
            <th scope="col" className={dataCss.wide}>{t('metric.owner')}</th><th scope="col" className={dataCss.wide}>{t('metric.source')}</th>
          </tr>
        </thead>
        <tbody>{metrics.map((metric) => <Row key={metric.id} workspace={workspace} metric={metric} currency={currency} split={split} within={within} onOpen={setOpened} />)}</tbody>
      </table>
      <p className="meta">{[...new Set(metrics.map(({ source }) => source))].join('. ')}.</p>
      <LeadsDrawer workspace={workspace} opened={opened} onClose={() => setOpened(null)} cases={(id) => <Suspense fallback={<Pending rows={4} />}><Cases workspace={workspace} id={id} within={within} currency={currency} /></Suspense>} />
    </div>
  );
};
