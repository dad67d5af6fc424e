import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../../lib/vocabulary';
import { readZip } from '../../../platform/files/zip';
import { relationshipCheck } from '../domain/built-in';
import type { WaveResults } from '../domain/results-view';
import { buildWaveResults, everythingHidden, leadershipHidden, sampleInstrument } from '../testing/sample-results';
import { makeReport } from './make-report';
import { pdfPages, pdfTexts } from './pdf/pdf-text.test-support';
import { METHOD_KEYS, methodValues } from './figures';
import { REPORT_FORMATS, type ReportFormat } from './request';
import { textsIn } from './texts';

const SLOW = 120_000;
const LIMITS = { entries: 5_000, unpackedBytes: 200_000_000 };
const results = buildWaveResults({ withPrevious: true });
/** Three tools are enough to see every form of a slide, one to see the words of another language; the whole is printed once, in English. */
const few = buildWaveResults({ withPrevious: true, toolIds: ['1', '3', '8'] });
const one = buildWaveResults({ withPrevious: true, toolIds: ['3'] });
const make = (format: ReportFormat, of: WaveResults = results, locale: Locale = 'en', workspaceName = 'Nordwind Pumpen AG') =>
  makeReport({ format, locale, results: of, instrument: sampleInstrument, workspaceName });
let printedWhole: ReturnType<typeof make> | undefined;
const whole = () => (printedWhole ??= make('pdf'));

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [];
/** Absolute values with one decimal: what a report may print of these results. */
const gated = (of: WaveResults): Set<string> => new Set(numbersIn(of).map((value) => Math.abs(value).toFixed(1)));
const unzip = (bytes: Uint8Array): Map<string, Buffer> => readZip(bytes, LIMITS, () => true);

/** Numbers of a sheet; cells of text (t="s", t="inlineStr") are left out. */
const sheetNumbers = (bytes: Uint8Array): number[] =>
  [...unzip(bytes)]
    .filter(([name]) => /worksheets\/.*\.xml$/u.test(name))
    .flatMap(([, xml]) => [...xml.toString().matchAll(/<c ([^>]*)>(?:<f[^>]*>[^<]*<\/f>)?<v>([^<]*)<\/v>/gu)])
    .flatMap((cell) => (/t="(?:s|str|inlineStr)"/u.test(cell[1] ?? '') ? [] : [Number(cell[2])]));

/** Figures with a decimal that a text prints. */
const figuresIn = (text: string): string[] => (text.match(/\d+[.,]\d+/gu) ?? []).map((figure) => figure.replace(',', '.'));

describe('a PDF report', () => {
  it.each(LOCALES)('prints in %s what the gate lets out, with one decimal, and nothing else', async (locale) => {
    const of = locale === 'en' ? results : one;
    const { body, contentType, fileName } = await (locale === 'en' ? whole() : make('pdf', of, locale));
    const texts = pdfTexts(body);
    const words = textsIn(locale);
    expect(contentType).toBe('application/pdf');
    expect(fileName).toMatch(/^[a-z0-9-]+\.pdf$/u);
    const joined = texts.join(' ').replace(/\s+/gu, ' ');
    for (const name of ['sales', 'marketing', 'leadership'] as const) expect(joined).toContain(words.t(`function.${name}`));
    expect(joined).toContain(words.t('heading.distribution'));
    // Three constants of the method stand in its sentences.
    const constants = METHOD_KEYS.flatMap((key) => figuresIn(words.t(key, methodValues(of, words))));
    const allowed = new Set([...gated(of), ...constants]);
    const printed = texts.flatMap(figuresIn);
    expect(printed.length).toBeGreaterThan(of === results ? 400 : 60);
    expect(printed.filter((figure) => !allowed.has(figure))).toEqual([]);
  }, SLOW);

  it('prints the very scores of the results, and no figure with a second decimal', async () => {
    const { body } = await whole();
    const texts = new Set(pdfTexts(body).map((text) => text.trim()));
    expect([...texts].flatMap(figuresIn).filter((figure) => !/^\d+\.\d$/u.test(figure))).toEqual([]);
    for (const { sections } of results.tools)
      for (const section of sections) {
        const sales = section.groups.find((group) => group.blockId === 'sales');
        if (sales && typeof sales.mean === 'number') expect(texts.has(sales.mean.toFixed(1)), section.sectionId).toBe(true);
      }
  }, SLOW);

  it.each([['leadership hidden', leadershipHidden({ toolIds: ['2', '7'] })], ['everything hidden', everythingHidden()]] as const)('keeps back what is hidden: %s', async (_, of) => {
    const texts = pdfTexts((await make('pdf', of)).body);
    const words = textsIn('en');
    const constants = [...METHOD_KEYS.map((key) => words.t(key, methodValues(of, words)))].flatMap(figuresIn);
    const allowed = new Set([...gated(of), ...constants]);
    expect(texts.flatMap(figuresIn).filter((figure) => !allowed.has(figure))).toEqual([]);
    expect(texts.join(' ')).toMatch(/hidden to protect answers|too few answers/u);
  }, SLOW);

  it('fits the board on one page', async () => {
    for (const locale of LOCALES) expect(pdfPages((await make('board-pdf', results, locale)).body)).toBe(1);
  }, SLOW);
});

