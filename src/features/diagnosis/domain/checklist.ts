/** The checklist of integration (KRK) in four columns: each item is not started, partly or wholly in place, by a person's word or by the product's own evidence. */

export const COLUMNS = ['activities', 'processes', 'culture', 'structure'] as const;
export type ChecklistColumn = (typeof COLUMNS)[number];
export const ITEM_STATES = ['not_started', 'partly', 'in_place'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export const CHECKLIST = {
  activities: ['product_planning', 'sales_targets', 'value_propositions', 'customer_needs', 'advertising_sign_off', 'top_opportunities'],
  processes: ['joint_activities_tracked', 'shared_databases', 'common_metrics', 'joint_rewards', 'regular_reviews', 'budget_reviews'],
  culture: ['shared_responsibility', 'metrics_matter', 'rewards_by_results', 'both_conform'],
  structure: ['up_and_downstream', 'revenue_officer'],
} as const satisfies Record<ChecklistColumn, readonly string[]>;
export type ChecklistItem = (typeof CHECKLIST)[ChecklistColumn][number];
export const ITEMS: readonly ChecklistItem[] = COLUMNS.flatMap((column) => CHECKLIST[column]);

/** What the product itself records. Shares 0..1; null where there is nothing to count yet. */
export type Recorded = { recordsMatched: number | null; targetSigned: boolean; dashboardsShared: number; reviewsClosed: number; commitmentsBothWays: boolean; pipelineLeads: number };

/** What the evidence ticks by itself; a person's word stands beside it and counts before it. */
export const ticksOf = (recorded: Recorded): Partial<Record<ChecklistItem, ItemState>> => ({
  ...(recorded.recordsMatched === null ? {} : { shared_databases: recorded.recordsMatched >= 0.9 ? 'in_place' : recorded.recordsMatched >= 0.5 ? 'partly' : 'not_started' }),
  ...(recorded.targetSigned ? { common_metrics: 'in_place' } : recorded.dashboardsShared > 0 ? { common_metrics: 'partly' } : {}),
  ...(recorded.reviewsClosed >= 2 ? { regular_reviews: 'in_place' } : recorded.reviewsClosed === 1 ? { regular_reviews: 'partly' } : {}),
  ...(recorded.pipelineLeads > 0 ? { joint_activities_tracked: recorded.commitmentsBothWays ? 'in_place' : 'partly' } : {}),
});

export type Said = { state: ItemState; owner: string | null; due: string | null; note: string };
export type Ticked = { item: ChecklistItem; column: ChecklistColumn; state: ItemState; by: 'person' | 'evidence' | 'nobody'; evidence: ItemState | null; said: Said | null };

/** The list as it stands, and how much of each column is in place (a half for partly). */
export const standingOf = (recorded: Recorded, said: Readonly<Partial<Record<ChecklistItem, Said>>>): { items: Ticked[]; done: Record<ChecklistColumn, number> } => {
  const ticks = ticksOf(recorded);
  const items = COLUMNS.flatMap((column) =>
    CHECKLIST[column].map((item): Ticked => {
      const [word, evidence] = [said[item] ?? null, ticks[item] ?? null];
      return { item, column, state: word?.state ?? evidence ?? 'not_started', by: word ? 'person' : evidence ? 'evidence' : 'nobody', evidence, said: word };
    }),
  );
  const share = (column: ChecklistColumn): number => {
    const own = items.filter((each) => each.column === column);
    return own.reduce((sum, { state }) => sum + { not_started: 0, partly: 0.5, in_place: 1 }[state], 0) / own.length;
  };
  return { items, done: { activities: share('activities'), processes: share('processes'), culture: share('culture'), structure: share('structure') } };
};
