import words from './column-words.json';
import { fold } from './fold';
import { organisationName } from './organisation';

/** What a column of a file holds for matching. `name` is a person's whole name, or an organisation's: its file decides. */
export type ColumnRole = keyof typeof words;

export type ColumnsFound = { roles: readonly (ColumnRole | undefined)[]; /** What `name` holds. */ nameHolds: 'person' | 'organisation' };

const ROLES: ReadonlyMap<string, ColumnRole> = (() => {
  const found = new Map<string, ColumnRole>();
  for (const role of Object.keys(words) as ColumnRole[]) for (const word of words[role]) if (!found.has(word)) found.set(word, role);
  return found;
})();

/** Prefixes by which exports mark their own columns. */
const plainHeading = (heading: string): string =>
  fold(heading.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2'))
    .replace(/^(?:property|hs|ltable|rtable|primary) /u, '')
    .replaceAll(' ', '');

const share = (values: readonly string[], test: (value: string) => boolean): number => {
  const told = values.filter((value) => value.trim() !== '');
  return told.length === 0 ? 0 : told.filter(test).length / told.length;
};

const looksLikeMail = (value: string): boolean => /^\S+@\S+\.\S+$/u.test(value.trim());
const looksLikeSite = (value: string): boolean => /^(?:https?:\/\/|www\.)\S+\.\S+$/iu.test(value.trim());
/** Signs that only telephone numbers are written with; bare digits could be any number. */
const looksLikePhone = (value: string): boolean => /^[+(]?[\d\s()./-]{8,20}$/u.test(value.trim()) && /[+()/ -]/u.test(value.trim()) && !/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/u.test(value.trim());

const byValues = (values: readonly string[]): ColumnRole | undefined => {
  if (share(values, looksLikeMail) >= 0.6) return 'email';
  if (share(values, looksLikeSite) >= 0.6) return 'site';
  return share(values, looksLikePhone) >= 0.8 ? 'phone' : undefined;
};

/** Columns of which a file may have several that all count. */
const SEVERAL = new Set<ColumnRole>(['email', 'phone']);

/**
 * Which columns take part, by heading and, where that says nothing, by what they hold. A column that repeats a role is left out.
 * @param values for each column the cells of the first rows
 */
export const findColumns = (headings: readonly string[], values: readonly (readonly string[])[]): ColumnsFound => {
  const taken = new Set<ColumnRole>();
  const roles = headings.map((heading, at) => {
    const named = ROLES.get(plainHeading(heading));
    const cells = values[at] ?? [];
    const role = named === 'email' && share(cells, (value) => value.includes('@')) < 0.3 ? undefined : (named ?? byValues(cells));
    if (role === undefined || (taken.has(role) && !SEVERAL.has(role))) return undefined;
    taken.add(role);
    return role;
  });
  return { roles, nameHolds: nameHolds(roles, values) };
};

const nameHolds = (roles: readonly (ColumnRole | undefined)[], values: readonly (readonly string[])[]): 'person' | 'organisation' => {
  if (roles.includes('organisation')) return 'person';
  if (roles.includes('given') || roles.includes('surname')) return 'organisation';
  const cells = values[roles.indexOf('name')] ?? [];
  if (share(cells, (value) => organisationName(value).form !== '') >= 0.1) return 'organisation';
  const twoWords = share(cells, (value) => /^\p{L}[\p{L}.'-]*(?:,? \p{L}[\p{L}.'-]*){1,3}$/u.test(value.trim()));
  return roles.includes('email') && twoWords >= 0.7 ? 'person' : roles.includes('birthDate') ? 'person' : 'organisation';
};

/** A whole name in two: "Lovelace, Ada" and "Ada Lovelace"; particles (van, de, von …) belong to the surname. */
export const splitName = (whole: string): { given: string; surname: string } => {
  const text = whole.replace(/\s+/gu, ' ').trim();
  const comma = text.indexOf(',');
  if (comma > 0) return { given: text.slice(comma + 1).trim(), surname: text.slice(0, comma).trim() };
  const parts = text.split(' ');
  const particle = parts.findIndex((part, at) => at > 0 && /^(?:van|von|de|der|den|del|della|di|da|dos|ter|ten|la|le|el|bin|al)$/iu.test(part));
  const at = particle > 0 ? particle : Math.max(1, parts.length - 1);
  if (parts.length === 1) return { given: '', surname: text };
  const generation = parts.length > 2 && /^(?:jr|sr|junior|senior|ii|iii|iv)\.?$/iu.test(parts.at(-1) ?? '');
  const cut = generation && particle <= 0 ? parts.length - 2 : at;
  return { given: parts.slice(0, cut).join(' '), surname: parts.slice(cut).join(' ') };
};
