import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLeadDesk, type LeadDesk } from './testing/lead-desk';

const MINUTE = 60_000;
let desk: LeadDesk;

beforeAll(async () => {
  desk = await openLeadDesk();
});
afterAll(() => desk.app.close());

describe('links in a mail', () => {
  test('do nothing when opened, by whatever opens them, and act once when pressed', async () => {
    const { stages, addLeads, lead, offersOf, offerBy, press } = desk;
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
    const { clock, sam, kim, addLeads, offersOf, mailedLinks, offerBy, press } = desk;
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
    expect((await press(on, { person: crypto.randomUUID() })).status).toBe(422);
    clock.now += 1_000;
    expect((await press(on, { person: kim, note: 'Your region' })).status).toBe(200);
    expect((await offersOf(two)).map((row) => [row.state, row.to, row.offeredBy])).toEqual([['offered', 'Kim Sales', 'Sam Sales'], ['handed_on', 'Sam Sales', 'Olga Owner']]);
    expect((await press(accept)).status).toBe(409);
    const [theirs] = await mailedLinks();
    expect((await press(theirs)).status).toBe(200);
    expect((await offersOf(two))[0]).toMatchObject({ state: 'accepted', decidedBy: 'Kim Sales' });
  });

  test('that are forged, cut, of a removed workspace, expired or taken back say so and change nothing', async () => {
    const { clock, app, owner, workspace, addLeads, offersOf, offerBy, press } = desk;
    const [one = '', two = ''] = await addLeads(2);
    const [accept] = await offerBy(one);
    for (const link of [`${accept.slice(0, -1)}${accept.endsWith('A') ? 'B' : 'A'}`, accept.slice(0, -5), `/l/lsh_${'A'.repeat(43)}`, '/l/%00', '/l/lst_x'])
      for (const method of ['GET', 'POST']) expect({ link, status: (await press(link, {}, method)).status }).toEqual({ link, status: 404 });
    clock.now += 14 * 24 * 60 * MINUTE;
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
    const { clock, workspace, stages, say, addLeads, lead, offerBy, press } = desk;
    const DAY = 24 * 60 * MINUTE;
    const [one = '', two = ''] = await addLeads(2);
    const [accept] = await offerBy(one);
    clock.now += DAY;
    expect((await press(accept)).status).toBe(200);
    const [theirs, back] = await offerBy(two);
    clock.now -= DAY;
    // Answered tomorrow, as the clock.now then said; asked again today, the link says what became of it.
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
    clock.now += DAY;
    const after = await lead(two);
    await say().move({ workspace, ids: [two], stageId: stages.qualified ?? '', reason: 'They called' });
    expect((await lead(two)).log.length).toBe(after.log.length + 1);
    expect(await lead(two)).toMatchObject({ end: 'open', stageId: stages.qualified });
    const board = async (asOf?: string) => (await say().board({ workspace, ...(asOf ? { asOf } : {}) })).total;
    expect(await board(new Date(clock.now + DAY).toISOString())).toBe(await board());
  });

  test('say that somebody opted out in either system, as does every other place where the lead can be acted on; parted again, none does', async () => {
    const { app, owner, workspace, crm, say, addLeads, lead, offersOf, offerBy, press } = desk;
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
    const { app } = desk;
    expect(app.logged.filter((line) => /lsh_/u.test(line))).toEqual([]);
  });
});
