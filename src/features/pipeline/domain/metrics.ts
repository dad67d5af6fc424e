import { wilson } from '../../../lib/statistics/wilson';
import type { Side } from '../../../lib/vocabulary';

/** Where the metrics come from: the first for the pipeline, the second for the sales side. */
const SOURCES = {
  pipeline: { cited: 'Malshe & Biemans, ch. 4', source: 'Malshe & Biemans, Improving Sales and Marketing Collaboration (2015), ch. 4' },
  sales: { cited: 'Kotler, Rackham & Krishnaswamy', source: 'Kotler, Rackham & Krishnaswamy, Ending the War Between Sales and Marketing, in Harvard Business Review (2006)' },
} as const;

/** What a metric page says about a metric, whoever reads it. */
export type MetricDefinition = {
  id: MetricId;
  /** The formula in words. */
  formula: string;
  /** Who answers for it; what crosses the interface belongs to both. */
  owner: Side | 'both';
  /** The work, as a reader would look it up, and how a table cites it. */
  source: string;
  cited: string;
  /** What the data must hold. */
  needs: string[];
  unit: 'share' | 'money' | 'days' | 'count' | 'ratio' | 'score';
};

/** A figure, or why there is none: data that were never given, too few cases, nothing to divide by, or of a past day that the data have no dates for. */
export type Metric =
  | { value: number; n: number; interval?: { low: number; high: number } }
  | { value: null; n: number; reason: 'not_given' | 'too_few' | 'nothing_to_divide_by' | 'undated' };

/** Cases under which a rate or an average is not told. */
export const METRIC_MINIMUM = 10;

export type MetricId =
  | 'lead_to_mql'
  | 'mql_to_sql'
  | 'lead_to_order'
  | 'expected_lead_revenue'
  | 'expected_share_of_quota'
  | 'average_order_size'
  | 'time_in_stage'
  | 'acquisition_cost'
  | 'return_on_marketing'
  | 'revenue_against_target'
  | 'share_of_quota'
  | 'new_customers'
  | 'sales_expense_ratio'
  | 'close_rate_by_activity'
  | 'margin_per_customer'
  | 'customer_retention'
  | 'customer_lifetime_value'
  | 'customer_satisfaction'
  | 'share_of_wallet'
  | 'forecast_accuracy'
  | 'closings'
  | 'sales_cycle'
  | 'market_entry_cost'
  | 'new_segments'
  | 'spend_by_work';

const definition = (id: MetricId, owner: MetricDefinition['owner'], unit: MetricDefinition['unit'], source: keyof typeof SOURCES, formula: string, needs: string[]): MetricDefinition => ({ id, owner, unit, formula, needs, ...SOURCES[source] });

