import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leadProjection } from '../features/pipeline/projection';
import { readZip } from '../platform/files/zip';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;
const sources = { marketing: '', sales: '' };

const uuid = () => crypto.randomUUID();
const DAY = 86_400_000;
const day = (ago: number): string => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10);

const bringIn = async (side: 'marketing' | 'sales', text: string): Promise<void> => {
  const id = uuid();
  const query = new URLSearchParams({ id, source: sources[side], name: `${side}.csv`, kind: 'lead' });
  const response = await app.request(`/api/workspaces/${workspace}/imports?${query}`, { method: 'POST', headers: { cookie: owner.cookie, origin: 'http://lockstep.test' }, body: text });
  expect(response.status, await response.clone().text()).toBe(201);
  await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
  await owner.client.customers.applyImport({ workspace, id });
  await app.runJob('customers.apply-import', { workspaceId: workspace, importId: id });
};

/** What matching does, by hand: records of one e-mail address become one party, and the leads of old and new parties are made anew. */
const link = (): Promise<void> =>
  app.services.db.inWorkspace(workspace, async (tx) => {
    const parties = async () => (await tx.execute<{ id: string }>(sql`select distinct party_id as id from record`)).rows.map(({ id }) => id);
    const before = await parties();
    await tx.execute(sql`update record r set party_id = one.id from (select email_key, min(id::text)::uuid as id from record group by 1) one where one.email_key = r.email_key`);
    const touched = [...new Set([...before, ...(await parties())])];
    await leadProjection(tx, { workspaceId: workspace, now: new Date() }, async function* () {
      yield await Promise.resolve({ ids: touched });
    });
  });

const MARKETING = ['Email,Name,Lead Source,Create Date,Qualified Date',
  `twice@a.example,Tove Twice,Web,${day(60)},${day(50)}`, `never@b.example,Nils Never,Event,${day(60)},${day(50)}`, `nobody@c.example,Nora Nobody,Web,${day(60)},${day(50)}`,
  `back@d.example,Ben Back,Web,${day(60)},${day(50)}`, `soon@e.example,Sue Soon,Web,${day(6)},${day(5)}`, `late@f.example,Leo Late,Web,${day(60)},${day(50)}`,
  `good@g.example,Gil Good,Web,${day(60)},${day(50)}`, `raw@h.example,Rae Raw,Web,${day(60)},`].join('\n');
const AGAIN = ['Lead ID,Email,Name,Create Date,Qualified Date', `M9,twice@a.example,Tove T.,${day(40)},${day(39)}`].join('\n');
const SALES = ['Lead ID,Email,Name,Owner,Status,Create Date,Last Activity Date,Reason',
  `S1,twice@a.example,Tove Twice,Kim,Working,${day(49)},${day(45)},`, `S3,nobody@c.example,Nora Nobody,,New,${day(49)},,`, `S4,back@d.example,Ben Back,Kim,Nurture,${day(49)},,No budget this year`,
  `S5,soon@e.example,Sue Soon,Kim,New,${day(4)},,`, `S6,late@f.example,Leo Late,Kim,New,${day(49)},,`, `S7,good@g.example,Gil Good,Lou,Working,${day(49)},${day(44)},`,
  `S8,raw@h.example,Rae Raw,Lou,Working,${day(49)},${day(44)},`, `S9,own@i.example,Ola Own,Lou,Working,${day(30)},${day(29)},`].map((line, at) => `${line},${at === 0 ? 'Opted out' : line.startsWith('S6') ? 'true' : ''}`).join('\n');

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  for (const side of ['marketing', 'sales'] as const) sources[side] = (await owner.client.customers.createSource({ workspace, name: side, side, timeZone: 'UTC' })).id;
});
afterAll(() => app.close());

const rows = (counted: { rows: { row: string; leads: number }[] }) => Object.fromEntries(counted.rows.map(({ row, leads }) => [row, leads]));

