import { daysIn, monthNamed, type DateOrder } from '../../../lib/civil';

type Parts = { a: number; b: number; year: number; separator: string };

const two = (value: number): string => String(value).padStart(2, '0');

/** People start work within living memory and, at most, ten years ahead. */
const iso = (year: number, month: number, day: number, thisYear: number): string | undefined =>
  year >= 1930 && year <= thisYear + 10 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
    ? `${year}-${two(month)}-${two(day)}`
    : undefined;

/** Two digits mean the century that is not in the future by more than a year. */
const fullYear = (text: string, thisYear: number): number => {
  const value = Number(text);
  if (text.length > 2) return value;
  const century = Math.floor(thisYear / 100) * 100;
  return century + value > thisYear + 1 ? century - 100 + value : century + value;
};

const numeric = (text: string, thisYear: number): Parts | undefined => {
  const match = /^(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?:[ T,]+\d{1,2}[:.].*)?$/u.exec(text);
  if (!match) return undefined;
  return { a: Number(match[1]), b: Number(match[3]), year: fullYear(match[4] ?? '', thisYear), separator: match[2] ?? '' };
};

/** Days since 1899-12-30, as spreadsheets count; a civil-calendar count without a clock (days-from-civil, H. Hinnant). */
const fromSerial = (serial: number, thisYear: number): string | undefined => {
  const z = serial - 25_569 + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return iso(yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1, thisYear);
};

/** A date as yyyy-mm-dd, or undefined when the text is none. `today` bounds the years and gives two-digit ones their century. */
export const readDate = (raw: string, order: DateOrder, today: string): string | undefined => {
  const text = raw.trim();
  const thisYear = Number(today.slice(0, 4));
  const sorted = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[ T].*)?$/u.exec(text);
  if (sorted && (sorted[2] !== '' || text.length >= 8)) return iso(Number(sorted[1]), Number(sorted[3]), Number(sorted[4]), thisYear);
  const parts = numeric(text, thisYear);
  if (parts) {
    const dayFirst = parts.separator === '.' || order === 'dmy';
    return dayFirst ? iso(parts.year, parts.b, parts.a, thisYear) : iso(parts.year, parts.a, parts.b, thisYear);
  }
  const dayMonth = /^(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[\s-]+(?:de\s+)?(\p{L}+)\.?(?:,|\s+de|\s+del)?[\s-]+(\d{4}|\d{2})$/iu.exec(text);
  if (dayMonth) return iso(fullYear(dayMonth[3] ?? '', thisYear), monthNamed(dayMonth[2] ?? ''), Number(dayMonth[1]), thisYear);
  const monthDay = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/iu.exec(text);
  if (monthDay) return iso(Number(monthDay[3]), monthNamed(monthDay[1] ?? ''), Number(monthDay[2]), thisYear);
  if (/^\d{5}(\.\d+)?$/u.test(text)) return fromSerial(Math.floor(Number(text)), thisYear);
  return undefined;
};
