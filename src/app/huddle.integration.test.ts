import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { huddleLive } from '../features/huddle/live-http';
import { createRooms } from '../features/huddle/live/rooms';
import type { Joined, SentOperation } from '../features/huddle/live-contract';
import { openDevice } from './testing/huddle-device';
import { head, huddleServers, notesOf, placeOf, stepOf, type ServedDevice } from './testing/huddle-servers';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;
let servers: ReturnType<typeof huddleServers>;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  servers = huddleServers(app.services);
});
afterAll(async () => {
  await servers.stop();
  await app.close();
});

/** A Huddle in its open forum: who leads at the first server, two sides at either, the big screen at the second. */
const forum = async () => {
  const { id } = await owner.client.huddle.create({ workspace, name: 'Spring Huddle' });
  const lead = await servers.deviceOf((await owner.client.huddle.enter({ workspace, id, as: 'facilitator' })).pass);
  const wall = await servers.deviceOf((await owner.client.huddle.enter({ workspace, id, as: 'screen' })).pass, 1);
  const { code } = head(lead);
  const [sam, mia] = [await servers.join(`${code.slice(0, 4).toLowerCase()}-${code.slice(4)}`, 'Sam Sales', 'sales'), await servers.join(code, 'Mia Marketing', 'marketing')];
  const sales = await servers.deviceOf(sam.pass);
  const marketing = await servers.deviceOf(mia.pass, 1);
  await lead.act({ kind: 'start' }, { kind: 'go', to: placeOf(lead, 'forum') });
  await marketing.seen((each) => head(each).at === placeOf(each, 'forum'));
  return { id, lead, wall, sales, marketing, sam, mia };
};

const noteIn = (device: ServedDevice, kind: string, channel: string, text: string, note: string = randomUUID()) => ({ kind: 'note', note, step: stepOf(device, kind), channel, text, about: null }) as SentOperation;

/** What the database is asked meanwhile, each with the connection it came by. */
const askedDuring = async (work: () => Promise<unknown>): Promise<{ by: unknown; text: string }[]> => {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return spy.mock.calls.map(([what], at) => ({ by: spy.mock.contexts[at], text: typeof what === 'string' ? what : (what as unknown as { text: string }).text }));
  } finally {
    spy.mockRestore();
  }
};

