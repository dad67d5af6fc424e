import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Outcome, SentOperation } from '../features/huddle/live-contract';
import type { HuddleRecord } from '../features/huddle/contract';
import { readZip } from '../platform/files/zip';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

/** What comes before and after a live Huddle: sheets of paper, the record, regions beside each other, the next one. */
let app: TestApp;
let owner: Person;
let workspace: string;
let now = new Date('2026-03-10T09:00:00Z');

beforeAll(async () => {
  app = await createTestApp({ now: () => now });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
});
afterAll(() => app.close());

const act = async (pass: string, ...operations: SentOperation[]): Promise<string[]> => {
  const response = await app.request('/api/huddle/operations', { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${pass}` }, body: JSON.stringify({ operations: operations.map((operation) => ({ id: randomUUID(), operation })) }) });
  expect(response.status).toBe(200);
  return ((await response.json()) as { saved: Outcome[] }).saved.map((outcome) => (outcome.saved ? 'saved' : outcome.refusal));
};
/** What a device is answered that opens a link. */
const opened = async (link: string, device: string): Promise<{ status: number; pass: string; seat: string }> => {
  const response = await app.request('/api/huddle/join', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ticket: link.split('#')[1] ?? '', device }) });
  const told = (await response.json()) as { pass?: string; seat?: { id: string } };
  return { status: response.status, pass: told.pass ?? '', seat: told.seat?.id ?? '' };
};
/** The first of what a stream sends: who one is, and everything one may read. */
const heard = async (pass: string): Promise<string> => {
  const response = await app.request('/api/huddle/stream', { headers: { authorization: `Bearer ${pass}` } });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  while (!text.includes('"t":"snapshot"') || !text.endsWith('\n\n')) {
    const { done, value } = await reader.read();
    if (done) break;
    text += new TextDecoder().decode(value);
  }
  await reader.cancel();
  return text;
};
const leading = async (id: string): Promise<string> => (await owner.client.huddle.enter({ workspace, id, as: 'facilitator' })).pass;
/** What the database is asked meanwhile. */
const queriesDuring = async (work: () => Promise<unknown>): Promise<string[]> => {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return spy.mock.calls.map(([what]) => (typeof what === 'string' ? what : (what as unknown as { text: string }).text));
  } finally {
    spy.mockRestore();
  }
};
const readsOfLogs = (asked: readonly string[]): number => asked.filter((text) => text.includes('"seq" > $')).length;
const recordOf = (id: string): Promise<HuddleRecord> => owner.client.huddle.record({ workspace, id });
const stepOf = (record: HuddleRecord, kind: string) => record.steps.find((step) => step.kind === kind) as HuddleRecord['steps'][number];
const team = (number: number, room: 'sales' | 'marketing' | null) => ({ id: randomUUID(), number, room, members: [] });
const action = (disconnect: string | null, text: string) => ({ id: randomUUID(), disconnect, text, activities: '', owner: 'Ann', side: 'sales' as const, dueOn: '2026-06-01', easy: true, visible: true, direct: true, removed: false });
const note = (step: string, channel: 'own_role' | 'disconnect' | 'lens_sales' | 'strength' | 'question' | 'expected_role', text: string) => ({ kind: 'note' as const, note: randomUUID(), step, channel, text, about: null });
const onPaper = (...of: Parameters<typeof note>) => ({ ...note(...of), paper: true });

const LIMITS = { entries: 500, unpackedBytes: 20_000_000 };
/** Every word on slides, as their XML has it. */
const wordsIn = async (file: Response): Promise<string> =>
  [...readZip(new Uint8Array(await file.arrayBuffer()), LIMITS, () => true)].filter(([name]) => /slides\/slide\d+\.xml$/u.test(name)).flatMap(([, xml]) => [...xml.toString().matchAll(/<a:t>([^<]*)<\/a:t>/gu)].map(([, text]) => text)).join(' ');

let typed: string;

test('sheets of paper are typed in for each team, though no step ever ran, and stand open in the record', async () => {
  ({ id: typed } = await owner.client.huddle.create({ workspace, name: 'In the barn' }));
  const lead = await leading(typed);
  const [sales, mixed] = [team(1, 'sales'), team(1, null)];
  expect(await act(lead, { kind: 'draw', of: 'single', teams: [sales] }, { kind: 'draw', of: 'mixed', teams: [mixed] })).toEqual(['saved', 'saved']);
  const before = await recordOf(typed);
  const [forum, disconnects, evening, reflection] = (['forum', 'disconnects', 'evening', 'reflection'] as const).map((kind) => stepOf(before, kind).id) as [string, string, string, string];
  const typist = async (of: string) => (await owner.client.huddle.enter({ workspace, id: typed, as: 'typist', team: of })).pass;
  const [one, both] = [await typist(sales.id), await typist(mixed.id)];
  expect(await act(one, onPaper(forum, 'own_role', 'Too early'))).toEqual(['not_now']);
  expect(await act(lead, { kind: 'finish' })).toEqual(['not_now']);
  expect(await act(one, { kind: 'typing', on: true, attended: 14 })).toEqual(['not_yours']);
  expect(await act(lead, { kind: 'typing', on: true, attended: 14 })).toEqual(['saved']);
  const [role, apart] = [onPaper(forum, 'own_role', 'We open doors.'), onPaper(disconnects, 'disconnect', 'Plans come late.')];
  expect(await act(one, role, { kind: 'top', note: role.note, top: true }, onPaper(reflection, 'lens_sales', 'We return leads with one word.'))).toEqual(['saved', 'saved', 'saved']);
  expect(await act(both, apart, onPaper(forum, 'own_role', 'Not this team’s room'))).toEqual(['saved', 'not_yours']);
  expect(await act(lead, onPaper(evening, 'strength', 'Frank talk.'), { kind: 'disconnect', disconnect: apart.note, text: 'Plans come late.', from: [apart.note], removed: false }, { kind: 'action', action: action(apart.note, 'Plans a month earlier') })).toEqual(['saved', 'saved', 'saved']);
  // Dots are counted by whoever leads, on what stands on a sheet, while sheets are typed in.
  expect(await act(lead, { kind: 'dots', note: apart.note, count: 9 }, { kind: 'dots', note: apart.note, count: 11 }, { kind: 'dots', note: randomUUID(), count: 1 })).toEqual(['saved', 'saved', 'not_yet_read']);
  expect(await act(both, { kind: 'dots', note: apart.note, count: 99 }, { kind: 'vote', step: disconnects, nth: null, targets: [apart.note] })).toEqual(['not_yours', 'not_yours']);
  expect(await act(lead, { kind: 'finish' })).toEqual(['saved']);
  const after = await recordOf(typed);
  expect(after).toMatchObject({ phase: 'finished', joined: 14, mayEdit: true, disconnects: [{ text: 'Plans come late.' }], actions: [{ text: 'Plans a month earlier', carried: false }] });
  expect(stepOf(after, 'forum')).toMatchObject({ entered: true, withheld: 0, notes: [{ text: 'We open doors.', room: 'sales', top: true }] });
  expect(stepOf(after, 'disconnects').notes).toMatchObject([{ text: 'Plans come late.', votes: 11 }]);
  expect([stepOf(after, 'disconnects'), stepOf(after, 'evening'), stepOf(after, 'reflection')].map(({ notes }) => notes.length)).toEqual([1, 1, 1]);
});

test('whoever leads puts the record right: what was written is kept beside it, and slides say what the page says', async () => {
  const lead = await leading(typed);
  const before = await recordOf(typed);
  const [written] = stepOf(before, 'forum').notes;
  const remark = randomUUID();
  expect(await act(lead, { kind: 'correct', note: written?.id ?? '', text: 'We open doors & keep them open.' }, { kind: 'remark', remark, step: null, text: 'Typed in by Ida.', removed: false }, { kind: 'remark', remark: randomUUID(), step: stepOf(before, 'evening').id, text: 'Said aloud.', removed: false })).toEqual(['saved', 'saved', 'saved']);
  expect(await act(lead, { kind: 'correct', note: randomUUID(), text: 'Nothing' }, { kind: 'remark', remark: randomUUID(), step: randomUUID(), text: 'Nowhere', removed: false })).toEqual(['not_yet_read', 'unknown']);
  const after = await recordOf(typed);
  expect(stepOf(after, 'forum').notes[0]).toMatchObject({ text: 'We open doors & keep them open.', original: 'We open doors.' });
  expect([after.remarks, stepOf(after, 'evening').remarks]).toMatchObject([[{ text: 'Typed in by Ida.' }], [{ text: 'Said aloud.' }]]);
  const file = await app.request(`/api/workspaces/${workspace}/huddles/${typed}/record.pptx`, { headers: { cookie: owner.cookie } });
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.presentationml.presentation']);
  const told = await wordsIn(file);
  for (const text of ['We open doors &amp; keep them open.', 'Plans come late.', 'Plans a month earlier', 'Typed in by Ida.', 'Said aloud.', 'Frank talk.']) expect(told).toContain(text);
  expect((await app.request(`/api/workspaces/${workspace}/huddles/${typed}/record.pptx`)).status).toBe(401);
  expect(await act(lead, { kind: 'correct', note: written?.id ?? '', text: null }, { kind: 'remark', remark, step: null, text: '', removed: true })).toEqual(['saved', 'saved']);
  const back = await recordOf(typed);
  expect([stepOf(back, 'forum').notes[0]?.original, back.remarks]).toEqual([null, []]);
});

test('before a Huddle has ended its notes are nobody’s to put right, and what was never opened is not on slides', async () => {
  const { id } = await owner.client.huddle.create({ workspace, name: 'Running' });
  const lead = await leading(id);
  const { steps } = await recordOf(id);
  const forum = steps.findIndex(({ kind }) => kind === 'forum');
  const sales = team(1, 'sales');
  const link = () => owner.client.huddle.scribe({ workspace, id, team: sales.id });
  await act(lead, { kind: 'draw', of: 'single', teams: [sales] }, { kind: 'start' }, { kind: 'go', to: forum });
  await expect(link()).rejects.toMatchObject({ status: 409 });
  await act(lead, { kind: 'in_room', inRoom: true });
  const pass = (await opened((await link()).link, 'tablet of the team')).pass;
  const kept = note(steps[forum]?.id ?? '', 'expected_role', 'SECRET-OF-THE-ROOM');
  expect(await act(pass, kept)).toEqual(['saved']);
  expect(await act(lead, { kind: 'correct', note: kept.note, text: 'Seen' })).toEqual(['not_now']);
  // Whoever made the link cannot come in by it as well, nor read along as the one who types sheets in.
  expect(await opened((await link()).link, 'laptop of who leads')).toMatchObject({ status: 410 });
  const typist = (await owner.client.huddle.enter({ workspace, id, as: 'typist', team: sales.id })).pass;
  expect(await act(typist, { kind: 'top', note: kept.note, top: true }, note(steps[forum]?.id ?? '', 'own_role', 'Not from paper'), { kind: 'ready', step: steps[forum]?.id ?? '', ready: true })).toEqual(['not_yours', 'not_now', 'not_yours']);
  expect([(await heard(typist)).includes('SECRET'), (await heard(pass)).includes('SECRET')]).toEqual([false, true]);
  // Typing in opens nothing of what was written live.
  expect(await act(lead, { kind: 'typing', on: true, attended: null }, { kind: 'go', to: forum + 1 })).toEqual(['saved', 'saved']);
  // Nor of what a device wrote live and could send only now.
  const late = note(steps[forum]?.id ?? '', 'expected_role', 'SECRET-SENT-LATE');
  expect(await act(pass, late)).toEqual(['saved']);
  expect(await act(lead, { kind: 'finish' })).toEqual(['saved']);
  expect(await act(await leading(id), { kind: 'correct', note: late.note, text: 'Seen' })).toEqual(['not_yet_read']);
  expect(await act(await leading(id), { kind: 'correct', note: kept.note, text: 'Seen' })).toEqual(['not_yet_read']);
  const file = await app.request(`/api/workspaces/${workspace}/huddles/${id}/record.pptx`, { headers: { cookie: owner.cookie } });
  const told = await wordsIn(file);
  expect([told.includes('SECRET'), told.includes('never opened to all')]).toEqual([false, true]);
  await owner.client.huddle.remove({ workspace, id });
});

test('a team’s device that was taken out is not heard any more, and another opens a link of its own', async () => {
  const { id } = await owner.client.huddle.create({ workspace, name: 'Devices' });
  const lead = await leading(id);
  const sales = team(1, 'sales');
  await act(lead, { kind: 'draw', of: 'single', teams: [sales] }, { kind: 'in_room', inRoom: true });
  const link = () => owner.client.huddle.scribe({ workspace, id, team: sales.id });
  await expect(owner.client.huddle.scribe({ workspace, id, team: randomUUID() })).rejects.toMatchObject({ status: 422 });
  const made = await link();
  expect(await heard(lead)).toContain('"device":false');
  const first = await opened(made.link, 'tablet of the team');
  expect([first.status, first.seat, await link(), (await opened(made.link, 'tablet of the team')).pass]).toEqual([200, made.seat, made, first.pass]);
  expect(await heard(lead)).toContain('"device":true');
  await act(lead, { kind: 'leave', seat: first.seat });
  expect((await app.request('/api/huddle/stream', { headers: { authorization: `Bearer ${first.pass}` } })).status).toBe(404);
  const second = await link();
  expect([second.seat === made.seat, (await opened(made.link, 'tablet of the team')).status, (await opened(second.link, 'another tablet of the team')).status]).toEqual([false, 404, 200]);
  await owner.client.huddle.remove({ workspace, id });
});

test('the next Huddle is proposed from the last and planned in one step, with its people and what is still to do', async () => {
  const { id: person } = await owner.client.people.create({ workspace, name: 'Ida Invited', email: 'ida@example.com', function: 'sales', level: 'front_line', territory: 'North' });
  const { id: left } = await owner.client.people.create({ workspace, name: 'Leo Left', email: 'leo@example.com', function: 'marketing', level: 'front_line', territory: 'North' });
  const { id } = await owner.client.huddle.create({ workspace, name: 'Spring Huddle', minutes: 240 });
  const lead = await leading(id);
  const seat = (personId: string | null, name: string) => ({ id: randomUUID(), role: 'participant' as const, name, function: 'sales' as const, level: null, territory: '', personId, managerId: null, team: null, userId: null, joined: false as const, gone: false as const });
  await act(lead, { kind: 'seats', seats: [seat(person, 'Ida'), seat(left, 'Leo'), seat(null, 'By the code')] }, { kind: 'start' });
  const disconnect = randomUUID();
  await act(lead, { kind: 'disconnect', disconnect, text: 'Two desks', from: [], removed: false }, { kind: 'action', action: action(disconnect, 'One list') }, { kind: 'action', action: action(null, 'Not tied to any') });
  expect(await owner.client.huddle.next({ workspace })).toBeNull();
  await expect(owner.client.huddle.planNext({ workspace, id, name: 'Too early' })).rejects.toMatchObject({ status: 409 });
  // Later than the one in the barn.
  now = new Date(now.getTime() + 60_000);
  await act(lead, { kind: 'finish' });
  await owner.client.huddle.handOver({ workspace, id, disconnects: [{ disconnect, cause: 'systems' }] });
  await owner.client.people.archive({ workspace, id: left });
  now = new Date('2026-09-01T09:00:00Z');
  let next: unknown;
  const asked = await queriesDuring(async () => { next = await owner.client.huddle.next({ workspace }); });
  expect(next).toMatchObject({ on: '2027-01-05', from: '2026-12-10', to: '2027-03-10', because: 'reassessment', last: { id, name: 'Spring Huddle' }, people: 2, actions: 1 });
  // What it is proposed from was kept when the last one ended: its log is not read for it.
  expect(readsOfLogs(asked)).toBe(0);
  const made = await owner.client.huddle.planNext({ workspace, id, name: 'The next', startsAt: '2027-01-05T09:00:00Z' });
  expect(await owner.client.huddle.next({ workspace })).toBeNull();
  const record = await recordOf(made.id);
  expect(record.actions).toMatchObject([{ text: 'One list', carried: true }]);
  expect(record.steps.map(({ kind, minutes }) => [kind, minutes])).toEqual((await recordOf(id)).steps.map(({ kind, minutes }) => [kind, minutes]));
  expect((await owner.client.huddle.links({ workspace, id: made.id })).map(({ name }) => name)).toEqual(['By the code', 'Ida Invited']);
  await owner.client.huddle.remove({ workspace, id: made.id });
});

test('regions stand side by side: nothing a region has not opened to its own, no number of a small group, none to be worked out', async () => {
  const { id: whole } = await owner.client.huddle.create({ workspace, name: 'All regions' });
  const region = async (name: string, people: number): Promise<{ id: string; lead: string }> => {
    const { id } = await owner.client.huddle.create({ workspace, name, parent: whole });
    const lead = await leading(id);
    const code = (await app.db.inWorkspace(workspace, (tx) => tx.execute<{ code: string }>(`select code from huddle where id = '${id}'`))).rows[0]?.code;
    for (let at = 0; at < people; at += 1) {
      const joined = await app.request('/api/huddle/join', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, name: `P ${at}`, function: 'sales' }) });
      expect(joined.status).toBe(200);
    }
    return { id, lead };
  };
  const [north, south, east] = [await region('North', 7), await region('South', 6), await region('East', 2)];
  for (const { id, lead } of [north, south]) await act(lead, { kind: 'start' }, { kind: 'go', to: (await recordOf(id)).steps.findIndex(({ kind }) => kind === 'disconnects') });
  await act(north.lead, { kind: 'disconnect', disconnect: randomUUID(), text: 'UNOPENED', from: [], removed: false });
  const opened = randomUUID();
  await act(south.lead, { kind: 'disconnect', disconnect: opened, text: 'Two price lists', from: [], removed: false }, { kind: 'action', action: action(opened, 'One list') }, { kind: 'reveal', step: stepOf(await recordOf(south.id), 'disconnects').id });
  const together = await owner.client.huddle.together({ workspace, id: whole });
  expect(JSON.stringify(together)).not.toContain('UNOPENED');
  expect(together.regions.map(({ name, open, disconnects }) => [name, open, disconnects.map(({ text }) => text)])).toEqual([['East', false, []], ['North', false, []], ['South', true, ['Two price lists']]]);
  expect(together.regions[2]).toMatchObject({ actions: [{ text: 'One list' }], step: { kind: 'disconnects' } });
  // East has two; were both others told, it would be what is left over, so the smaller of them stays hidden as well.
  const sales = together.regions.map(({ people }) => people.find((each) => each.function === 'sales')?.joined);
  expect(sales).toEqual([null, 7, null]);
  expect(east.id).not.toBe('');
  // Looked at again, only what is new is read, of the region where there is something.
  expect(readsOfLogs(await queriesDuring(() => owner.client.huddle.together({ workspace, id: whole })))).toBe(0);
  await act(north.lead, { kind: 'reveal', step: stepOf(await recordOf(north.id), 'disconnects').id });
  let later: typeof together | undefined;
  expect(readsOfLogs(await queriesDuring(async () => { later = await owner.client.huddle.together({ workspace, id: whole }); }))).toBe(1);
  expect(later?.regions.map(({ disconnects }) => disconnects.map(({ text }) => text))).toEqual([[], ['UNOPENED'], ['Two price lists']]);
});
