import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLink } from './link-cli';

type Pair = { a: string; b: string; probability: number; evidence: { field: string; level: string; bits: number; text: string }[]; reasons?: string[] };
type Report = { pairs: Pair[]; linked: number; review: Pair[]; groups: { a: string[]; b: string[] }[]; threshold: number; compares: string; files: { records: number; keys: string; columns: { heading: string; role: string }[]; rejectedLines: number[] }[] };
type Ran = { code: number; out: string; err: string };

const runWith = async (argv: string[], files: Record<string, string> = {}): Promise<Ran> => {
  const ran: Ran = { code: -1, out: '', err: '' };
  ran.code = await runLink(argv, {
    readFile: async (path) => (files[path] === undefined ? readFile(path) : new TextEncoder().encode(files[path])),
    out: (text) => void (ran.out += text),
    err: (text) => void (ran.err += text),
  });
  return ran;
};

const reportOf = async (argv: string[], files: Record<string, string> = {}): Promise<Report> => {
  const { code, out, err } = await runWith([...argv, '--json'], files);
  if (code !== 0) throw new Error(`refused with ${code}: ${err}`);
  return JSON.parse(out) as Report;
};

const HUBSPOT = `Record ID,First Name,Last Name,Email,Phone Number,Company Name
101,Bob,Quillfeather,robert.quillfeather+fair@velox-pumpen.de,+49 171 9998877,Velox Pumpen
102,Ottilie,Müller,ottilie.mueller@karst.com,,Karst Ventile
103,Gernot,Haselbach,info@karst.com,+49 30 8877660,Karst Ventile
104,Ada,Thistlewood,ada@thistle.example,,Thistle
`;
const SALESFORCE = `Id,FirstName,LastName,Email,MobilePhone,AccountName
0031,Robert,QUILLFEATHER,Robert.Quillfeather@velox-pumpen.de,0049 171 9998877,Velox Pumpen GmbH
0032,Ottilie,Mueller,ottilie.mueller@karst.com,,Karst Ventile AG
0033,Wanda,Brandstetter,info@karst.com,+49 30 8877660,Karst Ventile AG
0034,Someone,Else,someone@else.example,,Else
`;
const BOTH = { 'm.csv': HUBSPOT, 's.csv': SALESFORCE };

describe('lockstep link', () => {
  it('links across two systems’ exports and says why, in words', async () => {
    const { pairs, linked, review, compares, files } = await reportOf(['m.csv', 's.csv'], BOTH);
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([['101', '0031'], ['102', '0032']]);
    expect([linked, compares, review.map(({ a, b }) => [a, b])]).toEqual([2, 'person', []]);
    expect(pairs.every(({ probability }) => probability >= 0.99 && probability <= 1)).toBe(true);
    expect(pairs[0]?.evidence.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Given name: another usual spelling (Bob | Robert)', 'E-mail: the same mailbox in another writing (robert.quillfeather+fair@velox-pumpen.de | robert.quillfeather@velox-pumpen.de)', 'Telephone: the same (491719998877)']),
    );
    expect(files.map(({ keys, records }) => [keys, records])).toEqual([['id column', 4], ['id column', 4]]);
    expect(files[1]?.columns).toContainEqual({ heading: 'MobilePhone', role: 'phone' });
  });

  it('shows what it may not link by itself, with the reason', async () => {
    const files = { 'm.csv': HUBSPOT, 's.csv': SALESFORCE.replace('0032,Ottilie,Mueller,ottilie.mueller@karst.com', '0032,Ottilie,Mueller,ottilie.mueller2@karst.com') };
    const { pairs, review } = await reportOf(['m.csv', 's.csv'], files);
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([['101', '0031']]);
    expect(review.map(({ a, b, reasons }) => [a, b, reasons])).toEqual([['102', '0032', ['The e-mail addresses differ and nothing else belongs to one person alone.']]]);
  });

  it('names rows by line when no column names them, in one list too', async () => {
    const people = ['given_name,surname,street,postcode,city,date_of_birth', 'ada,lovelace,12 st james square,2000,perth,18151210', 'grace,hopper,3 navy road,3000,hobart,19061209', 'ada,lovelace,12 st jmaes square,2000,perth,18151210', ''].join('\n');
    const { pairs, files } = await reportOf(['people.csv', '--threshold', '0.9'], { 'people.csv': people });
    expect(pairs.map(({ a, b }) => [a, b].sort())).toEqual([['2', '4']]);
    expect(files[0]?.keys).toBe('line numbers');
  });

  it('keeps out of "pairs" whatever is below the threshold', async () => {
    const low = await reportOf(['m.csv', 's.csv', '--threshold', '0.5'], BOTH);
    const high = await reportOf(['m.csv', 's.csv', '--threshold', '1'], BOTH);
    expect(low.pairs.every(({ probability }) => probability >= 0.5)).toBe(true);
    expect(high.pairs.every(({ probability }) => probability === 1)).toBe(true);
    expect([...high.pairs, ...high.review].length).toBe([...low.pairs, ...low.review].length);
  });

  it('prints a table for people', async () => {
    const { code, out, err } = await runWith(['m.csv', 's.csv'], BOTH);
    expect(code).toBe(0);
    expect(out).toContain('Linked: 2');
    expect(out).toContain('101 = 0031');
    expect(err).toContain('First Name → given');
  });

  it.each([
    [[], {}, 2, 'Name one or two files'],
    [['a.csv', 'b.csv', 'c.csv'], {}, 2, 'Name one or two files'],
    [['m.csv', '--threshold', '2'], BOTH, 2, 'it must be a probability'],
    [['m.csv', '--threshold', '0'], BOTH, 2, 'it must be a probability'],
    [['m.csv', '--what'], BOTH, 2, '--what'],
    [['nowhere.csv'], {}, 1, 'there is no such file'],
    [['e.csv'], { 'e.csv': '' }, 1, 'the file is empty'],
    [['x.csv', 'm.csv'], { ...BOTH, 'x.csv': 'colour,shape\nred,round\n' }, 1, 'x.csv: no column was recognised'],
  ])('refuses %j', async (argv, files, code, said) => {
    const ran = await runWith(argv, files as Record<string, string>);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(said);
    expect(ran.out).toBe('');
  });

  it('explains itself', async () => {
    const { code, out } = await runWith(['--help']);
    expect([code, out.includes('--one-to-one')]).toEqual([0, true]);
  });
});

