/**
 * The part of ICU MessageFormat that pages need: arguments, `number`, `plural` with `=n` and `#`, `select`. A full formatter weighs
 * as much as the rest of the answering page; tests hold this one against intl-messageformat for every text a page shows.
 */
export type Values = Record<string, string | number | Date | boolean | null | undefined>;

const pluralRules = new Map<string, Intl.PluralRules>();
/** Kept, since making one costs more than choosing a thousand times. */
const rulesOf = (locale: string): Intl.PluralRules => {
  const rules = pluralRules.get(locale) ?? new Intl.PluralRules(locale);
  pluralRules.set(locale, rules);
  return rules;
};

/** Index of the brace that closes the one at `open`. */
const closing = (text: string, open: number): number => {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}' && (depth -= 1) === 0) return at;
  }
  throw new SyntaxError(`unclosed brace in "${text}"`);
};

const branchesOf = (text: string): Map<string, string> => {
  const branches = new Map<string, string>();
  for (let at = 0; ; ) {
    const open = text.indexOf('{', at);
    if (open < 0) return branches;
    const end = closing(text, open);
    branches.set(text.slice(at, open).trim(), text.slice(open + 1, end));
    at = end + 1;
  }
};

const argument = (body: string, locale: string, values: Values): string => {
  const [, name = '', kind, branchText = ''] = /^\s*(\w+)\s*(?:,\s*(plural|select|number)\s*(?:,([^]*))?)?$/.exec(body) ?? [];
  if (!name) throw new SyntaxError(`"{${body}}" is none of argument, number, plural and select`);
  const value = values[name] ?? '';
  if (!kind) return String(value);
  if (kind === 'number') return Number(value).toLocaleString(locale);
  const branches = branchesOf(branchText);
  const category = kind === 'plural' ? rulesOf(locale).select(Number(value)) : String(value);
  const chosen = branches.get(`=${String(value)}`) ?? branches.get(category) ?? branches.get('other') ?? '';
  return formatIcu(kind === 'plural' ? chosen.replaceAll('#', Number(value).toLocaleString(locale)) : chosen, locale, values);
};

/** The text for these values. Quoting with apostrophes is not needed and not supported: write ’ in texts. */
export const formatIcu = (text: string, locale: string, values: Values = {}): string => {
  let out = '';
  for (let at = 0; ; ) {
    const open = text.indexOf('{', at);
    if (open < 0) return out + text.slice(at);
    const end = closing(text, open);
    out += text.slice(at, open) + argument(text.slice(open + 1, end), locale, values);
    at = end + 1;
  }
};
