import { CASE_METRICS } from '../features/goals/domain/cases';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretOf } from './testing/two-companies';
import { pdfTexts } from '../features/assessment/reports/pdf/pdf-text.test-support';
import { figureSaid } from '../features/goals/say';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

const ORIGIN = 'http://lockstep.test';
/** Berlin's second quarter of 2026 is 91 days long, of which 45 and a half have gone by. */
let clock = new Date('2026-05-16T10:00:00Z');

let app: TestApp;
let owner: Person;
let sales: Person;
let marketing: Person;
let viewer: Person;
let workspace: string;
const sources = new Map<string, string>();

const joins = async (name: string, role: 'member' | 'viewer', personId?: string): Promise<Person> => {
  const { link } = await owner.client.workspace.invite({ workspace, email: `${name.replace(' ', '.')}@i.example`, role, ...(personId ? { personId } : {}) });
  const secret = secretOf(link);
  const person = await app.signUp(name, secret);
  await person.client.workspace.acceptInvitation({ secret });
  return person;
};
const head = async (name: string, fn: 'sales' | 'marketing'): Promise<Person> => {
  const { id } = await owner.client.people.create({ workspace, name, email: `${fn}@x.example`, function: fn, level: 'leader' });
  return joins(name, 'member', id);
};
const bring = async (source: string, kind: string, rows: string[]): Promise<void> => {
  const id = crypto.randomUUID();
  const query = new URLSearchParams({ id, source, name: `${kind}.csv`, kind });
  const response = await app.request(`/api/workspaces/${workspace}/imports?${query.toString()}`, { method: 'POST', headers: { cookie: owner.cookie, origin: ORIGIN }, body: rows.join('\n') });
  expect(response.status, await response.clone().text()).toBe(201);
  await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
  const checked = await owner.client.customers.importState({ workspace, id });
  expect([kind, checked.counts['new'], checked.counts['rejected']]).toEqual([kind, rows.length - 1, 0]);
  await owner.client.customers.applyImport({ workspace, id });
  await app.runJob('customers.apply-import', { workspaceId: workspace, importId: id });
};

const LEADS = 'Lead ID,Name,Email,Lead Source,Status,Create Date';
const DEALS = 'Opportunity ID,Opportunity Name,Lead ID,Stage,Amount,Created Date,Close Date,Is Won,Is Closed';
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const leadRow = (no: number) => {
  const [status, day] = no <= 25 ? ['Working', no <= 20 ? '2026-04-02' : '2026-04-20'] : ['New', no <= 30 ? '2026-04-20' : '2026-03-01'];
  return `L${no},Person ${no},p${no}@lead.example,${no % 2 ? 'Web' : 'Event'},${status},${day}`;
};
const dealRow = (no: number) => `O${no},Deal ${no},L${no},${no <= 12 ? 'Closed Won' : 'Closed Lost'},${no * 1000},2026-04-12,2026-05-01,${no <= 12},true`;

/** Twelve deals won and eight lost of thirty leads of the quarter; ten older leads are still open; marketing's own lead is won too. */
const bringRecords = async (): Promise<void> => {
  const system = async (name: string, side: 'sales' | 'marketing') => {
    const { id } = await owner.client.customers.createSource({ workspace, name, side, timeZone: 'UTC' });
    sources.set(name, id);
    return id;
  };
  const [crm, erp, automation] = [await system('CRM', 'sales'), await system('ERP', 'sales'), await system('Automation', 'marketing')];
  await bring(crm, 'lead', [LEADS, ...range(1, 40).map(leadRow)]);
  await bring(crm, 'deal', [DEALS, ...range(1, 20).map(dealRow)]);
  await bring(automation, 'lead', [LEADS, 'M1,Mia Market,mia@market.example,Webinar,Working,2026-04-05']);
  await bring(automation, 'deal', [DEALS, 'MO1,Webinar deal,M1,Closed Won,5000,2026-04-12,2026-05-02,true,true']);
  // The order says what deal O1 was really worth; the cancelled one and the one in dollars are not added up.
  await bring(erp, 'order', ['Order ID,Opportunity ID,Email,Amount,Currency,Order Date,Status', 'R1,O1,,1100,EUR,2026-05-03,Shipped', 'R2,,x@cancelled.example,900,EUR,2026-05-04,Cancelled', 'R3,,y@dollar.example,700,USD,2026-05-05,Shipped']);
  await bring(erp, 'spend', ['Spend ID,Channel,Amount,Currency,Date', 'S1,Visits,900,EUR,2026-04-03']);
  await bring(automation, 'spend', ['Spend ID,Channel,Amount,Currency,Date', 'S2,Webinar,3000,EUR,2026-04-03', 'S3,Webinar,4000,EUR,2026-01-03']);
};

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  sales = await head('Sam Sales', 'sales');
  marketing = await head('Mara Market', 'marketing');
  viewer = await joins('Vera Viewer', 'viewer');
});
afterAll(() => app.close());

