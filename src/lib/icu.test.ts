import { IntlMessageFormat } from 'intl-messageformat';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatIcu, type Values } from './icu';

const src = join(import.meta.dirname, '..');
/** Every English message file of the repository: pages show all of them but the mails'. */
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => /messages\/(\w+\.)?en\.json$|messages\.en\.json$/.test(path));

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** Arguments with the values that lead through every branch of a select. */
const argumentsOf = (elements: Element[]): [string, (string | number)[]][] =>
  elements.flatMap((element) => {
    if (!('value' in element) || element.type === 0) return [];
    const options = 'options' in element ? element.options : {};
    const isSelect = 'options' in element && !('offset' in element);
    return [[element.value, isSelect ? Object.keys(options) : [0, 1, 2, 21, 1234]], ...Object.values(options).flatMap((option) => argumentsOf(option.value))] as [string, (string | number)[]][];
  });

/** Enough combinations to see each value of each argument. */
const drawsOf = (text: string): Values[] => {
  const known = argumentsOf(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst());
  const most = Math.max(1, ...known.map(([, values]) => values.length));
  return Array.from({ length: most * 3 }, (_, at) => Object.fromEntries(known.map(([name, values], which) => [name, values[(at + which * Math.floor(at / most)) % values.length]])));
};

it('there are files to look at', () => {
  expect(files.length).toBeGreaterThan(8);
});

describe.each(files)('texts of %s', (file) => {
  it('read exactly as a full ICU formatter has them', () => {
    const texts = Object.values(JSON.parse(readFileSync(join(src, file), 'utf8')) as Record<string, string>);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts)
      for (const values of drawsOf(text)) expect([text, formatIcu(text, 'en', values)]).toEqual([text, String(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).format(values as Record<string, string | number>))]);
  });
});

describe('what it cannot do', () => {
  it('is said, so that no page shows half a text', () => {
    for (const text of ['{when, date, short}', '{n, selectordinal, other {#th}}', '{}']) expect(() => formatIcu(text, 'en', { when: new Date(0), n: 1 })).toThrow('none of');
  });

  it('never reads what people typed as a pattern', () => {
    expect(formatIcu('{n, plural, one {# for {name}} other {# for {name}}}', 'en', { n: 2, name: '{n} # {x, plural, }' })).toBe('2 for {n} # {x, plural, }');
  });
});