describe('two counts out of two exports', () => {
  test('before any file there is nothing between them', async () => {
    const counted = await owner.client.pipeline.twoCounts({ workspace });
    expect(counted).toMatchObject({ passed: 0, worked: 0, rule: 'marketing', agreed: null, daysAssumed: true, gaps: [], pairsToReview: 0, period: { first: null, last: null } });
  });

  test('every lead stands in one row, under either rule', async () => {
    await bringIn('marketing', MARKETING);
    await bringIn('marketing', AGAIN);
    await bringIn('sales', SALES);
    const missing = async () => (await owner.client.pipeline.twoCounts({ workspace })).gaps.map((gap) => gap.missing);
    // As long as records wait to be matched, nothing is said of matches that are missing.
    expect(await missing()).not.toContain('match');
    await app.services.db.inWorkspace(workspace, (tx) => tx.execute(sql`update match_run set state = 'done'`));
    expect(await missing()).toContain('match');
    await link();
    const counted = await owner.client.pipeline.twoCounts({ workspace });
    expect([counted.passed, counted.worked]).toEqual([8, 4]);
    expect(rows(counted)).toEqual({ same_person: 1, never_arrived: 1, no_owner: 1, returned: 1, not_due: 1, past_due: 1, own_find: 2 });
    expect(counted).toMatchObject({ byChanger: { marketing: 1, sales: 2, both: 2, time: 1 }, owned: 5, due: 3, gaps: [], period: { first: day(50), last: day(5) } });
    expect(counted.sources.map(({ name, records }) => [name, records])).toEqual([['marketing', 9], ['sales', 8]]);
    const bySales = await owner.client.pipeline.twoCounts({ workspace, rule: 'sales' });
    expect([bySales.passed, bySales.worked, rows(bySales)]).toEqual([6, 4, { same_person: 0, never_arrived: 0, no_owner: 1, returned: 1, not_due: 1, past_due: 1, own_find: 2 }]);
  });

  test('a longer deadline moves leads to not yet due; a period counts what was passed on in it', async () => {
    expect(rows(await owner.client.pipeline.twoCounts({ workspace, dueDays: 90 }))).toMatchObject({ not_due: 2, past_due: 0 });
    const recent = await owner.client.pipeline.twoCounts({ workspace, from: day(10), to: day(0) });
    expect([recent.passed, recent.worked, rows(recent).not_due]).toEqual([1, 0, 1]);
    await expect(owner.client.pipeline.twoCounts({ workspace, from: day(1), to: day(9) })).rejects.toMatchObject({ status: 422 });
    await expect(owner.client.pipeline.twoCounts({ workspace, rule: 'agreed' })).rejects.toMatchObject({ status: 409 });
  });

  test('a past day is replayed: what had not happened by its end does not count', async () => {
    const then = { workspace, rule: 'marketing' as const, dueDays: 14, asOf: day(47) };
    const counted = await owner.client.pipeline.twoCounts(then);
    expect([counted.asOf, counted.passed, counted.worked, rows(counted)]).toEqual([day(47), 6, 0, { same_person: 0, never_arrived: 1, no_owner: 1, returned: 1, not_due: 3, past_due: 0, own_find: 0 }]);
    expect((await owner.client.pipeline.twoCountsRow({ ...then, row: 'not_due' })).leads.map(({ name }) => name).toSorted()).toEqual(['Gil Good', 'Leo Late', 'Tove Twice']);
    // Three weeks on the same leads are due, and the contacts are there.
    const later = await owner.client.pipeline.twoCounts({ ...then, asOf: day(26) });
    expect([later.passed, later.worked, rows(later)]).toEqual([7, 4, { same_person: 1, never_arrived: 1, no_owner: 1, returned: 1, not_due: 0, past_due: 1, own_find: 2 }]);
    expect((await owner.client.pipeline.twoCounts({ ...then, asOf: day(70) })).passed).toBe(0);
    expect((await owner.client.pipeline.twoCounts({ ...then, asOf: day(0) })).asOf).toBeNull();
    await expect(owner.client.pipeline.twoCounts({ ...then, asOf: day(-3) })).rejects.toMatchObject({ status: 422 });
  });

  test('each row opens its leads, with reasons by count', async () => {
    const names = async (row: Parameters<typeof owner.client.pipeline.twoCountsRow>[0]['row']) => (await owner.client.pipeline.twoCountsRow({ workspace, row })).leads.map(({ name }) => name?.split(' ')[0]);
    expect(await Promise.all((['same_person', 'never_arrived', 'no_owner', 'returned', 'not_due', 'past_due'] as const).map(names))).toEqual([['Tove'], ['Nils'], ['Nora'], ['Ben'], ['Sue'], ['Leo']]);
    expect((await names('own_find')).toSorted()).toEqual(['Ola', 'Rae']);
    expect((await names('worked')).length).toBe(4);
    const late = await owner.client.pipeline.twoCountsRow({ workspace, row: 'past_due' });
    expect(late.leads.map(({ name, optedOut }) => [name, optedOut])).toEqual([['Leo Late', true]]);
    expect((await names('passed')).toSorted()).toEqual(['Ben', 'Gil', 'Leo', 'Nils', 'Nora', 'Sue', 'Tove']);
    const returned = await owner.client.pipeline.twoCountsRow({ workspace, row: 'returned' });
    expect([returned.total, returned.by, returned.reasons]).toEqual([1, 'reason', [{ reason: 'No budget this year', leads: 1 }]]);
    const never = await owner.client.pipeline.twoCountsRow({ workspace, row: 'never_arrived', limit: 1, offset: 1 });
    expect([never.total, never.by, never.reasons, never.leads]).toEqual([1, 'channel', [{ reason: 'Event', leads: 1 }], []]);
  });

  test('a row can be disputed once a request, answered and opened again; the trail says so', async () => {
    const said = { workspace, row: 'past_due' as const, note: 'Leo was called on Friday.' };
    const made = await owner.client.pipeline.disputeRow(said);
    expect(made).toMatchObject({ row: 'past_due', figure: 1, rule: 'marketing', madeBy: 'Olga Owner', settledAt: null });
    expect((await owner.client.pipeline.disputeRow(said)).id).toBe(made.id);
    expect((await owner.client.pipeline.twoCounts({ workspace })).openDisputes).toEqual([{ row: 'past_due', disputes: 1 }]);
    expect(await owner.client.pipeline.settleDispute({ workspace, id: made.id, answer: 'The call is in the CRM now.' })).toMatchObject({ settledBy: 'Olga Owner', answer: 'The call is in the CRM now.' });
    expect((await owner.client.pipeline.twoCounts({ workspace })).openDisputes).toEqual([]);
    expect((await owner.client.pipeline.settleDispute({ workspace, id: made.id, answer: null })).settledAt).toBeNull();
    expect((await owner.client.pipeline.disputes({ workspace })).map(({ id }) => id)).toEqual([made.id]);
    const acts = (await owner.client.workspace.audit({ workspace, limit: 50 })).map(({ action }) => action).filter((action) => action.startsWith('pipeline.'));
    expect(acts).toEqual(['pipeline.dispute-reopened', 'pipeline.dispute-settled', 'pipeline.count-disputed']);
  });

  test('an agreed rule takes over once it is there', async () => {
    const promise = { owes: 'sales', kind: 'response', from: 'arrived', until: 'stage', stage: 'accepted', limit: 2, unit: 'weeks', atLeast: 1, each: 'all', per: 'quarter', origins: [], channels: [], credible: false, pauseReturned: true, pauseStages: [], warnAt: 75, escalateAfter: 1, startsOn: '2026-01-01' } as const;
    const { id } = await owner.client.agreements.proposeCommitment({ workspace, name: 'First contact', commitment: { ...promise, origins: [], channels: [], pauseStages: [] } });
    expect((await owner.client.pipeline.twoCounts({ workspace })).agreed).toBeNull();
    await app.services.db.inWorkspace(workspace, (tx) => tx.execute(sql`update agreement_version set signed_at = now() where agreement_id = ${id}`));
    // Signed for a day to come it counts from that day on, and the page says from when.
    const startOn = (on: string) => app.services.db.inWorkspace(workspace, (tx) => tx.execute(sql`update agreement_version set commitment = jsonb_set(commitment, '{startsOn}', to_jsonb(${on}::text)) where agreement_id = ${id}`));
    await startOn(day(-3));
    expect(await owner.client.pipeline.twoCounts({ workspace })).toMatchObject({ rule: 'marketing', agreed: null, agreedFrom: day(-3), daysAssumed: true });
    await expect(owner.client.pipeline.leads({ workspace, rule: 'agreed' })).rejects.toMatchObject({ status: 409 });
    await startOn('2026-01-01');
    const counted = await owner.client.pipeline.twoCounts({ workspace });
    expect(counted).toMatchObject({ agreedFrom: null, rule: 'agreed', counts: { passedOn: 'arrived', worked: 'accepted', dueDays: 14 }, daysAssumed: false, passed: 6 });
    expect((await owner.client.pipeline.twoCounts({ workspace, rule: 'sales' })).counts).toEqual({ passedOn: 'arrived', worked: 'contacted', dueDays: 14 });
  });

  test('one slide and the rows as CSV', async () => {
    const csv = await owner.client.pipeline.twoCountsFile({ workspace, rule: 'marketing', dueDays: 14, format: 'csv' });
    const lines = (await csv.text()).split(/\r?\n/u);
    expect(lines[1]).toMatch(/^Marketing counts as passed on,8,/u);
    expect(lines[2]).toMatch(/^Same person twice,(?:')?-1,marketing,/u);
    expect(lines.filter(Boolean).length).toBe(10);
    const slide = await owner.client.pipeline.twoCountsFile({ workspace, rule: 'marketing', format: 'pptx' });
    expect(slide.name).toMatch(/\.pptx$/u);
    const counted = await owner.client.pipeline.twoCounts({ workspace, rule: 'marketing' });
    const textsOf = async (file: File): Promise<string[]> => {
      const files = readZip(new Uint8Array(await file.arrayBuffer()), { entries: 500, unpackedBytes: 20_000_000 }, (name) => /^ppt\/slides\/slide\d+\.xml$/u.test(name));
      return [...files.values()].flatMap((xml) => [...xml.toString().matchAll(/<a:t>([^<]*)<\/a:t>/gu)].map(([, text]) => text ?? ''));
    };
    const texts = await textsOf(slide);
    // Of a past day it says so, and has that day's figures.
    const past = await textsOf(await owner.client.pipeline.twoCountsFile({ workspace, rule: 'marketing', format: 'pptx', asOf: day(26) }));
    const then = await owner.client.pipeline.twoCounts({ workspace, rule: 'marketing', asOf: day(26) });
    expect([past.some((text) => text.includes('as it stood at the end of')), texts.some((text) => text.includes('as it stood'))]).toEqual([true, false]);
    expect(past).toContain(`Marketing counts ${then.passed} leads, sales worked ${then.worked}. Here is every one in between.`);
    // Every figure stands beside its row's name, losses with a minus, as the page and the file of rows have them.
    const marks = [counted.passed, ...counted.rows.map(({ row, leads }) => (leads === 0 ? '0' : row === 'own_find' ? `+${leads}` : `−${leads}`)), counted.worked].map(String);
    const written = lines.slice(1, 10).map((line) => /^(?:"([^"]*)"|([^,]*)),(?:')?(-?\d+),/u.exec(line) ?? []);
    const names = written.map(([, quoted, bare]) => quoted ?? bare ?? 'nothing');
    expect(names.map((name) => texts[texts.findIndex((text) => text.startsWith(name)) + 1])).toEqual(marks);
    expect(written.map(([, , , figure]) => Number(figure))).toEqual([counted.passed, ...counted.rows.map(({ row, leads }) => (row === 'own_find' ? leads : 0 - leads)), counted.worked].map((figure) => figure + 0));
    const { marketing, sales, both, time } = counted.byChanger;
    expect(texts.some((text) => text.includes(`marketing ${marketing}   ·   sales ${sales}   ·   both ${both}   ·   time ${time}`))).toBe(true);
    expect(texts).toContain(`Marketing counts ${counted.passed} leads, sales worked ${counted.worked}. Here is every one in between.`);
  });

  test('what each side said stands beside what is recorded: of the latest survey, once it is published, as far as the gate lets it out', async () => {
    const said = () => owner.client.pipeline.twoCountsSaid({ workspace });
    expect(await said()).toEqual({ salesOnMarketing: null, marketingOnSales: null });
    const whole = (await owner.client.assessment.instruments({ workspace })).find((each) => ['3', '6'].every((tool) => each.tools.some(({ id }) => id === tool)));
    /** Answers of sales to 6.6 and of marketing to 6.9; what they said to the other statement is for nobody here. */
    const survey = async (name: string, closedOn: string, answers: { sales: readonly number[]; marketing: readonly (number | '')[] }, asked: readonly [string, string] = ['6.6', '6.9']): Promise<string> => {
      const text = [['function', 'level', ...asked].join(','), ...answers.sales.map((value) => `sales,front line,${value},1`), ...answers.marketing.map((value) => `marketing,front line,7,${value}`)].join('\n');
      const taken = await owner.client.assessment.importAnswers({ workspace, name, instrumentId: whole?.id ?? '', closedOn, minimum: 5, invited: {}, dryRun: false, text });
      expect(taken.problems).toEqual([]);
      return taken.wave ?? '';
    };
    const publish = (wave: string) => owner.client.assessment.publish({ workspace, wave, published: true });
    const spring = await survey('Spring', '2026-03-01', { sales: [3, 3, 3, 3, 3, 4], marketing: [2, 3, 2, 3, 2] });
    expect(await said()).toEqual({ salesOnMarketing: null, marketingOnSales: null });
    await publish(spring);
    // 19 / 6 and 12 / 5, to one decimal.
    expect(await said()).toMatchObject({ salesOnMarketing: { waveId: spring, wave: 'Spring', mean: 3.2, n: 6, hidden: false }, marketingOnSales: { waveId: spring, mean: 2.4, n: 5, hidden: false } });
    // One of five left the statement open: of four nothing is shown.
    const autumn = await survey('Autumn', '2026-09-01', { sales: [5, 5, 5, 5, 6], marketing: [6, 6, 6, 6, ''] });
    await publish(autumn);
    expect(await said()).toMatchObject({ salesOnMarketing: { waveId: autumn, wave: 'Autumn', mean: 5.2, n: 5, hidden: false }, marketingOnSales: { waveId: autumn, mean: null, n: 0, hidden: true } });
    await publish(await survey('Of other things', '2026-10-01', { sales: [1, 1, 1, 1, 1], marketing: [1, 1, 1, 1, 1] }, ['3.1', '3.2']));
    expect(await said()).toEqual({ salesOnMarketing: null, marketingOnSales: null });
  });
});
