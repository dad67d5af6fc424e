import { describe, expect, it } from 'vitest';
import { columnOrder } from '../../../lib/civil';
import { readDate } from './dates';
import { foldEmail, likeness, nameFromEmail } from '../../../lib/email';
import headingWords from './heading-words.json';
import { findHeadingRow, recogniseHeading } from './headings';
import { proposeMapping, unknownWords } from './mapping';
import { IMPORT_FIELDS } from './person';
import { readFunction, readLevel, readYesNo } from './words';
import valueWords from './value-words.json';
import { buildTable } from '../testing/build';

describe('e-mail keys', () => {
  it.each([
    ['Ann.Lee@Example.ORG', 'ann.lee@example.org'],
    ['  ann.lee@example.org\u00a0', 'ann.lee@example.org'],
    ['ann . lee @ example.org', 'ann.lee@example.org'],
    ['Ａｎｎ．Ｌｅｅ＠ｅｘａｍｐｌｅ．ｏｒｇ', 'ann.lee@example.org'],
    ['ann.lee@example。org', 'ann.lee@example.org'],
    ['Ann Lee <Ann.Lee@example.org>', 'ann.lee@example.org'],
    ['mailto:ann.lee@example.org', 'ann.lee@example.org'],
    ['ann\u200b.lee@example.org', 'ann.lee@example.org'],
  ])('%s folds', (raw, key) => expect(foldEmail(raw)).toEqual({ ok: true, key }));

  it.each([
    ['', 'missing'],
    ['  \u200b', 'missing'],
    ['ann', 'invalid'],
    ['ann@example', 'invalid'],
    ['@example.org', 'invalid'],
    ['ann@@example.org', 'invalid'],
    ['ann..lee@example.org', 'invalid'],
    ['ann@-example.org', 'invalid'],
    ['a@x.org; b@x.org', 'invalid'],
    [`${'a'.repeat(65)}@example.org`, 'invalid'],
  ])('%s is refused', (raw, reason) => expect(foldEmail(raw)).toEqual({ ok: false, reason }));

  it('flags another script and never folds it into Latin', () => {
    const latin = foldEmail('anna@example.org');
    const look = foldEmail('аnna@example.org');
    expect(look).toEqual({ ok: true, key: 'аnna@example.org', flag: 'mixed_script' });
    expect(latin.ok && look.ok && latin.key !== look.key && likeness(latin.key) === likeness(look.key)).toBe(true);
    expect(foldEmail('анна@пример.рф')).toMatchObject({ flag: 'other_script' });
    expect(foldEmail('jürgen@müller.de')).toEqual({ ok: true, key: 'jürgen@müller.de' });
  });

  it('makes a name of an address', () => expect(nameFromEmail('anna.de-vries+x@example.org')).toBe('Anna De-Vries'));
});

