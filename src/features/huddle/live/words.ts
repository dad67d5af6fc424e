import { createHash } from 'node:crypto';
import { seal, unseal } from '../../../platform/crypto/sealing';
import { seqWord, type Entry } from '../repo';

/** Bytes of a word: PostgreSQL takes 8,000 with its topic. */
const LONGEST = 7_500;
const PURPOSE = 'huddle news';

const keys = new Map<string, Buffer>();
const MOST_KEYS = 200;
const keyOf = (secret: string): Buffer => {
  const known = keys.get(secret);
  if (known) return known;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = createHash('sha256').update(`${PURPOSE} ${secret}`).digest();
  keys.set(secret, key);
  return key;
};

/**
 * What was saved, for the other server processes, so that they need not ask for it. Anybody with a connection to the database may listen, whatever row
 * security says: it is sealed under the Huddle's secret. What is too long for a word is asked for, and so is what changes the secret.
 */
export const newsWord = (secret: string, entries: readonly Entry[]): string => {
  const seq = entries.at(-1)?.seq ?? 0;
  if (entries.some(({ operation }) => operation.kind === 'finish')) return seqWord(seq);
  const text = JSON.stringify(entries);
  if (text.length > LONGEST) return seqWord(seq);
  const word = `!${seq} ${seal(keyOf(secret), Buffer.from(text), PURPOSE).toString('base64')}`;
  return word.length > LONGEST ? seqWord(seq) : word;
};

export type News = { seq: number; sealed: string | null };

/** How far a word says that a Huddle is; undefined for a word about something else. */
export const readWord = (word: string): News | undefined => {
  const [, kind, seq, sealed] = /^([#!])(\d+)(?: (\S+))?$/u.exec(word) ?? [];
  return kind === undefined ? undefined : { seq: Number(seq), sealed: kind === '!' ? (sealed ?? null) : null };
};

/** What a word holds that follows on a place in the sequence; null when it was sealed under another secret, or something lies between. */
export const entriesIn = (secret: string, sealed: string, after: number): Entry[] | null => {
  try {
    const entries = (JSON.parse(unseal(keyOf(secret), Buffer.from(sealed, 'base64'), PURPOSE).toString()) as Entry[]).filter(({ seq }) => seq > after);
    return entries[0]?.seq === after + 1 ? entries : null;
  } catch {
    return null;
  }
};
