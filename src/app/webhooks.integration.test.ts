import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { announceMoves } from '../features/pipeline/announce';
import { GIVEN_UP_BEFORE_PAUSE } from '../features/pipeline/domain/outgoing-hooks';
import { verifyMessage } from '../platform/crypto/webhook-signature';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;
let crm: string;
let receiver: Server;
let answers: number[] = [];
let got: { headers: Headers; body: string }[] = [];
let clock = new Date('2026-05-04T10:00:00Z');
const sentJobs: string[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      got.push({ headers: new Headers(Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)])), body });
      response.writeHead(answers.shift() ?? 204).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((done) => receiver.once('listening', done));
  app = await createTestApp({ now: () => clock, config: { webhookAllowPrivate: true }, jobs: async (name) => void sentJobs.push(name) });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  crm = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' })).id;
});
afterAll(async () => {
  receiver.close();
  await app.close();
});

const url = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`;
const deliver = () => app.runJob('pipeline.deliver-webhooks', { workspaceId: workspace });

test('what happens to leads is written with it, sent signed, tried again with the same id, and shown', async () => {
  const hook = await owner.client.pipeline.createWebhook({ workspace, url: url(), events: ['leads.updated', 'lead.stage_changed'] });
  await owner.client.customers.putRecords({ workspace, source: crm, kind: 'lead', rows: [{ key: 'L1', name: 'Ann Lee', email: 'ann@one.example', status: 'Working', enteredAt: '2026-05-01T08:00:00Z' }] });
  answers = [500];
  await deliver();
  expect(got).toHaveLength(1);
  const [waiting] = await owner.client.pipeline.deliveries({ workspace, id: hook.id });
  expect(waiting).toMatchObject({ event: 'leads.updated', state: 'waiting', tries: 1, lastStatus: 500 });
  expect(new Date(waiting?.dueAt ?? 0).getTime() - clock.getTime()).toBeGreaterThanOrEqual(60_000);
  await deliver();
  expect(got).toHaveLength(1);
  clock = new Date(clock.getTime() + 2 * 60_000);
  await deliver();
  expect(got).toHaveLength(2);
  expect(got.map((each) => each.headers.get('webhook-id'))).toEqual([waiting?.eventId, waiting?.eventId]);
  for (const each of got) expect(verifyMessage(hook.secret, each.headers, each.body, clock.getTime())).toBe('good');
  expect(JSON.parse(got[1]?.body ?? '')).toMatchObject({ type: 'leads.updated', data: { leads: 1 } });
  expect(await owner.client.pipeline.webhooks({ workspace })).toMatchObject([{ id: hook.id, waiting: 0, delivered: 1, givenUp: 0, pausedAt: null }]);

  const lead = (await owner.client.pipeline.leads({ workspace })).rows[0];
  const stage = (await owner.client.pipeline.pipelines({ workspace }))[0]?.stages.find((each) => each.role === 'sales_qualified');
  if (!lead || !stage) throw new Error('no lead came in');
  await owner.client.pipeline.move({ workspace, ids: [lead.id], stageId: stage.id, reason: 'Has a budget' });
  await deliver();
  expect(JSON.parse(got.at(-1)?.body ?? '')).toMatchObject({ type: 'lead.stage_changed', data: { leadId: lead.id, from: { role: 'accepted' }, to: { role: 'sales_qualified' }, reason: 'Has a budget', by: 'hand' } });
});

test('offers, answers, what was taken back, disputes and how they were settled are told in their order', async () => {
  const lead = (await owner.client.pipeline.leads({ workspace })).rows[0]?.id ?? '';
  const hook = await owner.client.pipeline.createWebhook({ workspace, url: url(), events: ['handoff.offered', 'handoff.answered', 'handoff.withdrawn', 'handoff.reopened', 'handoff.disputed', 'handoff.settled'] });
  got = [];
  const taken = await owner.client.pipeline.offer({ workspace, ids: [lead] });
  await owner.client.pipeline.undo({ workspace, act: taken.act });
  clock = new Date(clock.getTime() + 1_000);
  await owner.client.pipeline.offer({ workspace, ids: [lead], note: 'Wants a demo' });
  const offer = (await owner.client.pipeline.handoffs({ workspace, lead, state: 'offered' })).rows[0]?.id ?? '';
  const answer = await owner.client.pipeline.decide({ workspace, ids: [offer], decision: { kind: 'reject', reason: 'No budget' } });
  await owner.client.pipeline.undo({ workspace, act: answer.act });
  clock = new Date(clock.getTime() + 1_000);
  await owner.client.pipeline.decide({ workspace, ids: [offer], decision: { kind: 'reject', reason: 'No need now' } });
  await owner.client.pipeline.dispute({ workspace, id: offer, note: 'They wrote in June.' });
  await owner.client.pipeline.settle({ workspace, id: offer, note: 'Called again.' });
  await deliver();
  const told = got.map((each) => JSON.parse(each.body) as { type: string; data: Record<string, unknown> }).filter((each) => each.type.startsWith('handoff.'));
  expect(told.map((each) => [each.type, each.data['state'], each.data['reason']])).toEqual([
    ['handoff.offered', 'offered', null], ['handoff.withdrawn', 'withdrawn', null], ['handoff.offered', 'offered', null], ['handoff.answered', 'rejected', 'No budget'],
    ['handoff.reopened', 'offered', null], ['handoff.answered', 'rejected', 'No need now'], ['handoff.disputed', 'rejected', 'No need now'], ['handoff.settled', 'rejected', 'No need now'],
  ]);
  expect(told.at(-1)?.data).toMatchObject({ handoffId: offer, leadId: lead, disputeNote: 'They wrote in June.', settleNote: 'Called again.', actor: 'Olga Owner' });
  await owner.client.pipeline.removeWebhook({ workspace, id: hook.id });
});

test('what becomes of agreed actions is told as it happens, and that their day has passed once for each day', async () => {
  const { id: hook } = await owner.client.pipeline.createWebhook({ workspace, url: url(), events: ['action.added', 'action.changed', 'action.done', 'action.reopened', 'action.overdue'] });
  got = [];
  const problem = (await owner.client.improvement.addProblem({ workspace, title: 'Plans come late', area: '3', cause: 'joint_activity' })).problems[0]?.id ?? '';
  const words = { workspace, text: 'Plans a month earlier', by: 'both', ownerName: 'Both heads', dueOn: '2026-05-05', effect: 'Time to answer', easy: true, visible: true, direct: true } as const;
  const seen = (all: Awaited<ReturnType<typeof owner.client.improvement.read>>) => all.problems[0]?.actions[0] ?? { id: '', version: 0 };
  let action = seen(await owner.client.improvement.addAction({ ...words, id: problem }));
  const begun = clock;
  const tend = async (days: number) => {
    clock = new Date(begun.getTime() + days * 24 * 3_600_000);
    await Promise.all([app.runJob('improvement-remind', {}), app.runJob('improvement-remind', {})]);
    await deliver();
  };
  // Due today is not overdue.
  await tend(1);
  await tend(2);
  await tend(3);
  action = seen(await owner.client.improvement.carryAction({ workspace, id: action.id, version: action.version, dueOn: '2026-05-10', why: 'Ill' }));
  await tend(7);
  action = seen(await owner.client.improvement.moveAction({ workspace, id: action.id, version: action.version, to: 'done' }));
  await owner.client.improvement.moveAction({ workspace, id: action.id, version: action.version, to: 'open' });
  await deliver();
  clock = begun;
  const told = got.map((each) => JSON.parse(each.body) as { type: string; data: Record<string, unknown> });
  expect(told.map(({ type, data }) => [type, data['dueOn'], data['state'], data['actor']])).toEqual([
    ['action.added', '2026-05-05', 'open', 'Olga Owner'], ['action.overdue', '2026-05-05', 'open', null], ['action.changed', '2026-05-10', 'open', 'Olga Owner'],
    ['action.overdue', '2026-05-10', 'open', null], ['action.done', '2026-05-10', 'done', 'Olga Owner'], ['action.reopened', '2026-05-10', 'open', 'Olga Owner'],
  ]);
  expect(told[0]?.data).toMatchObject({ actionId: action.id, text: words.text, by: 'both', owner: 'Both heads', effect: words.effect, problem: 'Plans come late', problemId: problem, doneAt: null });
  await owner.client.pipeline.removeWebhook({ workspace, id: hook });
});

test('what becomes of a problem is told, and a Huddle that is handed over wakes the delivery at once, with its problems and their actions', async () => {
  const { id: hook } = await owner.client.pipeline.createWebhook({ workspace, url: url(), events: ['problem.added', 'problem.begun', 'problem.put_back', 'problem.solved', 'problem.reopened', 'problem.dropped', 'action.added'] });
  got = [];
  const { problems } = await owner.client.improvement.addProblem({ workspace, title: 'Two lists', area: '3', cause: 'joint_activity' });
  const id = problems.find(({ title }) => title === 'Two lists')?.id ?? '';
  for (const to of ['running', 'waiting', 'running', 'solved', 'running', 'dropped', 'waiting'] as const) {
    clock = new Date(clock.getTime() + 1_000);
    const version = (await owner.client.improvement.read({ workspace })).problems.find((each) => each.id === id)?.version ?? 0;
    await owner.client.improvement.setState({ workspace, id, version, to, note: to === 'solved' ? 'One list' : '' });
  }
  await deliver();
  const told = () => got.map((each) => JSON.parse(each.body) as { type: string; data: Record<string, unknown> });
  expect(told().map(({ type, data }) => [type, data['state'], data['note'], data['problemId'] === id, data['actor']])).toEqual([
    ['problem.added', 'waiting', '', true, 'Olga Owner'], ['problem.begun', 'running', '', true, 'Olga Owner'], ['problem.put_back', 'waiting', '', true, 'Olga Owner'], ['problem.begun', 'running', '', true, 'Olga Owner'],
    ['problem.solved', 'solved', 'One list', true, 'Olga Owner'], ['problem.reopened', 'running', '', true, 'Olga Owner'], ['problem.dropped', 'dropped', '', true, 'Olga Owner'], ['problem.reopened', 'waiting', '', true, 'Olga Owner'],
  ]);
  got = [];
  const { id: huddle } = await owner.client.huddle.create({ workspace, name: 'Spring Huddle', minutes: 240 });
  const { pass } = await owner.client.huddle.enter({ workspace, id: huddle, as: 'facilitator' });
  const disconnect = crypto.randomUUID();
  const agreed = { id: crypto.randomUUID(), disconnect, text: 'One price list', activities: '', owner: 'Ann', side: null, dueOn: null, easy: true, visible: true, direct: true, removed: false };
  const operations = [{ kind: 'start' }, { kind: 'disconnect', disconnect, text: 'Two price lists', from: [], removed: false }, { kind: 'action', action: agreed }, { kind: 'finish' }];
  const sent = await app.request('/api/huddle/operations', { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${pass}` }, body: JSON.stringify({ operations: operations.map((operation) => ({ id: crypto.randomUUID(), operation })) }) });
  expect(sent.status).toBe(200);
  const woken = sentJobs.length;
  await owner.client.huddle.handOver({ workspace, id: huddle, disconnects: [{ disconnect, cause: 'systems' }] });
  expect(sentJobs.slice(woken)).toContain('pipeline.deliver-webhooks');
  await deliver();
  expect(told().map(({ type, data }) => [type, data['title'] ?? data['text'], data['huddleId'] ?? data['problem']]).toSorted()).toEqual([['action.added', 'One price list', 'Two price lists'], ['problem.added', 'Two price lists', huddle]]);
  await owner.client.pipeline.removeWebhook({ workspace, id: hook });
});

