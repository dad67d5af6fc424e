import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretOf } from './testing/two-companies';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let viewer: Person;
let workspace: string;
/** A Saturday in Berlin. */
let clock = new Date('2026-05-16T10:00:00Z');
const content = { name: 'Monday look', metrics: ['lead_to_order', 'average_order_size'], unit: 'quarter', split: 'none' } as const;

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  const secret = secretOf((await owner.client.workspace.invite({ workspace, email: 'vera@i.example', role: 'viewer' })).link);
  viewer = await app.signUp('Vera Viewer', secret);
  await viewer.client.workspace.acceptInvitation({ secret });
});
afterAll(() => app.close());

const mails = async () => (await owner.client.workspace.outbox({ workspace })).filter((mail) => mail.kind === 'dashboard');
const due = async (at: string) => {
  clock = new Date(at);
  await Promise.all([app.runJob('goals-mail', {}), app.runJob('goals-mail', {})]);
  return (await mails()).length;
};

test('a dashboard is open to everybody, changed by members, and its removal can be taken back', async () => {
  const made = await owner.client.goals.addDashboard({ workspace, ...content, metrics: [...content.metrics] });
  expect(await viewer.client.goals.dashboards({ workspace })).toMatchObject([{ id: made.id, name: 'Monday look', mail: null }]);
  await expect(viewer.client.goals.changeDashboard({ workspace, id: made.id, version: 1, removed: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(owner.client.goals.addDashboard({ workspace, ...content, metrics: ['number of mails sent'] })).rejects.toMatchObject({ code: 'INVALID' });
  await owner.client.goals.changeDashboard({ workspace, id: made.id, version: 1, removed: true });
  expect(await owner.client.goals.dashboards({ workspace })).toEqual([]);
  await expect(owner.client.goals.changeDashboard({ workspace, id: made.id, version: 1, removed: false })).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
  await owner.client.goals.changeDashboard({ workspace, id: made.id, version: 2, removed: false });
  expect(await owner.client.goals.dashboards({ workspace })).toHaveLength(1);
});

test('a dashboard as PDF: for everybody here, with what cannot be told and why; a removed one is gone', async () => {
  const [board] = await owner.client.goals.dashboards({ workspace });
  const file = await viewer.client.goals.dashboardFile({ workspace, id: board?.id ?? '' });
  expect([file.type, file.name]).toEqual(['application/pdf', expect.stringMatching(/^Monday-look-\d{4}-\d\d-01\.pdf$/u)]);
  const bytes = Buffer.from(await file.arrayBuffer());
  expect([bytes.subarray(0, 5).toString(), bytes.length > 5_000]).toEqual(['%PDF-', true]);
  await expect(viewer.client.goals.dashboardFile({ workspace, id: crypto.randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a mail each Monday at seven in the workspace’s zone, once however many servers ask', async () => {
  const [board] = await owner.client.goals.dashboards({ workspace });
  const id = board?.id ?? '';
  await viewer.client.goals.subscribe({ workspace, id, every: 'weekly' });
  expect(await viewer.client.goals.dashboards({ workspace })).toMatchObject([{ mail: 'weekly' }]);
  expect(await due('2026-05-16T12:00:00Z')).toBe(0);
  expect(await due('2026-05-18T04:59:00Z')).toBe(0);
  expect(await due('2026-05-18T05:00:00Z')).toBe(1);
  expect(await due('2026-05-19T05:00:00Z')).toBe(1);
  expect((await mails())[0]).toMatchObject({ recipient: viewer.email, subject: 'Monday look: Q2 2026 (Northwind)' });
  expect(await due('2026-05-25T08:00:00Z')).toBe(2);
  await viewer.client.goals.subscribe({ workspace, id, every: null });
  expect(await due('2026-06-01T08:00:00Z')).toBe(2);
});

test('who has left gets none, and a script orders none', async () => {
  const [board] = await owner.client.goals.dashboards({ workspace });
  const id = board?.id ?? '';
  await viewer.client.goals.subscribe({ workspace, id, every: 'monthly' });
  await owner.client.workspace.removeMember({ workspace, user: viewer.userId });
  expect(await due('2026-07-01T08:00:00Z')).toBe(2);
  const { secret } = await owner.client.workspace.createToken({ workspace, name: 'script', scopes: ['goals:write'] });
  await expect(app.bearer(secret).goals.subscribe({ workspace, id, every: 'weekly' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
