import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { c3Toolkit } from './domain/built-in';
import { reportOf, runWith } from './score.test-support';

const communication = c3Toolkit.tools[2]?.sections[0]?.statements.map(({ id }) => id) ?? [];
const head = ['function', 'level', 'territory', ...communication].join(',');
const row = (who: string, ratings: (number | string)[]): string => [who, ...ratings].join(',');
const ten = (rating: number | string): (number | string)[] => Array.from({ length: 10 }, () => rating);
const people = (name: string, levels: number[]): string[] => levels.map((level, index) => row(`${name},front_line,${index % 2 ? 'North' : 'South'}`, ten(level)));
const file = (...rows: string[]): Record<string, string> => ({ 'a.csv': [head, ...rows].join('\n') });
const c3 = ['a.csv', '--instrument', 'c3'];

describe('what it refuses, with the line', () => {
  it.each([
    ['a rating off the scale', file(...people('sales', [3, 4, 8, 2, 5])), 'a.csv:4: 3.1 is “8”; a rating is a whole number from 1 to 7'],
    ['a word', file(row('sales,,', ['often', ...ten(3).slice(1)])), 'a.csv:2: 3.1 is “often”'],
    ['a fraction', file(row('sales,,', ['3.5', ...ten(3).slice(1)])), 'a.csv:2: 3.1 is “3.5”'],
    ['another function', file(row('engineering,,', ten(3))), 'a.csv:2: function is “engineering”; it must be sales, marketing or leadership'],
    ['more cells than headings', file(row('sales,,', [...ten(3), 4])), 'a.csv:2: more cells than the heading line has columns'],
    ['an incomplete section', { 'a.csv': 'function,3.1,3.2\nsales,1,2' }, 'a.csv:1: section 3 is not complete: no column 3.3, 3.4'],
    ['no statement at all', { 'a.csv': 'function,name\nsales,Ann' }, 'a.csv:1: no column is named after a statement of c3 (1a.1, 1a.2, 1a.3, …)'],
    ['a column twice', { 'a.csv': `${head},3.1\n${row('sales,,', [...ten(3), 4])}` }, 'a.csv:1: the file has more than one column 3.1'],
    ['headings alone', file(), 'a.csv: the file has headings but no answers'],
    ['an empty file', { 'a.csv': '' }, 'a.csv: the file is empty'],
    ['an open quotation mark', file(row('"sales,,', ten(3))), 'a.csv:2: a quotation mark opens here and is never closed'],
  ])('%s', async (_, files, message) => {
    const { code, out, err } = await runWith(c3, files);
    expect(err).toContain(message);
    expect([code, out]).toEqual([1, '']);
  });

  it('names every faulty line, in order', async () => {
    const { err } = await runWith(c3, file(...people('sales', [9, 4, 0])));
    expect(err.split('\n').filter((line) => line.includes('3.10')).map((line) => line.split(':')[1])).toEqual(['2', '4']);
  });

  it.each([
    [['a.csv'], 'Name the questionnaire with --instrument'],
    [['--instrument', 'c3'], 'Name one file of answers'],
    [['a.csv', 'b.csv', '--instrument', 'c3'], 'Name one file of answers'],
    [['a.csv', '--instrument', 'mbti'], '--instrument is “mbti”; it must be one of c3, relationship, or a file that ends in .json'],
    [[...c3, '--minimum', '0'], '--minimum is “0”; it must be a whole number from 1'],
    [[...c3, '--minimum', '2.5'], '--minimum is “2.5”'],
    [[...c3, '--missing', 'zero'], '--missing is “zero”; it must be pairwise or listwise'],
    [[...c3, '--colour'], '--colour'],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await runWith(argv, file(...people('sales', [1])));
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
  });

  it('a file that is not there', async () => {
    expect(await runWith(['missing.csv', '--instrument', 'c3'])).toEqual({ code: 1, out: '', err: 'missing.csv: there is no such file\n' });
  });
  it('a column that is not there', async () => {
    expect((await runWith([...c3, '--by', 'region'], file(...people('sales', [1])))).err).toContain('a.csv:1: no column is named “region”');
  });
  it('an instrument file, by line and column', async () => {
    const { code, err } = await runWith(['a.csv', '--instrument', 'own.json'], { ...file(), 'own.json': '{\n  "id": 3\n}' });
    expect([code, err.split('\n')[0]]).toEqual([1, expect.stringMatching(/^own\.json:\d+:\d+: /)]);
  });
});

