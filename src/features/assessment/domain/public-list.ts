/**
 * The wave's public list, and how people compare it. Everybody in a wave must be shown the same list, or a server could
 * give one person a key of their own. Its hash travels in the link; people read it to each other as four words.
 */

/** Text whose SHA-384, cut to its first 16 bytes, is the list's hash `h`: one line per leaf, ordered by leaf id. */
export const publicListText = (wave: string, list: readonly { leaf: string; invited: number; spki: string }[]): string =>
  [
    `lockstep-list-1|${wave}`,
    ...[...list].sort((a, b) => (a.leaf < b.leaf ? -1 : a.leaf > b.leaf ? 1 : 0)).map((leaf) => `${leaf.leaf}|${leaf.invited}|${leaf.spki}`),
  ].join('\n');

/** Bytes of the hash that are kept. */
export const LIST_HASH_BYTES = 16;

const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';

/**
 * Four pronounceable words of five letters from a hash's first eight bytes, 16 bits a word: belonging to no language, they read
 * the same in every one. Source: Wilkerson, "A Proposal for Proquints" (arXiv 0901.4016).
 * @throws RangeError when fewer than eight bytes are given
 */
export const wordsOfHash = (hash: Uint8Array): string[] => {
  if (hash.length < 8) throw new RangeError('a hash of at least 8 bytes is needed');
  return [0, 2, 4, 6].map((at) => {
    const bits = ((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0);
    const consonant = (shift: number) => CONSONANTS.charAt((bits >> shift) & 15);
    const vowel = (shift: number) => VOWELS.charAt((bits >> shift) & 3);
    return consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0);
  });
};
