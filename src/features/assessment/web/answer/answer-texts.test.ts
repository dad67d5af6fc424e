import { IntlMessageFormat } from 'intl-messageformat';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../../../lib/vocabulary';
import { formatIcu } from '../../../../lib/icu';

const textsIn = (locale: Locale) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../messages', `answer.${locale}.json`), 'utf8')) as Record<string, string>;
const english = textsIn('en');

type Ast = ReturnType<IntlMessageFormat['getAst']>;
const namesIn = (ast: Ast): string[] =>
  ast.flatMap((part) => {
    const branches = 'options' in part ? Object.values(part.options).flatMap((option) => namesIn(option.value)) : [];
    // Element types 0 literal, 7 pound: neither names an argument.
    return part.type === 0 || part.type === 7 ? [] : [part.value, ...branches];
  });
const argumentsOf = (text: string): string[] => [...new Set(namesIn(new IntlMessageFormat(text, 'en').getAst()))].sort();

describe.each(LOCALES)('texts of the answering page in %s', (locale) => {
  const texts = textsIn(locale);

  it('has every text, and no other', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.keys(english))('%s: not empty, same arguments, in its own language', (key) => {
    const text = texts[key] ?? '';
    expect(text.trim()).not.toBe('');
    expect(argumentsOf(text)).toEqual(argumentsOf(english[key] ?? ''));
    if (locale !== 'en' && (english[key] ?? '').replace(/\{[^]*\}/, '').split(' ').length > 3) expect(text).not.toBe(english[key]);
  });

  it('reads exactly as a full ICU formatter has it', () => {
    for (const text of Object.values(texts)) {
      for (const number of [0, 1, 2, 21, 1234]) {
        const values = Object.fromEntries(argumentsOf(text).map((name) => [name, ['leaf', 'date', 'title'].includes(name) ? 'Sales, North' : number]));
        expect(formatIcu(text, locale, values)).toBe(String(new IntlMessageFormat(text, locale).format(values)));
      }
    }
  });

  it('never speaks of counterparts', () => {
    expect(Object.values(texts).join(' ')).not.toMatch(/counterpart/i);
  });
});

describe('the formatter', () => {
  it('chooses by select, nests, and says where a brace is missing', () => {
    expect(formatIcu('{who, select, sales {sales: {n, plural, one {one} other {#}}} other {?}}', 'en', { who: 'sales', n: 3 })).toBe('sales: 3');
    expect(formatIcu('{who, select, sales {yes} other {no}}', 'en', { who: 'marketing' })).toBe('no');
    expect(() => formatIcu('{n', 'en')).toThrow('unclosed brace');
  });
});