describe('what it counts', () => {
  const both = file(...people('sales', [2, 3, 3, 4, 3]), ...people('marketing', [5, 6, 5, 5, 6]));

  it('scores people first, then functions, sales before marketing', async () => {
    const { sections, suppressed, leftOut } = await reportOf(c3, both);
    expect(sections.map(({ id }) => id)).toEqual(['3']);
    expect(sections[0]?.groups.sales).toMatchObject({ n: 5, mean: 3, band: 'middle', rwgStar: 0.875 });
    expect(sections[0]?.groups.sales?.sd).toBeCloseTo(Math.sqrt(0.5), 12);
    expect(sections[0]?.gap).toMatchObject({ between: ['sales', 'marketing'], verdict: 'real' });
    expect(sections[0]?.gap?.difference).toBeCloseTo(-2.4, 12);
    expect(sections[0]?.gap?.welchT).toBeCloseTo(-6, 9);
    expect([suppressed, leftOut]).toEqual([[], 0]);
  });

  it('a blank cell is a missing answer, never a zero', async () => {
    const blanks = file(...[2, 3, 3, 4].map((level) => row('sales,,', ten(level))), row('sales,,', ['', 3, 'NA', ...ten(3).slice(3)]));
    const { sections } = await reportOf(c3, blanks);
    expect(sections[0]?.groups.sales).toMatchObject({ n: 5, mean: 3 });
    const listwise = await reportOf([...c3, '--missing', 'listwise', '--minimum', '1'], blanks);
    expect(listwise.sections[0]?.groups.sales?.n).toBe(4);
  });

  it('keeps back groups under the minimum, and names them', async () => {
    const uneven = file(...people('sales', [2, 3, 3, 4, 3]), ...people('marketing', [5, 6]));
    const five = await reportOf(c3, uneven);
    expect(Object.keys(five.sections[0]?.groups ?? {})).toEqual(['sales']);
    expect(five.suppressed).toEqual([{ section: '3', group: 'marketing', n: 2 }]);
    expect(five.sections[0]?.gap).toBeNull();
    const one = await reportOf([...c3, '--minimum', '1'], uneven);
    expect(one.sections[0]?.gap?.between).toEqual(['sales', 'marketing']);
    expect(one.suppressed).toEqual([]);
  });

  it('a single person has a mean, and nothing that needs two', async () => {
    const { sections } = await reportOf([...c3, '--minimum', '1'], file(...people('sales', [4]), ...people('marketing', [5, 6])));
    expect(sections[0]?.groups.sales).toEqual({ n: 1, mean: 4, sd: null, band: 'middle', rwg: null, rwgStar: null });
    expect(sections[0]?.gap).toMatchObject({ ci95: null, welchT: null, df: null, verdict: 'unclear' });
  });

  it('leaves out rows without a value in the grouping column, and counts them', async () => {
    const { groups, leftOut } = await reportOf([...c3, '--by', 'territory', '--minimum', '1'], file(...people('sales', [2, 3]), row('sales,,', ten(7)))).then((report) => ({
      groups: Object.keys(report.sections[0]?.groups ?? {}),
      leftOut: report.leftOut,
    }));
    expect([groups, leftOut]).toEqual([['North', 'South'], 1]);
  });

  it('has no gap among three groups, and none for one', async () => {
    const three = await reportOf([...c3, '--minimum', '1'], file(...people('sales', [2, 3]), ...people('marketing', [5, 6]), ...people('leadership', [4, 4])));
    expect(Object.keys(three.sections[0]?.groups ?? {})).toEqual(['sales', 'marketing', 'leadership']);
    expect(three.sections[0]?.gap).toBeNull();
  });

  it('counts a section only for those who are asked it, and says so', async () => {
    const heading = `function,${c3Toolkit.tools[7]?.sections[0]?.statements.map(({ id }) => id).join(',')}`;
    const files = { 'a.csv': [heading, 'sales,1,2,3,4,5,6', 'marketing,7,7,7,7,7,7'].join('\n') };
    const { err } = await runWith([...c3, '--minimum', '1'], files);
    expect(err).toContain('6 ratings stand in sections that the person\'s function is not asked');
    expect(Object.keys((await reportOf([...c3, '--minimum', '1'], files)).sections[0]?.groups ?? {})).toEqual(['sales']);
  });

  it('everybody is one group in a file without functions', async () => {
    const { by, sections } = await reportOf([...c3, '--minimum', '1'], { 'a.csv': [communication.join(','), ten(3).join(','), ten(4).join(',')].join('\n') });
    expect([by, Object.keys(sections[0]?.groups ?? {})]).toEqual([null, ['all']]);
  });

  it('reads sums where the instrument asks for them', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `rc.${index + 1}`);
    const files = { 'r.csv': [`function,${ids.join(',')}`, `sales,${ids.map(() => 3).join(',')}`, `sales,${ids.map((_, i) => (i ? 3 : '')).join(',')}`].join('\n') };
    const { sections } = await reportOf(['r.csv', '--instrument', 'relationship', '--minimum', '1'], files);
    expect(sections[0]?.groups.sales).toMatchObject({ n: 2, mean: 60, band: 'aligned' });
  });

  it.each([
    ['semicolons', (text: string) => new TextEncoder().encode(text.replaceAll(',', ';'))],
    ['a byte-order mark', (text: string) => new TextEncoder().encode(`\uFEFF${text}`)],
    ['UTF-16', (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
    ['CRLF and capitals in headings', (text: string) => new TextEncoder().encode(text.replaceAll('\n', '\r\n').replace('function', 'Function'))],
  ])('reads %s alike', async (_, encode) => {
    const text = both['a.csv'] ?? '';
    expect({ ...(await reportOf(c3, { 'a.csv': encode(text) })), by: null }).toEqual({ ...(await reportOf(c3, both)), by: null });
  });

  it('group names that are words of the language stay names', async () => {
    const files = { 'a.csv': [`team,${communication.join(',')}`, `__proto__,${ten(3).join(',')}`, `constructor,${ten(4).join(',')}`].join('\n') };
    const { out } = await runWith([...c3, '--by', 'team', '--minimum', '1', '--json'], files);
    expect(out).toContain('"__proto__": {');
    expect(out).toContain('"constructor": {');
  });
});

