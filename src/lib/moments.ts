/**
 * Dates and times as exports write them, read without a time zone: a file's clock is taken as it stands, and what names an offset
 * is brought to Greenwich.
 */
export type DateOrder = 'dmy' | 'mdy';

/** Milliseconds since 1970 on the file's own clock. `timed` tells a bare date from midnight. */
export type Moment = { at: number; timed: boolean };

/** How a date is written; `open` could be day first or month first, `equal` (3/3/2024) is the same either way. */
export type DateForm = 'fixed' | 'dayFirst' | 'monthFirst' | 'open' | 'equal';

export const DAY = 86_400_000;

const ISO = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/u;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/u;
const NUMERIC = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/u;
const NAMED = /^(?:\p{L}{3,9}\.?,?\s+)?(?:(\d{1,2})[\s.-]+(\p{L}{3,9})|(\p{L}{3,9})\.?\s+(\d{1,2}))\.?,?[\s-]+(\d{4})/u;
const TIME = /^[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?m?\.?\s*(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?$/iu;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const midnight = (year: number, month: number, day: number): number | undefined => {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const at = Date.UTC(year, month - 1, day);
  // The 31st of a shorter month rolls over into the next one.
  return new Date(at).getUTCDate() === day ? at : undefined;
};

const offsetOf = (text: string | undefined): number => {
  const match = /^([+-])(\d{2}):?(\d{2})?$/u.exec(text ?? '');
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000 : 0;
};

const withTime = (day: number | undefined, rest: string): Moment | undefined => {
  if (day === undefined) return undefined;
  if (rest.trim() === '') return { at: day, timed: false };
  const match = TIME.exec(rest.trimEnd());
  if (!match) return undefined;
  const raw = Number(match[1]);
  const half = match[5]?.toLowerCase();
  if (half && (raw < 1 || raw > 12)) return undefined;
  const hour = half === undefined ? raw : (raw % 12) + (half === 'p' ? 12 : 0);
  const [minute, second] = [Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const thousandths = Math.floor(Number(`0.${match[4] ?? 0}`) * 1000);
  return { at: day + ((hour * 60 + minute) * 60 + second) * 1000 + thousandths - offsetOf(match[6]), timed: true };
};

/** Which of day and month a cell puts first; undefined when it is no date of numbers. Dots are day first everywhere. */
export const dateForm = (text: string): DateForm | undefined => {
  const match = NUMERIC.exec(text);
  if (!match) return ISO.test(text) || NAMED.test(text) ? 'fixed' : undefined;
  if (match[2] === '.') return 'fixed';
  const [a, b] = [Number(match[1]), Number(match[3])];
  if (a > 12) return b > 12 ? undefined : 'dayFirst';
  if (b > 12) return 'monthFirst';
  return a === b ? 'equal' : 'open';
};

/**
 * The date and time that a cell says, or undefined when it says none: ISO 8601, `20240312`, day and month in either order, month names in
 * English. A number over 12 settles the order of its own cell; `order` settles the rest.
 */
export const readMoment = (raw: string, order: DateOrder): Moment | undefined => {
  const text = raw.trim();
  if (text.length < 6 || text.length > 40) return undefined;
  const iso = ISO.exec(text);
  if (iso) return withTime(midnight(Number(iso[1]), Number(iso[3]), Number(iso[4])), text.slice(iso[0].length));
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const [a, b] = [Number(numeric[1]), Number(numeric[3])];
    const year = Number(numeric[4]) + ((numeric[4] ?? '').length === 2 ? 2000 : 0);
    const dayFirst = numeric[2] === '.' || (a > 12 ? true : b > 12 ? false : order === 'dmy');
    return withTime(dayFirst ? midnight(year, b, a) : midnight(year, a, b), text.slice(numeric[0].length));
  }
  const compact = COMPACT.exec(text);
  if (compact) return withTime(midnight(Number(compact[1]), Number(compact[2]), Number(compact[3])), '');
  const named = NAMED.exec(text);
  if (!named) return undefined;
  const month = MONTHS.indexOf((named[2] ?? named[3] ?? '').slice(0, 3).toLowerCase()) + 1;
  return withTime(midnight(Number(named[5]), month, Number(named[1] ?? named[4])), text.slice(named[0].length));
};

/**
 * Whole days elapsed between two moments. With a clock on both sides a day is 24 hours; where one of them is a bare date, midnights
 * are counted, since nobody knows the hour. Below 0 when `to` comes first.
 */
export const wholeDays = (from: Moment, to: Moment): number =>
  from.timed && to.timed ? Math.floor((to.at - from.at) / DAY) : Math.floor(to.at / DAY) - Math.floor(from.at / DAY);

/** `2024-03-12`. */
export const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `2024-03`. */
export const monthText = (at: number): string => new Date(at).toISOString().slice(0, 7);

/** Midnight after the last day of a `2024-03`. */
export const monthEnd = (month: string): number => Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1);

export const monthStart = (month: string): number => Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1, 1);
