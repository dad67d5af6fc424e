import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInInstruments } from './domain/built-in';
import { isAskable, languagesOf } from './domain/instrument-checks';
import { parseInstrumentFile, type InstrumentFileResult } from './instrument-file';
import { instrumentFileJsonSchema } from './instrument-file.shape';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const examples = readdirSync(join(root, 'examples/instruments')).filter((name) => name.endsWith('.json'));

const SMALL = read('examples/instruments/short-pulse.json');
/** The example with one passage replaced; fails when the passage is not there exactly once. */
const edited = (from: string, to: string) => {
  expect(SMALL.split(from), `“${from}” stands once in the example`).toHaveLength(2);
  return SMALL.replace(from, to);
};
const errorsOf = (result: InstrumentFileResult) => (result.ok ? [] : result.errors);
const lineOf = (text: string, passage: string) => text.slice(0, text.indexOf(passage)).split('\n').length;

describe('files that are right', () => {
  it.each(builtInInstruments.map((one) => [one.id, one] as const))('the built-in %s passes as a file', (_, instrument) => {
    expect(parseInstrumentFile(JSON.stringify(instrument))).toEqual({ ok: true, instrument });
  });
  it.each(examples)('examples/instruments/%s passes', (name) => {
    expect(errorsOf(parseInstrumentFile(read(join('examples/instruments', name))))).toEqual([]);
  });
  it('the example of the documentation is the example file', () => {
    expect(read('docs/instrument-files.md')).toContain(SMALL.trim());
  });
  it('the JSON Schema of the documentation is the one the program uses', () => {
    expect(JSON.parse(read('docs/instrument-file.schema.json'))).toEqual(JSON.parse(JSON.stringify(instrumentFileJsonSchema())));
  });
  it('keeps reversed statements, another scale, and fills in what may be left out', () => {
    const result = parseInstrumentFile(SMALL);
    if (!result.ok) throw new Error('the example must pass');
    const [section] = result.instrument.tools[0]?.sections ?? [];
    expect(section?.statements.map((one) => one.reversed ?? false)).toEqual([false, true]);
    expect([result.instrument.scale.min, result.instrument.scale.max]).toEqual([0, 10]);
    expect([section?.neutral, section?.scoring]).toEqual([false, 'mean']);
    expect(result.instrument).not.toHaveProperty('$schema');
  });
  it.each([['a byte-order mark', '\uFEFF' + SMALL], ['Windows line ends', SMALL.replaceAll('\n', '\r\n')], ['one line', JSON.stringify(JSON.parse(SMALL))]])(
    'reads a file with %s', (_, text) => expect(parseInstrumentFile(text).ok).toBe(true));
  it('built-ins can be asked in five languages; a scale of 101 points can be scored, not asked', () => {
    for (const instrument of builtInInstruments) expect([isAskable(instrument), languagesOf(instrument)]).toEqual([true, ['en', 'de', 'nl', 'fr', 'es']]);
    const result = parseInstrumentFile(edited('"max": 10', '"max": 100'));
    expect(result.ok && isAskable(result.instrument)).toBe(false);
    expect(result.ok && languagesOf(result.instrument)).toEqual(['en']);
  });
});

