import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

const ORIGIN = 'http://lockstep.test';
const THAT_DAY = '2026-05-16';
/** Of that day in Berlin: what is counted live then is what the day is replayed to later. */
const LAST_MOMENT = '2026-05-16T21:59:59.999Z';
let clock = new Date('2026-05-16T10:00:00Z');

let app: TestApp;
let owner: Person;
let workspace: string;
const sources = new Map<string, string>();

const bring = async (name: string, side: 'sales' | 'marketing', kind: string, rows: string[]): Promise<void> => {
  const source = sources.get(name) ?? (await owner.client.customers.createSource({ workspace, name, side, timeZone: 'UTC' })).id;
  sources.set(name, source);
  const id = crypto.randomUUID();
  const query = new URLSearchParams({ id, source, name: `${kind}.csv`, kind });
  const response = await app.request(`/api/workspaces/${workspace}/imports?${query.toString()}`, { method: 'POST', headers: { cookie: owner.cookie, origin: ORIGIN }, body: rows.join('\n') });
  expect(response.status, await response.clone().text()).toBe(201);
  await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
  expect((await owner.client.customers.importState({ workspace, id })).counts['rejected']).toBe(0);
  await owner.client.customers.applyImport({ workspace, id });
  await app.runJob('customers.apply-import', { workspaceId: workspace, importId: id });
};

const LEADS = 'Lead ID,Name,Email,Lead Source,Status,Create Date,Region,Industry';
const PASSED = 'Lead ID,Name,Email,Lead Source,Create Date,Qualified Date';
const DEALS = 'Opportunity ID,Opportunity Name,Lead ID,Stage,Amount,Created Date,Close Date,Is Won,Is Closed';
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const day = (from: string, later: number): string => new Date(Date.parse(from) + later * 86_400_000).toISOString().slice(0, 10);

/** Leads of a year; every third is won after forty days, every third lost after thirty, the others are open; half of them marketing passed on. */
const bringLeads = async (first: number, last: number, from: string): Promise<void> => {
  const entered = (no: number): string => day(from, (no - first) * 3);
  await bring('CRM', 'sales', 'lead', [LEADS, ...range(first, last).map((no) => `L${no},Person ${no},p${no}@lead.example,${no % 2 ? 'Web' : 'Event'},Working,${entered(no)},${no % 2 ? 'North' : 'South'},${no % 3 ? 'Steel' : 'Paper'}`)]);
  await bring('Automation', 'marketing', 'lead', [PASSED, ...range(first, last).filter((no) => no % 2 === 0).map((no) => `M${no},Other ${no},m${no}@lead.example,Event,${entered(no)},${day(entered(no), 2)}`)]);
  const ended = range(first, last).filter((no) => no % 3 !== 0 && day(entered(no), 40) <= clock.toISOString().slice(0, 10));
  await bring('CRM', 'sales', 'deal', [DEALS, ...ended.map((no) => `O${no},Deal ${no},L${no},${no % 3 === 1 ? 'Closed Won' : 'Closed Lost'},${no * 100},${day(entered(no), 10)},${day(entered(no), no % 3 === 1 ? 40 : 30)},${no % 3 === 1},true`)]);
};

const later = () => owner.client.pipeline.leads({ workspace, limit: 500 });
const stageOf = async (role: string): Promise<string> => (await owner.client.pipeline.pipelines({ workspace }))[0]?.stages.find((each) => each.role === role)?.id ?? '';
const funnel = async (asked: { asOf?: string; rule?: 'marketing' | 'sales' } = {}) => owner.client.answers.funnel({ workspace, ...asked });
const counts = (asked: { asOf?: string; rule?: 'marketing' | 'sales' } = {}) => owner.client.pipeline.twoCounts({ workspace, rule: 'marketing', ...asked });
/** What of the two counts is of that day: how old the files are is of today. */
const bridge = async (asked: Parameters<typeof counts>[0] = {}) => {
  const { asOf: _, sources: __, pairsToReview: ___, matching: ____, gaps: _____, ...rest } = await counts(asked);
  return rest;
};

const live = async () => {
  await app.runJob('pipeline.compute-answers', { workspaceId: workspace });
  return {
    funnel: (await funnel()).content, byRule: { marketing: (await funnel({ rule: 'marketing' })).content, sales: (await funnel({ rule: 'sales' })).content },
    counts: { marketing: await bridge(), sales: await bridge({ rule: 'sales' }) }, disputes: await owner.client.pipeline.disputes({ workspace }),
    board: (await owner.client.pipeline.board({ workspace })).stages.map(({ oldest: _, ...row }) => row).toSorted((a, b) => (a.stageId < b.stageId ? -1 : 1)),
  };
};
const then = async (asOf: string) => ({
  funnel: (await funnel({ asOf })).content, byRule: { marketing: (await funnel({ asOf, rule: 'marketing' })).content, sales: (await funnel({ asOf, rule: 'sales' })).content },
  counts: { marketing: await bridge({ asOf }), sales: await bridge({ asOf, rule: 'sales' }) }, disputes: await owner.client.pipeline.disputes({ workspace, asOf }),
  board: (await owner.client.pipeline.board({ workspace, asOf: LAST_MOMENT })).stages.map(({ oldest: _, ...row }) => row).toSorted((a, b) => (a.stageId < b.stageId ? -1 : 1)),
});

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  await bringLeads(1, 114, '2025-06-01');
}, 120_000);
afterAll(() => app.close());

