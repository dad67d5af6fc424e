import { oneLine } from './plain';

/**
 * An e-mail address is the key by which a person is recognised. Case, spaces and full-width forms fold (NFKC, Unicode UAX 15); another
 * script never does: an address in look-alike letters is another address, and is said to be (UTS 39).
 */
export type EmailFlag = 'mixed_script' | 'other_script';

export type FoldedEmail = { ok: true; key: string; flag?: EmailFlag } | { ok: false; reason: 'missing' | 'invalid' };

const ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"_]+$/u;

/** As nearly every address is written: letters without accents, digits and a few marks, no dot at an end or beside another. All that the steps below ask holds of it. */
const USUAL = /^[a-z0-9_+-]{1,64}(?:\.[a-z0-9_+-]{1,64}){0,8}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){1,8}$/u;
const isUsual = (text: string): boolean => text.length <= 254 && text.indexOf('@') <= 64 && USUAL.test(text);

const isAddress = (text: string): boolean => {
  if (text.length > 254 || !ADDRESS.test(text)) return false;
  const at = text.indexOf('@');
  const local = text.slice(0, at);
  const labels = text.slice(at + 1).split('.');
  const dots = local.startsWith('.') || local.endsWith('.') || text.includes('..');
  return local.length <= 64 && !dots && labels.length >= 2 && labels.every((label) => /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u.test(label));
};

const ASCII = /^[\x00-\x7f]*$/u;

const scriptFlag = (key: string): EmailFlag | undefined => {
  if (ASCII.test(key)) return undefined;
  const latin = /\p{Script=Latin}/u.test(key);
  const other = [...key].some((letter) => /\p{L}/u.test(letter) && !/\p{Script=Latin}/u.test(letter));
  if (!other) return undefined;
  return latin ? 'mixed_script' : 'other_script';
};

/** The key of an address as people write it: "Ann Lee <Ann.Lee@Example.org>", "mailto:…", full-width letters. */
export const foldEmail = (raw: string): FoldedEmail => {
  const usual = raw.toLowerCase();
  if (isUsual(usual)) return { ok: true, key: usual };
  const line = oneLine(raw);
  if (line === '') return { ok: false, reason: 'missing' };
  const bracketed = /<([^<>]*)>\s*$/u.exec(line)?.[1] ?? line;
  const key = bracketed
    .replace(/^mailto:/iu, '')
    .replace(/[。｡]/gu, '.')
    .replace(/\s+/gu, '')
    .toLowerCase();
  if (!isAddress(key)) return { ok: false, reason: 'invalid' };
  const flag = scriptFlag(key);
  return flag ? { ok: true, key, flag } : { ok: true, key };
};

/** Cyrillic and Greek letters that look Latin (from UTS 39's confusables, those that occur in addresses). */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ї: 'i', ј: 'j', ѕ: 's', ԁ: 'd', һ: 'h', ԛ: 'q', ԝ: 'w', к: 'k', м: 'm',
  т: 't', в: 'b', н: 'h', г: 'r', п: 'n', ѵ: 'v', α: 'a', ο: 'o', ρ: 'p', ν: 'v', τ: 't', ι: 'i', κ: 'k', υ: 'u', χ: 'x', γ: 'y', ε: 'e', η: 'n', ω: 'w',
};

/** What a hasty reader sees: two addresses with one likeness and different keys deserve a second look. */
export const likeness = (key: string): string =>
  ASCII.test(key)
    ? key
    : [...key]
        .map((letter) => LOOKS_LIKE[letter] ?? letter)
        .join('')
        .normalize('NFKD')
        .replace(/\p{M}/gu, '');

/** A name for a person of whom only the address is known: "anna.de-vries@…" gives "Anna De-Vries". */
export const nameFromEmail = (key: string): string =>
  key
    .slice(0, key.indexOf('@'))
    .replace(/\+.*$/u, '')
    .split(/[._]+/u)
    .filter((part) => part !== '')
    .map((part) => part.replace(/(^|-)(\p{L})/gu, (match) => match.toUpperCase()))
    .join(' ') || key;
