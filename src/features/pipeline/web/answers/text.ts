import messages from '../../messages/answers.en.json';
import { texts } from '../../../../ui/texts';
import ui from '../../../../ui/messages.en.json';
import { newcombe } from '../../../../lib/statistics/proportions';
import { MINIMUM_GROUP } from '../../domain/answers/records';
import { reasonText } from '../reason-text';
import type { Basis, Finding } from './calls';

export const t = texts(messages);
const shared = texts(ui);

type TextKey = Parameters<typeof t>[0];
const has = (key: string): key is TextKey => key in messages;

/** A text whose key comes from the server; a code that is newer than this page is shown as it is. */
export const coded = (prefix: string, code: string, values?: Record<string, string | number>): string => {
  const key = `${prefix}.${code}`;
  return has(key) ? t(key, values) : code;
};

export const sentence = ({ code, values }: Finding): string => coded('finding', code, typeof values['reason'] === 'string' ? { ...values, reason: reasonText(values['reason']) } : values);

const whole = new Intl.NumberFormat('en-GB');
const oneDecimal = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const countText = (value: number): string => whole.format(value);
export const decimalText = (value: number): string => oneDecimal.format(value);
const twoDecimals = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
/** A ratio: one decimal, and two below one, where a tenth would hide the difference between half and a fifth. */
const ratioText = (value: number): string => (value < 0.995 ? twoDecimals : oneDecimal).format(value);
/** A ratio with its interval. */
export const ratioWithRange = (value: number, [low, high]: readonly [number, number]): string => `${ratioText(value)} (${ratioText(low)}–${ratioText(high)})`;
export const percentText = (share: number): string => t('percent', { value: decimalText(share * 100) });
export const intervalText = ([low, high]: readonly [number, number]): string => t('interval', { low: decimalText(low * 100), high: decimalText(high * 100) });

/** What is known of the time in a stage; null figures: too few, or the curve never comes down to one half. */
type Time = { stays: number; medianDays: number | null; ci95: [number | null, number | null] };
export const medianText = ({ stays, medianDays }: Time): string => (medianDays !== null ? t('slow.days', { days: Math.round(medianDays * 10) / 10 }) : stays < MINIMUM_GROUP ? t('slow.few') : t('slow.notReached'));
export const rangeText = ({ medianDays, ci95: [low, high] }: Time): string => {
  if (medianDays === null || low === null) return '';
  return high === null ? t('slow.over', { low: decimalText(low) }) : t('slow.upTo', { low: decimalText(low), high: decimalText(high) });
};

type Compared = { won: number; entrants: number };

/** How much more often leads of the first group are won, with the interval of the difference (Newcombe); null where a group is empty. */
export const differenceText = (first: string, a: Compared, second: string, b: Compared): string | null => {
  const { value, low, high } = newcombe({ successes: a.won, n: a.entrants }, { successes: b.won, n: b.entrants });
  if (!Number.isFinite(value)) return null;
  // Told as so many points more, or so many less: the interval turns round with it.
  const [least, most] = value < 0 ? [-high, -low] : [low, high];
  const points = (share: number): string => decimalText(share * 100);
  return t('funnel.difference', { first, second, points: points(Math.abs(value)), way: value >= 0 ? 'more' : 'less', low: points(least), high: points(most), told: low > 0 || high < 0 ? 'yes' : 'no' });
};

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
/** "2026-08" is "Aug 2026". */
export const monthName = (month: string): string => MONTH.format(new Date(`${month}-15T00:00:00Z`));

/** Functions by name, a blank as such, anything else as the data write it. */
export const groupText = (value: string): string => (value === 'sales' || value === 'marketing' ? shared(value) : value === '' ? t('blank') : value);
export const sideOf = (value: string): 'sales' | 'marketing' | null => (value === 'sales' || value === 'marketing' ? value : null);

export const basisText = ({ looked, of, leftOutCohorts }: Basis): string =>
  [looked < of ? t('basis.lot', { looked: countText(looked), of: countText(of) }) : t('basis', { looked }), ...(leftOutCohorts.length > 0 ? [t('basis.cohorts', { count: leftOutCohorts.length, months: leftOutCohorts.map(monthName).join(', ') })] : [])].join(' · ');