describe('docs/scoring.md', () => {
  it('shows what the command prints', async () => {
    const example = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/scoring.md', 'utf8'))?.[1] ?? '';
    const report = await reportOf(c3, file(...people('sales', [2, 3, 3, 4, 3]), ...people('marketing', [5, 6, 5, 5, 6]), ...people('leadership', [4])));
    // Twelve digits: the last ones depend on the machine's arithmetic.
    const digits = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value);
    expect(JSON.parse(example, digits)).toEqual(JSON.parse(JSON.stringify(report), digits));
  });
});

describe('the table for people', () => {
  it('holds groups, gap and what was kept back', async () => {
    const { code, out } = await runWith(c3, file(...people('sales', [2, 3, 3, 4, 3]), ...people('marketing', [5, 6, 5, 5, 6]), ...people('leadership', [4])));
    expect(code).toBe(0);
    expect(out).toContain('11 people, by function; minimum 5; missing answers pairwise; 0 left out');
    expect(out).toMatch(/^3 +sales +5 +3\.00 +0\.71 +middle/m);
    expect(out).toMatch(/sales − marketing = -2\.40 \(95 % -3\.\d+ to -1\.\d+, t -6\.00, df 7\.\d, g -3\.\d+\): real/);
    expect(out).toContain('Fewer than 5 people, not shown: 3 leadership (1)');
  });
  it('explains itself', async () => expect((await runWith(['--help'])).out).toContain('--missing      pairwise'));
});