const folder = process.env.LOCKSTEP_REFERENCE_DATA ?? '';
const present = folder !== '' && existsSync(join(folder, 'linkage', 'dataset1.csv'));
const data = (...name: string[]) => join(folder, 'linkage', ...name);

const truthIn = async (path: string): Promise<Set<string>> => new Set((await readFile(path, 'utf8')).trim().split(/\r?\n/u).slice(1).map((line) => line.split(',').map((cell) => cell.trim()).sort().join('|')));

const quality = ({ pairs }: Report, truth: Set<string>) => {
  const right = pairs.filter(({ a, b }) => truth.has([a, b].sort().join('|'))).length;
  return { right, wrong: pairs.length - right, f1: (2 * right) / (pairs.length + truth.size) };
};

const without = async (path: string, ...headings: string[]): Promise<string> => {
  const rows = (await readFile(path, 'utf8')).trim().split(/\r?\n/u).map((line) => line.split(',').map((cell) => cell.trim()));
  const kept = (rows[0] ?? []).flatMap((heading, at) => (headings.includes(heading) ? [] : [at]));
  return rows.map((cells) => kept.map((at) => cells[at] ?? '').join(',')).join('\n');
};

/** Data that others published with known truth. Skipped without the data. */
describe.runIf(present)('reference data', () => {
  it('febrl dataset1: all 500 pairs within one list', async () => {
    expect(quality(await reportOf([data('dataset1.csv')]), await truthIn(data('dataset1_true_pairs.csv')))).toEqual({ right: 500, wrong: 0, f1: 1 });
  }, 60_000);

  it('febrl dataset4: F1 at least 0.999 with all fields', async () => {
    const { f1 } = quality(await reportOf([data('dataset4a.csv'), data('dataset4b.csv')]), await truthIn(data('dataset4_true_pairs.csv')));
    expect(f1).toBeGreaterThanOrEqual(0.999);
  }, 60_000);

  it('febrl dataset4: F1 at least 0.995 without birth date and social number', async () => {
    const files = { 'a.csv': await without(data('dataset4a.csv'), 'date_of_birth', 'soc_sec_id'), 'b.csv': await without(data('dataset4b.csv'), 'date_of_birth', 'soc_sec_id') };
    const { f1 } = quality(await reportOf(['a.csv', 'b.csv'], files), await truthIn(data('dataset4_true_pairs.csv')));
    expect(f1).toBeGreaterThanOrEqual(0.995);
  }, 60_000);

  it('restaurants: no wrong link, and all 112 linked or shown', async () => {
    const truth = await truthIn(data('restaurant', 'matches_fodors_zagats.csv'));
    const report = await reportOf([data('restaurant', 'fodors.csv'), data('restaurant', 'zagats.csv')]);
    expect(quality(report, truth).wrong).toBe(0);
    expect(quality(report, truth).right).toBeGreaterThanOrEqual(108);
    const found = [...report.pairs, ...report.review].filter(({ a, b }) => truth.has([a, b].sort().join('|')));
    expect(found.length).toBe(112);
    const atLevel = (field: string, level: string) => found.filter(({ evidence }) => evidence.some((each) => each.field === field && each.level === level)).length;
    // Departments of one hotel share its line, so "shared" is the same number too.
    expect(atLevel('phone', 'same') + atLevel('phone', 'shared')).toBe(108);
    expect(found.filter(({ evidence }) => evidence.some(({ field, text }) => field === 'organisation' && !text.includes(' | '))).length).toBe(82);
  }, 60_000);
});

describe('docs/commands.md', () => {
  it('shows what the command prints', async () => {
    const text = await readFile('docs/commands.md', 'utf8');
    const block = (name: string) => new RegExp(`<!-- ${name} -->\\n\`\`\`[a-z]*\\n([\\s\\S]*?)\`\`\``, 'u').exec(text)?.[1] ?? '';
    const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value);
    const found = await reportOf(['a.csv', 'b.csv'], { 'a.csv': block('a.csv'), 'b.csv': block('b.csv') });
    expect(JSON.parse(block('link'), rounded)).toEqual(JSON.parse(JSON.stringify(found), rounded));
  });
});