describe('one fault, its line and its words', () => {
  const S0 = 'tools[0].sections[0]';
  it.each<[string, string, string, string, RegExp, string?]>([
    // what, from, to, path, message, and the passage the error stands at, when that is not the edit
    ['a missing comma', '"version": "1",', '"version": "1"', '', /comma/, '"title": { "en": "Short pulse"'],
    ['a comma too many', '"version": "1",', '"version": "1",,', '', /key in double quotes/],
    ['single quotes', '"version": "1",', "'version': '1',", '', /double quotes/],
    ['a comment', '"version": "1",', '"version": "1", // two', '', /comments/],
    ['an open text', '"version": "1",', '"version": "1,', '', /closing quote/],
    ['a bad escape', '"version": "1",', '"version": "\\q",', '', /backslash/],
    ['an unknown key', '"version": "1",', '"version": "1", "colour": "red",', 'colour', /colour.*not known/],
    ['a misspelt key', '"reversed": true', '"reverse": true', `${S0}.statements[1].reverse`, /not known/],
    ['a key twice', '"version": "1",', '"version": "1", "version": "2",', 'version', /twice/],
    ['__proto__', '"version": "1",', '"version": "1", "__proto__": { "min": 1 },', '__proto__', /not allowed/],
    ['constructor as a key', '"version": "1",', '"version": "1", "constructor": {},', 'constructor', /not allowed/],
    ['constructor as an id', '"id": "pulse.1"', '"id": "constructor"', `${S0}.statements[0].id`, /cannot be an id/],
    ['a number for a text', '"version": "1",', '"version": 1,', 'version', /should be a text, is a number/],
    ['null for a text', '"version": "1",', '"version": null,', 'version', /should be a text, is null/],
    ['a list for an object', '"low": { "en": "Never" }', '"low": ["Never"]', 'scale.low', /should be an object, is a list/],
    ['a text for a number', '"max": 10', '"max": "10"', 'scale.max', /should be a number, is a text/],
    ['half a point', '"max": 10', '"max": 10.5', 'scale.max', /whole/],
    ['a number too large', '"max": 10', '"max": 1e9', 'scale.max', /at most 1000/],
    ['a scale upside down', '"max": 10', '"max": 0', 'scale.max', /above the lowest/],
    ['too many points', '"max": 10', '"max": 101', 'scale.max', /at most 101 points/],
    ['an unknown language', '"low": { "en": "Never" }', '"low": { "en": "Never", "it": "Mai" }', 'scale.low.it', /not a known language/],
    ['no English', '"low": { "en": "Never" }', '"low": { "de": "Nie" }', 'scale.low.en', /“en” is missing/],
    ['a blank text', '"low": { "en": "Never" }', '"low": { "en": "  " }', 'scale.low.en', /blank/],
    ['an empty text', '"low": { "en": "Never" }', '"low": { "en": "" }', 'scale.low.en', /blank/],
    ['a control character', '"low": { "en": "Never" }', '"low": { "en": "Ne\\u0000ver" }', 'scale.low.en', /cannot be shown/],
    ['half a character', '"low": { "en": "Never" }', '"low": { "en": "\\ud83d" }', 'scale.low.en', /cannot be shown/],
    ['a text too long', '"low": { "en": "Never" }', `"low": { "en": "${'x'.repeat(61)}" }`, 'scale.low.en', /longer than 60/],
    ['a step unknown', '"step": "currents"', '"step": "later"', 'tools[0].step', /one of “currents”/],
    ['an audience unknown', '"audience": ["sales", "marketing"]', '"audience": ["sales", "finance"]', `${S0}.audience[1]`, /one of “sales”/],
    ['an audience twice', '"audience": ["sales", "marketing"]', '"audience": ["sales", "marketing", "sales"]', `${S0}.audience[2]`, /twice/],
    ['nobody asked', '"audience": ["sales", "marketing"]', '"audience": []', `${S0}.audience`, /empty list/],
    ['an audience without wording', '"audience": ["sales", "marketing"]', '"audience": ["sales", "marketing", "leadership"]', `${S0}.statements[0].text`, /no wording for leadership/, '"text": {'],
    ['a wording without audience', '"audience": ["sales", "marketing"]', '"audience": ["sales"]', `${S0}.statements[0].text.marketing`, /not in the section's audience/, '"marketing": {'],
    ['an id with spaces', '"id": "pulse.1"', '"id": "pulse 1"', `${S0}.statements[0].id`, /letters, digits/],
    ['an id twice', '"id": "pulse.2"', '"id": "PULSE.1"', `${S0}.statements[1].id`, /used twice/],
    ['an id that is a column', '"id": "pulse.2"', '"id": "Function"', `${S0}.statements[1].id`, /column/],
    ['a tool named as another page', '"id": "pulse",\n      "step"', '"id": "Groups",\n      "step"', 'tools[0].id', /another results page/, '"id": "Groups"'],
    ['a truth as text', '"reversed": true', '"reversed": "yes"', `${S0}.statements[1].reversed`, /true or false/],
    ['no border but the last', '"upTo": 4, ', '', `${S0}.bands[0]`, /needs an upper border/, '"id": "low"'],
    ['a border on the last band', '"id": "high", ', '"id": "high", "upTo": 9, ', `${S0}.bands[2].upTo`, /no upper border/],
    ['falling borders', '"upTo": 7, ', '"upTo": 4, ', `${S0}.bands[1].upTo`, /must rise/, '"id": "middle"'],
    ['a border off the scale', '"upTo": 7, ', '"upTo": 11, ', `${S0}.bands[1].upTo`, /outside the possible scores, 0 to 10/],
    ['a band id twice', '"id": "high", ', '"id": "low", ', `${S0}.bands[2].id`, /used twice/, '"id": "low", "label"'],
  ])('%s', (_, from, to, path, message, at = to) => {
    const text = edited(from, to);
    const errors = errorsOf(parseInstrumentFile(text));
    expect(errors.map((one) => one.path)).toContain(path);
    const error = errors.find((one) => one.path === path && message.test(one.message));
    expect(errors.map((one) => one.message).join(' | ')).toMatch(message);
    expect(error?.line).toBe(lineOf(text, at));
  });

  it('names the exact line and column', () => {
    const text = edited('"version": "1",', '"version": 1,');
    expect(errorsOf(parseInstrumentFile(text))).toEqual([{ line: lineOf(text, '"version"'), column: 14, path: 'version', message: 'should be a text, is a number' }]);
  });
  it('counts lines the same with a byte-order mark and Windows line ends', () => {
    const text = edited('"version": "1",', '"version": 1,');
    expect(parseInstrumentFile('\uFEFF' + text.replaceAll('\n', '\r\n'))).toEqual(parseInstrumentFile(text));
  });
  it('names every error at once, from the top down', () => {
    const text = edited('"max": 10', '"max": "10"').replace('"version": "1"', '"version": 1').replace('"reversed": true', '"reversed": 1');
    const lines = errorsOf(parseInstrumentFile(text)).map((one) => one.line);
    expect(lines).toHaveLength(3);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });
});

describe('files that are no instrument', () => {
  const many = (count: number) => {
    const one = JSON.parse(SMALL);
    const [section] = one.tools[0].sections;
    section.statements = Array.from({ length: count }, (_, i) => ({ id: `s${i}`, text: { all: { en: 'It works.' } } }));
    return JSON.stringify(one);
  };
  it.each<[string, string, RegExp]>([
    ['nothing', '', /empty|value is expected/],
    ['spaces', '  \n ', /empty|value is expected/],
    ['a word', 'hello', /not JSON/],
    ['null', 'null', /should be an object, is null/],
    ['a list', '[]', /should be an object, is a list/],
    ['an empty object', '{}', /“id” is missing/],
    ['a table', 'id;text\n1;We talk', /not JSON|nothing may follow/],
    ['deep nesting', '['.repeat(200_000), /nested more than 32/],
    ['deep objects', '{"a":'.repeat(40) + '1' + '}'.repeat(40), /nested more than 32/],
    ['more than a megabyte', `{"id":"${'x'.repeat(1_048_576)}"}`, /larger than 1 MB/],
    ['401 statements', many(401), /at most 400 statements, this one has 401/],
    ['cut off in the middle', SMALL.slice(0, SMALL.length / 2), /expected|closing quote/],
  ])('%s', (_, text, message) => {
    const errors = errorsOf(parseInstrumentFile(text));
    expect(errors.map((one) => one.message).join(' | ')).toMatch(message);
    expect(errors.length).toBeLessThanOrEqual(100);
    for (const error of errors) expect(error.line).toBeGreaterThanOrEqual(1);
  });
  it('accepts 400 statements', () => expect(parseInstrumentFile(many(400)).ok).toBe(true));
  it('gives at most a hundred errors', () => {
    const bad = many(400).replaceAll('"It works."', '7');
    expect(errorsOf(parseInstrumentFile(bad))).toHaveLength(100);
  });
  it.each<[string, string]>([
    ['keys', `{${Array.from({ length: 90_000 }, (_, i) => `"k${i}":1`).join()}}`],
    ['the same key', `{${'"k":1,'.repeat(150_000)}"k":1}`],
    ['empty statements', many(1).replace(/\{"id":"s0".*?\}\}\}/, Array(200_000).fill('{}').join())],
    ['statements', many(9_000)],
    ['commas', ','.repeat(1_000_000)],
    ['open quotes', '"\n'.repeat(500_000)],
    ['line breaks', '\n'.repeat(1_000_000)],
    ['backslashes', `"${'\\'.repeat(1_000_001)}`],
    ['blank text', edited('"version": "1"', `"version": "${' '.repeat(900_000)}"`)],
    ['tabs and breaks', edited('"version": "1"', `"version": "${'\\n\\t'.repeat(200_000)}"`)],
  ])('a megabyte of %s is refused, with few words and soon', (_, text) => {
    const before = performance.now();
    const result = parseInstrumentFile(text);
    expect(performance.now() - before).toBeLessThan(8_000);
    expect(errorsOf(result).length).toBeGreaterThan(0);
    expect(errorsOf(result).length).toBeLessThanOrEqual(100);
  });
  it('any damage ends in an instrument or in errors within the file', () => {
    const lines = SMALL.split('\n').length;
    const damage = fc.record({ at: fc.nat(SMALL.length), cut: fc.nat(40), put: fc.oneof(fc.string({ maxLength: 12 }), fc.json({ maxDepth: 2 }), fc.constantFrom('{', ']', '"', '\\', '\0', ',', 'null', '-1e999')) });
    fc.assert(fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (all) => {
      const text = all.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), SMALL);
      const result = parseInstrumentFile(text);
      if (result.ok) return;
      expect(result.errors.length).toBeGreaterThan(0);
      for (const { line, column, message } of result.errors) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(Math.max(lines, text.split(/\r\n|\n|\r/).length));
        expect(column).toBeGreaterThanOrEqual(1);
        expect(message.trim()).not.toBe('');
      }
    }), { numRuns: 1_000, seed: 20 });
  });
  it('leaves the objects of the program alone', () => {
    parseInstrumentFile('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect({}).not.toHaveProperty('polluted');
  });
});
