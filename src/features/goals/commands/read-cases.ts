import { metricCases, usualCurrency, type CaseKind } from '../../pipeline/public';
import type { CaseMetric } from '../domain/cases';
import type { At } from './figures';

const KIND_OF: Readonly<Record<CaseMetric, CaseKind>> = {
  average_order_size: 'orders', revenue_against_target: 'orders', share_of_quota: 'orders', sales_expense_ratio: 'orders', return_on_marketing: 'credited', new_customers: 'new_customers', acquisition_cost: 'new_customers',
  margin_per_customer: 'profits', customer_retention: 'retention', customer_lifetime_value: 'lifetime', share_of_wallet: 'wallet', customer_satisfaction: 'scores', forecast_accuracy: 'forecasts', closings: 'closings', market_entry_cost: 'markets', new_segments: 'segments', spend_by_work: 'work',
};

type Asked = { metric: CaseMetric; from: string; until: string; currency?: string | undefined; limit: number; offset: number };

/** The cases that a metric of this stretch counts; without a currency, in the one most money is said to be in. */
export const readCases = async ({ tx, workspaceId, asOf }: At, { metric, from, until, currency, limit, offset }: Asked) =>
  metricCases(tx, workspaceId, { kind: KIND_OF[metric], within: { from: new Date(from), until: new Date(until) }, currency: currency ?? (await usualCurrency(tx, workspaceId, asOf)) ?? 'XXX', asOf, limit, offset });