describe('the live protocol', () => {
  test('who writes holds the Huddle’s place for one statement; a server that many come to at once reads the Huddle once', async () => {
    const { sales, marketing } = await forum();
    await marketing.seen(({ seq }) => seq === sales.seq);
    const before = marketing.seq;
    const asked = await askedDuring(async () => {
      await sales.act(noteIn(sales, 'forum', 'own_role', 'They are told of us late'));
      await marketing.seen(({ seq }) => seq > before);
    });
    // The other server was told what was saved, and asked nothing.
    expect(asked.filter(({ text }) => text.startsWith('begin'))).toHaveLength(1);
    const took = asked.findIndex(({ text }) => text.endsWith('for update'));
    const held = asked.slice(took + 1).filter(({ by }) => by === asked[took]?.by).map(({ text }) => text.split(' ')[0]);
    expect(held.slice(0, held.indexOf('commit') + 1)).toEqual(['with', 'commit']);

    const rooms = createRooms(app.services);
    const fresh = huddleLive(app.services, rooms);
    const away = new AbortController();
    const came = await askedDuring(async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => fresh.request('/stream?after=0', { headers: { authorization: `Bearer ${(at % 2 === 0 ? sales : marketing).pass}` }, signal: away.signal })));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      await Promise.all(answers.map(({ body }) => body?.cancel()));
    });
    away.abort();
    await rooms.stop();
    // Whether a pass holds, and what has happened since it began.
    expect(came.filter(({ text }) => text.includes('"sealed_secret"') && text.includes('from "huddle"'))).toHaveLength(2);
  });

  test('an operation that is sent again is saved once, even within one request and at two servers', async () => {
    const { id, lead, sales, marketing, sam } = await forum();
    const sent = { id: randomUUID(), operation: noteIn(sales, 'forum', 'own_role', 'We open doors.') };
    const [first, second] = await sales.act(sent, sent);
    expect(second).toEqual(first);
    const elsewhere = await servers.deviceOf(sam.pass, 1);
    expect(await elsewhere.act(sent)).toEqual([first]);
    await sales.seen((each) => notesOf(each).length > 0);
    expect(notesOf(sales)).toEqual(['We open doors.']);
    // A note of the same id that says something else is another operation, and refused.
    expect(await marketing.act({ ...(sent.operation as object), text: 'No.' } as SentOperation)).toEqual([{ id: expect.any(String) as string, saved: false, refusal: 'exists' }]);
    expect((await owner.client.huddle.record({ workspace, id })).steps.find(({ kind }) => kind === 'forum')).toMatchObject({ notes: [], withheld: 1 });
    expect(head(lead).phase).toBe('running');
  });

  test('what came while a device was away is resumed from its last number; without one it is given the whole', async () => {
    const { sales, sam } = await forum();
    await sales.seen((each) => head(each).at > 0);
    sales.drop();
    const [at, kinds] = [sales.seq, sales.kinds.length];
    const other = await servers.deviceOf(sam.pass, 1);
    await other.act(noteIn(other, 'forum', 'own_role', 'One'), noteIn(other, 'forum', 'own_role', 'Two'));
    await sales.come(at);
    await sales.seen((each) => notesOf(each).length === 2);
    expect(new Set(sales.kinds.slice(kinds))).toEqual(new Set(['hello', 'delta']));
    expect(notesOf(sales)).toEqual(['One', 'Two']);
    sales.drop();
    const before = sales.kinds.length;
    await sales.come(999_999);
    await sales.seen((each) => each.kinds.slice(before).includes('snapshot'));
    expect(notesOf(sales)).toEqual(['One', 'Two']);
  });

  test('a phone that vanishes with its socket open is let go, counted no more, and loses nothing when it wakes; one that answers at another server stays', async () => {
    const pace = { beat: 120, presence: 20 };
    const listening = await Promise.all([0, 1].map(async () => {
      const rooms = createRooms(app.services, pace);
      const server = createAdaptorServer({ fetch: new Hono().route('/api/huddle', huddleLive(app.services, rooms)).fetch });
      const streams: Socket[] = [];
      server.on('request', ({ url, socket }: IncomingMessage) => { if (url?.includes('/stream')) streams.push(socket); });
      await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
      return { rooms, server, streams, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    }));
    const url = (at: number): string => listening[at]?.url ?? '';
    const { lead, wall, sales, marketing, sam, mia } = await forum();
    for (const elsewhere of [lead, wall, sales, marketing]) elsewhere.drop();
    let answersAt = 0;
    const [phone, other] = [await openDevice(() => url(0), sam.pass), await openDevice(() => url(answersAt), mia.pass)];
    try {
      // From here on what it sends goes to another server than the one its stream is at.
      answersAt = 1;
      await other.seen(({ online }) => online === 2);
      const before = { seq: phone.seq, snapshots: phone.snapshots };
      phone.vanish();
      const full = { destroy: vi.fn<() => void>(), writableFinished: false };
      await huddleLive(app.services, listening[1]?.rooms).request('/stream?after=0&line=full', { headers: { authorization: `Bearer ${sam.pass}` } }, { outgoing: full });
      await other.seen(({ online }) => online === 1);
      await vi.waitFor(() => expect(listening[0]?.streams[0]?.destroyed).toBe(true));
      // Of a line that is full nothing is ever written to its end: it is cut.
      await vi.waitFor(() => expect(full.destroy).toHaveBeenCalled());
      await sales.act(noteIn(sales, 'forum', 'own_role', 'While it slept'));
      await marketing.act(noteIn(marketing, 'forum', 'own_role', 'Of the other room'));
      await other.seen(({ entities }) => Object.values(entities).some((each) => each?.['text'] === 'Of the other room'));
      expect(phone.seq).toBe(before.seq);
      phone.wake();
      await phone.seen(({ entities }) => Object.values(entities).some((each) => each?.['text'] === 'While it slept'));
      await other.seen(({ online }) => online === 2);
      // Longer than it takes to be let go: who answers stays, wherever it answers.
      await new Promise((done) => setTimeout(done, pace.beat * 9));
      expect([phone.snapshots, phone.gaps, other.times, other.ended, other.online]).toEqual([before.snapshots, 0, 1, [], 2]);
    } finally {
      for (const device of [phone, other]) device.stop();
      for (const { rooms, server } of listening) { await rooms.stop(); await new Promise((done) => server.close(done)); }
    }
  });

  test('two servers come to the same under writing from both sides', async () => {
    const { lead, wall, sales, marketing } = await forum();
    await Promise.all(Array.from({ length: 40 }, (_, at) => (at % 2 ? sales : marketing).act(noteIn(sales, 'forum', 'own_role', `Note ${at}`))));
    await lead.act({ kind: 'go', to: placeOf(lead, 'perspectives') });
    for (const device of [lead, wall, sales, marketing]) await device.seen((each) => notesOf(each).length === 40);
    expect(notesOf(wall)).toEqual(notesOf(sales));
    expect(new Set([lead, wall, sales, marketing].map(({ seq }) => seq)).size).toBe(1);
  });

  test('before the reveal a room’s notes, names and votes are in no byte that others receive', async () => {
    const { id, lead, wall, sales, marketing } = await forum();
    await sales.act(noteIn(sales, 'forum', 'expected_role', 'SECRET-OF-SALES'));
    await marketing.act(noteIn(marketing, 'forum', 'expected_role', 'SECRET-OF-MARKETING'));
    await sales.seen((each) => notesOf(each).length === 1);
    await wall.seen((each) => JSON.stringify(each.entities['counts']).includes('"sales":1') && JSON.stringify(each.entities['counts']).includes('"marketing":1'));
    // Coming back anew must not tell more than being there.
    for (const device of [lead, wall, marketing]) { device.drop(); await device.come(); }
    for (const device of [lead, wall, marketing]) expect(device.bytes.join('')).not.toContain('SECRET-OF-SALES');
    for (const device of [lead, wall, sales]) expect(device.bytes.join('')).not.toContain('SECRET-OF-MARKETING');
    expect(JSON.stringify(await owner.client.huddle.record({ workspace, id }))).not.toContain('SECRET');
    await lead.act({ kind: 'go', to: placeOf(lead, 'perspectives') });
    await wall.seen((each) => notesOf(each).length === 2);
    // The columns stand by function; whose hand it was is in nobody's bytes but in the list of seats of who leads.
    for (const device of [wall, sales]) expect(device.bytes.join('')).not.toContain('Mia Marketing');
    expect(await sales.act(noteIn(sales, 'perspectives', 'question', 'That is wrong.'))).toMatchObject([{ saved: false, refusal: 'only_questions' }]);
    expect(await sales.act(noteIn(sales, 'perspectives', 'question', 'What do you mean by support?'))).toMatchObject([{ saved: true }]);
    const { rows } = await app.db.inWorkspace(workspace, (tx) => tx.execute<{ seat_id: string | null; at: string | null }>(`select seat_id, at from huddle_operation where huddle_id = '${id}' and role = 'participant'`));
    expect(rows.length).toBe(3);
    expect(rows.every((each) => each.seat_id === null && each.at === null)).toBe(true);
  });

  test('what was typed without a connection is taken once its step has ended, and says that it is late', async () => {
    const { lead, sales } = await forum();
    await lead.act({ kind: 'go', to: placeOf(lead, 'break') });
    await sales.act(noteIn(sales, 'forum', 'own_role', 'Typed in the tunnel.'));
    await sales.seen((each) => notesOf(each).length === 1);
    expect(Object.entries(sales.entities).find(([key]) => key.startsWith('note/'))?.[1]).toMatchObject({ late: true });
  });

  test('passes end with the Huddle; who leads comes in again; what was agreed goes into the programme once', async () => {
    const { id, lead, sam } = await forum();
    const [disconnect, action] = [randomUUID(), randomUUID()];
    await lead.act({ kind: 'disconnect', disconnect, text: 'Plans come late.', from: [], removed: false }, { kind: 'action', action: { id: action, disconnect, text: 'Plans a month earlier', activities: '', owner: 'Both heads', side: null, dueOn: '2035-01-01', easy: true, visible: true, direct: true, removed: false } });
    const hand = () => owner.client.huddle.handOver({ workspace, id, disconnects: [{ disconnect, cause: 'joint_activity' }] });
    await expect(hand()).rejects.toMatchObject({ status: 409 });
    await lead.act({ kind: 'finish' });
    expect((await servers.live(0).request('/stream', { headers: { authorization: `Bearer ${sam.pass}` } })).status).toBe(404);
    const again = await servers.deviceOf((await owner.client.huddle.enter({ workspace, id, as: 'facilitator' })).pass);
    expect(head(again).phase).toBe('finished');
    expect(await again.act({ kind: 'go', to: 0 })).toMatchObject([{ saved: false, refusal: 'finished' }]);
    expect(await hand()).toEqual({ problems: 1 });
    await expect(hand()).rejects.toMatchObject({ status: 409 });
    expect((await owner.client.improvement.read({ workspace })).problems).toMatchObject([{ title: 'Plans come late.', fromHuddle: true, cause: 'joint_activity', actions: [{ text: 'Plans a month earlier', by: 'both', ownerName: 'Both heads' }] }]);
    const audit = await owner.client.workspace.audit({ workspace });
    expect(audit.map(({ action }) => action)).toEqual(expect.arrayContaining(['huddle.planned', 'huddle.started', 'huddle.finished']));
  });

  test('a link opens for the first device alone: whoever handed it out can neither sit down beside its owner nor listen by it', async () => {
    const { id, lead } = await forum();
    const seat = { id: randomUUID(), role: 'participant' as const, name: 'Ida Invited', function: 'sales' as const, level: null, territory: '', personId: null, managerId: null, team: null, userId: null, joined: false as const, gone: false as const };
    await lead.act({ kind: 'seats', seats: [seat] });
    const ticket = (await owner.client.huddle.links({ workspace, id })).find((each) => each.seat === seat.id)?.link.split('#')[1] ?? '';
    const open = (device: string, server = 0) => servers.live(server).request('/join', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ticket, device }) });
    const [hers, other] = ['a'.repeat(20), 'b'.repeat(20)];
    const both = await Promise.all([open(hers), open(other, 1)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 410]);
    const won = both[0]?.status === 200 ? hers : other;
    const first = (await (both.find(({ status }) => status === 200) as Response).json()) as Joined;
    const again = await open(won, 1);
    expect([again.status, ((await again.json()) as Joined).pass, (await open(won === hers ? other : hers)).status, (await open('short')).status]).toEqual([200, first.pass, 410, 422]);
    expect(first.seat).toMatchObject({ id: seat.id, name: 'Ida Invited', function: 'sales' });
    const stream = (secret: string) => servers.live(0).request('/stream', { headers: { authorization: `Bearer ${secret}` } });
    expect([(await stream(ticket)).status, (await stream(ticket.replace('lsi_', 'lsp_'))).status]).toEqual([404, 404]);
    expect(head(await servers.deviceOf(first.pass)).phase).toBe('running');
  });
});