test('an act that is rolled back tells nobody', async () => {
  const [hook] = await owner.client.pipeline.webhooks({ workspace });
  const before = await owner.client.pipeline.deliveries({ workspace, id: hook?.id ?? '' });
  const lead = (await owner.client.pipeline.leads({ workspace })).rows[0];
  await expect(app.services.db.inWorkspace(workspace, async (tx) => {
    await announceMoves(tx, { workspaceId: workspace, now: clock }, { actor: 'x', from: 'hand' }, [{ leadId: lead?.id ?? '', stageId: lead?.stageId ?? '', at: clock, reason: null }]);
    throw new Error('cut off');
  })).rejects.toThrow('cut off');
  expect(await owner.client.pipeline.deliveries({ workspace, id: hook?.id ?? '' })).toEqual(before);
});

test('an address that is gone is paused at once, and can be switched on and tried again', async () => {
  const [hook] = await owner.client.pipeline.webhooks({ workspace });
  const id = hook?.id ?? '';
  await owner.client.customers.putRecords({ workspace, source: crm, kind: 'lead', rows: [{ key: 'L2', name: 'Bo Day', email: 'bo@two.example', enteredAt: '2026-05-01T08:00:00Z' }] });
  answers = [410];
  await deliver();
  expect((await owner.client.pipeline.webhooks({ workspace }))[0]).toMatchObject({ pausedWhy: 'gone', givenUp: 1 });
  const [last] = await owner.client.pipeline.deliveries({ workspace, id });
  await expect(owner.client.pipeline.redeliver({ workspace, id: last?.id ?? '' })).rejects.toMatchObject({ status: 409 });
  await owner.client.pipeline.pauseWebhook({ workspace, id, paused: false });
  await owner.client.pipeline.redeliver({ workspace, id: last?.id ?? '' });
  await deliver();
  expect((await owner.client.pipeline.deliveries({ workspace, id }))[0]).toMatchObject({ state: 'delivered', eventId: last?.eventId, tries: 1 });
});

