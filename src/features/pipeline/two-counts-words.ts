import { formatIcu, type Values } from '../../lib/icu';
import messages from './messages/two-counts.en.json';

export type CountWord = keyof typeof messages;

/** The page's texts, for files made on the server. */
export const countWord = (key: CountWord, values?: Values): string => formatIcu(messages[key], 'en', values);
