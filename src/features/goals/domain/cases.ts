/** Metrics whose cases are orders, customers, accounts or deals; all others count leads. */
export const CASE_METRICS = [
  'average_order_size', 'revenue_against_target', 'share_of_quota', 'sales_expense_ratio', 'return_on_marketing', 'new_customers', 'acquisition_cost', 'margin_per_customer', 'customer_retention', 'customer_lifetime_value',
  'share_of_wallet', 'customer_satisfaction', 'forecast_accuracy', 'closings', 'market_entry_cost', 'new_segments', 'spend_by_work',
] as const;
export type CaseMetric = (typeof CASE_METRICS)[number];

export const caseMetric = (id: string): CaseMetric | undefined => CASE_METRICS.find((each) => each === id);
