import messages from '../messages/en.json';
import { texts } from '../../../ui/texts';
import type { Period } from '../domain/periods';
import type { MetricView } from './calls';

export const t = texts(messages);

type TextKey = Parameters<typeof t>[0];
const has = (key: string): key is TextKey => key in messages;

/** A text whose key comes from the server; a code that is newer than this page is shown as it is. */
export const coded = (prefix: string, code: string): string => {
  const key = `${prefix}.${code}`;
  return has(key) ? t(key) : code;
};

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
export const countText = (value: number): string => whole.format(value);
export const moneyText = (value: number, currency: string | null): string =>
  currency ? new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'code', maximumFractionDigits: 0 }).format(value) : whole.format(value);
/** A share of 1 as per cent, with a decimal where it is small. */
export const shareText = (value: number): string => new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: Math.abs(value) < 0.1 ? 1 : 0 }).format(value);

export const valueText = (value: number, unit: MetricView['unit'], currency: string | null): string => {
  if (unit === 'share') return shareText(value);
  if (unit === 'money') return moneyText(value, currency);
  if (unit === 'days') return t('unit.days', { days: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(value) });
  return unit === 'count' ? countText(value) : new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2, signDisplay: 'exceptZero' }).format(value);
};

/** "April 2026", "Q2 2026", "2026". */
export const periodText = ({ unit, startsOn }: Pick<Period, 'unit' | 'startsOn'>): string => {
  const [year, month] = [startsOn.slice(0, 4), Number(startsOn.slice(5, 7))];
  if (unit === 'year') return year;
  if (unit === 'quarter') return t('period.quarter.of', { quarter: Math.ceil(month / 3), year });
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${startsOn}T00:00:00Z`));
};
