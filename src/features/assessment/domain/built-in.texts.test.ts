import { describe, expect, it } from 'vitest';
import { FUNCTIONS, inLocale, LOCALES, SIDES, type Locale, type Localized } from '../../../lib/vocabulary';
import { builtInInstruments, c3Toolkit } from './built-in';
import { wordingFor, wordingForReport, type Instrument } from './instrument';

type Text = { at: string; text: Localized };

/** Every localized text of an instrument, with its place. */
const textsOf = (value: unknown, at: string): Text[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value) return [{ at, text: value as Localized }];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${at}/${key}`));
};
const all = builtInInstruments.flatMap((instrument) => textsOf(instrument, instrument.id));

/** What one function reads, line by line, as the answering page shows it: stem, then statement. */
const readBy = (instrument: Instrument, audience: (typeof FUNCTIONS)[number], locale: Locale) =>
  instrument.tools.flatMap((tool) => tool.sections)
    .filter((section) => section.audience.includes(audience))
    .flatMap((section) => section.statements.map((statement) => ({
      section: section.id,
      id: statement.id,
      stem: section.stem ? inLocale(wordingFor(section.stem, audience), locale) : '',
      text: inLocale(wordingFor(statement.text, audience), locale),
    })));

const OTHER_SIDE = /counterpart|gegenüber|gegenpart|tegenhanger|tegenpartij|homologue|vis-à-vis|homólog|contraparte|other function|anderen? Team|andere team|autre équipe|otro equipo/i;
const NAMES: Record<(typeof SIDES)[number], RegExp> = {
  sales: /marketing/i,
  marketing: /sales|vertrieb|ventes|équipe commerciale|ventas/i,
};

describe.each(LOCALES)('every text in %s', (locale) => {
  it('is there, trimmed, and of a sensible length', () => {
    expect(all.length).toBeGreaterThan(250);
    for (const { at, text } of all) {
      expect(text[locale]?.trim(), at).toBe(text[locale]);
      expect(text[locale]?.length ?? 0, at).toBeGreaterThan(1);
      expect(text[locale]?.length ?? 0, at).toBeLessThan(2.2 * text.en.length + 40);
    }
  });

  it('uses one apostrophe and no quotes that JSON or CSV would have to escape', () => {
    for (const { at, text } of all) expect(text[locale], at).not.toMatch(/['"\\<>{}]|\.\.\.|\s{2}/);
  });

  it.each(FUNCTIONS)('%s reads no word for "the other side" but its name', (audience) => {
    for (const instrument of builtInInstruments)
      for (const { id, stem, text } of readBy(instrument, audience, locale)) expect(`${stem} ${text}`, id).not.toMatch(OTHER_SIDE);
  });

  it.each(SIDES)('%s reads the name of the other function in tools 2, 3, 5 and 6', (side) => {
    const lines = readBy(c3Toolkit, side, locale).filter(({ section }) => ['2', '3', '5', '6'].includes(section));
    expect(lines).toHaveLength(42);
    for (const { id, stem, text } of lines) {
      expect(`${stem} ${text}`, id).toMatch(NAMES[side]);
      expect(`${stem} ${text}`, id).not.toMatch(NAMES[side === 'sales' ? 'marketing' : 'sales']);
    }
  });

  it('leadership reads both names in tools 2 to 7', () => {
    for (const { id, stem, text } of readBy(c3Toolkit, 'leadership', locale)) {
      expect(`${stem} ${text}`, id).toMatch(/marketing|marketeer|marketers/i);
      expect(`${stem} ${text}`, id).toMatch(/sales|vertrieb|verkoper|veld|feld|field|ventes|commerciaux|terrain|ventas|comerciales|territor|gebied|terreno/i);
    }
  });

  it('statements after a stem go on as its sentence; others stand as sentences', () => {
    for (const instrument of builtInInstruments)
      for (const audience of FUNCTIONS)
        for (const { id, stem, text } of readBy(instrument, audience, locale)) {
          if (stem) expect(stem, id).toMatch(/…$|:$/);
          if (stem) expect(text, id).not.toMatch(/\.$/);
          else expect(text, id).toMatch(/^\p{Lu}.*\.$/u);
        }
  });

  it('no two statements of a function read the same', () => {
    for (const instrument of builtInInstruments)
      for (const audience of FUNCTIONS) {
        const lines = readBy(instrument, audience, locale).map(({ stem, text }) => `${stem} ${text}`);
        expect(new Set(lines).size).toBe(lines.length);
      }
  });
});

it.each(LOCALES.filter((locale) => locale !== 'en'))('every text in %s is translated, not copied', (locale) => {
  expect(all.filter(({ text }) => text[locale] === text.en).map(({ at }) => at)).toEqual([]);
});

it('a report has one wording for every statement, naming no reader', () => {
  for (const tool of c3Toolkit.tools)
    for (const section of tool.sections)
      for (const statement of section.statements) expect(wordingForReport(statement.text)).toBe(statement.text.all);
});
