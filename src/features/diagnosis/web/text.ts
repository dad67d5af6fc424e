import messages from '../messages/en.json';
import { texts } from '../../../ui/texts';

export const t = texts(messages);

export const percent = (share: number): string => `${Math.round(share * 100)}%`;
export const listed = (words: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words);
