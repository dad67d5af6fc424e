import { pastDayText } from '../../../ui/past-day';
import { When } from '../../../ui/when';
import type { Metrics } from './calls';
import { moneyText, periodText, t } from './text';

/** What figures rest on, and as of when. */
export const MetricsSource = ({ data: { period, leads, money, currency, at, asOf } }: { data: Pick<Metrics, 'period' | 'leads' | 'money' | 'currency' | 'at' | 'asOf'> }) => (
  <p className="meta" style={{ margin: 0 }}>{t('metrics.source', { period: periodText(period), leads: leads.total, money: moneyText(money.total, currency) })} {asOf ? pastDayText(asOf) : <When at={at} show="both" />}</p>
);
