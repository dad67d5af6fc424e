import messages from '../messages/en.json';
import { texts } from '../../../ui/texts';

export const t = texts(messages);

type TextKey = Parameters<typeof t>[0];
const has = (key: string): key is TextKey => key in messages;

/** A text whose key comes from the server; a code that is newer than this page is shown as it is. */
export const coded = (prefix: string, code: string, values?: Record<string, string | number>): string => {
  const key = `${prefix}.${code}`;
  return has(key) ? t(key, values) : code;
};

const whole = new Intl.NumberFormat('en-GB');
export const countText = (value: number): string => whole.format(value);

/** A cell's value in words; instants in the reader's zone. */
export const cellText = (value: string | number | boolean | null): string => {
  if (value === null || value === '') return '–';
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return String(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u.test(value) ? new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value)) : value;
};
