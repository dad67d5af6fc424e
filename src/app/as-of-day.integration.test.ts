import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdfTexts } from '../features/assessment/reports/pdf/pdf-text.test-support';
import { createTestApp, type Person, type TestApp } from './testing/test-app';
import { secretOf } from './testing/two-companies';

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
  await bring('CRM', 'sales', 'lead', [LEADS, ...range(first, last).map((no) => `L${no},Person ${no},p${no}@lead.example,${no % 2 ? 'Web' : 'Event'},Working,${entered(no)},${no >= 80 ? 'North' : 'South'},${no % 3 ? 'Steel' : 'Paper'}`)]);
  await bring('Automation', 'marketing', 'lead', [PASSED, ...range(first, last).filter((no) => no % 2 === 0).map((no) => `M${no},Other ${no},m${no}@lead.example,Event,${entered(no)},${day(entered(no), 2)}`)]);
  const ended = range(first, last).filter((no) => no % 3 !== 0 && day(entered(no), 40) <= clock.toISOString().slice(0, 10));
  await bring('CRM', 'sales', 'deal', [DEALS, ...ended.map((no) => `O${no},Deal ${no},L${no},${no % 3 === 1 ? 'Closed Won' : 'Closed Lost'},${no * 100},${day(entered(no), 10)},${day(entered(no), no % 3 === 1 ? 40 : 30)},${no % 3 === 1},true`)]);
  const ofMarketing = range(first, last).filter((no) => no % 2 === 0 && day(entered(no), 45) <= clock.toISOString().slice(0, 10));
  await bring('Automation', 'marketing', 'deal', [DEALS, ...ofMarketing.flatMap((no) => ['A', 'B'].map((which) => `M${which}${no},Deal M${no},M${no},Closed Won,${no * 70},${day(entered(no), 12)},${day(entered(no), 45)},true,true`))]);
};

/** Orders, spend and activities from that day on, with what hangs on them: profit, scores, what accounts spend elsewhere, forecasts. */
const bringMoney = async (name: string, from: string, currency: string): Promise<void> => {
  const dated = (no: number) => day(from, no * 4);
  await bring('ERP', 'sales', 'account', ['Account ID,Account Name,Annual category spend,CSAT', ...range(1, 14).map((no) => `${name}A${no},House ${name} ${no},5000,${no % 7}`)]);
  await bring('ERP', 'sales', 'order', ['Order ID,Account ID,Amount,Currency,Order Date,Gross profit', ...range(1, 30).map((no) => `${name}R${no},${name}A${1 + (no % 14)},${no * 90},${currency},${dated(no)},${no * 10}`)]);
  await bring('ERP', 'sales', 'spend', ['Spend ID,Channel,Amount,Currency,Date,Region', ...range(1, 12).map((no) => `${name}S${no},Visits,${no * 50},${currency},${dated(no)},North`)]);
  await bring('Automation', 'marketing', 'spend', ['Spend ID,Channel,Amount,Currency,Date,Type,Region', ...range(1, 12).map((no) => `${name}T${no},Event,${no * 80},${currency},${day(from, no * 10)},Fairs,South`)]);
  await bring('CRM', 'sales', 'activity', ['Activity ID,Lead ID,Activity Type,Activity Date', ...range(55, 94).map((no) => `${name}V${no},L${no},${no % 2 ? 'Call' : 'Meeting'},${day(from, no - 55)}`)]);
  await bring('CRM', 'sales', 'deal', [`${DEALS},Forecast value`, ...range(1, 12).map((no) => `${name}F${no},Foretold ${no},,${no % 2 ? 'Closed Won' : 'Closed Lost'},${no * 500},${day(from, no)},${dated(no)},${no % 2 === 1},true,${no * 450}`)]);
};

