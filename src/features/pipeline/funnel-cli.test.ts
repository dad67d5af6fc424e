import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toXlsx } from '../../platform/files/write-xlsx';
import { writeZip } from '../../platform/files/zip';
import type { FunnelReport } from './commands/funnel-files';
import { jsonOf, runOn } from './files.test-support';
import { runFunnel } from './funnel-cli';

type Files = Record<string, string | Uint8Array>;
const report = (argv: string[], files: Files) => jsonOf<FunnelReport>(runFunnel, argv, files);
const said = ({ warnings }: FunnelReport) => warnings.join('\n');
const day = (at: number, from = '2024-01-01') => new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10);

/** Leads come in every day from January on; outcomes are kept from July on only, 20 days after entry, one lead in four. */
const lateRecord = (): Files => {
  const leads = Array.from({ length: 600 }, (_, at) => ({ id: `L${at}`, entered: Math.floor(at / 2), won: at % 4 === 0 }));
  const firstKept = 182;
  return {
    'leads.csv': ['lead_id,first_contact_date,origin', ...leads.map(({ id, entered }, at) => `${id},${day(entered)},${['web', 'fair', ''][at % 3]}`)].join('\n'),
    'deals.csv': ['lead_id,won_date', ...leads.filter(({ won, entered }) => won && entered + 20 >= firstKept && entered + 20 < 300).map(({ id, entered }) => `${id},${day(entered + 20)} 10:00:00`)].join('\n'),
  };
};

