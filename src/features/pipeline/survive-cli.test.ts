import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SurviveReport } from './commands/survive-file';
import { jsonOf, runOn } from './files.test-support';
import { runSurvive } from './survive-cli';

const treated = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'.split(' ');
const placebo = '1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23'.split(' ');
const row = (group: string) => (seen: string) => `${parseFloat(seen)},${seen.endsWith('+') ? 'no' : 'yes'},${group}`;
const trial = { 'a.csv': ['weeks,relapse,arm', ...treated.map(row('treated')), ...placebo.map(row('placebo')), ',yes,treated', '4,,placebo', '4,yes,'].join('\n') };
const call = ['a.csv', '--time', 'weeks', '--event', 'relapse'];
const report = (argv: string[], files: Record<string, string> = trial) => jsonOf<SurviveReport>(runSurvive, argv, files);

describe('survive', () => {
  it('gives the published figures of the leukaemia trial, and names what it left out', async () => {
    const { groups, logRank, warnings } = await report([...call, '--by', 'arm']);
    expect(groups.map(({ by, n, events, median, ci95 }) => [by, n, events, median, ...ci95])).toEqual([
      ['placebo', 21, 21, 8, 4, 12],
      ['treated', 21, 9, 23, 16, null],
    ]);
    expect(logRank?.chiSquare).toBeCloseTo(16.793, 3);
    expect(warnings).toEqual(['3 rows lack a time, an event or a group; left out.']);
  });
  it('takes everybody as one group, with shares at times asked for', async () => {
    const { groups, logRank } = await report([...call, '--at', '0, 10,99']);
    expect(groups[0]).toMatchObject({ by: null, n: 43 });
    expect(groups[0]?.at.map(({ time, survival }) => [time, survival === null])).toEqual([[0, false], [10, false], [99, true]]);
    expect(logRank).toBeNull();
  });
  it('reads numbers written with a decimal comma', async () => {
    const { groups } = await report(['a.csv', '--time', 't', '--event', 'e'], { 'a.csv': 't;e\n1,5;1\n2,5;1\n4,5;0' });
    expect(groups[0]?.median).toBe(2.5);
  });
  it('sorts groups that are numbers as numbers', async () => {
    const rows = ['10', '9', '2'].flatMap((group) => [`1,1,${group}`, `2,1,${group}`]);
    expect((await report(['a.csv', '--time', 't', '--event', 'e', '--by', 'g'], { 'a.csv': ['t,e,g', ...rows].join('\n') })).groups.map(({ by }) => by)).toEqual(['2', '9', '10']);
  });
  it('prints a table', async () => {
    const { out, code } = await runOn(runSurvive, [...call, '--by', 'arm'], trial);
    expect(code).toBe(0);
    expect(out).toMatch(/treated +21 +9 +23 +16 +not reached/);
    expect(out).toMatch(/Log-rank: chi-square 16\.7929, df 1, p 4\.2e-5/);
  });

  it.each<[string, string[], string, number, string]>([
    ['no columns named', ['a.csv'], 't,e\n1,1', 2, 'Name the columns with --time and --event'],
    ['no file', ['--time', 't', '--event', 'e'], '', 2, 'Name one file'],
    ['a time before 0', ['a.csv', '--time', 't', '--event', 'e'], 't,e\n1,1\n-2,1', 1, 'a.csv: line 3: “t” is “-2”; it must be a number from 0'],
    ['a time that is a word', ['a.csv', '--time', 't', '--event', 'e'], 't,e\nsoon,1', 1, 'line 2: “t” is “soon”'],
    ['an event column that does not say', ['a.csv', '--time', 't', '--event', 'e'], 't,e\n1,1\n2,2', 1, 'Name the value that means the event with --event-value'],
    ['a value that no row has', ['a.csv', '--time', 't', '--event', 'e', '--event-value', '3'], 't,e\n1,1\n2,2', 1, 'no row has “3” in “e”; there are “1”, “2”'],
    ['a column that is not there', ['a.csv', '--time', 'x', '--event', 'e'], 't,e\n1,1', 1, 'no column is named “x”; there are t, e'],
    ['too many groups', ['a.csv', '--time', 't', '--event', 'e', '--by', 'g'], `t,e,g\n${Array.from({ length: 60 }, (_, at) => `1,1,${at}`).join('\n')}`, 1, 'more than 50 different values'],
    ['a time to look at that is none', ['a.csv', '--time', 't', '--event', 'e', '--at', 'now'], 't,e\n1,1', 2, '--at is “now”'],
    ['nobody', ['a.csv', '--time', 't', '--event', 'e'], 't,e\n,1', 1, 'no row has both'],
  ])('refuses %s', async (_, argv, text, code, message) => {
    const ran = await runOn(runSurvive, argv, { 'a.csv': text });
    expect(ran.err).toContain(message);
    expect([ran.code, ran.out]).toEqual([code, '']);
  });
});

describe('docs/commands.md', () => {
  it('shows what the command prints', async () => {
    const text = readFileSync('docs/commands.md', 'utf8');
    const block = (name: string) => new RegExp(`<!-- ${name} -->\\n\`\`\`[a-z]*\\n([\\s\\S]*?)\`\`\``, 'u').exec(text)?.[1] ?? '';
    const options = /With `([^`]+)`, for\s+<!-- survive\.csv -->/u.exec(text)?.[1]?.split(' ') ?? [];
    const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value);
    const found = await report(['a.csv', ...options], { 'a.csv': block('survive.csv') });
    expect(found.groups).toHaveLength(2);
    expect(JSON.parse(block('survive'), rounded)).toEqual(JSON.parse(JSON.stringify(found), rounded));
  });
});
