import { SCORED, type Scored } from './areas';

/** Recorded metrics that can be an aim: read for whole quarters, with the end that is better. */
export const METRIC_AIMS = {
  lead_to_mql: { unit: 'share', better: 'up' },
  mql_to_sql: { unit: 'share', better: 'up' },
  lead_to_order: { unit: 'share', better: 'up' },
  time_in_stage: { unit: 'days', better: 'down' },
  acquisition_cost: { unit: 'money', better: 'down' },
  average_order_size: { unit: 'money', better: 'up' },
  new_customers: { unit: 'count', better: 'up' },
  customer_retention: { unit: 'share', better: 'up' },
  sales_expense_ratio: { unit: 'share', better: 'down' },
  forecast_accuracy: { unit: 'share', better: 'up' },
} as const satisfies Record<string, { unit: Unit; better: Better }>;
export type MetricAim = keyof typeof METRIC_AIMS;

export type Unit = 'score' | 'points' | 'share' | 'days' | 'money' | 'count';
export type Better = 'up' | 'down';

const SAID_OF = ['gap', 'sales', 'marketing'] as const;
const WORD_OF = ['both', 'sales', 'marketing'] as const;
export type Measure =
  | { kind: 'said'; of: (typeof SAID_OF)[number]; section: Scored; unit: Unit; better: Better }
  | { kind: 'metric'; id: MetricAim; unit: Unit; better: Better }
  | { kind: 'word'; of: (typeof WORD_OF)[number]; unit: Unit; better: Better };

/** Said: how far apart the functions are in a section, or one function's score in it. */
export const saidKey = (of: (typeof SAID_OF)[number], section: Scored): string => `said:${of}:${section}`;

/** Everything an objective can rest on, by key. */
export const MEASURES: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ...SCORED.flatMap((section) => SAID_OF.map((of): [string, Measure] => [saidKey(of, section), { kind: 'said', of, section, unit: of === 'gap' ? 'points' : 'score', better: of === 'gap' ? 'down' : 'up' }])),
  ...(Object.keys(METRIC_AIMS) as MetricAim[]).map((id): [string, Measure] => [`metric:${id}`, { kind: 'metric', id, ...METRIC_AIMS[id] }]),
  ...WORD_OF.map((of): [string, Measure] => [`word:${of}`, { kind: 'word', of, unit: 'share', better: 'up' }]),
]);

export const isMeasure = (key: string): boolean => MEASURES.has(key);
export const measureOf = (key: string | null): Measure | null => (key === null ? null : (MEASURES.get(key) ?? null));

/** What a measure said once: a survey, or a whole quarter. `at` is when the survey closed or the quarter ended. */
export type Reading = { value: number; low: number | null; high: number | null; n: number; label: string; at: string; currency: string | null };

/** Why there is none: kept back by the disclosure gate, not asked, too few cases, or nothing recorded or published yet. */
export type NoReading = { none: 'hidden' | 'not_asked' | 'too_few' | 'nothing_yet' };
export const isReading = (reading: Reading | NoReading | null): reading is Reading => reading !== null && 'value' in reading;

/** The size of a difference with its interval: one that crosses nought begins there. */
export const sizeOf = (difference: number, interval: { low: number; high: number } | null): { value: number; low: number | null; high: number | null } => {
  if (interval === null) return { value: Math.abs(difference), low: null, high: null };
  const [a, b] = [Math.abs(interval.low), Math.abs(interval.high)];
  const crosses = interval.low <= 0 && interval.high >= 0;
  return { value: Math.abs(difference), low: crosses ? 0 : Math.min(a, b), high: Math.max(a, b) };
};