describe('a day that was remembered', () => {
  let remembered: Awaited<ReturnType<typeof live>>;

  beforeAll(async () => {
    await owner.client.pipeline.disputeRow({ workspace, row: 'past_due', note: 'Two of them were called.' });
    const [open] = (await later()).rows.filter(({ end }) => end === 'open');
    // Moved and taken back on the day itself: neither counts by its end.
    const moved = await owner.client.pipeline.move({ workspace, ids: [open?.id ?? ''], stageId: await stageOf('won') });
    await owner.client.pipeline.undo({ workspace, act: moved.act });
    clock = new Date(LAST_MOMENT);
    remembered = await live();

    clock = new Date('2026-08-20T10:00:00Z');
    const rows = (await later()).rows;
    const ids = (end: string, most: number) => rows.filter((row) => row.end === end).slice(0, most).map(({ id }) => id);
    await owner.client.pipeline.move({ workspace, ids: ids('open', 12), stageId: await stageOf('won') });
    await owner.client.pipeline.move({ workspace, ids: ids('won', 5), stageId: await stageOf('lost'), reason: 'Cancelled' });
    await owner.client.pipeline.move({ workspace, ids: ids('lost', 4), stageId: await stageOf('accepted'), reason: 'Back again' });
    await owner.client.pipeline.offer({ workspace, ids: rows.filter(({ end, origin }) => end === 'open' && origin === 'marketing').slice(-6).map(({ id }) => id) });
    await owner.client.pipeline.disputeRow({ workspace, row: 'no_owner', note: 'Said in August.' });
    await owner.client.pipeline.settleDispute({ workspace, id: remembered.disputes[0]?.id ?? '', answer: 'Entered since.' });
    await bringLeads(201, 230, '2026-05-17');
  }, 120_000);

  test('shows the same figures once leads have moved and more came in; what is shown today is another matter', async () => {
    expect(remembered.funnel?.cohorts.map(({ mark }) => mark)).toContain('too young');
    const replayed = await then(THAT_DAY);
    expect(replayed).toEqual(remembered);
    const today = await live();
    for (const part of ['funnel', 'counts', 'disputes', 'board'] as const) expect(today[part], part).not.toEqual(remembered[part]);
    // A look at today between two at that day changes neither.
    expect(await then(THAT_DAY)).toEqual(remembered);
    expect((await funnel()).content).toEqual(today.funnel);
  });

  test('opens the leads of its figures as they stood, by rule as well', async () => {
    const open = (asked: object) => owner.client.pipeline.leads({ workspace, asOf: THAT_DAY, limit: 500, ...asked });
    for (const rule of [undefined, 'marketing', 'sales'] as const) {
      const content = rule ? remembered.byRule[rule] : remembered.funnel;
      const under = rule ? { rule } : {};
      for (const end of ['won', 'lost'] as const) expect([(await open({ ...under, end })).total, end]).toEqual([content?.all[end], end]);
      expect((await open({ ...under, underWay: 'true' })).total).toBe(content?.all.open);
    }
    const { rows, total } = await open({ end: 'won' });
    expect([rows.length, rows.every(({ end, endedAt }) => end === 'won' && endedAt !== null && endedAt < '2026-05-17')]).toEqual([total, true]);
    const page = (after: object) => owner.client.pipeline.leads({ workspace, asOf: THAT_DAY, limit: 1, ...after });
    const [first] = (await page({})).rows;
    expect((await page({ after: first?.id ?? '' })).rows[0]?.id).toBe((await open({})).rows[1]?.id);
  });

  test('of the objections, those made by then, open or answered as they were', async () => {
    expect((await counts({ asOf: THAT_DAY })).openDisputes).toEqual([{ row: 'past_due', disputes: 1 }]);
    expect((await owner.client.pipeline.disputes({ workspace, asOf: THAT_DAY })).map(({ note, settledAt, answer }) => [note, settledAt, answer])).toEqual([['Two of them were called.', null, null]]);
    expect((await owner.client.pipeline.disputes({ workspace, asOf: '2026-05-15' }))).toEqual([]);
    expect((await counts()).openDisputes).toEqual([{ row: 'no_owner', disputes: 1 }]);
  });

  test('today is now, and no day to come can be asked for', async () => {
    expect(await funnel({ asOf: '2026-08-20' })).toMatchObject({ asOf: null });
    expect(await funnel({ asOf: THAT_DAY })).toMatchObject({ asOf: THAT_DAY, computedAt: null, pending: false });
    expect((await funnel({ asOf: '2024-01-01' })).content?.all.entrants).toBe(0);
    for (const ask of [() => funnel({ asOf: '2026-08-21' }), () => later().then(() => owner.client.pipeline.leads({ workspace, asOf: '2027-01-01' })), () => owner.client.pipeline.disputes({ workspace, asOf: '2026-08-21' })]) await expect(ask()).rejects.toMatchObject({ status: 422 });
    await expect(owner.client.answers.funnel({ workspace, asOf: THAT_DAY, rule: 'agreed' })).rejects.toMatchObject({ status: 409 });
  });
});
