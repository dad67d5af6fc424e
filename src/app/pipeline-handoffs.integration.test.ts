import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

const MINUTE = 60_000;
let clock = Date.parse('2026-06-01T09:00:00Z');
let app: TestApp;
let owner: Person;
let workspace: string;
let crm: string;
let sam: string;
let kim: string;
let stages: Record<string, string>;

const uuid = () => crypto.randomUUID();
const say = () => owner.client.pipeline;

const addLeads = async (count: number): Promise<string[]> => {
  const id = uuid();
  const keys = Array.from({ length: count }, () => uuid().slice(0, 8));
  const body = ['Lead ID,Last Name,Email,Company,Lead Source,Status,Create Date', ...keys.map((key) => `${key},Lead ${key},${key}@x.example,Acme ${key},Web,New,2026-03-02 09:00`)].join('\n');
  await app.request(`/api/workspaces/${workspace}/imports?${new URLSearchParams({ id, source: crm, name: 'leads.csv' })}`, { method: 'POST', headers: { cookie: owner.cookie, origin: 'http://lockstep.test' }, body });
  await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
  await owner.client.customers.applyImport({ workspace, id });
  await app.runJob('customers.apply-import', { workspaceId: workspace, importId: id });
  const { rows } = await say().leads({ workspace, limit: 500 });
  return keys.map((key) => rows.find((row) => row.name?.includes(key))?.id ?? '');
};
const lead = (id: string) => say().lead({ workspace, id });
const offersOf = async (id: string) => (await say().handoffs({ workspace, lead: id })).rows;
/** The three links of the newest mail: accept, return, hand on. */
const mailedLinks = async (): Promise<[string, string, string]> => {
  const mail = (await owner.client.workspace.outbox({ workspace })).find((each) => each.kind === 'lead-offer');
  const [accept = '', back = '', on = ''] = [...(mail?.body ?? '').matchAll(/\/l\/lsh_[\w-]+/gu)].map(([link]) => link);
  return [accept, back, on];
};
const offerBy = async (id: string, to = sam) => {
  clock += 1_000;
  await say().offer({ workspace, ids: [id], toPersonId: to, note: 'Asked for a demo' });
  return mailedLinks();
};
const press = (link: string, form: Record<string, string> = {}, method = 'POST') =>
  app.request(link, { method, ...(method === 'POST' ? { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form).toString() } : {}) });

beforeAll(async () => {
  app = await createTestApp({ now: () => new Date(clock) });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  crm = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'marketing', timeZone: 'Europe/Berlin' })).id;
  sam = (await owner.client.people.create({ workspace, name: 'Sam Sales', email: 'sam@x.example', function: 'sales' })).id;
  kim = (await owner.client.people.create({ workspace, name: 'Kim Sales', email: 'kim@x.example', function: 'sales' })).id;
  await addLeads(1);
  stages = Object.fromEntries(((await say().pipelines({ workspace }))[0]?.stages ?? []).map((each) => [each.role ?? each.name, each.id]));
});
afterAll(() => app.close());

