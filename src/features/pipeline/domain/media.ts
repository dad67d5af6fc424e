import words from './media-words.json';

/** Where a source reaches people. */
export const MEDIA = ['online', 'offline'] as const;
export type Medium = (typeof MEDIA)[number];

const pattern = (list: readonly string[]): RegExp => new RegExp(`(?:^|[^\\p{L}])(?:${list.join('|')})`, 'iu');
const [ONLINE, OFFLINE] = [pattern(words.online), pattern(words.offline)];

/** Whether a source is an online or an offline one, by its name; null for a name that does not say. Online words go first: a virtual event is no trip to a fair. */
export const mediumOf = (channel: string): Medium | null => (ONLINE.test(channel) ? 'online' : OFFLINE.test(channel) ? 'offline' : null);
