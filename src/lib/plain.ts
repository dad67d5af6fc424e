/** Letters that no decomposition takes apart. */
const SPECIAL: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i' };

/** Characters that show nothing: soft hyphen, zero-width, direction marks. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;

/** Plain ASCII words with single spaces are what nearly every cell holds, and need nothing done. */
const TIDY = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/u;

/** Text as one line without invisible or control characters, full-width forms narrowed (NFKC). */
export const oneLine = (text: string): string =>
  TIDY.test(text)
    ? text
    : text
        .normalize('NFKC')
        .replace(INVISIBLE, '')
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim();

/** The form in which two spellings of one word are equal: case, accents, punctuation and spaces do not count. */
export const plain = (text: string): string =>
  oneLine(text)
    .toLowerCase()
    .replace(/[ßæœøđłı]/gu, (letter) => SPECIAL[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}✓✔☑✗✘☐]+/gu, '');

/** The form in which two names of one territory, department or site are equal: only case and spaces do not count. */
export const labelKey = (text: string): string => oneLine(text).toLowerCase();