export const METRICS: readonly MetricDefinition[] = [
  definition('lead_to_mql', 'marketing', 'share', 'pipeline', 'leads that became marketing qualified or came further ÷ leads', ['leads', 'stage history']),
  definition('mql_to_sql', 'both', 'share', 'pipeline', 'leads that became sales qualified or came further ÷ leads that became marketing qualified or came further', ['leads', 'stage history']),
  definition('lead_to_order', 'both', 'share', 'pipeline', 'leads that became an order ÷ leads', ['leads', 'orders or won deals']),
  definition('expected_lead_revenue', 'both', 'money', 'pipeline', 'open leads × close rate at their age × average revenue per sale', ['leads', 'orders with value']),
  definition('expected_share_of_quota', 'both', 'share', 'pipeline', 'expected lead revenue ÷ quota', ['leads', 'orders with value', 'quota']),
  definition('average_order_size', 'sales', 'money', 'pipeline', 'value of orders ÷ orders', ['orders with value']),
  definition('time_in_stage', 'both', 'days', 'pipeline', 'median days from entering a stage to leaving it, stays that have ended', ['stage history with dates']),
  definition('acquisition_cost', 'both', 'money', 'pipeline', 'marketing and sales spend of a period ÷ customers won in it', ['spend', 'new customers']),
  definition('return_on_marketing', 'marketing', 'ratio', 'pipeline', '(gross profit from orders credited to marketing − marketing spend) ÷ marketing spend', ['marketing spend', 'credited gross profit']),
  definition('revenue_against_target', 'both', 'share', 'pipeline', 'revenue to date ÷ the part of the shared target that falls on the days gone by', ['orders with value and date', 'shared target']),
  definition('share_of_quota', 'sales', 'share', 'sales', 'revenue ÷ quota', ['orders with value', 'quota']),
  definition('new_customers', 'both', 'count', 'sales', 'customers whose first order falls in the period', ['orders with customer and date']),
  definition('sales_expense_ratio', 'sales', 'share', 'sales', 'sales expense ÷ sales', ['sales spend', 'orders with value']),
  definition('close_rate_by_activity', 'sales', 'share', 'pipeline', 'leads won ÷ leads won or lost in the period, of those that had an activity of the kind before', ['activities with a key of their lead', 'won and lost leads']),
  definition('margin_per_customer', 'sales', 'money', 'sales', 'gross profit of the period’s orders and won deals ÷ customers who placed them', ['gross profit of orders or deals']),
  definition('customer_retention', 'both', 'share', 'pipeline', 'customers who bought in the twelve months before and again in the twelve months to the period’s end ÷ customers who bought in the twelve months before', ['two years of orders or won deals']),
  definition('customer_lifetime_value', 'both', 'money', 'pipeline', 'revenue per customer in twelve months × gross margin ÷ (1 − customer retention), not discounted', ['two years of orders or won deals', 'gross margin']),
  definition('customer_satisfaction', 'both', 'score', 'pipeline', 'mean of the scores that records of customers hold, on the scale of the system that asked', ['a satisfaction score']),
  definition('share_of_wallet', 'both', 'share', 'pipeline', 'what accounts bought from us in twelve months ÷ what they spend in a year with everybody', ['orders or won deals', 'yearly spend of accounts']),
  definition('forecast_accuracy', 'marketing', 'share', 'sales', '1 − differences between forecast and outcome, without their sign, ÷ outcome; of deals that ended in the period, a lost one at nought; never below nought', ['a forecast of each deal from before its end']),
  definition('closings', 'sales', 'count', 'sales', 'orders and won deals of the period, whatever their value; a deal whose orders are known counts by these', ['orders or won deals']),
  definition('sales_cycle', 'both', 'days', 'sales', 'median days from entering as a lead to the win, of leads won in the period', ['leads with a date of entry', 'won leads with a date']),
  definition('market_entry_cost', 'both', 'money', 'sales', 'spend on territories whose first lead was won in the period, up to that win ÷ these territories', ['territory of leads', 'spend by territory', 'wins from before the period']),
  definition('new_segments', 'marketing', 'count', 'sales', 'industries whose first lead was won in the period', ['industry of leads', 'wins from before the period']),
  definition('spend_by_work', 'marketing', 'money', 'sales', 'marketing spend on a kind of work ÷ leads of marketing’s won in the period whose source it was spent on; a source that several kinds were spent on counts for each', ['marketing spend by kind of work and channel', 'source of leads']),
];

/** They rest on scores and sums that records hold without a date: no past day can be told. */
export const UNDATED: readonly MetricId[] = ['customer_satisfaction', 'share_of_wallet'];

export const undated: Metric = { value: null, n: 0, reason: 'undated' };

const none = (reason: Extract<Metric, { value: null }>['reason'], n = 0): Metric => ({ value: null, n, reason });

/** A share of `whole` with Wilson's 95 % interval: the three conversions. Not told under ten. */
export const conversionRate = (part: number | null, whole: number | null): Metric => {
  if (part === null || whole === null) return none('not_given');
  if (whole < METRIC_MINIMUM) return none('too_few', whole);
  return { value: part / whole, n: whole, interval: wilson(part, whole) };
};

/** `above` ÷ `below`, with `n` cases behind it. */
const quotient = (above: number | null, below: number | null, n: number): Metric => {
  if (above === null || below === null) return none('not_given', n);
  return below > 0 ? { value: above / below, n } : none('nothing_to_divide_by', n);
};

/**
 * Open leads × close rate × average revenue per sale. The interval is that of the close rate alone; it says nothing of how sales vary.
 */
export const expectedLeadRevenue = (openLeads: number | null, closeRate: Metric, average: Metric): Metric => {
  if (openLeads === null) return none('not_given');
  if (closeRate.value === null) return closeRate;
  if (average.value === null) return average;
  const perRate = openLeads * average.value;
  const { interval } = closeRate;
  return { value: perRate * closeRate.value, n: openLeads, ...(interval ? { interval: { low: perRate * interval.low, high: perRate * interval.high } } : {}) };
};

export const expectedShareOfQuota = (expected: Metric, quota: number | null): Metric => {
  if (expected.value === null) return expected;
  const share = quotient(expected.value, quota, expected.n);
  if (share.value === null || !expected.interval || !quota) return share;
  return { ...share, interval: { low: expected.interval.low / quota, high: expected.interval.high / quota } };
};

/** What orders of one currency add up to. */
export type Sums = { total: number; n: number };

/** Mean value per order. Not told under ten orders. */
export const averageOrderSize = (orders: Sums | null): Metric => {
  if (orders === null) return none('not_given');
  return orders.n < METRIC_MINIMUM ? none('too_few', orders.n) : { value: orders.total / orders.n, n: orders.n };
};