describe('moves', () => {
  test('go into the log with actor and time; backward and out only with a reason; a stale version is refused', async () => {
    const [id = ''] = await addLeads(1);
    await say().move({ workspace, ids: [id], stageId: stages.opportunity ?? '' });
    const there = await lead(id);
    expect(there).toMatchObject({ stageId: stages.opportunity, stageSince: new Date(clock).toISOString() });
    expect(there.log.at(-1)).toMatchObject({ stageId: stages.opportunity, actor: 'Olga Owner', from: 'hand', at: new Date(clock).toISOString() });
    clock += MINUTE;
    await expect(say().move({ workspace, ids: [id], stageId: stages.accepted ?? '' })).rejects.toMatchObject({ code: 'INVALID' });
    await expect(say().move({ workspace, ids: [id], stageId: stages.lost ?? '', reason: '  ' })).rejects.toMatchObject({ code: 'INVALID' });
    await expect(say().move({ workspace, ids: [id], stageId: stages.lost ?? '', reason: 'No budget', version: there.version - 1 })).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect((await lead(id)).log).toHaveLength(there.log.length);
    await say().move({ workspace, ids: [id], stageId: stages.lost ?? '', reason: 'No budget', version: there.version });
    expect(await lead(id)).toMatchObject({ end: 'lost', reason: 'No budget' });
    clock += MINUTE;
    await say().move({ workspace, ids: [id], stageId: stages.qualified ?? '', reason: 'They called again' });
    expect(await lead(id)).toMatchObject({ end: 'open', stageId: stages.qualified, endedAt: null, reason: 'They called again' });
    expect((await lead(id)).log.map((entry) => entry.stageId)).toEqual([stages.inquiry, stages.opportunity, stages.lost, stages.qualified]);
  });

  test('of many leads are taken back whole within a minute; the log keeps both, and the past stays as it was', async () => {
    const ids = await addLeads(5);
    const before = await Promise.all(ids.map(lead));
    clock += MINUTE;
    const counts = await say().board({ workspace });
    const { act, moved } = await say().move({ workspace, ids, stageId: stages.proposal ?? '' });
    expect(moved).toBe(5);
    const at = new Date(clock + 1).toISOString();
    clock += 8_000;
    expect(await say().undo({ workspace, act })).toEqual({ leads: 5 });
    const after = await Promise.all(ids.map(lead));
    const bare = ({ version: _, log: __, ...row }: (typeof before)[number]) => row;
    expect(after.map(bare)).toEqual(before.map(bare));
    expect(after.every((row, index) => row.log.length === (before[index]?.log.length ?? 0) + 2)).toBe(true);
    expect((await say().board({ workspace })).stages).toEqual(counts.stages);
    // What was seen in between can be replayed: five more stood at the proposal.
    const between = await say().board({ workspace, asOf: at });
    const standing = (view: typeof counts) => view.stages.find((each) => each.stageId === stages.proposal)?.leads ?? 0;
    expect(standing(between) - standing(counts)).toBe(5);
    await expect(say().undo({ workspace, act })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('are not taken back late, or once something else happened', async () => {
    const [one = '', two = ''] = await addLeads(2);
    const { act } = await say().move({ workspace, ids: [one, two], stageId: stages.accepted ?? '' });
    clock += 1_000;
    await say().move({ workspace, ids: [two], stageId: stages.won ?? '' });
    await expect(say().undo({ workspace, act })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await lead(one)).stageId).toBe(stages.accepted);
    const late = await say().move({ workspace, ids: [one], stageId: stages.opportunity ?? '' });
    clock += MINUTE + 1;
    await expect(say().undo({ workspace, act: late.act })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('survive the same file and a later one, since the log keeps what people did', async () => {
    const [id = ''] = await addLeads(1);
    await say().move({ workspace, ids: [id], stageId: stages.opportunity ?? '' });
    const before = await lead(id);
    await addLeads(1);
    expect(await lead(id)).toEqual(before);
  });
});

describe('handing over', () => {
  test('an offer moves a lead to qualified, an answer to accepted; each once', async () => {
    const [id = ''] = await addLeads(1);
    await say().offer({ workspace, ids: [id], toPersonId: sam, note: 'Asked for a demo' });
    expect(await lead(id)).toMatchObject({ stageId: stages.qualified, passedAt: new Date(clock).toISOString() });
    await expect(say().offer({ workspace, ids: [id] })).rejects.toMatchObject({ code: 'CONFLICT' });
    const [offer] = await offersOf(id);
    expect(offer).toMatchObject({ state: 'offered', to: 'Sam Sales', offeredBy: 'Olga Owner', offerNote: 'Asked for a demo' });
    await say().decide({ workspace, ids: [offer?.id ?? ''], decision: { kind: 'accept' } });
    expect(await lead(id)).toMatchObject({ stageId: stages.accepted, end: 'open' });
    await expect(say().decide({ workspace, ids: [offer?.id ?? ''], decision: { kind: 'accept' } })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('a lead goes back with a reason, or until a date; marketing can dispute, and both see how it was settled', async () => {
    const [one = '', two = ''] = await addLeads(2);
    await say().offer({ workspace, ids: [one, two] });
    const [first] = await offersOf(one);
    const [second] = await offersOf(two);
    await expect(say().decide({ workspace, ids: [first?.id ?? ''], decision: { kind: 'reject', reason: ' ' } })).rejects.toMatchObject({ code: 'INVALID' });
    await say().decide({ workspace, ids: [first?.id ?? ''], decision: { kind: 'reject', reason: 'No budget' } });
    expect(await lead(one)).toMatchObject({ end: 'recycled', stageId: stages.recycled, returnReason: 'No budget', returnedAt: new Date(clock).toISOString() });
    await expect(say().decide({ workspace, ids: [second?.id ?? ''], decision: { kind: 'recycle', nurtureUntil: '2026-05-01T00:00:00Z' } })).rejects.toMatchObject({ code: 'INVALID' });
    await say().decide({ workspace, ids: [second?.id ?? ''], decision: { kind: 'recycle', reason: 'Next year', nurtureUntil: '2027-01-15T00:00:00Z' } });
    expect(await lead(two)).toMatchObject({ end: 'recycled', nurtureUntil: '2027-01-15T00:00:00.000Z' });
    expect(await say().dispute({ workspace, id: first?.id ?? '', note: 'They have a budget line' })).toMatchObject({ disputeNote: 'They have a budget line', settledAt: null });
    await expect(say().dispute({ workspace, id: first?.id ?? '', note: 'Again' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await say().handoffs({ workspace, disputed: true })).rows.map((row) => row.id)).toEqual([first?.id]);
    expect(await say().settle({ workspace, id: first?.id ?? '', note: 'Offered again in autumn' })).toMatchObject({ settleNote: 'Offered again in autumn' });
    expect((await say().handoffs({ workspace, disputed: true })).rows).toEqual([]);
    const web = (await say().outcomes({ workspace })).rows.find((row) => row.group === 'Web');
    expect(web?.returned.n).toBeGreaterThanOrEqual(2);
    expect(web?.byReason.find((each) => each.reason === 'No budget')?.share).toMatchObject({ n: 1, of: web?.returned.of });
    await expect(say().outcomes({ workspace, by: 'person' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('an answer and an offer can be taken back at once', async () => {
    const [id = ''] = await addLeads(1);
    const before = await lead(id);
    const { act: offered } = await say().offer({ workspace, ids: [id], toPersonId: sam });
    const [offer] = await offersOf(id);
    clock += 1_000;
    const { act } = await say().decide({ workspace, ids: [offer?.id ?? ''], decision: { kind: 'reject', reason: 'No budget' } });
    await say().undo({ workspace, act });
    expect((await offersOf(id))[0]).toMatchObject({ state: 'offered', reason: null, decidedBy: null });
    expect(await lead(id)).toMatchObject({ stageId: stages.qualified, returnedAt: null, returnReason: null });
    await say().undo({ workspace, act: offered });
    expect((await offersOf(id))[0]).toMatchObject({ state: 'withdrawn' });
    expect(await lead(id)).toMatchObject({ stageId: before.stageId, stageSince: before.stageSince, passedAt: null });
  });

  test('of fifty who take a lead on at once, one does', async () => {
    const [id = ''] = await addLeads(1);
    const [accept] = await offerBy(id);
    const [offer] = await offersOf(id);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) =>
      at % 2 === 0
        ? press(accept).then((response) => response.status)
        : say().decide({ workspace, ids: [offer?.id ?? ''], decision: { kind: 'accept' } }).then(() => 200, (error: { status: number }) => error.status)));
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers.filter((status) => status === 409)).toHaveLength(49);
    expect((await lead(id)).log.filter((entry) => entry.stageId === stages.accepted)).toHaveLength(1);
  });
});

describe('links in a mail', () => {
  test('do nothing when opened, by whatever opens them, and act once when pressed', async () => {
    const [id = ''] = await addLeads(1);
    const [accept] = await offerBy(id);
    expect(accept).toMatch(/^\/l\/lsh_/u);
    for (const method of ['GET', 'HEAD', 'GET']) expect((await press(accept, {}, method)).status).toBe(200);
    const page = await press(accept, {}, 'GET');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const html = await page.text();
    expect(html).toContain('method="post"');
    expect(html).not.toContain('<script');
    expect((await offersOf(id))[0]?.state).toBe('offered');
    for (const method of ['PUT', 'DELETE', 'OPTIONS']) expect((await press(accept, {}, method)).status).toBe(404);
    const done = await press(accept);
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('is yours');
    expect(await lead(id)).toMatchObject({ stageId: stages.accepted });
    expect((await lead(id)).log.at(-1)).toMatchObject({ from: 'link', actor: 'Sam Sales' });
    for (const method of ['GET', 'POST']) {
      const again = await press(accept, {}, method);
      expect(again.status).toBe(409);
      expect(await again.text()).toContain('Sam Sales did this');
    }
    expect((await offersOf(id))[0]).toMatchObject({ state: 'accepted', decidedBy: 'Sam Sales' });
  });

  test('return with a reason of the list, hand on to a colleague who gets links of their own', async () => {
    const [one = '', two = ''] = await addLeads(2);
    const [, back] = await offerBy(one);
    expect((await press(back)).status).toBe(422);
    expect((await press(back, { reason: 'made up' })).status).toBe(422);
    expect((await press(back, { reason: 'No budget', nurture: '2020-01-01' })).status).toBe(422);
    expect((await offersOf(one))[0]?.state).toBe('offered');
    expect((await press(back, { reason: 'No budget', nurture: '2026-12-01', note: 'Call <b>Ann</b>' })).status).toBe(200);
    expect((await offersOf(one))[0]).toMatchObject({ state: 'recycled', reason: 'No budget', note: 'Call <b>Ann</b>', nurtureUntil: '2026-12-01T12:00:00.000Z' });
    const [accept, , on] = await offerBy(two);
    expect((await press(on, { person: sam })).status).toBe(422);
    expect((await press(on, { person: uuid() })).status).toBe(422);
    clock += 1_000;
    expect((await press(on, { person: kim, note: 'Your region' })).status).toBe(200);
    expect((await offersOf(two)).map((row) => [row.state, row.to, row.offeredBy])).toEqual([['offered', 'Kim Sales', 'Sam Sales'], ['handed_on', 'Sam Sales', 'Olga Owner']]);
    expect((await press(accept)).status).toBe(409);
    const [theirs] = await mailedLinks();
    expect((await press(theirs)).status).toBe(200);
    expect((await offersOf(two))[0]).toMatchObject({ state: 'accepted', decidedBy: 'Kim Sales' });
  });

  test('that are forged, cut, of a removed workspace, expired or taken back say so and change nothing', async () => {
    const [one = '', two = ''] = await addLeads(2);
    const [accept] = await offerBy(one);
    for (const link of [`${accept.slice(0, -1)}${accept.endsWith('A') ? 'B' : 'A'}`, accept.slice(0, -5), `/l/lsh_${'A'.repeat(43)}`, '/l/%00', '/l/lst_x'])
      for (const method of ['GET', 'POST']) expect({ link, status: (await press(link, {}, method)).status }).toEqual({ link, status: 404 });
    clock += 14 * 24 * 60 * MINUTE;
    for (const method of ['GET', 'POST']) expect((await press(accept, {}, method)).status).toBe(410);
    expect((await offersOf(one))[0]?.state).toBe('offered');
    const [late] = await offerBy(two);
    const [offer] = await offersOf(two);
    const { rows } = await app.db.pool.query<{ n: number }>('select count(*)::int as n from lookup where kind = $1 and workspace = $2', ['handoff', workspace]);
    expect(rows[0]?.n).toBeGreaterThan(0);
    expect(offer?.state).toBe('offered');
    const other = await app.withCookie(owner.cookie).workspace.create({ name: 'Elsewhere', timeZone: 'UTC' });
    await app.db.pool.query('update lookup set workspace = $1 where kind = $2 and workspace = $3', [other.id, 'handoff', workspace]);
    for (const method of ['GET', 'POST']) expect((await press(late, {}, method)).status).toBe(404);
    await app.db.pool.query('update lookup set workspace = $1 where kind = $2 and workspace = $3', [workspace, 'handoff', other.id]);
    expect((await press(late)).status).toBe(200);
  });

  test('a clock that jumps a day ahead and back leaves each act after the one before, and links good until they expire', async () => {
    const DAY = 24 * 60 * MINUTE;
    const [one = '', two = ''] = await addLeads(2);
    const [accept] = await offerBy(one);
    clock += DAY;
    expect((await press(accept)).status).toBe(200);
    const [theirs, back] = await offerBy(two);
    clock -= DAY;
    // Answered tomorrow, as the clock then said; asked again today, the link says what became of it.
    expect((await press(accept)).status).toBe(409);
    const moved = await say().move({ workspace, ids: [one], stageId: stages.opportunity ?? '' });
    const there = await lead(one);
    expect(there.stageId).toBe(stages.opportunity);
    expect(there.log.map((entry) => entry.stageId).slice(-2)).toEqual([stages.accepted, stages.opportunity]);
    const times = there.log.map((entry) => Date.parse(entry.at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
    await say().undo({ workspace, act: moved.act });
    expect((await lead(one)).stageId).toBe(stages.accepted);
    const [reason = ''] = (await say().outcomes({ workspace })).reasons;
    expect((await press(back, { reason })).status).toBe(200);
    expect((await press(theirs)).status).toBe(409);
    expect(await lead(two)).toMatchObject({ end: 'recycled', returnReason: reason });
    clock += DAY;
    const after = await lead(two);
    await say().move({ workspace, ids: [two], stageId: stages.qualified ?? '', reason: 'They called' });
    expect((await lead(two)).log.length).toBe(after.log.length + 1);
    expect(await lead(two)).toMatchObject({ end: 'open', stageId: stages.qualified });
    const board = async (asOf?: string) => (await say().board({ workspace, ...(asOf ? { asOf } : {}) })).total;
    expect(await board(new Date(clock + DAY).toISOString())).toBe(await board());
  });

  test('say that somebody opted out in either system, as does every other place where the lead can be acted on; parted again, none does', async () => {
    const sales = (await owner.client.customers.createSource({ workspace, name: 'Sales system', side: 'sales', timeZone: 'UTC' })).id;
    const [made = ''] = await addLeads(1);
    const record = async (source: string, search: string) => (await owner.client.customers.records({ workspace, source, search, limit: 5 })).rows[0]?.id ?? '';
    await owner.client.customers.putRecords({ workspace, source: sales, kind: 'contact', rows: [{ key: 'OUT1', name: 'Orla Out', email: 'orla@out.example', optedOut: true }] });
    const pair = { a: await record(crm, (await lead(made)).name ?? ''), b: await record(sales, 'Orla Out') };
    await owner.client.customers.decide({ workspace, pairs: [pair], decision: 'linked' });
    const id = [pair.a, pair.b].toSorted()[0] ?? '';
    const hook = await say().createWebhook({ workspace, url: 'https://hooks.example/out', events: ['handoff.offered'] });
    const shown = async (of: string) => {
      const [accept, back, on] = await offerBy(of);
      const mail = (await owner.client.workspace.outbox({ workspace })).find((each) => each.kind === 'lead-offer')?.body ?? '';
      const { rows } = await app.db.inWorkspace(workspace, (tx) => tx.execute<{ body: string }>(sql`select body from webhook_delivery where webhook_id = ${hook.id} order by created_at desc limit 1`));
      const file = (await (await say().leadsFile({ workspace })).text()).split('\r\n').map((line) => line.split(','));
      const heading = file[0]?.indexOf('Opted out') ?? -1;
      const pages = await Promise.all([accept, back, on].map(async (link) => (await (await press(link, {}, 'GET')).text()).includes('Opted out. Do not write or call.')));
      const { stageId } = await lead(of);
      const told = {
        board: (await say().leads({ workspace, stage: stageId, sort: 'stageSince', order: 'asc', limit: 500 })).rows.find((row) => row.id === of)?.optedOut,
        list: (await say().leads({ workspace, limit: 500 })).rows.find((row) => row.id === of)?.optedOut, drawer: (await lead(of)).optedOut, offer: (await offersOf(of))[0]?.optedOut,
        file: file.find((cells) => cells.at(-1) === of)?.[heading] === 'Opted out', mail: mail.includes('\nOpted out. Do not write or call.\nTake it on:'), hook: (JSON.parse(rows[0]?.body ?? '{}') as { data?: { optedOut?: boolean } }).data?.optedOut,
        accept: pages[0], back: pages[1], on: pages[2],
      };
      await press(back, { reason: 'No budget' });
      return told;
    };
    const everywhere = (is: boolean) => ({ board: is, list: is, drawer: is, offer: is, file: is, mail: is, hook: is, accept: is, back: is, on: is });
    expect(await shown(id)).toEqual(everywhere(true));
    expect((await say().leads({ workspace, limit: 500 })).rows.filter((row) => row.optedOut).map((row) => row.id)).toEqual([id]);
    await owner.client.customers.partRecord({ workspace, id: pair.b });
    expect(await shown(pair.a)).toEqual(everywhere(false));
  });

  test('never stand in the log of the server', () => {
    expect(app.logged.filter((line) => /lsh_/u.test(line))).toEqual([]);
  });
});
