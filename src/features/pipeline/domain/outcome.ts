/** How a lead ended, as numbers so that a million fit in one array. */
export const OPEN = 0;
export const WON = 1;
export const LOST = 2;
export type Outcome = typeof OPEN | typeof WON | typeof LOST;

const WON_WORDS = new Set(['won', 'closedwon', 'win', 'converted', 'customer', 'sold', 'ordered', 'purchased', 'gewonnen', 'gagne', 'gagnee', 'ganado', 'ganada']);
const LOST_WORDS = new Set(['lost', 'closedlost', 'loss', 'rejected', 'unqualified', 'disqualified', 'dead', 'junk', 'cancelled', 'canceled', 'verloren', 'perdu', 'perdue', 'perdido', 'perdida']);
const YES = new Set(['true', 'yes', 'y', '1', 'ja', 'oui', 'si', 'x']);
const NO = new Set(['false', 'no', 'n', '0', 'nein', 'nee', 'non']);

/** Letters and digits in lower case, without accents: the form in which two spellings of a heading or value are the same. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** What the name of a stage or status says of the end; undefined when it says neither. "Not won" and "no loss" are not guessed at. */
export const namedOutcome = (value: string): Outcome | undefined => {
  const words = wordsOf(value);
  if (words.some((word) => word === 'not' || word === 'no' || word === 'nicht')) return words.includes('converted') ? LOST : undefined;
  const won = words.some((word) => WON_WORDS.has(word));
  const lost = words.some((word) => LOST_WORDS.has(word));
  return won === lost ? undefined : won ? WON : LOST;
};

/** Yes or no, in the words and numbers that systems export; undefined for anything else. */
export const readFlag = (value: string): boolean | undefined => {
  const plain = plainText(value);
  return YES.has(plain) ? true : NO.has(plain) ? false : undefined;
};

/** Headings under which yes means won, as in Salesforce's `IsWon`. */
export const isWonFlag = (heading: string): boolean => /^(is)?(won|closedwon|customer|converted|sold)$/u.test(plainText(heading));
