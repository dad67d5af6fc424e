import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import dataCss from '../../../ui/data.module.css';
import { Answered } from '../../../ui/page';
import { dayText } from '../../../ui/when';
import { caseMetric, type CaseMetric } from '../domain/cases';
import { goalsCalls, type MetricCase } from './calls';
import { countText, moneyText, t, valueText } from './text';
import type { Within } from './within';

const SHOWN = 100;

type Money = (value: number | null) => string;

/** What a case says of itself, by what its metric asks. */
const said = (metric: CaseMetric, row: MetricCase, money: Money): string => {
  const day = row.at ? dayText(row.at) : '';
  switch (metric) {
    case 'new_customers':
    case 'acquisition_cost': return t('case.first', { day });
    case 'margin_per_customer': return t('case.profit', { money: money(row.amount) });
    case 'customer_retention': return row.again ? t('case.again', { money: money(row.amount) }) : t('case.notAgain', { day });
    case 'customer_lifetime_value': return t('case.year', { money: money(row.amount) });
    case 'share_of_wallet': return t('case.wallet', { money: money(row.amount), of: money(row.of) });
    case 'customer_satisfaction': return t('case.score', { score: valueText(row.amount ?? 0, 'score', null), system: row.system ?? '' });
    case 'forecast_accuracy': return t('case.forecast', { money: money(row.amount), of: money(row.of) });
    case 'closings': return t('case.closed', { day });
    case 'market_entry_cost': return t('case.market', { market: row.system ?? '', money: money(row.amount), day });
    case 'new_segments': return t('case.segment', { segment: row.system ?? '', day });
    case 'spend_by_work': return t('case.work', { day, kinds: row.system ?? '' });
    default: return t('case.order', { money: money(row.amount), day });
  }
};

const Case = ({ workspace, row, text }: { workspace: string; row: MetricCase; text: string }) => {
  const name = row.name ?? t('split.notSaid');
  return (
    <tr>
      <td>{row.party ? <Link to="/w/$workspace/customers/$party" params={{ workspace, party: row.party }} className={dataCss.strong} data-user-text>{name}</Link> : <span className={dataCss.strong} data-user-text>{name}</span>}<div className="meta">{text}</div></td>
    </tr>
  );
};

/** The orders, customers, accounts or deals behind a metric, each leading to the customer's page. */
export const Cases = ({ workspace, id, within, currency }: { workspace: string; id: string; within: Within; currency: string | null }) => {
  const metric = caseMetric(id) ?? 'average_order_size';
  const cases = useQuery(goalsCalls.metricCases.queryOptions({ input: { workspace, metric, ...within, ...(currency ? { currency } : {}), limit: SHOWN } }));
  const money: Money = (value) => moneyText(value ?? 0, currency);
  return (
    <Answered query={cases} rows={6}>
      {({ rows, total }) => (
        <>
          <p className="meta">{rows.length < total ? t('case.some', { shown: rows.length, total: countText(total) }) : t('case.all', { shown: rows.length })}</p>
          <table className={dataCss.table}><tbody>{rows.map((row, at) => <Case key={`${row.party ?? row.name ?? ''} ${at}`} workspace={workspace} row={row} text={said(metric, row, money)} />)}</tbody></table>
        </>
      )}
    </Answered>
  );
};