describe('headings', () => {
  const everySpelling = IMPORT_FIELDS.flatMap((field) => Object.entries(headingWords[field]).flatMap(([locale, list]) => list.map((word) => [field, locale, word] as const)));
  it('means one field by each spelling', () => {
    const seen = new Map<string, string>();
    for (const [field, , word] of everySpelling) {
      const folded = word.toLowerCase();
      expect([word, seen.get(folded) ?? field]).toEqual([word, field]);
      seen.set(folded, field);
    }
  });
  it.each(everySpelling)('%s (%s): %s', (field, _locale, word) => {
    expect(recogniseHeading(word)).toBe(field);
    expect(recogniseHeading(word.toUpperCase())).toBe(field);
  });
  it.each([
    ['E-Mail (geschäftlich)', 'email'],
    ['Employee_Email', 'email'],
    ['WorkEmail', 'email'],
    ['Manager E-Mail', 'manager'],
    ['Abteilung / Department', 'department'],
    ['Start date*', 'startDate'],
    ['FIRST_NAME', 'firstName'],
    ['Shoe size', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
  ])('%s', (heading, field) => expect(recogniseHeading(heading)).toBe(field));
  it('finds the heading row below a title', () => {
    expect(findHeadingRow([['Staff list'], ['as of 2026-01-01', ''], ['Name', 'E-Mail', 'Abteilung'], ['Ann', 'a@x.org', 'PR']])).toBe(2);
    expect(findHeadingRow([['a', 'b']])).toBe(0);
  });
});

describe('words', () => {
  it('knows every listed word, one meaning within a field', () => {
    for (const [meaning, list] of Object.entries(valueWords.function)) for (const word of list) expect([word, readFunction(word)]).toEqual([word, meaning]);
    for (const [meaning, list] of Object.entries(valueWords.level)) for (const word of list) expect([word, readLevel(word)]).toEqual([word, meaning]);
    for (const [meaning, list] of Object.entries(valueWords.yesNo)) for (const word of list) expect([word, readYesNo(word)]).toEqual([word, meaning === 'yes']);
  });
  it.each(['VERTRIEB', 'Außendienst', ' sales ', 'Sales-Team'])('reads %s as sales', (word) => expect(readFunction(word)).toBe('sales'));
  it.each(['Marketing Assistant', 'presales engineer', '', '?'])('does not guess from %s', (word) => expect(readFunction(word)).toBeUndefined());
});

describe('dates', () => {
  it.each([
    ['2024-03-04', 'dmy', '2024-03-04'],
    ['2024/3/4', 'mdy', '2024-03-04'],
    ['20240304', 'dmy', '2024-03-04'],
    ['2024-03-04T10:00:00Z', 'dmy', '2024-03-04'],
    ['04.03.2024', 'mdy', '2024-03-04'],
    ['4/3/2024', 'dmy', '2024-03-04'],
    ['4/3/2024', 'mdy', '2024-04-03'],
    ['03/04/24 08:15', 'mdy', '2024-03-04'],
    ['04-03-99', 'dmy', '1999-03-04'],
    ['4 March 2024', 'mdy', '2024-03-04'],
    ['4. März 2024', 'dmy', '2024-03-04'],
    ['4 mrt 2024', 'dmy', '2024-03-04'],
    ['1er août 2024', 'dmy', '2024-08-01'],
    ['4 de marzo de 2024', 'dmy', '2024-03-04'],
    ['March 4, 2024', 'dmy', '2024-03-04'],
    ['45355', 'dmy', '2024-03-04'],
    ['29.02.2024', 'dmy', '2024-02-29'],
    ['29.02.2023', 'dmy', undefined],
    ['31/04/2024', 'dmy', undefined],
    ['1/1/1850', 'dmy', undefined],
    ['soon', 'dmy', undefined],
    ['99999', 'dmy', undefined],
  ] as const)('%s as %s', (text, order, day) => expect(readDate(text, order, '2026-06-01')).toBe(day));

  it.each([
    [['1/2/2024', '13/2/2024'], 'dmy', 'certain'],
    [['1/2/2024', '2/13/2024'], 'mdy', 'certain'],
    [['1/2/2024', '3/4/2024'], 'dmy', 'unclear'],
    [['13/2/2024', '2/13/2024', '14/2/2024'], 'dmy', 'mixed'],
    [['1.2.2024', '2024-02-03', ''], 'dmy', 'certain'],
  ] as const)('the column %s', (texts, order, certainty) => expect(columnOrder(texts)).toMatchObject({ order, certainty }));
});

describe('mapping', () => {
  it('leaves a job-title column out, takes the address column without heading and the surer manager column', () => {
    const table = buildTable([
      ['Name', 'Funktion', 'Login', 'Vorgesetzter', 'Vorgesetzter E-Mail'],
      ['Ann', 'Key Account Managerin', 'ann@x.org', 'Bob', 'bob@x.org'],
      ['Bob', 'Leiter Messebau', 'bob@x.org', '', ''],
    ]);
    const { mapping, reasons } = proposeMapping(table);
    expect(mapping.columns).toEqual(['name', null, 'email', null, 'manager']);
    expect(reasons).toEqual(['heading', 'title', 'values', 'taken', 'heading']);
  });
  it('names the words it does not know, and takes them as told', () => {
    const table = buildTable([['email', 'function'], ['a@x.org', 'Sales'], ['b@x.org', 'Growth'], ['c@x.org', 'growth']]);
    const { mapping } = proposeMapping(table);
    expect(unknownWords(table, mapping)).toEqual([{ field: 'function', word: 'Growth', count: 2 }]);
    expect(unknownWords(table, { ...mapping, words: [{ field: 'function', word: 'GROWTH', meaning: 'marketing' }] })).toEqual([]);
  });
});
