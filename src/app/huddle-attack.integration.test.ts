import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'drizzle-orm';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LEADING } from '../features/huddle/domain/operation';
import type { Seen } from '../features/huddle/domain/present';
import { huddleLive } from '../features/huddle/live-http';
import { createRooms, type Rooms } from '../features/huddle/live/rooms';
import { joinShape, operationShape, sendShape, type Joined, type Message, type Outcome, type SentOperation } from '../features/huddle/live-contract';
import { isStorable } from '../lib/storable-text';
import { arbitraryOf } from './testing/arbitrary';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

/** What a stranger, a participant, who leads another Huddle and who no longer leads can do to one; and what odd input does. */
let app: TestApp;
let owner: Person;
let workspace: string;
let servers: { live: Hono; rooms: Rooms }[];
const PATIENCE = 2_000;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  servers = [0, 1].map(() => { const rooms = createRooms(app.services); return { rooms, live: huddleLive(app.services, rooms) }; });
});
afterAll(async () => {
  for (const { rooms } of servers) await rooms.stop();
  await app.close();
});

const ask = (path: string, init: RequestInit, server = 0): Promise<Response> => Promise.resolve((servers[server]?.live as Hono).request(path, init));
const post = (path: string, body: unknown, pass = '', server = 0) => ask(path, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${pass}` }, body: typeof body === 'string' ? body : JSON.stringify(body) }, server);
const send = (pass: string, operations: SentOperation[], server = 0) => post('/operations', { operations: operations.map((operation) => ({ id: randomUUID(), operation })) }, pass, server);
const act = async (pass: string, operation: SentOperation, server = 0): Promise<string> => {
  const response = await send(pass, [operation], server);
  if (response.status !== 200) return String(response.status);
  const { saved } = (await response.json()) as { saved: Outcome[] };
  return saved[0]?.saved ? 'saved' : (saved[0]?.refusal ?? '');
};
const join = async (code: string, name: string, does = 'sales', more: object = {}) => post('/join', { code, name, function: does, ...more });
const joined = async (code: string, name: string, does = 'sales', more: object = {}): Promise<Joined> => (await (await join(code, name, does, more)).json()) as Joined;

/** What a stream begins with; the status when there is none. */
const told = async (pass: string, server = 0): Promise<{ status: number; entities: Record<string, Seen> }> => {
  const response = await ask('/stream?after=-1', { headers: { authorization: `Bearer ${pass}` } }, server);
  if (response.status !== 200) return { status: response.status, entities: {} };
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  for (let text = ''; ; ) {
    const snapshot = text.split('\n\n').slice(0, -1).map((event) => JSON.parse(event.slice(6)) as Message).find((message) => message.t === 'snapshot');
    if (snapshot) { await reader.cancel(); return { status: 200, entities: snapshot.entities }; }
    text += decoder.decode((await reader.read()).value, { stream: true });
  }
};
/** All that a stream carries from now on, and whether it has ended. */
const listening = async (pass: string, server = 0) => {
  const response = await ask('/stream?after=-1', { headers: { authorization: `Bearer ${pass}` } }, server);
  const heard = { text: '', over: false };
  void (async () => {
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) heard.text += Buffer.from(part.value).toString();
    heard.over = true;
  })();
  return heard;
};

type Head = { code: string; steps: { id: string; kind: string }[] };
const huddleIn = async (kind: string) => {
  const { id } = await owner.client.huddle.create({ workspace, name: 'Spring Huddle' });
  const { pass: lead } = await owner.client.huddle.enter({ workspace, id, as: 'facilitator' });
  const head = (await told(lead)).entities['head'] as Head;
  const [sam, mia] = [await joined(head.code, 'Sam'), await joined(head.code, 'Mia', 'marketing')];
  const place = head.steps.findIndex((step) => step.kind === kind);
  await send(lead, [{ kind: 'start' }, { kind: 'go', to: place }]);
  return { id, lead, code: head.code, steps: head.steps, sam, mia, step: head.steps[place]?.id ?? '' };
};
const note = (step: string, channel: string, text: string, id: string = randomUUID()) => ({ kind: 'note', note: id, step, channel, text, about: null }) as SentOperation;

describe('whose pass it is not', () => {
  test('a pass leads to its own Huddle and workspace alone, as a pass, unchanged, while its Huddle is there', async () => {
    const [one, other] = [await huddleIn('forum'), await huddleIn('forum')];
    const bytes = Buffer.from(one.sam.pass.slice(4), 'base64url');
    const others = Buffer.from(other.sam.pass.slice(4), 'base64url');
    const made = (...parts: Buffer[]) => `lsp_${Buffer.concat(parts).toString('base64url')}`;
    const forged = {
      'the other Huddle, own proof': made(bytes.subarray(0, 16), others.subarray(16, 32), bytes.subarray(32)),
      'another workspace': made(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), bytes.subarray(16)),
      'another seat of the Huddle': made(bytes.subarray(0, 32), Buffer.from(one.mia.pass.slice(4), 'base64url').subarray(32, 48), bytes.subarray(48)),
      'the facilitator’s seat': made(bytes.subarray(0, 32), Buffer.from(one.lead.slice(4), 'base64url').subarray(32, 48), bytes.subarray(48)),
      'one bit': made(bytes.subarray(0, 63), Buffer.from([(bytes[63] ?? 0) ^ 1])),
      'no bytes': `lsp_${'A'.repeat(86)}`, 'a ticket’s name': one.sam.pass.replace('lsp_', 'lsi_'), 'cut off': one.sam.pass.slice(0, -1), 'nothing': '',
    };
    for (const [what, pass] of Object.entries(forged)) expect([what, (await told(pass)).status, await act(pass, note(one.step, 'own_role', 'Forged')), (await post('/join', { pass })).status]).toEqual([what, 404, '404', expect.toSatisfy((status: number) => [404, 422].includes(status))]);
    expect((await told(one.sam.pass, 1)).status).toBe(200);
  });

  test('a participant can do nothing that is for who leads, a wall nothing at all, and neither more by asking for a role', async () => {
    const { id, lead, sam, mia, steps, step } = await huddleIn('forum');
    const { pass: wall } = await owner.client.huddle.enter({ workspace, id, as: 'screen' });
    const ids = [step, sam.seat.id, mia.seat.id, randomUUID()];
    const leading = fc.sample(arbitraryOf(operationShape, ids), { numRuns: 4_000, seed: 7 }).flatMap((each) => { const read = operationShape.safeParse(each); return read.success && isStorable(each) && LEADING.includes(read.data.kind) ? [each as SentOperation] : []; });
    expect(new Set(leading.map(({ kind }) => kind)).size).toBeGreaterThan(12);
    const mine = leading.filter(({ kind }, at) => leading.findIndex((each) => each.kind === kind) === at);
    for (const operation of [...mine, { kind: 'admit', seat: mia.seat.id } as const, { kind: 'leave', seat: mia.seat.id } as const, { kind: 'go', to: steps.length - 1 } as const, { kind: 'reveal', step } as const])
      for (const pass of [sam.pass, wall]) expect([operation.kind, await act(pass, operation)]).toEqual([operation.kind, 'not_yours']);
    expect(await act(wall, note(step, 'own_role', 'A'))).toBe('not_yours');
    const written = randomUUID();
    expect([await act(mia.pass, note(step, 'own_role', 'Ours', written)), await act(sam.pass, { kind: 'write', note: written, text: 'Theirs' }), await act(sam.pass, { kind: 'remove', note: written, removed: true }), await act(lead, { kind: 'hide', note: written, hidden: true }), await act(sam.pass, { kind: 'group', note: written, with: null })]).toEqual(['saved', 'not_yours', 'not_yours', 'not_yet_read', 'not_yours']);
  });

  test('who no longer may lead is let go, hears nothing more and changes nothing; a seat taken out is out, and its link opens no other', async () => {
    const { id, lead, sam, code } = await huddleIn('kickoff');
    const secret = (await owner.client.workspace.invite({ workspace, email: 'fay@example.com', role: 'facilitator' })).link.split('#')[1] ?? '';
    const fay = await app.signUp('Fay Facilitator', secret);
    await fay.client.workspace.acceptInvitation({ secret });
    const { pass } = await fay.client.huddle.enter({ workspace, id, as: 'facilitator' });
    expect([await act(pass, { kind: 'extend', minutes: 5 }), await act(pass, { kind: 'leave', seat: (await owner.client.huddle.enter({ workspace, id, as: 'facilitator' })).seat })]).toEqual(['saved', 'not_yours']);
    const heard = await listening(pass);
    await app.db.inWorkspace(workspace, (tx) => tx.execute(sql`update member set role = 'member' where user_id = ${fay.userId}::uuid`));
    expect(await act(pass, { kind: 'extend', minutes: 5 })).toBe('not_yours');
    await expect(fay.client.huddle.enter({ workspace, id, as: 'facilitator' })).rejects.toMatchObject({ status: 403 });
    await (await servers[0]?.rooms.room(workspace, id))?.askAccounts();
    await expect.poll(() => heard.over).toBe(true);
    expect((await told(pass)).status).toBe(404);
    const gone = await listening(sam.pass);
    expect(await act(lead, { kind: 'leave', seat: sam.seat.id })).toBe('saved');
    await expect.poll(() => gone.over).toBe(true);
    expect([gone.text.includes('"why":"left"'), await act(sam.pass, { kind: 'ready', step: randomUUID(), ready: true }), (await told(sam.pass)).status, (await told(sam.pass, 1)).status, (await post('/join', { pass: sam.pass })).status, (await join(code, 'Sam')).status]).toEqual([true, 'not_yours', 404, 404, 404, 200]);
  });

  test('passes end at every server when a Huddle is ended at one of them, and who leads comes in again at both', async () => {
    const { id, lead, sam, step } = await huddleIn('synthesis');
    expect((await told(sam.pass, 1)).status).toBe(200);
    // Both at once: the second server may learn of the end while it writes.
    await Promise.all([send(lead, [{ kind: 'finish' }], 0), act(sam.pass, note(step, 'link', 'A'), 1)]);
    const { pass } = await owner.client.huddle.enter({ workspace, id, as: 'facilitator' });
    for (const server of [0, 1]) expect([(await told(sam.pass, server)).status, (await told(pass, server)).status]).toEqual([404, 200]);
  });

  test('of a Huddle that was removed nothing is left to read, wherever somebody was listening', async () => {
    const { id, sam, mia } = await huddleIn('forum');
    const [first, second] = [await listening(sam.pass, 0), await listening(mia.pass, 1)];
    await owner.client.huddle.remove({ workspace, id });
    await expect.poll(() => [first.over, second.over]).toEqual([true, true]);
    expect([(await told(sam.pass, 0)).status, (await told(mia.pass, 1)).status]).toEqual([404, 404]);
  });
});

describe('too much', () => {
  test('ten megabytes, a note too long, too many at once, ten thousand operations of one seat: refused, and nobody else is held up', async () => {
    const { sam, mia, step } = await huddleIn('synthesis');
    const huge = 'x'.repeat(10 * 1024 * 1024);
    expect((await post('/operations', { operations: [{ id: randomUUID(), operation: note(step, 'link', huge) }] }, sam.pass)).status).toBe(413);
    expect((await post('/join', { code: huge, name: 'A', function: 'sales' })).status).toBe(413);
    expect([await act(sam.pass, note(step, 'link', 'x'.repeat(1_001))), (await send(sam.pass, Array.from({ length: 101 }, () => note(step, 'link', 'A')))).status]).toEqual(['422', 422]);
    let taken = 0;
    for (let at = 0; at < 100; at += 1) { const { status } = await send(sam.pass, Array.from({ length: 100 }, () => note(step, 'link', 'Flood'))); expect([200, 429]).toContain(status); taken += status === 200 ? 100 : 0; }
    // A minute's worth, or two when the minute turned meanwhile.
    expect([600, 1_200]).toContain(taken);
    expect(await act(mia.pass, note(step, 'link', 'Still here'))).toBe('saved');
    expect(Object.keys((await told(mia.pass)).entities).filter((key) => key.startsWith('note/')).length).toBe(taken + 1);
  });

  test('made-up names fill no more than the Huddle, wait at the door, take nobody’s place twice, and leave room when they are taken out', async () => {
    const { lead, code } = await huddleIn('forum');
    const device = 'd'.repeat(20);
    const [one, again, other] = [await joined(code, 'Ann', 'sales', { device }), await joined(code, 'Ann', 'sales', { device }), await joined(code, 'Ann', 'marketing', { device })];
    expect([one.pass === again.pass, one.seat.id === other.seat.id, Object.keys((await told(one.pass)).entities).toSorted()]).toEqual([true, false, ['head', 'waiting']]);
    expect(await act(one.pass, { kind: 'ready', step: randomUUID(), ready: true })).toBe('waiting');
    const seat = { role: 'participant' as const, name: 'Made up', function: 'sales' as const, level: null, territory: '', personId: null, managerId: null, team: null, userId: null, joined: false as const, gone: false as const };
    const many = (count: number): SentOperation => ({ kind: 'seats', seats: Array.from({ length: count }, () => ({ ...seat, id: randomUUID() })) });
    expect([await act(lead, many(399)), await act(lead, many(395))]).toEqual(['too_many', 'saved']);
    expect((await join(code, 'One too many')).status).toBe(409);
    expect([await act(lead, { kind: 'leave', seat: one.seat.id }), (await join(code, 'One more')).status]).toEqual(['saved', 200]);
  });
});

describe('odd input', () => {
  const judged = async (response: Response, began: number): Promise<void> => {
    expect({ status: response.status, fault: response.status >= 500 ? app.logged.at(-1) : undefined }).toEqual({ status: expect.toSatisfy((status: number) => status < 500), fault: undefined });
    expect(performance.now() - began).toBeLessThan(PATIENCE);
    if (response.headers.get('content-type')?.includes('event-stream')) return void (await response.body?.cancel());
    const body = (await response.json()) as object;
    if (response.status >= 400) expect(body).toMatchObject({ code: expect.any(String), message: expect.any(String), data: { saved: false } });
  };

  test('generated operations of every role end in an answer, and what two servers and the log make of them is the same', async () => {
    const { id, lead, sam, mia, steps } = await huddleIn('forum');
    const ids = [...steps.map((each) => each.id), sam.seat.id, mia.seat.id, ...Array.from({ length: 6 }, () => randomUUID())];
    const passes = [lead, sam.pass, mia.pass];
    // After the end, or without the one who leads, all the rest would be refused for that alone.
    const ends = (operation: unknown): boolean => ['finish', 'leave'].includes((operation as { kind?: string } | null | undefined)?.kind ?? '');
    const listed = (body: unknown): unknown[] => { const list = (body as { operations?: unknown } | null | undefined)?.operations; return Array.isArray(list) ? list.map((each) => (each as { operation?: unknown } | null)?.operation) : []; };
    await fc.assert(
      fc.asyncProperty(arbitraryOf(sendShape, ids), fc.nat(2), fc.nat(1), async (body, who, server) => { if (!listed(body).some(ends)) await judged(await post('/operations', body, passes[who], server), performance.now()); }),
      { numRuns: 250, seed: 20260, endOnFailure: true },
    );
    // Single operations are understood more often than lists of them.
    await fc.assert(
      fc.asyncProperty(arbitraryOf(operationShape, ids), fc.uuid(), fc.nat(2), fc.nat(1), async (operation, each, who, server) => {
        if (!ends(operation)) await judged(await post('/operations', { operations: [{ id: each, operation }] }, passes[who], server), performance.now());
      }),
      { numRuns: 600, seed: 20260, endOnFailure: true },
    );
    const fresh = createRooms(app.services);
    const [states] = [await Promise.all([...servers.map(({ rooms }) => rooms), fresh].map(async (rooms) => { const room = await rooms.room(workspace, id); await room.catchUp(); return room.state(); }))];
    expect(states[0]?.seq).toBeGreaterThan(20);
    expect(states[1]).toEqual(states[0]);
    expect(states[2]).toEqual(states[0]);
    await fresh.stop();
  });

  test('generated ways of joining and listening, bodies that are no JSON, and odd headers', async () => {
    const { sam, code } = await huddleIn('kickoff');
    const joining = fc.oneof(arbitraryOf(joinShape, [sam.seat.id]), fc.record({ code: fc.constantFrom(code, code.toLowerCase(), `${code} `), name: fc.string({ unit: 'grapheme', maxLength: 250 }), function: fc.constantFrom('sales', 'marketing', 'leadership', 'x') }));
    await fc.assert(fc.asyncProperty(joining, async (body) => judged(await post('/join', body), performance.now())), { numRuns: 150, seed: 20260, endOnFailure: true });
    for (const body of ['', '{', 'null', '[]', '7', '"text"', '['.repeat(20_000), `{"operations":${'['.repeat(5_000)}`, '{"__proto__":{"pass":"x"}}', '\u0000'])
      for (const path of ['/join', '/operations']) await judged(await post(path, body, sam.pass), performance.now());
    for (const after of ['', 'x', '-2', '1e99', '0.5', 'NaN', '9'.repeat(400), '%00']) await judged(await ask(`/stream?after=${after}&line=${'l'.repeat(5_000)}`, { headers: { authorization: `Bearer ${sam.pass}` } }), performance.now());
    for (const authorization of ['', 'Bearer', 'Bearer  ', 'Basic x', `Bearer ${'x'.repeat(5_000)}`, 'Bearer lsp_']) await judged(await ask('/stream', { headers: { authorization } }), performance.now());
  });
});