const heads: Partial<Record<'sales' | 'marketing', Person>> = {};
const signTarget = async (amount: number): Promise<void> => {
  const quarter = { workspace, unit: 'quarter', startsOn: '2026-04-01', amount, currency: 'EUR', margin: amount / 1_000_000 } as const;
  for (const fn of ['sales', 'marketing'] as const) {
    if (heads[fn]) continue;
    const { id } = await owner.client.people.create({ workspace, name: `Head of ${fn}`, email: `${fn}@x.example`, function: fn, level: 'leader' });
    const secret = secretOf((await owner.client.workspace.invite({ workspace, email: `${fn}@i.example`, role: 'member', personId: id })).link);
    const person = await app.signUp(`Head of ${fn}`, secret);
    await person.client.workspace.acceptInvitation({ secret });
    heads[fn] = person;
  }
  const { id, waiting } = (await heads.sales?.client.goals.propose(quarter)) ?? { id: '', waiting: null };
  await heads.marketing?.client.goals.sign({ workspace, id, version: waiting?.version ?? 0 });
};

const ASKED = [{ unit: 'quarter', split: 'origin' }, { unit: 'quarter', split: 'channel', later: -1 }, { unit: 'year', split: 'medium' }, { unit: 'month', split: 'none', later: -2 }] as const;
const UNDATED: readonly string[] = ['customer_satisfaction', 'share_of_wallet'];
/** Every metric of several periods and splits, the number, and the cases behind them; what no day can be told of is told apart. */
const figures = async (asked: { asOf?: string } = {}) => {
  const metrics = [];
  for (const each of ASKED) {
    const { at: _, asOf: __, ...rest } = await owner.client.goals.metrics({ workspace, ...each, ...asked });
    metrics.push({ ...rest, metrics: rest.metrics.filter(({ id }) => !UNDATED.includes(id)) });
  }
  const { numbers, waiting } = await owner.client.goals.number({ workspace, ...asked });
  const cases = [];
  for (const metric of ['average_order_size', 'new_customers', 'customer_retention', 'return_on_marketing', 'closings', 'forecast_accuracy', 'market_entry_cost', 'new_segments', 'spend_by_work', 'margin_per_customer'] as const)
    for (const { within, currency } of metrics) cases.push([metric, await owner.client.goals.metricCases({ workspace, metric, ...within, ...asked, ...(currency ? { currency } : {}) })]);
  return { metrics, number: { numbers, waiting }, cases };
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
  board: (await owner.client.pipeline.board({ workspace, asOf: asOf === THAT_DAY ? asOf : LAST_MOMENT })).stages.map(({ oldest: _, ...row }) => row).toSorted((a, b) => (a.stageId < b.stageId ? -1 : 1)),
});

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  await bringLeads(1, 114, '2025-06-01');
  await bringMoney('old', '2024-03-01', 'EUR');
  await bringMoney('new', '2026-01-10', 'EUR');
  await signTarget(200_000);
}, 120_000);
afterAll(() => app.close());