test('an address that fails for long is switched off, keeps what happens meanwhile, and gets it once it is switched on', async () => {
  for (const { id } of await owner.client.pipeline.webhooks({ workspace })) await owner.client.pipeline.removeWebhook({ workspace, id });
  const { id } = await owner.client.pipeline.createWebhook({ workspace, url: url(), events: ['leads.updated'] });
  const state = async () => (await owner.client.pipeline.webhooks({ workspace })).find((hook) => hook.id === id);
  const change = (no: number) => owner.client.customers.putRecords({ workspace, source: crm, kind: 'lead', rows: [{ key: `F${no}`, name: `Fay ${no}`, email: `fay${no}@fail.example`, enteredAt: '2026-05-01T08:00:00Z' }] });
  for (let no = 1; no <= GIVEN_UP_BEFORE_PAUSE; no += 1) await change(no);
  answers = Array.from({ length: 1_000 }, () => 503);
  got = [];
  // Each message is tried over days before it is given up; after enough of them in a row nothing more is sent.
  for (let hours = 0; hours < 24 * 60 && (await state())?.pausedAt === null; hours += 6) {
    clock = new Date(clock.getTime() + 6 * 3_600_000);
    await deliver();
  }
  expect(await state()).toMatchObject({ pausedWhy: 'failing', givenUp: GIVEN_UP_BEFORE_PAUSE, delivered: 0 });
  expect(got.length).toBeGreaterThan(GIVEN_UP_BEFORE_PAUSE);
  const tried = got.length;
  await change(99);
  clock = new Date(clock.getTime() + 7 * 24 * 3_600_000);
  await deliver();
  expect([got.length, (await state())?.waiting]).toEqual([tried, 1]);
  expect(JSON.stringify(await owner.client.workspace.audit({ workspace, limit: 20 }))).toContain('pipeline.webhook-paused');
  answers = [];
  await owner.client.pipeline.pauseWebhook({ workspace, id, paused: false });
  await deliver();
  expect(await state()).toMatchObject({ pausedAt: null, waiting: 0, delivered: 1 });
});

test('addresses inside are refused where they are not allowed', async () => {
  const strict = await createTestApp();
  const other = await strict.signUp('Otto Other');
  const elsewhere = (await other.client.workspace.create({ name: 'Elsewhere', timeZone: 'UTC' })).id;
  for (const inside of ['http://127.0.0.1/', 'http://169.254.169.254/latest', 'http://[::ffff:7f00:1]/', 'https://example.com:22/', 'ftp://example.com/'])
    await expect(other.client.pipeline.createWebhook({ workspace: elsewhere, url: inside, events: ['leads.updated'] })).rejects.toMatchObject({ status: 422 });
  expect(await other.client.pipeline.webhooks({ workspace: elsewhere })).toEqual([]);
  await strict.close();
});
