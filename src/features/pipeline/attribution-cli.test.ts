import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportOf, runWith } from './attribution.test-support';

const HEAD = 'path,conversions,nulls';
const file = (...rows: string[]): Record<string, string> => ({ 'p.csv': [HEAD, ...rows].join('\n') });
const some = file('newsletter > call,4,6', 'search > newsletter > call,2,2', 'search,1,15');

describe('what it refuses, with the line', () => {
  it.each([
    ['no file content', { 'p.csv': '' }, 'p.csv: the file is empty'],
    ['headings alone', { 'p.csv': HEAD }, 'p.csv: the file has headings but no paths'],
    ['no paths', { 'p.csv': 'name,conversions\nA,1' }, 'p.csv:1: no column holds paths'],
    ['no counts', { 'p.csv': 'path,clicks\nA > B,1' }, 'p.csv:1: no column counts conversions'],
    ['a word for a count', file('A,many,1'), 'p.csv:2: conversions is “many”; it must be a whole number from 0'],
    ['a negative count', file('A,1,2', 'B,-3,1'), 'p.csv:3: conversions is “-3”'],
    ['a fraction', file('A,1.5,1'), 'p.csv:2: conversions is “1.5”'],
    ['a blank count', file('A,1,'), 'p.csv:2: nulls is blank'],
    ['a count beyond counting', file('A,99999999999999999999,1'), 'p.csv:2: conversions is “99999999999999999999”'],
    ['counts that add up too high', file('A,900000000000,1', 'B,900000000000,1'), 'p.csv:3: the counts add up to more than'],
    ['a blank step', file('A >  > B,1,1'), 'p.csv:2: a step of the path is blank'],
    ['a path that ends in an arrow', file('A > ,1,1'), 'p.csv:2: a step of the path is blank'],
    ['more cells than headings', file('A,1,1,7'), 'p.csv:2: more cells than the heading line has columns'],
    ['an open quotation mark', file('"A > B,1,1'), 'p.csv:2: a quotation mark opens here and is never closed'],
    ['a column twice', { 'p.csv': 'path,conversions,conversions\nA,1,2' }, 'p.csv:1: the file has more than one column conversions'],
    ['only blank paths', file(',1,1'), 'p.csv: every cell of path is blank'],
    ['a value that is none', { 'p.csv': 'path,conversions,value\nA,1,"1.234,50"' }, 'p.csv:2: value is “1.234,50”; a value is a number from 0'],
    ['a cell of two million characters', file(`${'A > '.repeat(500_000)}A,1,1`), 'p.csv:2: a cell is too long to be read'],
  ])('%s', async (_, files, message) => {
    const { code, out, err } = await runWith(['p.csv', '--json'], files);
    expect(err).toContain(message);
    expect(err).toContain('Nothing was computed');
    expect([code, out]).toEqual([1, '']);
  });

  it('names every faulty line', async () => {
    const { err } = await runWith(['p.csv'], file('A,x,1', 'B,1,1', 'C,1,y'));
    expect(err.split('\n').slice(0, 2).map((line) => line.split(':')[1])).toEqual(['2', '4']);
  });

  it.each([
    [[], 'Name one file of paths'],
    [['p.csv', 'q.csv'], 'Name one file of paths'],
    [['p.csv', '--resamples', '-1'], 'resamples'],
    [['p.csv', '--resamples', '99999'], '--resamples is “99999”; it must be a whole number from 0 to 10000'],
    [['p.csv', '--half-life', '0'], '--half-life is “0”; it must be a number above 0'],
    [['p.csv', '--separator', ''], '--separator is empty'],
    [['p.csv', '--colour'], '--colour'],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await runWith(argv, some);
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
  });

  it('a file that is not there', async () => expect(await runWith(['missing.csv'])).toEqual({ code: 1, out: '', err: 'missing.csv: there is no such file\n' }));
  it('a column that is not there', async () => expect((await runWith(['p.csv', '--none', 'lost'], some)).err).toContain('p.csv:1: no column is named “lost”; the file has path, conversions, nulls'));
  it('one column for two things', async () => expect((await runWith(['p.csv', '--none', 'conversions'], some)).err).toContain('p.csv:1: one column is named for two things'));
});

