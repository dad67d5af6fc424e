import { formatIcu, type Values } from '../lib/icu';

const PSEUDO: Record<string, string> = { a: 'å', e: 'é', i: 'ï', o: 'ø', u: 'ü', A: 'Å', E: 'É', I: 'Ï', O: 'Ø', U: 'Ü', c: 'ç', n: 'ñ', s: 'š' };

/** `?pseudo` in the address shows every text of the message files in brackets, so that a hard-wired one stands out. */
const pseudo = (): boolean => typeof location !== 'undefined' && (location.search.includes('pseudo') || sessionStorage.getItem('pseudo') === '1');

/** "?pseudo" lasts for the tab, so that it survives a walk through the pages; "?pseudo=0" ends it. */
export const rememberPseudo = (): void => {
  const wanted = new URLSearchParams(location.search).get('pseudo');
  if (wanted !== null) sessionStorage.setItem('pseudo', wanted === '0' ? '0' : '1');
};

/** Keeps placeholders and tags, marks everything else. */
export const pseudoText = (text: string): string => `[${text.replace(/[A-Za-z]/g, (letter) => PSEUDO[letter] ?? letter)}]`;

export type Say<Key extends string> = (key: Key, values?: Values) => string;

/**
 * The texts of one message file (ICU MessageFormat). Interface language is English; numbers and dates follow the reader.
 * @throws Error for a key the file does not have, in tests and at run time alike.
 */
export const texts =
  <M extends Record<string, string>>(messages: M): Say<Extract<keyof M, string>> =>
  (key, values) => {
    const source = messages[key];
    if (source === undefined) throw new Error(`no text for "${key}"`);
    const text = formatIcu(source, 'en', values);
    return pseudo() ? pseudoText(text) : text;
  };
