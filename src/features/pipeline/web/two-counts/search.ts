import { RULE_NAMES, type RuleName } from '../../domain/reconcile';

/** What the address says of the page: rule, period, deadline. */
export type CountSearch = { rule?: RuleName | undefined; from?: string | undefined; to?: string | undefined; asOf?: string | undefined; dueDays?: number | undefined };

/** What the joint draft of a commitment begins with: sales answers leads passed on. */
export const DRAFT_COMMITMENT = { draft: 'commitment', kind: 'response', owes: 'sales', from: 'passed', until: 'contact' } as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const day = (value: unknown): string | undefined => (typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined);

export const readSearch = (search: Record<string, unknown>): CountSearch => {
  const days = Number(search.dueDays);
  return {
    rule: RULE_NAMES.find((name) => name === search.rule), from: day(search.from), to: day(search.to), asOf: day(search.asOf),
    dueDays: search.dueDays !== undefined && Number.isInteger(days) && days >= 0 && days <= 365 ? days : undefined,
  };
};

/** Only what is set: the contract takes no `undefined`. */
export const asInput = ({ rule, from, to, asOf, dueDays }: CountSearch) => ({ ...(rule ? { rule } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}), ...(asOf ? { asOf } : {}), ...(dueDays === undefined ? {} : { dueDays }) });

export const PERIODS = ['all', 'quarter', 'lastQuarter', 'year', 'own'] as const;
export type PeriodName = (typeof PERIODS)[number];

const iso = (year: number, month: number, date: number): string => new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);

/** First and last day of a named period, seen from `today` (YYYY-MM-DD). */
export const daysOf = (name: PeriodName, today: string): { from?: string; to?: string } => {
  const [year = 0, month = 1, date = 1] = today.split('-').map(Number);
  const quarter = Math.floor((month - 1) / 3) * 3;
  if (name === 'quarter') return { from: iso(year, quarter, 1), to: iso(year, quarter + 3, 0) };
  if (name === 'lastQuarter') return { from: iso(year, quarter - 3, 1), to: iso(year, quarter, 0) };
  if (name === 'year') return { from: iso(year - 1, month - 1, date + 1), to: today };
  if (name === 'own') return { from: iso(year, month - 1, 1), to: today };
  return {};
};

export const periodName = ({ from, to }: CountSearch, today: string): PeriodName =>
  PERIODS.find((name) => name !== 'own' && daysOf(name, today).from === from && daysOf(name, today).to === to) ?? 'own';