describe('a day that was remembered', () => {
  let remembered: Awaited<ReturnType<typeof live>>;
  let told: Awaited<ReturnType<typeof figures>>;

  beforeAll(async () => {
    await owner.client.pipeline.disputeRow({ workspace, row: 'past_due', note: 'Two of them were called.' });
    const [open] = (await later()).rows.filter(({ end }) => end === 'open');
    // Moved and taken back on the day itself: neither counts by its end.
    const moved = await owner.client.pipeline.move({ workspace, ids: [open?.id ?? ''], stageId: await stageOf('won') });
    await owner.client.pipeline.undo({ workspace, act: moved.act });
    clock = new Date(LAST_MOMENT);
    remembered = await live();
    told = await figures();

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
    // Twice as much money in another currency, and another target.
    await bringMoney('dollar', '2026-05-17', 'USD');
    await bringMoney('more', '2026-05-18', 'USD');
    await signTarget(300_000);
    await owner.client.goals.propose({ workspace, unit: 'quarter', startsOn: '2026-04-01', amount: 310_000, currency: 'EUR', margin: 0.3 });
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

  test('every metric, the number and the cases behind them are those of that day', async () => {
    const [quarter] = told.metrics;
    const valueOf = (id: string) => quarter?.metrics.find((each) => each.id === id)?.value;
    // What is replayed is something: all but this is told of one period or another.
    expect(quarter?.metrics.map(({ id }) => id).filter((id) => told.metrics.every(({ metrics }) => metrics.find((each) => each.id === id)?.value === null))).toEqual([]);
    expect(told.number.numbers).toMatchObject([{ target: 200_000, currency: 'EUR' }]);
    // Whichever of today and that day is looked at first, neither is taken for the other.
    const now = await figures();
    expect(await figures({ asOf: THAT_DAY })).toEqual(told);
    for (const part of ['metrics', 'number', 'cases'] as const) expect(now[part], part).not.toEqual(told[part]);
    expect(await figures()).toEqual(now);
    expect((await owner.client.goals.metrics({ workspace, unit: 'quarter', later: -1 })).metrics.find(({ id }) => id === 'lead_to_order')?.value).not.toBe(valueOf('lead_to_order'));
  });

  test('figures open as many leads as they count', async () => {
    const { metrics, within } = await owner.client.goals.metrics({ workspace, asOf: THAT_DAY });
    const [entered, ended] = [{ enteredFrom: within.from, enteredTo: within.until }, { endedFrom: within.from, endedTo: within.until }];
    const open = async (asked: object) => (await owner.client.pipeline.leads({ workspace, asOf: THAT_DAY, limit: 1, ...asked })).total;
    const n = (id: string) => metrics.find((each) => each.id === id)?.n;
    expect([await open(entered), await open({ ...entered, reached: 'qualified' }), await open({ ...ended, end: 'won' }), await open({ end: 'open' })]).toEqual([n('lead_to_order'), n('mql_to_sql'), n('sales_cycle'), n('expected_lead_revenue')]);
  });

  test('what records hold without a date is not told for a past day, and why; today it is', async () => {
    const of = async (asked: object) => (await owner.client.goals.metrics({ workspace, ...asked })).metrics.filter(({ id }) => UNDATED.includes(id)).map(({ id, value, reason, parts }) => [id, value === null ? reason : 'told', parts.length > 0]);
    expect(await of({ asOf: THAT_DAY })).toEqual([['customer_satisfaction', 'undated', false], ['share_of_wallet', 'undated', false]]);
    expect(await of({})).toEqual([['customer_satisfaction', 'told', true], ['share_of_wallet', 'told', false]]);
  });

  test('a dashboard on paper says which day it shows, and shows that day', async () => {
    const { id } = await owner.client.goals.addDashboard({ workspace, name: 'Monday look', metrics: ['lead_to_order', 'customer_satisfaction'], unit: 'quarter', split: 'none' });
    const file = await owner.client.goals.dashboardFile({ workspace, id, asOf: THAT_DAY });
    expect(file.name).toBe('Monday-look-2026-04-01-as-of-2026-05-16.pdf');
    const paper = pdfTexts(Buffer.from(await file.arrayBuffer())).join(' ').replace(/\s+/gu, ' ');
    expect(paper).toContain('As it stood at the end of 16 May 2026.');
    expect(paper).toContain('a past day cannot be told');
    expect((await owner.client.goals.dashboardFile({ workspace, id })).name).toBe('Monday-look-2026-07-01.pdf');
    await expect(owner.client.goals.dashboardFile({ workspace, id, asOf: '2026-08-21' })).rejects.toMatchObject({ status: 422 });
    for (const ask of [() => owner.client.goals.number({ workspace, asOf: '2026-08-21' }), () => owner.client.goals.metrics({ workspace, asOf: '2026-08-21' })]) await expect(ask()).rejects.toMatchObject({ status: 422 });
    expect((await owner.client.goals.number({ workspace, asOf: '2026-08-20' })).asOf).toBeNull();
  });
});
