import words from './media-words.json';

/** Where a source reaches people. */
export const MEDIA = ['online', 'offline'] as const;
export type Medium = (typeof MEDIA)[number];

const pattern = (list: readonly string[]): RegExp => new RegExp(`(?:^|[^\\p{L}])(?:${list.join('|')})`, 'iu');
const [ONLINE, OFFLINE] = [pattern(words.online), pattern(words.offline)];

/** Leads can be asked for by the medium of their source; `unknown`: its name does not say, or none is given. */
export const MEDIA_ASKED = [...MEDIA, 'unknown'] as const;
export type MediumAsked = (typeof MEDIA_ASKED)[number];

/** Whether a source is an online or an offline one, by its name; null for a name that does not say. Online words go first: a virtual event is no trip to a fair. */
export const mediumOf = (channel: string): Medium | null => {
  // Programs write DIRECT_TRAFFIC where people write "Direct traffic".
  const name = channel.replaceAll('_', ' ');
  return ONLINE.test(name) ? 'online' : OFFLINE.test(name) ? 'offline' : null;
};
