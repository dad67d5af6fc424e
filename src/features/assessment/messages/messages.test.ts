import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import IntlMessageFormat from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../../lib/vocabulary';

type Messages = Record<string, string>;
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'));
const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as Messages;

/** Families of the interface, whose language is English. */
const INTERFACE = ['results', 'waves'];
/** Families that respondents or report readers see, "report.de.json" and so on. */
const families = [...new Set(files.filter((name) => name.split('.').length === 3).map((name) => name.split('.')[0] ?? ''))].filter((family) => !INTERFACE.includes(family));

/** Texts that are right in another language just as they stand in English: shared words and names of statistics. */
const SHARED: Partial<Record<Locale, string[]>> = {
  de: ['Marketing', 'Hedges’ g', 'Code'],
  nl: ['Marketing', 'Sales', 'Score', 'Hedges’ g', 'Code'],
  fr: ['Marketing', 'Score', '{difference} points', 'Code'],
  es: ['Marketing', 'Real'],
};
const SYMBOLS = ['n {n}', 'r_wg(j)', 'r*_wg'];

/** Copied from English though it holds words to translate. */
const isCopied = (text: string, source: string, locale: Locale) =>
  text === source && /\p{L}/u.test(text.replace(/\{\w+\}/g, '')) && !SYMBOLS.includes(text) && !SHARED[locale]?.includes(text);

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** The parser's numbers for the parts of a message. */
const [LITERAL, ARGUMENT, DATE, TIME, POUND] = [0, 1, 3, 4, 7];

type Argument = { name: string; kind: number };
/** Every argument with its kind; the branches of plurals and selects and the insides of tags are looked into. */
const argumentsOf = (elements: Element[]): Argument[] =>
  elements.flatMap((element) => {
    const kind = Number(element.type);
    if (kind === LITERAL || kind === POUND || !('value' in element)) return [];
    const inner = 'options' in element ? Object.values(element.options).flatMap((option) => option.value) : 'children' in element ? element.children : [];
    return [{ name: element.value, kind }, ...argumentsOf(inner)];
  });
const parsed = (text: string) => argumentsOf(new IntlMessageFormat(text, 'en').getAst());
const signature = (text: string) => [...new Set(parsed(text).map(({ name, kind }) => `${name}:${kind}`))].sort();

/** Values under which every branch can be printed. */
const filled = (text: string, count: number): Record<string, string | number | Date> =>
  Object.fromEntries(parsed(text).map(({ name, kind }) => {
    if (kind === DATE || kind === TIME) return [name, new Date(Date.UTC(2026, 0, 2))];
    return [name, kind === ARGUMENT ? `«${name}»` : count];
  }));

it('there are families to look at', () => {
  expect(families).toEqual(expect.arrayContaining(['answer', 'mail', 'report']));
});

describe.each(families)('%s', (family) => {
  const english = read(`${family}.en.json`);
  const keys = Object.keys(english);

  it('is flat, and not empty', () => {
    expect(keys.length).toBeGreaterThan(0);
    expect(Object.values(english).filter((text) => typeof text !== 'string')).toEqual([]);
  });

  describe.each(LOCALES)('in %s', (locale: Locale) => {
    const messages = files.includes(`${family}.${locale}.json`) ? read(`${family}.${locale}.json`) : {};

    it('has the keys of English, in its order', () => expect(Object.keys(messages)).toEqual(keys));

    it.each(keys)('%s', (key) => {
      const text = messages[key] ?? '';
      const source = english[key] ?? '';
      expect(text.trim()).not.toBe('');
      expect(text).toBe(text.trim());
      expect(text, 'typographic apostrophe and ellipsis, since ICU reads a straight one as an escape').not.toMatch(/'|\.\.\./);
      expect(signature(text), 'the same placeholders as English').toEqual(signature(source));
      if (locale !== 'en') expect(isCopied(text, source, locale), `“${text}” is still English`).toBe(false);
      for (const count of [0, 1, 2, 5]) {
        const printed = new IntlMessageFormat(text, locale).format(filled(text, count));
        expect(typeof printed).toBe('string');
        expect(String(printed)).not.toMatch(/[{}]/);
      }
      expect(text, 'no blame, no “counterpart”').not.toMatch(/counterpart|at fault|gegenpart|tegenhanger|homologue|contraparte/i);
    });
  });

  it('has no file in a language that nobody can choose', () => {
    const found = files.filter((name) => name.startsWith(`${family}.`)).map((name) => name.split('.')[1]);
    expect([...found].sort()).toEqual([...LOCALES].sort());
  });
});

it.each(LOCALES)('a group is called the same to respondents and in reports, in %s', (locale) => {
  const groups = read(`group.${locale}.json`);
  const report = read(`report.${locale}.json`);
  for (const name of ['sales', 'marketing', 'leadership']) expect(groups[name]).toBe(report[`function.${name}`]);
});