const quarter = { unit: 'quarter', startsOn: '2026-04-01', amount: 200_000, currency: 'EUR', margin: 0.5 } as const;
const metricsOf = async (asked: { later?: number; split?: 'origin' | 'channel' | 'medium' } = {}) => {
  const answer = await viewer.client.goals.metrics({ workspace, ...asked });
  return { answer, of: (id: string) => answer.metrics.find((row) => row.id === id) };
};

describe('before anything is brought in', () => {
  test('every metric says what is missing, and invents nothing', async () => {
    const { answer } = await metricsOf();
    expect(answer.metrics).toHaveLength(25);
    for (const row of answer.metrics) expect([row.id, row.value, row.missing.length > 0]).toEqual([row.id, null, true]);
    expect(await viewer.client.goals.number({ workspace })).toEqual({ asOf: null, numbers: [], waiting: [] });
  });
});

describe('the shared target', () => {
  test('counts once both heads have signed it; a change is a new version and leaves the old one in force', async () => {
    const proposed = await sales.client.goals.propose({ workspace, ...quarter });
    expect(proposed).toMatchObject({ inForce: null, waiting: { version: 1, proposedSide: 'sales', waitsFor: ['marketing'], signatures: [{ side: 'sales', name: 'Sam Sales' }] } });
    await expect(sales.client.goals.sign({ workspace, id: proposed.id, version: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(owner.client.goals.sign({ workspace, id: proposed.id, version: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(viewer.client.goals.propose({ workspace, ...quarter })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await viewer.client.goals.number({ workspace })).waiting).toMatchObject([{ goal: proposed.id, waitsFor: ['marketing'] }]);
    expect(await marketing.client.goals.sign({ workspace, id: proposed.id, version: 1 })).toMatchObject({ waiting: null, inForce: { version: 1, amount: 200_000 } });

    await marketing.client.goals.propose({ workspace, ...quarter, amount: 150_000 });
    const counter = await sales.client.goals.propose({ workspace, ...quarter, amount: 180_000 });
    expect(counter).toMatchObject({ inForce: { version: 1 }, waiting: { version: 3, waitsFor: ['marketing'] } });
    expect(counter.history.map((row) => [row.version, row.withdrawnAt !== null])).toEqual([[3, false], [2, true], [1, false]]);
    expect(await marketing.client.goals.withdraw({ workspace, id: counter.id, version: 3 })).toMatchObject({ waiting: null, inForce: { version: 1 } });
  });

  test('a facilitator prepares and signs for nobody; a day inside a quarter begins none; a script never signs', async () => {
    expect(await owner.client.goals.propose({ workspace, ...quarter, startsOn: '2026-07-01' })).toMatchObject({ waiting: { proposedSide: null, signatures: [], waitsFor: ['sales', 'marketing'] } });
    await expect(owner.client.goals.propose({ workspace, ...quarter, startsOn: '2026-05-01' })).rejects.toMatchObject({ code: 'INVALID' });
    const { secret } = await owner.client.workspace.createToken({ workspace, name: 'script', scopes: ['goals:read', 'goals:write'] });
    const [next] = await owner.client.goals.goals({ workspace });
    await expect(app.bearer(secret).goals.sign({ workspace, id: next?.id ?? '', version: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('is nobody’s business in another company', async () => {
    const [mine] = await owner.client.goals.goals({ workspace });
    const other = (await owner.client.workspace.create({ name: 'Southwind', timeZone: 'UTC' })).id;
    await expect(owner.client.goals.withdraw({ workspace: other, id: mine?.id ?? '', version: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await owner.client.goals.goals({ workspace: other })).toEqual([]);
    await expect(sales.client.goals.number({ workspace: other })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('with a quarter’s records in', () => {
  beforeAll(bringRecords, 120_000);

  test('the number: to date, what is to be expected, and the pace by today', async () => {
    const { numbers } = await viewer.client.goals.number({ workspace });
    expect(numbers).toHaveLength(1);
    const [number] = numbers;
    // Deals 2 to 12 (77,000), the order for deal 1 (1,100), marketing's deal (5,000).
    expect(number).toMatchObject({ currency: 'EUR', target: 200_000, toDate: { total: 83_100, n: 13, orders: 1, deals: 12, otherCurrency: 1, covered: 1, withoutValue: 0 } });
    expect(number?.pace).toMatchObject({ value: 0.831, dueByToday: 100_000 });
    // Of 31 leads that were followed beyond day 26, 13 were won: so the ten open ones of that age fare; the other ten, of day 76, are older than any that was won.
    expect(number?.expected).toMatchObject({ openLeads: 20, closingInTime: 1, closeRate: { n: 41 } });
    expect(number?.expected.closeRate.value).toBeCloseTo(13 / 62, 12);
    expect(number?.expected.value).toBeCloseTo(83_100 + (10 * 83_100) / 31, 6);
    // Wilson's interval of 13 / 31 in 41 at 95 %: 0.2820 to 0.5704.
    expect(number?.expected.low).toBeCloseTo(83_100 + 10 * 0.282 * (83_100 / 13), -3);
    expect(number?.expected.high).toBeCloseTo(83_100 + 10 * 0.5704 * (83_100 / 13), -3);
  });

  /** Marketing’s one order of 5,000 is too few for a return on its spend. */
  test('every metric equals what is worked out by hand', async () => {
    const { answer, of } = await metricsOf();
    expect(answer).toMatchObject({ currency: 'EUR', period: { startsOn: '2026-04-01', endsOn: '2026-07-01' }, leads: { total: 31, open: 5, inProgress: 5, qualified: 13, unqualified: 8 } });
    const shown = Object.fromEntries(answer.metrics.map((row) => [row.id, row.value === null ? row.reason : Number(row.value.toFixed(6))]));
    expect(shown).toEqual({
      lead_to_mql: Number((26 / 31).toFixed(6)), mql_to_sql: Number((21 / 26).toFixed(6)), lead_to_order: Number((13 / 31).toFixed(6)),
      expected_lead_revenue: Number(((10 * 83_100) / 31).toFixed(6)), expected_share_of_quota: Number(((10 * 83_100) / 31 / 200_000).toFixed(6)),
      average_order_size: Number((83_100 / 13).toFixed(6)), time_in_stage: 14.5, acquisition_cost: Number((3_900 / 14).toFixed(6)),
      return_on_marketing: 'too_few', revenue_against_target: 0.831, share_of_quota: 0.4155, new_customers: 14, sales_expense_ratio: Number((900 / 83_100).toFixed(6)),
      close_rate_by_activity: 'not_given', margin_per_customer: 'not_given', customer_retention: 'not_given', customer_lifetime_value: 'not_given', customer_satisfaction: 'not_given', share_of_wallet: 'not_given', forecast_accuracy: 'not_given',
      // Eleven deals, the order for the first, marketing’s deal and the order in dollars; twelve leads took 29 days, marketing’s 27.
      closings: 14, sales_cycle: 29, market_entry_cost: 'not_given', new_segments: 'not_given', spend_by_work: 'not_given',
    });
    expect(answer.metrics.flatMap((row) => row.missing)).toEqual(['activities', 'profit', 'older_orders', 'older_orders', 'satisfaction', 'wallet', 'forecast', 'territories', 'market_spend', 'older_wins', 'industries', 'older_wins', 'kind_of_work']);
    const cycle = { end: 'won', endedFrom: answer.within.from, endedTo: answer.within.until } as const;
    expect((await owner.client.pipeline.leads({ workspace, ...cycle, limit: 1 })).total).toBe(of('sales_cycle')?.n);
    expect(of('lead_to_mql')?.means).toMatchObject([{ stage: 'Marketing qualified', criteria: expect.stringContaining('qualified lead') as string }]);
    expect(of('time_in_stage')?.parts.map((part) => [part.label, part.value, part.n])).toEqual([['Accepted by sales', 10, 21], ['Opportunity', 19, 21]]);
  });

  test('split by origin and by source; a part under ten is not told', async () => {
    const byOrigin = (await metricsOf({ split: 'origin' })).of('lead_to_order')?.parts;
    expect(byOrigin?.map((part) => [part.label, part.value, part.n, part.reason])).toEqual([['sales', 12 / 30, 30, null], ['marketing', null, 1, 'too_few']]);
    const { answer, of } = await metricsOf({ split: 'channel' });
    expect(of('lead_to_order')?.parts.map((part) => [part.label, part.n])).toEqual([['Event', 15], ['Web', 15], ['Webinar', 1]]);
    expect(answer.leads.groups.map((row) => [row.label, row.medium, row.leads, row.won])).toEqual([['Event', 'offline', 15, 6], ['Web', 'online', 15, 6], ['Webinar', 'online', 1, 1]]);
    expect((await metricsOf({ split: 'origin' })).of('sales_cycle')?.parts.map((part) => [part.label, part.value, part.n, part.reason])).toEqual([['sales', 29, 12, null], ['marketing', null, 1, 'too_few']]);
    const media = await metricsOf({ split: 'medium' });
    expect(media.answer.leads.groups.map((row) => [row.label, row.leads, row.won])).toEqual([['online', 16, 7], ['offline', 15, 6]]);
    const entered = { enteredFrom: answer.within.from, enteredTo: answer.within.until };
    const opened = async (medium: 'online' | 'offline' | 'unknown', more = {}) => (await owner.client.pipeline.leads({ workspace, ...entered, medium, ...more, limit: 1 })).total;
    expect([await opened('online'), await opened('online', { end: 'won' }), await opened('offline'), await opened('offline', { end: 'won' }), await opened('unknown')]).toEqual([16, 7, 15, 6, 0]);
    expect(media.of('lead_to_order')?.parts.map((part) => [part.label, part.value, part.n])).toEqual([['online', 7 / 16, 16], ['offline', 6 / 15, 15]]);
  });

  test('the quarter before has its own figures', async () => {
    const { answer, of } = await metricsOf({ later: -1 });
    expect(answer).toMatchObject({ period: { startsOn: '2026-01-01' }, leads: { total: 10 }, money: { total: 0, n: 0 } });
    expect(of('lead_to_order')).toMatchObject({ value: 0, n: 10 });
    expect(of('revenue_against_target')).toMatchObject({ value: null, reason: 'not_given', missing: ['target'] });
  });

  test('what customers bring, how content they are and what was foretold follow once a file holds their columns', async () => {
    const [crm = '', erp = ''] = ['CRM', 'ERP'].map((name) => sources.get(name));
    await bring(erp, 'account', ['Account ID,Account Name,Annual category spend,CSAT', ...range(1, 12).map((no) => `A${no},House ${no},5000,${no}`)]);
    // All twelve bought in the year before; ten again in this quarter.
    await bring(erp, 'order', ['Order ID,Account ID,Amount,Currency,Order Date,Gross profit', ...range(1, 12).map((no) => `B${no},A${no},1000,EUR,2025-03-01,`), ...range(1, 10).map((no) => `C${no},A${no},1000,EUR,2026-04-10,${no * 10}`)]);
    await bring(crm, 'deal', [`${DEALS},Forecast value`, ...range(21, 30).map((no) => `O${no},Deal ${no},,${no <= 25 ? 'Closed Won' : 'Closed Lost'},1000,2026-04-12,2026-05-01,${no <= 25},true,${no <= 25 ? 800 : 200}`)]);
    const act = (no: number, type: string, day: string) => `V${no}${type},L${no},${type},${day}`;
    await bring(crm, 'activity', ['Activity ID,Lead ID,Activity Type,Activity Date', ...range(1, 20).map((no) => act(no, 'Call', '2026-04-25')), ...range(13, 20).map((no) => act(no, 'Meeting', '2026-04-26')), ...range(1, 20).map((no) => act(no, 'Demo', '2026-05-10'))]);
    const { answer, of } = await metricsOf();
    const told = (id: string) => [of(id)?.value, of(id)?.n, of(id)?.reason];
    expect(told('customer_retention')).toEqual([10 / 12, 12, null]);
    expect(told('margin_per_customer')).toEqual([55, 10, null]);
    expect(told('share_of_wallet')).toEqual([10_000 / 60_000, 12, null]);
    expect(told('customer_satisfaction')).toEqual([6.5, 12, null]);
    expect(told('forecast_accuracy')).toEqual([1 - 2_000 / 5_000, 10, null]);
    // Thirteen customers of before, ten accounts, five deals without a lead.
    expect(of('customer_lifetime_value')).toMatchObject({ n: 28 });
    expect(of('customer_lifetime_value')?.value).toBeCloseTo(((98_100 / 28) * 0.5) / (1 - 10 / 12), 6);
    expect(told('close_rate_by_activity')).toEqual([0.6, 20, null]);
    expect(of('close_rate_by_activity')?.parts.map((part) => [part.label, part.value, part.n, part.reason])).toEqual([['Call', 0.6, 20, null], ['Meeting', null, 8, 'too_few']]);
    expect(answer.metrics.flatMap((row) => row.missing)).toEqual(['territories', 'market_spend', 'older_wins', 'industries', 'older_wins', 'kind_of_work']);
    for (const metric of CASE_METRICS) {
      const cases = await owner.client.goals.metricCases({ workspace, metric, ...answer.within, ...(answer.currency ? { currency: answer.currency } : {}) });
      expect([metric, cases.total, cases.rows.length]).toEqual([metric, of(metric)?.n, of(metric)?.n]);
      expect([metric, cases.rows.filter(({ name }) => name === null)]).toEqual([metric, []]);
    }
    const kept = await owner.client.goals.metricCases({ workspace, metric: 'customer_retention', ...answer.within });
    expect(kept.rows.filter(({ again }) => again)).toHaveLength(10);
  });

  test('markets entered, segments found and what each kind of work costs follow once files name them', async () => {
    const [crm = '', erp = '', automation = ''] = ['CRM', 'ERP', 'Automation'].map((name) => sources.get(name));
    const won = 'Lead ID,Name,Email,Lead Source,Status,Create Date,Territory,Industry,Is Won,Is Closed,Close Date';
    // North and Food were won before the quarter, whatever their letters; South, West, Paper and Steel are new; East is not won.
    await bring(crm, 'lead', [won,
      'N1,Ann,n1@n.example,Event,Working,2026-01-10,North,Food,true,true,2026-02-01', 'N2,Bo,n2@n.example,Event,Working,2026-04-05,North,Paper,true,true,2026-05-05', 'N3,Cy,n3@n.example,Event,Working,2026-04-06,South,food,true,true,2026-05-06',
      'N4,Di,n4@n.example,Event,Working,2026-04-07,West,Steel,true,true,2026-05-07', 'N5,Ed,n5@n.example,Event,Working,2026-04-08,East,Glass,false,false,']);
    await bring(automation, 'lead', [won, 'M2,Max,max@market.example,Webinar,Working,2026-04-09,,,true,true,2026-05-08']);
    // On South 500 before its first win and 300 after it; on West 200 before the quarter.
    await bring(erp, 'spend', ['Spend ID,Channel,Amount,Currency,Date,Territory', 'S4,Visits,500,EUR,2026-04-01,south', 'S5,Visits,300,EUR,2026-05-10,South', 'S6,Fair,200,EUR,2026-03-01,West', 'S7,Fair,100,EUR,2026-04-01,North']);
    await bring(automation, 'spend', ['Spend ID,Channel,Amount,Currency,Date,Kind of work', 'S8,Webinar,600,EUR,2026-04-10,Brand', 'S9,webinar,400,EUR,2026-04-11,Research', 'S10,Radio,250,EUR,2026-04-12,Advertising', 'S11,Webinar,999,EUR,2026-03-12,Brand']);
    const { answer, of } = await metricsOf();
    const told = (id: string) => [of(id)?.value, of(id)?.n, of(id)?.missing];
    expect(told('market_entry_cost')).toEqual([350, 2, []]);
    expect(told('new_segments')).toEqual([2, 2, []]);
    // Two webinar leads of marketing’s were won; radio won none.
    expect(told('spend_by_work')).toEqual([1_250 / 2, 2, []]);
    expect(of('spend_by_work')?.parts.map((part) => [part.label, part.value, part.n, part.reason])).toEqual([['Advertising', null, 0, 'nothing_to_divide_by'], ['Brand', 300, 2, null], ['Research', 200, 2, null]]);
    for (const metric of ['closings', 'market_entry_cost', 'new_segments', 'spend_by_work'] as const) {
      const cases = await owner.client.goals.metricCases({ workspace, metric, ...answer.within, currency: 'EUR' });
      expect([metric, cases.total, cases.rows.filter(({ name }) => name === null)]).toEqual([metric, of(metric)?.n, []]);
    }
    const markets = await owner.client.goals.metricCases({ workspace, metric: 'market_entry_cost', ...answer.within, currency: 'EUR' });
    expect(markets.rows.map(({ system, amount, at }) => [system, amount, at?.slice(0, 10)])).toEqual([['West', 200, '2026-05-07'], ['South', 500, '2026-05-06']]);
  });

  test('a dashboard on paper and by mail holds the figures that its page shows', async () => {
    const chosen = ['lead_to_order', 'average_order_size', 'sales_cycle', 'customer_satisfaction', 'closings'];
    const board = await owner.client.goals.addDashboard({ workspace, name: 'Both sides', metrics: chosen, unit: 'quarter', split: 'origin' });
    const { answer } = await metricsOf({ split: 'origin' });
    const shown = answer.metrics.filter(({ id }) => chosen.includes(id));
    expect(shown.map(({ value }) => value !== null)).toEqual(chosen.map(() => true));
    const said = (value: number | null, unit: (typeof shown)[number]['unit']) => figureSaid(value ?? NaN, unit, answer.currency);
    const file = await owner.client.goals.dashboardFile({ workspace, id: board.id });
    const bare = (text: string) => text.replace(/\s/gu, '');
    const paper = bare(pdfTexts(new Uint8Array(await file.arrayBuffer())).join(''));
    for (const metric of shown) {
      expect([metric.id, paper.includes(bare(said(metric.value, metric.unit))), paper.includes(bare(`n ${metric.n}`)), paper.includes(bare(metric.formula))]).toEqual([metric.id, true, true, true]);
      if (metric.low !== null) expect(paper).toContain(bare(`${said(metric.low, metric.unit)} to ${said(metric.high, metric.unit)}`));
      for (const part of metric.parts) if (part.value !== null) expect(paper).toContain(bare(`${part.label === 'sales' || part.label === 'marketing' ? `${part.label[0]?.toUpperCase() ?? ''}${part.label.slice(1)}` : (part.label ?? '')}${said(part.value, metric.unit)}n ${part.n}`));
    }
    await owner.client.goals.subscribe({ workspace, id: board.id, every: 'weekly' });
    clock = new Date('2026-05-18T06:00:00Z');
    await app.runJob('goals-mail', {});
    const [mail] = (await owner.client.workspace.outbox({ workspace })).filter(({ kind }) => kind === 'dashboard');
    const monday = (await metricsOf({ split: 'origin' })).answer.metrics.filter(({ id }) => chosen.includes(id));
    for (const metric of monday) expect(mail?.body).toContain(`: ${said(metric.value, metric.unit)} (n ${metric.n})`);
    expect(mail?.body).toContain(`Length of the sales cycle: ${said(monday.find(({ id }) => id === 'sales_cycle')?.value ?? null, 'days')} (n ${monday.find(({ id }) => id === 'sales_cycle')?.n ?? 0})`);
  });
});
