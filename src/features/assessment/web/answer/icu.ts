/**
 * The part of ICU MessageFormat the answering page needs: arguments, `plural` with `=n` and `#`, `select`. A full formatter would
 * weigh as much as the rest of the page; a test holds this one against intl-messageformat for every text in every language.
 */
export type Values = Record<string, string | number>;

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
  const [, name = '', kind, branchText = ''] = /^\s*(\w+)\s*(?:,\s*(plural|select)\s*,([^]*))?$/.exec(body) ?? [];
  const value = values[name] ?? '';
  if (!kind) return String(value);
  const branches = branchesOf(branchText);
  const category = kind === 'plural' ? new Intl.PluralRules(locale).select(Number(value)) : String(value);
  const chosen = branches.get(`=${value}`) ?? branches.get(category) ?? branches.get('other') ?? '';
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