describe('how it reads a file', () => {
  it.each([
    ['semicolons', (text: string) => text.replaceAll(',', ';')],
    ['a byte-order mark', (text: string) => `\uFEFF${text}`],
    ['CRLF, capitals and spaces in headings', (text: string) => text.replaceAll('\n', '\r\n').replace('conversions,nulls', 'Total Conversions,Total Null')],
    ['other arrows', (text: string) => text.replaceAll(' > ', '->')],
    ['no spaces around arrows', (text: string) => text.replaceAll(' > ', '>')],
    ['other headings for paths', (text: string) => text.replace('path,', 'what happened,')],
    ['counts as R writes them', (text: string) => text.replace(',4,6', ',4.0,6e+00')],
  ])('%s alike', async (_, change) => {
    const read = await reportOf(['p.csv'], { 'p.csv': change(some['p.csv'] ?? '') });
    expect(read.models).toEqual((await reportOf(['p.csv'], some)).models);
  });

  it('takes columns and separator by name', async () => {
    const files = { 'p.csv': 'route;bought;did not\nnewsletter | call;4;6\nsearch | newsletter | call;2;2\nsearch;1;15' };
    const argv = ['p.csv', '--path', 'route', '--conversions', 'Bought', '--none', 'did not', '--separator', '|'];
    const read = await reportOf(argv, files);
    expect(read.columns).toEqual({ path: 'route', conversions: 'bought', none: 'did not', value: null });
    expect(read.models).toEqual((await reportOf(['p.csv'], some)).models);
  });

  it('reads no and yes, row by row, as walks', async () => {
    const read = await reportOf(['p.csv'], { 'p.csv': 'path,converted\nA > B,yes\nA,no\nB,no' });
    expect([read.conversions, read.nonConversions]).toEqual([1, 2]);
    expect(read.warnings.join()).toContain('Each row was read as one walk, since converted says only no or yes');
  });

  it('says of counts that are all 0 that nothing was counted, not that walks without an order are unknown', async () => {
    const { out } = await runWith(['p.csv', '--json'], file('A > B,0,0'));
    expect(JSON.parse(out)).toMatchObject({ conversions: 0, nonConversions: 0, conversionProbability: null, reasons: { conversionProbability: 'The file counts no walk at all, with or without an order.' } });
  });

  it('says what a file of orders alone cannot tell', async () => {
    const read = await reportOf(['p.csv'], { 'p.csv': 'path,conversions\nA > B,3\nB,2' });
    expect([read.conversions, read.nonConversions, read.conversionProbability]).toEqual([5, null, null]);
    expect(read.reasons.conversionProbability).toContain('Only paths that ended in an order are known');
    expect(read.models.linear).toEqual({ A: 1.5, B: 3.5 });
  });

  it('leaves rows without a path out, and says how much they count', async () => {
    const read = await reportOf(['p.csv'], file('A,3,1', ',2,40'));
    expect(read.conversions).toBe(3);
    expect(read.warnings).toEqual(expect.arrayContaining([expect.stringContaining('1 row has no path and was left out: 2 with an order, 40 without')]));
  });

  it('keeps names apart that differ by capitals, and says so', async () => {
    const { out, err } = await runWith(['p.csv', '--json'], file('E-Mail > email,1,0', 'search > search,1,0'));
    expect(Object.keys(JSON.parse(out).models.first)).toEqual(['E-Mail', 'email', 'search']);
    expect(err).toContain('Kept apart, though the names differ little: E-Mail / email');
  });

  it('points at the separator when no path has steps', async () => expect((await runWith(['p.csv'], file('A | B,1,0'))).err).toContain('No path has more than one step'));

  it('channels that are words of the language stay channels', async () => {
    const { out } = await runWith(['p.csv', '--json', '--resamples', '50'], file('__proto__ > constructor,9,1', 'toString,3,1'));
    expect(out.match(/"__proto__": 4\.5/g)?.length).toBeGreaterThan(0);
    expect(out).toContain('"constructor": 4.5');
  });

  it('a path of 200,000 touches', async () => {
    const read = await reportOf(['p.csv'], file(`${'A > B > '.repeat(100_000)}A,2,1`));
    expect(read.models.linear?.A).toBeCloseTo(2 * (100_001 / 200_001), 9);
    expect(read.models.u?.A).toBeCloseTo(2 * (0.8 + (0.2 * 99_999) / 199_999), 9);
  });
});

