import words from './heading-words.json';
import { IMPORT_FIELDS, type ImportField } from './person';
import { plain } from '../../../lib/plain';

/** Words that say whose address or name a column holds, not what it holds. */
const QUALIFIERS = ['employee', 'work', 'business', 'company', 'staff', 'personal', 'current', 'primary', 'official', 'mitarbeiter', 'aktuelle', 'aktueller', 'medewerker', 'actuel', 'actuelle', 'actual'];

const exact: ReadonlyMap<string, ImportField> = (() => {
  const map = new Map<string, ImportField>();
  const add = (spelling: string, field: ImportField) => {
    if (!map.has(plain(spelling))) map.set(plain(spelling), field);
  };
  for (const field of IMPORT_FIELDS) {
    const own = field === 'manager' ? ['manager'] : [field];
    for (const spelling of own) add(spelling, field);
  }
  // Our own column names come first, then the lists in order: French "nom" alone is the family name, Spanish "nombre" alone the first.
  for (const field of IMPORT_FIELDS) for (const list of Object.values(words[field])) for (const spelling of list) add(spelling, field);
  return map;
})();

/** The field a heading names, in common spellings of five languages. Remarks in brackets and units behind a colon do not count. */
export const recogniseHeading = (heading: string): ImportField | undefined => {
  const bare = heading.replace(/[([{].*?[)\]}]/gu, ' ').replace(/[*:#]+\s*$/u, '');
  const whole = exact.get(plain(heading)) ?? exact.get(plain(bare));
  if (whole) return whole;
  const tokens = bare
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[\s_./\\-]+/u)
    .filter((token) => token !== '');
  const rest = tokens.filter((token) => !QUALIFIERS.includes(plain(token)));
  const stripped = rest.length > 0 && rest.length < tokens.length ? exact.get(plain(rest.join(''))) : undefined;
  if (stripped) return stripped;
  const parts = bare.split(/[/|]/u).filter((part) => part.trim() !== '');
  return parts.length > 1 ? parts.map((part) => exact.get(plain(part))).find((field) => field !== undefined) : undefined;
};

/** Which of the first rows is the heading row: the one that names most fields, else the first. */
export const findHeadingRow = (rows: readonly (readonly string[])[]): number => {
  let best = 0;
  let most = 1;
  for (const [index, row] of rows.entries()) {
    const named = new Set(row.map(recogniseHeading).filter((field) => field !== undefined)).size;
    if (named > most) {
      best = index;
      most = named;
    }
  }
  return best;
};

/** Equal for two files with the same headings in the same order: the key under which a mapping is remembered. */
export const headingSignature = (headings: readonly string[]): string => headings.map((heading) => plain(heading) || heading.trim()).join('|');
