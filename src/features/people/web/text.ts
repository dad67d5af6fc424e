import messages from '../messages/en.json';
import ui from '../../../ui/messages.en.json';
import { texts } from '../../../ui/texts';
import { dayText } from '../../../ui/when';
import type { FunctionName, Level } from '../../../lib/vocabulary';

export const t = texts(messages);
const shared = texts(ui);

export type TextKey = Parameters<typeof t>[0];

export const functionText = (fn: FunctionName): string => shared(fn);
export const levelText = (level: Level): string => shared(`level.${level}`);

const has = (key: string): key is TextKey => key in messages;

/** A text whose key comes from the server; a code that is newer than this page is shown as it is. */
export const coded = (prefix: string, code: string, values?: Record<string, string | number>): string => {
  const key = `${prefix}.${code}`;
  return has(key) ? t(key, values) : code;
};

/** A stored value in words. */
export const valueText = (field: string, value: string | null): string => {
  if (value === null || value === '') return t('value.none');
  if (field === 'function' && (value === 'sales' || value === 'marketing' || value === 'leadership')) return functionText(value);
  if (field === 'level' && (value === 'leader' || value === 'manager' || value === 'front_line')) return levelText(value);
  // A day without a time, so noon keeps it that day in every zone.
  if (field === 'startDate' && /^\d{4}-\d\d-\d\d$/.test(value)) return dayText(`${value}T12:00:00`);
  return value;
};