describe('leads and deals', () => {
  it('finds the columns, links the files and says what it took', async () => {
    const found = await report(['leads.csv', 'deals.csv'], lateRecord());
    expect(found.columns).toEqual({ key: 'lead_id', dealKey: 'lead_id', entered: 'first_contact_date', source: 'origin', outcome: null, won: 'won_date', lost: null, value: null, stages: [] });
    expect(found.entrants).toBe(600);
    expect(found.won + found.lost + found.open).toBe(600);
    expect(found.rate).toBeCloseTo(found.won / 600, 12);
    expect(found.daysToWon).toMatchObject({ mean: 20, median: 20, beforeEntry: 0 });
    expect(found.daysToWon.meanWithFractions).toBeCloseTo(20 + 10 / 24, 9);
  });

  it('marks cohorts that the record cuts off at the left, and those too young', async () => {
    const { cohorts, firstOutcome } = await report(['leads.csv', 'deals.csv'], lateRecord());
    expect(firstOutcome).toBe('2024-07-01');
    expect(cohorts.map(({ month, mark }) => [month, mark])).toEqual([
      ...['2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06'].map((month) => [month, 'cut off at the left']),
      ['2024-07', null],
      ['2024-08', null],
      ['2024-09', null],
      ['2024-10', 'too young'],
    ]);
  });

  it('marks nothing where the first win merely took its time', async () => {
    const rows = Array.from({ length: 300 }, (_, at) => `${at},${day(at)},${at % 4 ? 'Open' : 'Won'},${at % 4 ? '' : day(at + 20)}`);
    const { cohorts } = await report(['a.csv'], { 'a.csv': ['id,created,stage,close date', ...rows].join('\n') });
    expect(cohorts.map(({ mark }) => mark).filter((mark) => mark === 'cut off at the left')).toEqual([]);
  });

  it('a blank source is not "unknown"', async () => {
    const found = await report(['a.csv'], { 'a.csv': 'id,source,status,created\n1,unknown,Won,2024-01-01\n2,,Won,2024-01-01\n3,,Lost,2024-01-02\n4,web,Open,2024-01-02' });
    expect(found.bySource.map(({ source, entrants, won }) => [source, entrants, won])).toEqual([['', 2, 1], ['unknown', 1, 1], ['web', 1, 0]]);
    expect(said(found)).toContain('blank source; they are counted apart, also from “unknown”');
  });

  it('a deal won before its first contact counts, and is said', async () => {
    const found = await report(['l.csv', 'd.csv'], {
      'l.csv': 'mql_id,first_contact_date\na,2018-03-08\nb,2018-03-01\nc,2018-03-02',
      'd.csv': 'mql_id,won_date\na,2018-03-06 19:38:55\nb,2018-03-11 08:00:00',
    });
    expect(found.daysToWon).toMatchObject({ n: 2, mean: 4, median: 4, beforeEntry: 1 });
    expect(said(found)).toContain('1 lead was won before its first contact; counted, with days below 0');
  });

  it('keys that are spelled differently are said, not guessed at', async () => {
    const found = await report(['l.csv', 'd.csv'], {
      'l.csv': ['lead id,created', ...Array.from({ length: 20 }, (_, at) => `ACME ${at},2024-01-01`)].join('\n'),
      'd.csv': 'lead id,won date\nACME 3,2024-02-01\nAcme4,2024-02-01\nacme-5,2024-02-02\nnobody,2024-02-02',
    });
    expect(found.won).toBe(1);
    expect(said(found)).toContain('3 deals belong to no lead of the first file and are not counted');
    expect(said(found)).toContain('2 of these keys are written differently in the two files, such as “Acme4” and “ACME 4”');
  });

  it('a list of products whose names differ loses nothing silently', async () => {
    const files = {
      'o.csv': 'opportunity_id,product,deal_stage,engage_date,close_date\n1,GTXPro,Won,2024-01-01,2024-01-05\n2,GTXPro,Lost,2024-01-01,2024-01-06\n3,MG,Won,2024-01-02,2024-01-07\n4,GTXPro,Engaging,2024-01-02,\n5,,Won,2024-01-02,2024-01-09',
      'p.csv': 'product,series,sales_price\nGTX Pro,GTX,4821\nMG,MG,55',
    };
    const found = await report(['o.csv', 'p.csv', '--source', 'series'], files);
    expect(found.bySource.map(({ source, entrants }) => [source, entrants])).toEqual([['', 4], ['MG', 1]]);
    expect(said(found)).toContain('“GTXPro” in “product” is “GTX Pro” in the second file: 3 rows, 2 of them won or lost');
    expect(said(found)).toContain('1 row has no “product”');
  });

  it('links by the column that names the lead, not by numbers that happen to be equal', async () => {
    const found = await report(['c.csv', 'd.csv'], {
      'c.csv': ['Record ID,Email,Create Date', ...Array.from({ length: 40 }, (_, at) => `${at + 1},p${at}@example.com,2024-01-01`)].join('\n'),
      'd.csv': 'Record ID,Deal Name,Deal Stage,Close Date,Associated Contact IDs\n1,A,Closed Won,2024-02-01,31\n2,B,Closed Won,2024-02-01,32;33\n3,C,Closed Lost,2024-02-02,34\n4,D,Proposal,2024-09-02,35',
    });
    expect(found.columns).toMatchObject({ key: 'Record ID', dealKey: 'Associated Contact IDs' });
    expect(found).toMatchObject({ entrants: 40, won: 3, lost: 1, open: 36 });
  });

  it('counts a lead once, with several deals as with several rows', async () => {
    const found = await report(['l.csv', 'd.csv'], {
      'l.csv': 'id,created\n1,2024-01-05\n1,2024-01-01\n2,2024-01-01\n3,2024-01-01\n,2024-01-01',
      'd.csv': 'lead id,deal stage,close date,amount\n1,Closed Lost,2024-01-09,5\n1,Closed Won,2024-01-11,100\n2,Closed Lost,2024-02-01,7\n2,Negotiation,2024-06-01,9\n3,Closed Lost,2024-02-01,3',
    });
    expect(found).toMatchObject({ entrants: 4, won: 1, lost: 1, open: 2, value: { n: 1, total: 100 } });
    expect(found.daysToWon).toMatchObject({ n: 1, mean: 10 });
    expect(said(found)).toContain('1 row repeats a “id”');
    expect(said(found)).toContain('1 row has no “id”');
  });

  it('finds the leads in whichever file they are, and says so', async () => {
    const files = lateRecord();
    const { warnings, ...expected } = await report(['leads.csv', 'deals.csv'], files);
    const { warnings: turned, ...found } = await report(['deals.csv', 'leads.csv'], files);
    expect(found).toEqual(expected);
    expect(turned).toEqual(['The leads are in leads.csv and how they ended in deals.csv: the files were taken in that order.', ...warnings]);
  });

  it('counts the value of a deal once, though its row comes twice', async () => {
    const deals = Array.from({ length: 120 }, (_, at) => `D${at},L${at % 100},Closed Won,2024-02-01,100`);
    const one = await report(['o.csv'], { 'o.csv': ['opportunity_id,lead,deal_stage,close_date,amount', ...deals, deals[0], deals[7]].join('\n') });
    expect([one.won, one.value]).toEqual([120, { n: 120, total: 12000, mean: 100, median: 100 }]);
    const leads = ['lead id,created', ...Array.from({ length: 100 }, (_, at) => `L${at},2024-01-01`)].join('\n');
    const two = await report(['l.csv', 'd.csv'], { 'l.csv': leads, 'd.csv': ['deal id,lead id,deal stage,close date,amount', ...deals, deals[0], deals[7]].join('\n') });
    // Twenty leads have two deals that look alike but for their ids.
    expect([two.won, two.value?.n, two.value?.total]).toEqual([100, 120, 12000]);
  });
});

