import { instantOf, wallClock } from '../../../lib/zoned-time';

export const PERS = ['month', 'quarter'] as const;
export type Per = (typeof PERS)[number];

/** "2026-11" for a month, "2026-Q4" for a quarter. */
export type Period = string;

const PERIOD = /^(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))$/;

export const isPeriod = (text: string): boolean => PERIOD.test(text);

/** Months since year 0, so that periods can be counted. */
const firstMonth = (period: Period): { month: number; length: number } => {
  const [, year = '0', month, quarter] = PERIOD.exec(period) ?? [];
  return { month: Number(year) * 12 + (month ? Number(month) - 1 : (Number(quarter ?? 1) - 1) * 3), length: month ? 1 : 3 };
};

const named = (month: number, per: Per): Period => {
  const [year, of] = [String(Math.floor(month / 12)).padStart(4, '0'), month % 12];
  return per === 'month' ? `${year}-${String(of + 1).padStart(2, '0')}` : `${year}-Q${Math.floor(of / 3) + 1}`;
};

const startOf = (month: number, zone: string): Date => {
  const date = `${named(month, 'month')}-01T00:00`;
  return instantOf(date, zone) ?? new Date(`${date}Z`);
};

export const perOf = (period: Period): Per => (period.includes('Q') ? 'quarter' : 'month');

/** The period in which a clock in the zone shows this instant. */
export const periodOf = (at: Date, zone: string, per: Per): Period => named(firstMonth(wallClock(at, zone).slice(0, 7)).month, per);

/** The quarter that holds a month or is one. */
export const quarterOf = (period: Period): Period => named(firstMonth(period).month, 'quarter');

/** From its first instant up to, and without, the next one's. */
export const boundsOf = (period: Period, zone: string): { from: Date; to: Date } => {
  const { month, length } = firstMonth(period);
  return { from: startOf(month, zone), to: startOf(month + length, zone) };
};

export const shifted = (period: Period, by: number): Period => {
  const { month, length } = firstMonth(period);
  return named(month + by * length, perOf(period));
};

/** The last so many periods, oldest first, with the one under way. */
export const lastPeriods = (now: Date, zone: string, per: Per, many: number): Period[] => {
  const current = periodOf(now, zone, per);
  return Array.from({ length: many }, (_, at) => shifted(current, at + 1 - many));
};
