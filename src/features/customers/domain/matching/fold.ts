/** Letters that decomposition leaves whole although people type them as plain ones. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h' };

/**
 * Text as it is compared: compatibility forms and case folded, accents dropped, everything but letters and digits a single space.
 * Another script stays what it is, so look-alike letters never meet (Unicode UAX 15, UTS 39).
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ßøæœłđðþıħ]/gu, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’`´]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Folded text in which Mueller and Müller, Soerensen and Sørensen are the same. Only for comparing, never shown. */
export const withoutDigraphs = (folded: string): string => folded.replace(/([aou])e/gu, '$1').replace(/aa/gu, 'a');

/** The words of a folded text. */
export const words = (folded: string): string[] => (folded === '' ? [] : folded.split(' '));
