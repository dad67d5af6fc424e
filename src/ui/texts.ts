import { IntlMessageFormat } from 'intl-messageformat';

type Values = Record<string, string | number | Date | boolean | null | undefined>;

const PSEUDO: Record<string, string> = { a: 'å', e: 'é', i: 'ï', o: 'ø', u: 'ü', A: 'Å', E: 'É', I: 'Ï', O: 'Ø', U: 'Ü', c: 'ç', n: 'ñ', s: 'š' };

/** `?pseudo` in the address shows every text of the message files in brackets, so that a hard-wired one stands out. */
const pseudo = (): boolean => typeof location !== 'undefined' && (location.search.includes('pseudo') || sessionStorage.getItem('pseudo') === '1');

/** Keeps placeholders and tags, marks everything else. */
export const pseudoText = (text: string): string => `[${text.replace(/[A-Za-z]/g, (letter) => PSEUDO[letter] ?? letter)}]`;

export type Say<Key extends string> = (key: Key, values?: Values) => string;

/**
 * The texts of one message file (ICU MessageFormat). Interface language is English; numbers and dates follow the reader.
 * @throws Error for a key the file does not have, in tests and at run time alike.
 */
export const texts = <M extends Record<string, string>>(messages: M): Say<Extract<keyof M, string>> => {
  const formats = new Map<string, IntlMessageFormat>();
  return (key, values) => {
    const source = messages[key];
    if (source === undefined) throw new Error(`no text for "${key}"`);
    let format = formats.get(key);
    if (!format) formats.set(key, (format = new IntlMessageFormat(source, 'en', undefined, { ignoreTag: true })));
    const text = String(format.format(values));
    return pseudo() ? pseudoText(text) : text;
  };
};
