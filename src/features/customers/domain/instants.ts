/** Dates and times as exports write them. Without a zone they are read in the source's own; the caller turns them into instants. */
export type DateOrder = 'dmy' | 'mdy';
export type OrderCertainty = 'certain' | 'unclear' | 'mixed';

const NUMERIC = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/u;

/** The day order of columns that one program wrote; `told` when a number over 12 says so. Dots are day first; otherwise numbers over 12 tell. */
export const columnOrder = (columns: readonly (readonly string[])[]): { order: DateOrder; certainty: OrderCertainty; told: boolean } => {
  let dayFirst = 0;
  let monthFirst = 0;
  let open = 0;
  for (const cell of columns.flat()) {
    const match = NUMERIC.exec(cell.trim());
    if (!match || match[2] === '.') continue;
    const [a, b] = [Number(match[1]), Number(match[3])];
    if (a > 12 && b <= 12) dayFirst++;
    else if (b > 12 && a <= 12) monthFirst++;
    else if (a !== b) open++;
  }
  if (dayFirst > 0 && monthFirst > 0) return { order: dayFirst >= monthFirst ? 'dmy' : 'mdy', certainty: 'mixed', told: true };
  if (dayFirst > 0) return { order: 'dmy', certainty: 'certain', told: true };
  if (monthFirst > 0) return { order: 'mdy', certainty: 'certain', told: true };
  return { order: 'dmy', certainty: open > 0 ? 'unclear' : 'certain', told: false };
};

/** A reading of the clock: civil date and time, with minutes east of Greenwich when the text says so. `hour` is null for a bare date. */
export type Civil = { year: number; month: number; day: number; hour: number | null; minute: number; second: number; offset: number | null };

const daysIn = (year: number, month: number): number => (month === 2 ? ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

const date = (year: number, month: number, day: number): { year: number; month: number; day: number } | undefined =>
  year >= 1970 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) ? { year, month, day } : undefined;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

type Time = Pick<Civil, 'hour' | 'minute' | 'second' | 'offset'>;
const NO_TIME: Time = { hour: null, minute: 0, second: 0, offset: null };
const TIME = /^[T\s,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*(a\.?m\.?|p\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/iu;

const offsetOf = (text: string | undefined): number | null => {
  if (!text) return null;
  const match = /^([+-])(\d{2}):?(\d{2})?$/u.exec(text);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) : 0;
};

const time = (rest: string): Time | undefined => {
  if (rest.trim() === '') return NO_TIME;
  const match = TIME.exec(rest.trimEnd());
  if (!match) return undefined;
  const half = match[4]?.toLowerCase().charAt(0);
  const raw = Number(match[1]);
  if (half && (raw < 1 || raw > 12)) return undefined;
  const hour = half === 'p' ? (raw % 12) + 12 : half === 'a' ? raw % 12 : raw;
  const [minute, second] = [Number(match[2]), Number(match[3] ?? 0)];
  return hour < 24 && minute < 60 && second < 60 ? { hour, minute, second, offset: offsetOf(match[5]) } : undefined;
};

const both = (day: { year: number; month: number; day: number } | undefined, rest: string): Civil | undefined => {
  const clock = day ? time(rest) : undefined;
  return day && clock ? { ...day, ...clock } : undefined;
};

const fromEpoch = (milliseconds: number): Civil | undefined => {
  const stamp = new Date(milliseconds);
  const day = date(stamp.getUTCFullYear(), stamp.getUTCMonth() + 1, stamp.getUTCDate());
  return day && { ...day, hour: stamp.getUTCHours(), minute: stamp.getUTCMinutes(), second: stamp.getUTCSeconds(), offset: 0 };
};

/** What a cell says of time, or undefined when it says none: ISO, d/m/y, m/d/y, month names, `yyyy-mm`, seconds or milliseconds since 1970. */
export const readCivil = (raw: string, order: DateOrder): Civil | undefined => {
  const text = raw.trim();
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})/u.exec(text);
  if (iso) return both(date(Number(iso[1]), Number(iso[2]), Number(iso[3])), text.slice(iso[0].length));
  const month = /^(\d{4})-(\d{2})$/u.exec(text);
  if (month) return both(date(Number(month[1]), Number(month[2]), 1), '');
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const [a, b] = [Number(numeric[1]), Number(numeric[3])];
    const written = Number(numeric[4]);
    const year = (numeric[4] ?? '').length === 2 ? 2000 + written : written;
    const dayFirst = numeric[2] === '.' || (a > 12 ? true : b > 12 ? false : order === 'dmy');
    return both(dayFirst ? date(year, b, a) : date(year, a, b), text.slice(numeric[0].length));
  }
  const named = /^(?:[a-z]{3,9},?\s+)?(?:(\d{1,2})[\s-]+([a-z]{3,9})|([a-z]{3,9})\s+(\d{1,2})),?[\s-]+(\d{4})/iu.exec(text);
  if (named) {
    const at = MONTHS.indexOf((named[2] ?? named[3] ?? '').slice(0, 3).toLowerCase()) + 1;
    return both(date(Number(named[5]), at, Number(named[1] ?? named[4])), text.slice(named[0].length));
  }
  if (/^\d{13}$/u.test(text)) return fromEpoch(Number(text));
  if (/^\d{10}$/u.test(text)) return fromEpoch(Number(text) * 1000);
  return undefined;
};