describe('one file of opportunities', () => {
  const maven = (rows: string[]) => ({ 'o.csv': ['opportunity_id,account,deal_stage,engage_date,close_date,close_value', ...rows].join('\n') });

  it('reads stages as outcomes and month-first dates, an expected close of an open deal is no end', async () => {
    const found = await report(['o.csv'], maven(['a,X,Won,10/20/2016,3/1/2017,1054', 'b,,Lost,1/2/2017,3/14/2017,0', 'c,X,Engaging,2/3/2017,12/31/2099,', 'd,Y,Prospecting,,,']));
    expect(found).toMatchObject({ entrants: 4, won: 1, lost: 1, open: 2, winRate: 0.5, asOf: '2017-03-14' });
    expect(found.daysToWon).toMatchObject({ n: 1, median: 132 });
    expect(found.daysToDecided).toEqual({ n: 2, mean: (132 + 71) / 2 });
    expect(found.value).toEqual({ n: 1, total: 1054, mean: 1054, median: 1054 });
    expect(said(found)).toContain('1 lead has no entry date and stands in no cohort');
  });
  it.each([
    ['in one file', { 'a.csv': 'Opportunity ID,Stage,Created Date,Close Date\n1,Closed Lost,2024-01-01,2024-03-01\n2,Negotiation/Review,2024-01-03,2024-08-01\n3,Prospecting,2024-01-03,2024-08-01' }],
    ['in the file of deals', { 'a.csv': 'Lead ID,Created Date\na,2024-01-01\nb,2024-01-02\nc,2024-01-02', 'b.csv': 'Lead ID,Deal Stage,Close Date\na,Negotiation,2024-08-01\nb,Closed Lost,2024-03-01' }],
    ['under a status', { 'a.csv': 'id,Status,Created Date,Close Date\n1,Lost,2024-01-01,2024-03-01\n2,In talks,2024-01-03,2024-08-01\n3,New,2024-01-03,' }],
  ])('deals that are open or lost are not won for having a close date, %s', async (_, files) => {
    const found = await report(Object.keys(files), files);
    expect(found).toMatchObject({ entrants: 3, won: 0, lost: 1, open: 2, daysToWon: { n: 0 }, columns: { won: expect.stringMatching(/close date/iu) as string } });
    expect(said(found)).toMatch(/No value of “.+” means won, so none counts as won/u);
  });
  it('says when day and month cannot be told apart, and obeys', async () => {
    const files = maven(['a,X,Won,3/4/2024,5/4/2024,10', 'b,X,Lost,3/4/2024,6/4/2024,']);
    const open = await report(['o.csv'], files);
    expect(said(open)).toContain('could be day first or month first');
    expect([open.cohorts[0]?.month, open.daysToWon.mean]).toEqual(['2024-04', 2]);
    const told = await report(['o.csv', '--date-order', 'mdy'], files);
    expect([told.cohorts[0]?.month, told.daysToWon.mean]).toEqual(['2024-03', 61]);
    expect(said(told)).not.toContain('day first');
  });
  it('reads decimal commas from the whole column', async () => {
    const text = 'id;stage;created;amount\n1;Won;01.02.2024;1.234\n2;Won;02.02.2024;1.000,50\n3;Lost;13.02.2024;7';
    expect((await report(['a.csv'], { 'a.csv': text })).value).toMatchObject({ n: 2, total: 2234.5 });
    const ambiguous = await report(['a.csv'], { 'a.csv': 'id;stage;created;amount\n1;Won;01.02.2024;1.234\n2;Lost;02.02.2024;5.678' });
    expect(said(ambiguous)).toContain('could be decimals or thousands');
  });
  it.each([
    ['HubSpot, from the screen', 'Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date\n1,A,Closed Won,5,2024-03-12 09:14,2024-01-02 08:00\n2,B,Closed Lost,6,3/15/2024 2:30 PM,2024-01-03 08:00\n3,C,Appointment scheduled,7,,2024-01-04 08:00'],
    ['Salesforce, API names', 'Id,StageName,Amount,CloseDate,IsClosed,IsWon,CreatedDate,LeadSource\n006A,Closed Won,5,2024-03-12,true,true,2024-01-02T08:00:00.000Z,Web\n006B,Closed Lost,5,2024-03-15,true,false,2024-01-03T08:00:00.000Z,Web\n006C,Prospecting,5,2024-09-01,false,false,2024-01-04T08:00:00.000Z,Event'],
    ['Salesforce, from the screen', 'Lead ID,Lead Status,Lead Source,Create Date,Converted Date\n1,Closed - Converted,Web,2024-01-02,2024-03-12\n2,Closed - Not Converted,Web,2024-01-03,\n3,Working - Contacted,Partner,2024-01-04,'],
    ['HubSpot, contacts', 'Record ID,Lifecycle Stage,Lead Status,Create Date,Became a Customer Date\n1,Customer,Connected,2024-01-02 08:00,2024-03-12 09:14\n2,Lost,Unqualified,2024-01-03 08:00,\n3,Lead,New,2024-01-04 08:00,'],
    ['stage dates as columns', 'Record ID,Create Date,"Date entered ""Closed won (Sales)""","Date entered ""Closed lost (Sales)"""\n1,2024-01-02,2024-03-12,\n2,2024-01-03,,2024-03-15\n3,2024-01-04,,'],
    ['German headings', 'Lead-ID;Erstellt am;Status;Abschlussdatum;Quelle\n1;02.01.2024;Gewonnen;12.03.2024;Messe\n2;03.01.2024;Verloren;15.03.2024;Web\n3;04.01.2024;Offen;;Web'],
  ])('%s', async (_, text) => {
    expect(await report(['a.csv'], { 'a.csv': text })).toMatchObject({ entrants: 3, won: 1, lost: 1, open: 1, daysToWon: { n: 1, median: 70 } });
  });
  it('reads a workbook, and files in UTF-16 or Windows-1252, alike', async () => {
    const rows = [['id', 'Quelle', 'Status', 'Erstellt am', 'Betrag'], ['1', 'Messe Köln', 'Gewonnen', '2024-01-02', 1234.5], ['2', 'Web', 'Verloren', '2024-01-03', 3]];
    const text = rows.map((row) => row.join(';')).join('\n');
    const [book, wide, western] = [new Uint8Array(await toXlsx([{ name: 'Leads', rows }])), new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le')), new Uint8Array(Buffer.from(text, 'latin1'))];
    for (const file of [book, wide, western]) {
      const found = await report(['a.csv'], { 'a.csv': file });
      expect(found).toMatchObject({ entrants: 2, won: 1, lost: 1, value: { total: 1234.5 } });
      expect(found.bySource.map(({ source }) => source)).toEqual(['Messe Köln', 'Web']);
    }
  });
  it('takes the columns it is told to', async () => {
    const files = { 'a.csv': 'id,made,phase,end,region\n1,2024-01-01,Won,2024-01-03,N\n2,2024-01-02,no,,S' };
    const found = await report(['a.csv', '--entered', 'made', '--won', 'end', '--source', 'Region'], files);
    expect(found.columns).toMatchObject({ entered: 'made', won: 'end', source: 'region', outcome: 'phase' });
    expect(found.daysToWon.mean).toBe(2);
  });
});

describe('what it refuses', () => {
  const fine = { 'a.csv': 'id,stage\n1,Won' };
  it.each<[string, string[], Files, number, string]>([
    ['no file', [], {}, 2, 'Name one file of leads'],
    ['three files', ['a.csv', 'b.csv', 'c.csv'], fine, 2, 'Name one file of leads'],
    ['an option it does not know', ['a.csv', '--colour'], fine, 2, '--colour'],
    ['another date order', ['a.csv', '--date-order', 'ymd'], fine, 2, 'it must be dmy or mdy'],
    ['a column that is not there', ['a.csv', '--source', 'region'], fine, 1, 'a.csv: no column is named “region”; there are id, stage'],
    ['a file that is not there', ['missing.csv'], {}, 1, 'missing.csv: there is no such file'],
    ['an empty file', ['a.csv'], { 'a.csv': '' }, 1, 'a.csv: the file is empty'],
    ['headings alone', ['a.csv'], { 'a.csv': 'id,stage\n' }, 1, 'the file has headings but no rows'],
    ['no outcome', ['a.csv'], { 'a.csv': 'id,name\n1,A\n2,B' }, 1, 'no column says which leads were won'],
    ['files with nothing in common', ['a.csv', 'b.csv'], { 'a.csv': 'id,created\n1,2024-01-01', 'b.csv': 'nr,won date\nx,2024-02-01' }, 1, 'No column links a.csv and b.csv'],
    ['a web page', ['a.csv'], { 'a.csv': '<!DOCTYPE html><html></html>' }, 1, 'this is a web page'],
    ['a workbook that is none', ['a.csv'], { 'a.csv': writeZip(new Map([['a.txt', Buffer.from('x')]])) }, 1, 'this is no table'],
  ])('%s', async (_, argv, files, code, message) => {
    const ran = await runOn(runFunnel, argv, files);
    expect(ran.err).toContain(message);
    expect([ran.code, ran.out]).toEqual([code, '']);
  });
  it('names a row that is longer than its headings, and counts the others', async () => {
    const found = await report(['a.csv'], { 'a.csv': 'id,stage\n1,Won\n2,Lost,surplus\n3,Lost' });
    expect([found.entrants, said(found)]).toEqual([2, expect.stringContaining('a.csv:3: 1 row has more cells than the heading line')]);
  });
  it('words of the language stay values, control characters stay out of the table', async () => {
    const files = { 'a.csv': 'id,source,stage,created\n1,__proto__,Won,2024-01-01\n2,constructor,Lost,2024-01-01\n3,"a\u001b[31mred",Lost,2024-01-01' };
    expect((await report(['a.csv'], files)).bySource.map(({ source }) => source)).toEqual(['__proto__', 'a\u001b[31mred', 'constructor']);
    const { out } = await runOn(runFunnel, ['a.csv'], files);
    expect(out).not.toContain('\u001b');
    expect(out).toContain('% won');
  });
  it('explains itself', async () => expect((await runOn(runFunnel, ['--help'])).out).toContain('--date-order   dmy or mdy'));
});

describe('docs/commands.md', () => {
  it('shows what the command prints', async () => {
    const text = readFileSync('docs/commands.md', 'utf8');
    const block = (name: string) => new RegExp(`<!-- ${name} -->\\n\`\`\`[a-z]*\\n([\\s\\S]*?)\`\`\``, 'u').exec(text)?.[1] ?? '';
    const found = await report(['leads.csv', 'deals.csv'], { 'leads.csv': block('leads.csv'), 'deals.csv': block('deals.csv') });
    const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value);
    expect(JSON.parse(block('funnel'), rounded)).toEqual(JSON.parse(JSON.stringify(found), rounded));
  });
});
