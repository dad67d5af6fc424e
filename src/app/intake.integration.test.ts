import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedHeaders } from '../platform/crypto/webhook-signature';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;
let crm: string;
let hook: { id: string; url: string; secret: string };

const NOW = new Date('2026-05-04T10:00:00Z');
let clock = NOW;
const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  crm = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'Europe/Berlin' })).id;
  hook = await owner.client.customers.createHook({ workspace, source: crm, name: 'From the CRM' });
});
afterAll(() => app.close());

type Row = Record<string, unknown>;
const message = (kind: string, rows: Row[], more: Row = {}) => JSON.stringify({ type: 'records.put', ...more, data: { kind, rows } });
const post = (path: string, headers: Record<string, string>, body: string) => app.request(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
const sign = (body: string, id: string, at = clock) => signedHeaders(hook.secret, id, at.getTime(), body);
const send = async (body: string, id: string = crypto.randomUUID(), at = clock) => {
  const response = await post(new URL(hook.url).pathname, sign(body, id, at), body);
  return { status: response.status, body: (await response.json()) as { repeated?: boolean; counts?: object; rejected?: object[]; message?: string } };
};
const records = async () => (await owner.client.customers.records({ workspace, limit: 500 })).rows;
const byKey = async (key: string) => (await records()).find((row) => row.key === key);

describe('a message is refused and leaves nothing', () => {
  const body = message('lead', [{ key: 'R1', email: 'rita@one.example' }]);
  const path = () => new URL(hook.url).pathname;
  test.each<[string, () => Promise<Response>, number]>([
    ['without signature', () => post(path(), {}, body), 401],
    ['signed with another secret', () => post(path(), signedHeaders(`whsec_${Buffer.alloc(32).toString('base64')}`, 'm1', clock.getTime(), body), body), 401],
    ['with another body than the signed one', () => post(path(), sign(body, 'm1'), body.replace('rita', 'rosa')), 401],
    ['with another id than the signed one', () => post(path(), { ...sign(body, 'm1'), 'webhook-id': 'm2' }, body), 401],
    ['with another time than the signed one', () => post(path(), { ...sign(body, 'm1'), 'webhook-timestamp': '1777888801' }, body), 401],
    ['six minutes old', () => post(path(), sign(body, 'm1', later(-6)), body), 401],
    ['from six minutes ahead', () => post(path(), sign(body, 'm1', later(6)), body), 401],
    ['to an address that is not one', () => post('/api/hooks/none', sign(body, 'm1'), body), 404],
    ['to an address of nobody', () => post(`/api/hooks/${crypto.randomUUID()}`, sign(body, 'm1'), body), 404],
    ['that is no JSON', () => post(path(), sign('{', 'm1'), '{'), 422],
    ['with a field that is none', () => post(path(), sign(message('lead', [{ key: 'R1', shoe: 1 }]), 'm1'), message('lead', [{ key: 'R1', shoe: 1 }])), 422],
    ['with a character that cannot be stored', () => post(path(), sign(message('lead', [{ key: 'R\u0000' }]), 'm1'), message('lead', [{ key: 'R\u0000' }])), 422],
    ['of more than a megabyte', () => post(path(), { 'content-length': '2000000' }, 'x'.repeat(2_000_000)), 413],
  ])('%s', async (_, ask, status) => {
    const response = await ask();
    expect(response.status, await response.clone().text()).toBe(status);
    expect(await response.json()).toMatchObject({ data: { saved: false } });
    expect((await records()).filter((row) => row.key.startsWith('R'))).toEqual([]);
  });
});

describe('a good message', () => {
  test('is kept, moves the lead, and says nothing new the second time', async () => {
    const body = message('lead', [{ key: 'L1', firstName: 'Ann', lastName: 'Lee', email: 'ANN@one.example', status: 'Working', enteredAt: '2026-05-01T08:00:00Z', custom: { 'Shoe size': '38' } }, { name: 'No key' }]);
    expect(await send(body, 'evt_1')).toMatchObject({ status: 200, body: { repeated: false, counts: { new: 1, changed: 0, same: 0, rejected: 1 }, rejected: [{ row: 1, problem: 'needs_one_of' }] } });
    expect(await byKey('L1')).toMatchObject({ name: 'Ann Lee', email: 'ann@one.example', status: 'Working', enteredAt: '2026-05-01T08:00:00.000Z' });
    expect((await owner.client.pipeline.leads({ workspace, search: 'Ann Lee' })).rows).toHaveLength(1);
    expect(await send(body, 'evt_1')).toMatchObject({ status: 200, body: { repeated: true, counts: { new: 1 } } });
    expect(await send(body, 'evt_2')).toMatchObject({ status: 200, body: { repeated: false, counts: { new: 0, changed: 0, same: 1 } } });
    expect(await send(message('lead', [{ key: 'L1', status: 'Lost' }]), 'evt_1')).toMatchObject({ status: 409 });
    expect(await byKey('L1')).toMatchObject({ status: 'Working' });
  });

  test('fifty at once with one id are one', async () => {
    const body = message('touch', [{ email: 'ann@one.example', at: '2026-05-02T08:00:00Z', channel: 'Web' }]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(body, 'evt_once')));
    expect(answers.map((each) => each.status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(answers.filter((each) => each.body.repeated === false)).toHaveLength(1);
    const { rows } = await app.services.db.inWorkspace(workspace, (tx) => tx.execute<{ n: number }>(`select count(*)::int as n from event where kind = 'touch'`));
    expect(rows[0]?.n).toBe(1);
  });

  test('that is late overwrites nothing newer; what happened is only added', async () => {
    const said = (day: number, row: Row) => message('lead', [{ key: 'L2', email: 'bo@two.example', ...row }], { timestamp: `2026-05-0${day}T08:00:00Z` });
    await send(said(3, { status: 'Working' }));
    await send(said(1, { status: 'New', company: 'Old' }));
    await send(said(2, { company: 'Two' }));
    expect(await byKey('L2')).toMatchObject({ status: 'Working', company: 'Two' });
    for (const kind of ['stage', 'touch']) {
      const event = (day: number, at: string) => message(kind, [{ key: 'E1', leadKey: 'L2', at, ...(kind === 'stage' ? { stage: 'Working' } : {}) }], { timestamp: `2026-05-0${day}T12:00:00Z` });
      expect(await send(event(2, '2026-05-02T09:00:00Z'))).toMatchObject({ body: { counts: { new: 1, rejected: 0 } } });
      expect(await send(event(3, '2026-05-02T11:00:00Z'))).toMatchObject({ body: { counts: { new: 0, changed: 0, same: 1, rejected: 0 } } });
    }
    const activity = (day: number, at: string) => message('activity', [{ key: 'A1', leadKey: 'L2', at }], { timestamp: `2026-05-0${day}T12:00:00Z` });
    await send(activity(3, '2026-05-02T09:00:00Z'));
    expect(await send(activity(2, '2026-05-02T11:00:00Z'))).toMatchObject({ body: { counts: { new: 0, changed: 0, same: 1, rejected: 0 } } });
    const { rows } = await owner.client.pipeline.leads({ workspace, search: 'Two' });
    expect(rows[0]?.contactedAt).toBe('2026-05-02T09:00:00.000Z');
  });

  test('is recognised for thirty days, and the list of what came in ends there', async () => {
    const body = message('lead', [{ key: 'L3', email: 'cy@three.example' }]);
    await send(body, 'evt_month');
    clock = later(29 * 1440);
    expect(await send(body, 'evt_month')).toMatchObject({ body: { repeated: true } });
    clock = later(31 * 1440);
    expect(await send(body, 'evt_month_2')).toMatchObject({ body: { repeated: false } });
    expect((await owner.client.customers.intakes({ workspace })).map((row) => row.messageId)).toEqual(['evt_month_2']);
    clock = NOW;
  });

  test('after the address was ended is taken no more', async () => {
    const other = await owner.client.customers.createHook({ workspace, source: crm, name: 'Another' });
    await owner.client.customers.revokeHook({ workspace, id: other.id });
    const body = message('lead', [{ key: 'L4', email: 'di@four.example' }]);
    expect((await post(new URL(other.url).pathname, signedHeaders(other.secret, 'm', clock.getTime(), body), body)).status).toBe(404);
    expect(await byKey('L4')).toBeUndefined();
  });
});

describe('by API token', () => {
  test('rows are put in, and a file of the same system meets them', async () => {
    const { secret } = await owner.client.workspace.createToken({ workspace, name: 'sync', scopes: ['customers:write'] });
    const put = (rows: Row[], more: Row = {}) => app.request(`/api/workspaces/${workspace}/sources/${crm}/rows`, { method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }, body: JSON.stringify({ kind: 'deal', rows, ...more }) });
    const first = await put([{ key: 'D1', name: 'Ten pumps', leadKey: 'L1', amount: 1200, stage: 'Proposal', enteredAt: '2026-05-03' }, { key: 'D2', name: 'x', amount: '1.200,00' }]);
    expect(await first.json()).toMatchObject({ counts: { new: 1, rejected: 1 }, rejected: [{ row: 1, problem: 'not_a_number', detail: 'amount: 1.200,00' }] });
    expect(await (await put([{ key: 'D1', name: 'Ten pumps', amount: 1200 }])).json()).toMatchObject({ counts: { new: 0, changed: 0, same: 1 } });
    expect((await owner.client.pipeline.leads({ workspace, search: 'Ann Lee' })).rows[0]).toMatchObject({ amount: 1200 });
    expect((await put(Array.from({ length: 1_001 }, (_, at) => ({ key: `X${at}`, name: 'x' })))).status).toBe(400);
    expect((await put([{ key: 'D1', won: true }, { key: 'D1', closed: true, closedAt: '2026-05-04T08:00:00Z' }])).status).toBe(200);
    expect((await owner.client.pipeline.leads({ workspace, search: 'Ann Lee' })).rows[0]).toMatchObject({ end: 'won' });
  });
});

test('no secret lies in the database', async () => {
  const { rows } = await app.services.db.inWorkspace(workspace, (tx) => tx.execute<{ sealed: string }>('select sealed_secret as sealed from intake_hook'));
  expect(rows.length).toBeGreaterThan(0);
  const bytes = Buffer.from(hook.secret.slice('whsec_'.length), 'base64');
  for (const { sealed } of rows) expect(Buffer.from(sealed, 'base64').includes(bytes) || sealed.includes(hook.secret)).toBe(false);
  expect(JSON.stringify(await owner.client.customers.hooks({ workspace }))).not.toContain('whsec_');
});