/** Median of the stays that have ended, in days. Stays still running are left out, so a young stage looks faster than it is. */
export const timeInStage = (stays: { median: number; n: number } | null): Metric => {
  if (stays === null) return none('not_given');
  return stays.n < METRIC_MINIMUM ? none('too_few', stays.n) : { value: stays.median, n: stays.n };
};

export const acquisitionCost = (marketingSpend: number | null, salesSpend: number | null, customersWon: number | null): Metric =>
  marketingSpend === null || salesSpend === null ? none('not_given', customersWon ?? 0) : quotient(marketingSpend + salesSpend, customersWon, customersWon ?? 0);

/** 0.5: every unit spent came back with half a unit more. Credit comes from an attribution model; name it beside the figure. Not told under ten credited orders. */
export const returnOnMarketing = (creditedProfit: number | null, spend: number | null, orders: number): Metric => {
  const whole = quotient(creditedProfit === null || spend === null ? null : creditedProfit - spend, spend, orders);
  return whole.value !== null && orders < METRIC_MINIMUM ? none('too_few', orders) : whole;
};

/** A target of a period, spread evenly over its days. */
export type SharedTarget = { amount: number; from: number; until: number };

/**
 * Revenue to date over the part of the target that falls on the time gone by: 1 is on course on any day, not only at the end.
 * @param now milliseconds, as are the target's ends; before the period there is nothing to divide by
 */
export const revenueAgainstTarget = (revenue: number | null, target: SharedTarget | null, now: number, orders: number): Metric => {
  if (target === null) return none('not_given', orders);
  const gone = Math.min(1, Math.max(0, (now - target.from) / (target.until - target.from)));
  return quotient(revenue, target.amount * gone, orders);
};

export const shareOfQuota = (revenue: number | null, quota: number | null, orders: number): Metric => quotient(revenue, quota, orders);

export const salesExpenseRatio = (expense: number | null, sales: number | null, orders: number): Metric => quotient(expense, sales, orders);

/** A count that is told however small it is. */
export const counted = (n: number | null): Metric => (n === null ? none('not_given') : { value: n, n });

/** Mean spend per market entered; told however few there are, since each is a case of its own. */
export const marketEntryCost = (spent: number | null, markets: number): Metric => quotient(spent, spent === null ? null : markets, markets);

/** Spend per lead won; told however few there are, as the cost of acquiring a customer is. */
export const spendPerWin = (spent: number | null, won: number): Metric => quotient(spent, spent === null ? null : won, won);

/** How many customers' first order ever falls within the period; a count is told however small it is. */
export const newCustomers = (first: number | null): Metric => (first === null ? none('not_given') : { value: first, n: first });

/** Gross profit per customer who bought. Not told under ten customers whose profit is said. */
export const marginPerCustomer = (profit: number | null, customers: number): Metric => {
  if (profit === null) return none('not_given');
  return customers < METRIC_MINIMUM ? none('too_few', customers) : { value: profit / customers, n: customers };
};

/** What a customer brings until it leaves, if it stays as likely to come back every year. The interval is that of retention alone. */
export const lifetimeValue = (revenue: { total: number; customers: number } | null, margin: number | null, retention: Metric): Metric => {
  if (revenue === null || margin === null) return none('not_given');
  if (retention.value === null) return retention;
  if (revenue.customers < METRIC_MINIMUM) return none('too_few', revenue.customers);
  const yearly = (revenue.total / revenue.customers) * margin;
  const whole = quotient(yearly, 1 - retention.value, revenue.customers);
  const { interval } = retention;
  return whole.value === null || !interval ? whole : { ...whole, interval: { low: yearly / (1 - interval.low), high: yearly / (1 - interval.high) } };
};

/** Mean of scores. Not told under ten. */
export const meanScore = (scores: { mean: number; n: number } | null): Metric => {
  if (scores === null) return none('not_given');
  return scores.n < METRIC_MINIMUM ? none('too_few', scores.n) : { value: scores.mean, n: scores.n };
};

/** Not told under ten accounts whose yearly spend is known. */
export const shareOfWallet = (wallets: { ours: number; all: number; n: number } | null): Metric => {
  if (wallets === null) return none('not_given');
  return wallets.n < METRIC_MINIMUM ? none('too_few', wallets.n) : quotient(wallets.ours, wallets.all, wallets.n);
};

/** One less the weighted absolute error. Not told under ten deals with a forecast. */
export const forecastAccuracy = (deals: { differences: number; outcome: number; n: number } | null): Metric => {
  if (deals === null) return none('not_given');
  if (deals.n < METRIC_MINIMUM) return none('too_few', deals.n);
  const error = quotient(deals.differences, deals.outcome, deals.n);
  return error.value === null ? error : { value: Math.max(0, 1 - error.value), n: deals.n };
};