describe('what it says', () => {
  it('null with a reason where a model is not carried', async () => {
    const { models, reasons } = await reportOf(['p.csv'], some);
    expect(models.w).toBeNull();
    expect(reasons.w).toContain('7 of 7 orders lack a mark');
    const none = await reportOf(['p.csv'], file('A > B,0,5'));
    expect(Object.values(none.models)).toEqual(Array(8).fill(null));
    expect(none.reasons.markov).toBe('No path ended in an order.');
    expect(none.conversionProbability).toBe(0);
  });

  it('opens with what the data can carry', async () => {
    expect((await runWith(['p.csv'], some)).out.split('\n')[0]).toBe('7 orders are too few to credit channels: read the paths themselves.');
    expect((await runWith(['p.csv'], file('A > B,60,9', 'B > A,60,9'))).out.split('\n')[0]).toContain('120 orders carry little');
  });

  it('a table with a column per model and the channel with the most credit first', async () => {
    const { code, out } = await runWith(['p.csv'], some);
    expect(code).toBe(0);
    expect(out).toMatch(/^channel +first +last +linear +U +time decay +Markov +Shapley$/m);
    expect(out).toMatch(/^call +0\.0 +6\.0/m);
    expect(out).toContain('7 conversions, 23 without; probability of conversion 23.33 %');
    expect(out).toContain('Not computed\n  W: W needs');
  });

  it('intervals and disagreements on demand, the same each time', async () => {
    const many = file('newsletter > call,400,600', 'search > newsletter > call,200,200', 'search,100,1500');
    const argv = ['p.csv', '--resamples', '200', '--seed', '7'];
    const read = await reportOf(argv, many);
    expect(read.intervals).toMatchObject({ resamples: 200, confidence: 0.95, seed: 7 });
    const [low, high] = read.intervals?.shares.first?.newsletter ?? [NaN, NaN];
    expect(low).toBeLessThan(4 / 7);
    expect(high).toBeGreaterThan(4 / 7);
    expect(read.disagreements?.orders).toContainEqual(expect.objectContaining({ first: 'call', second: 'newsletter' }));
    expect(await reportOf(argv, many)).toEqual(read);
    const { out } = await runWith(argv, many);
    expect(out).toContain('Where the models disagree by more than chance');
    expect(out).toContain('95 % intervals from 200 resamples (seed 7)');
  });

  it('no intervals for a handful of orders', async () => {
    const read = await reportOf(['p.csv', '--resamples', '100'], some);
    expect([read.intervals, read.reasons.intervals]).toEqual([null, 'No intervals: they need at least 10 orders and at most 1,000 channels.']);
  });

  it('sends no control characters from the file to the terminal', async () => {
    const { out, err } = await runWith(['p.csv'], file('\u001b[31mred > \u001b[31mRed,30,1'));
    expect(out + err).not.toContain('\u001b');
  });

  it('explains itself', async () => expect((await runWith(['--help'])).out).toContain('--resamples    bootstrap intervals'));
});

describe('docs/commands.md', () => {
  it('shows what the command prints', async () => {
    const section = readFileSync('docs/commands.md', 'utf8').split('## `lockstep attribution`')[1] ?? '';
    const example = /```json\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
    const input = /```csv\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
    const digits = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value);
    expect(JSON.parse(example, digits)).toEqual(JSON.parse(JSON.stringify(await reportOf(['p.csv'], { 'p.csv': input })), digits));
  });
});
