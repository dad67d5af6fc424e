import messages from '../messages/en.json';
import { texts } from '../../../ui/texts';
import * as format from '../domain/format';
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

export { countText, moneyText, shareText } from '../domain/format';

export const valueText = (value: number, unit: MetricView['unit'], currency: string | null): string => format.valueText(value, unit, currency, (days) => t('unit.days', { days }));

/** "April 2026", "Q2 2026", "2026". */
export const periodText = (period: Pick<Period, 'unit' | 'startsOn'>): string => format.periodText(period, (quarter, year) => t('period.quarter.of', { quarter, year }));
