import type { Period } from './periods';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
export const countText = (value: number): string => whole.format(value);
/** "EUR 83,100"; without a currency the bare number. */
export const moneyText = (value: number, currency: string | null): string =>
  currency ? new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'code', maximumFractionDigits: 0 }).format(value) : whole.format(value);
/** A share of 1 as per cent, with a decimal where it is small. */
export const shareText = (value: number): string => new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: Math.abs(value) < 0.1 ? 1 : 0 }).format(value);

export type Unit = 'share' | 'money' | 'days' | 'count' | 'ratio' | 'score';

/** @param days how a number of days is said */
export const valueText = (value: number, unit: Unit, currency: string | null, days: (count: string) => string): string => {
  if (unit === 'share') return shareText(value);
  if (unit === 'money') return moneyText(value, currency);
  if (unit === 'days') return days(new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(value));
  if (unit === 'score') return new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(value);
  return unit === 'count' ? countText(value) : new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2, signDisplay: 'exceptZero' }).format(value);
};

/** "April 2026", "2026"; a quarter as `quarter` says it. */
export const periodText = ({ unit, startsOn }: Pick<Period, 'unit' | 'startsOn'>, quarter: (no: number, year: string) => string): string => {
  const [year, month] = [startsOn.slice(0, 4), Number(startsOn.slice(5, 7))];
  if (unit === 'year') return year;
  if (unit === 'quarter') return quarter(Math.ceil(month / 3), year);
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${startsOn}T00:00:00Z`));
};