describe('slides', () => {
  it.each(LOCALES)('hold in %s native charts whose sheets carry gated values only', async (locale) => {
    const files = unzip((await make('pptx', few, locale)).body);
    const sheets = [...files].filter(([name]) => name.endsWith('.xlsx'));
    const charts = [...files].filter(([name]) => /charts\/chart\d+\.xml$/u.test(name));
    expect(charts.length).toBe(4);
    expect(sheets.length).toBe(charts.length);
    const allowed = gated(few);
    const inSheets = sheets.flatMap(([, bytes]) => sheetNumbers(bytes));
    const inCharts = charts.flatMap(([, xml]) => [...xml.toString().matchAll(/<c:numCache>[\s\S]*?<\/c:numCache>/gu)].flatMap((cache) => [...cache[0].matchAll(/<c:v>([^<]+)<\/c:v>/gu)].map((value) => Number(value[1]))));
    expect(inCharts.length).toBe(3 + 1 + 2 + 6);
    for (const value of [...inSheets, ...inCharts]) {
      expect(Math.abs(value * 10 - Math.round(value * 10))).toBeLessThan(1e-9);
      expect(allowed.has(Math.abs(value).toFixed(1))).toBe(true);
    }
  }, SLOW);

  it('keep a hidden leadership out of every sheet', async () => {
    const files = unzip((await make('pptx', leadershipHidden({ toolIds: ['2', '7'] }))).body);
    const caches = [...files].filter(([name]) => /charts\/chart\d+\.xml$/u.test(name)).map(([, xml]) => xml.toString());
    expect(caches.length).toBeGreaterThan(0);
    expect(caches.join('')).not.toContain('Leadership');
  }, SLOW);

  it('give the board one slide', async () => {
    const files = unzip((await make('board-pptx')).body);
    expect([...files.keys()].filter((name) => /slides\/slide\d+\.xml$/u.test(name))).toHaveLength(1);
  }, SLOW);
});

describe('sheets', () => {
  it('carry gated values with one decimal, and say what is hidden', async () => {
    const of = leadershipHidden();
    const { body } = await make('xlsx', of);
    const numbers = sheetNumbers(body);
    const allowed = gated(of);
    expect(numbers.length).toBeGreaterThan(1000);
    expect(numbers.filter((value) => Math.abs(value * 10 - Math.round(value * 10)) > 1e-9)).toEqual([]);
    expect(numbers.filter((value) => !allowed.has(Math.abs(value).toFixed(1)))).toEqual([]);
    expect([...unzip(body)].some(([, xml]) => xml.includes('hidden to protect answers'))).toBe(true);
  });

  it('hold no figure at all when everything is hidden', async () => {
    const invited = everythingHidden().response.map((response) => response.invited);
    expect(sheetNumbers((await make('xlsx', everythingHidden())).body).filter((value) => !invited.includes(value))).toEqual([]);
  });

  it('come as CSV with even rows', async () => {
    const text = new TextDecoder().decode((await make('csv')).body);
    const printed = text.split('\r\n').flatMap((line) => line.replace(/"[^"]*"/gu, '').split(',').slice(1)).filter((cell) => /^-?\d+\.\d+$/u.test(cell));
    expect(printed.length).toBeGreaterThan(500);
    expect(printed.filter((cell) => !/^-?\d+\.\d$/u.test(cell))).toEqual([]);
  });
});

describe('names and comments that come from people', () => {
  const HOSTILE = ['🙂 שלום عالم', 'x'.repeat(300), '<script>alert(1)</script>&amp;', '=cmd|"/c calc"!A1', '\u0000\u0007\u202Ereversed\r\nBcc: x', '../../etc/passwd'];
  const of = buildWaveResults({ toolIds: ['1', '3'], waveName: HOSTILE.join(' '), comments: HOSTILE.map((text) => ({ function: 'sales' as const, text })) });

  it.each(REPORT_FORMATS)('cannot break a %s', async (format) => {
    const { body, fileName } = await make(format, of, 'en', HOSTILE.join(' '));
    expect(fileName).toMatch(/^[a-z0-9-]{1,140}\.[a-z]+$/u);
    expect(body.length).toBeGreaterThan(1000);
    if (!format.includes('ptx') && format !== 'xlsx') return;
    for (const [name, xml] of unzip(body)) {
      if (!/\.(?:xml|rels)$/u.test(name)) continue;
      const text = xml.toString();
      expect(text, name).not.toContain('<script');
      expect(text, name).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/u);
      expect([...text].every((char) => char === '\n' || char === '\r' || char === '\t' || char >= ' '), name).toBe(true);
    }
  }, SLOW);

  it('never become formulas', async () => {
    const text = new TextDecoder().decode((await make('csv', { ...of, wave: { ...of.wave, name: '=1+1' } })).body);
    expect(text.split(/[\r\n,]/u).filter((cell) => /^"?[=@]/u.test(cell))).toEqual([]);
    for (const [name, xml] of unzip((await make('xlsx', of)).body)) if (name.includes('worksheets')) expect(xml.toString()).not.toContain('<f>');
  });
});

it('reports the relationship check alone', async () => {
  const of = buildWaveResults({ instrument: relationshipCheck, rate: (random) => 1 + Math.floor(random() * 5) });
  for (const format of REPORT_FORMATS) {
    const { body } = await makeReport({ format, locale: 'en', results: of, instrument: relationshipCheck, workspaceName: 'Nordwind' });
    expect(body.length).toBeGreaterThan(1000);
  }
}, SLOW);
