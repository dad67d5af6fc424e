/** Calendar periods as days, "2026-04-01"; the end is the first day after. No clock and no zone: days only. */
export const PERIOD_UNITS = ['month', 'quarter', 'year'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];
export type Period = { unit: PeriodUnit; startsOn: string; endsOn: string };

const MONTHS: Readonly<Record<PeriodUnit, number>> = { month: 1, quarter: 3, year: 12 };

const firstOf = (months: number): string => `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;

/** The period of this unit that holds the day, or one so many periods later (earlier when negative). */
export const periodOf = (unit: PeriodUnit, day: string, later = 0): Period => {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const start = months - (months % MONTHS[unit]) + later * MONTHS[unit];
  return { unit, startsOn: firstOf(start), endsOn: firstOf(start + MONTHS[unit]) };
};

export const isPeriodStart = (unit: PeriodUnit, day: string): boolean => periodOf(unit, day).startsOn === day;
