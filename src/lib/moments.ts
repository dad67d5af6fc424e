/**
 * Dates and times as exports write them, read without a time zone: a file's clock is taken as it stands, and what names an offset
 * is brought to Greenwich.
 */
import { ISO, NUMERIC, readCivil, type DateOrder } from './civil';

/** Milliseconds since 1970 on the file's own clock. `timed` tells a bare date from midnight. */
export type Moment = { at: number; timed: boolean };

/** How a date is written; `open` could be day first or month first, `equal` (3/3/2024) is the same either way. */
export type DateForm = 'fixed' | 'dayFirst' | 'monthFirst' | 'open' | 'equal';

export const DAY = 86_400_000;

/** Which of day and month a cell puts first; undefined when it is no date of numbers. Dots are day first everywhere. */
export const dateForm = (text: string): DateForm | undefined => {
  const match = NUMERIC.exec(text);
  if (!match) return ISO.test(text) || (!/^\d+$/u.test(text) && readCivil(text, 'dmy')) ? 'fixed' : undefined;
  if (match[2] === '.') return 'fixed';
  const [a, b] = [Number(match[1]), Number(match[3])];
  if (a > 12) return b > 12 ? undefined : 'dayFirst';
  if (b > 12) return 'monthFirst';
  return a === b ? 'equal' : 'open';
};

/** The moment that a cell says, or undefined when it says none; `order` settles what its own numbers do not. */
export const readMoment = (raw: string, order: DateOrder): Moment | undefined => {
  const text = raw.trim();
  if (text.length < 6 || text.length > 40) return undefined;
  const civil = readCivil(text, order);
  if (!civil) return undefined;
  const { year, month, day, hour, minute, second, offset } = civil;
  return { at: Date.UTC(year, month - 1, day, hour ?? 0, minute, second) - (offset ?? 0) * 60_000, timed: hour !== null };
};

/**
 * Whole days elapsed between two moments. With a clock on both sides a day is 24 hours; where one of them is a bare date, midnights
 * are counted, since nobody knows the hour. Below 0 when `to` comes first.
 */
export const wholeDays = (from: Moment, to: Moment): number =>
  from.timed && to.timed ? Math.floor((to.at - from.at) / DAY) : Math.floor(to.at / DAY) - Math.floor(from.at / DAY);

/** `2024-03-12`. */
export const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** So many days after a `2024-03-12`; before it, when negative. */
export const daysLater = (day: string, days: number): string => dayText(Date.parse(`${day}T00:00:00Z`) + days * DAY);

/** `2024-03`. */
export const monthText = (at: number): string => new Date(at).toISOString().slice(0, 7);

/** Midnight after the last day of a `2024-03`. */
export const monthEnd = (month: string): number => Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1);

export const monthStart = (month: string): number => Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1, 1);
