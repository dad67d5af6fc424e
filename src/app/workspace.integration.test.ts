import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FILES } from './testing/access-table';
import { endpoints } from './testing/endpoints';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
});
afterAll(() => app.close());

const join = async (name: string, role: 'admin' | 'facilitator' | 'member' | 'viewer'): Promise<Person> => {
  const { link } = await owner.client.workspace.invite({ workspace, email: `${name}@invited.example`, role });
  const secret = link.split('#')[1] ?? '';
  const person = await app.signUp(name, secret);
  await person.client.workspace.acceptInvitation({ secret });
  return person;
};

describe('who gets in', () => {
  test('after the first account, a stranger needs an invitation', async () => {
    await expect(app.signUp('Stranger')).rejects.toThrow(/INVITATION_NEEDED/);
  });
  test('a used invitation opens nothing', async () => {
    const { link } = await owner.client.workspace.invite({ workspace, email: 'once@invited.example', role: 'viewer' });
    const secret = link.split('#')[1] ?? '';
    const person = await app.signUp('Once', secret);
    await person.client.workspace.acceptInvitation({ secret });
    await expect(person.client.workspace.acceptInvitation({ secret })).rejects.toMatchObject({ code: 'GONE' });
    expect(await person.client.workspace.read({ workspace })).toMatchObject({ role: 'viewer', name: 'Northwind' });
  });
  test('nobody reads without an account', async () => {
    await expect(app.bearer().workspace.read({ workspace })).rejects.toMatchObject({ code: 'NOT_SIGNED_IN', status: 401 });
  });
  test('another workspace is not there', async () => {
    const outsider = await join('outsider', 'viewer');
    const own = await outsider.client.workspace.create({ name: 'Elsewhere', timeZone: 'UTC' });
    await expect(outsider.client.workspace.members({ workspace })).rejects.toMatchObject({ status: 403 });
    await expect(owner.client.workspace.read({ workspace: own.id })).rejects.toMatchObject({ status: 404 });
    await expect(owner.client.workspace.updateMember({ workspace, user: '00000000-0000-4000-8000-000000000000', role: 'viewer' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('rights', () => {
  test('an admin cannot make an owner; the last owner cannot leave', async () => {
    const admin = await join('ada', 'admin');
    await expect(admin.client.workspace.updateMember({ workspace, user: owner.userId, role: 'member' })).rejects.toMatchObject({ status: 403 });
    await expect(owner.client.workspace.removeMember({ workspace, user: owner.userId })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
  test('they end with the next request after removal, and so does the session', async () => {
    const gone = await join('gone', 'member');
    expect((await gone.client.workspace.members({ workspace })).length).toBeGreaterThan(1);
    await owner.client.workspace.removeMember({ workspace, user: gone.userId });
    await expect(gone.client.workspace.members({ workspace })).rejects.toMatchObject({ status: 401 });
  });
  test('a token reaches no further than its scopes and ends when revoked', async () => {
    const made = await owner.client.workspace.createToken({ workspace, name: 'script', scopes: ['workspace:read'] });
    const client = app.bearer(made.secret);
    expect((await client.workspace.read({ workspace })).name).toBe('Northwind');
    await expect(client.workspace.update({ workspace, name: 'Hijacked' })).rejects.toMatchObject({ status: 403 });
    await owner.client.workspace.revokeToken({ workspace, id: made.id });
    await expect(client.workspace.read({ workspace })).rejects.toMatchObject({ status: 401 });
  });
  test('a cookie from another site writes nothing', async () => {
    const response = await app.request('/api/workspaces', {
      method: 'POST', headers: { cookie: owner.cookie, origin: 'https://evil.example', 'content-type': 'application/json' }, body: JSON.stringify({ name: 'x', timeZone: 'UTC' }),
    });
    expect(response.status).toBe(403);
    expect((await owner.client.workspace.mine()).workspaces.map((row) => row.name)).not.toContain('x');
  });
});

test('the audit trail names who did what', async () => {
  const trail = await owner.client.workspace.audit({ workspace, limit: 100 });
  expect(trail.map((row) => row.action)).toEqual(expect.arrayContaining(['workspace.created', 'member.invited', 'member.joined', 'member.removed', 'token.created', 'token.revoked']));
  expect(JSON.stringify(trail)).not.toMatch(/ls[it]_/);
});

test('a workspace is removed whole, once its name was typed; tables that held nobody else’s rows are like new', async () => {
  const { id } = await owner.client.workspace.create({ name: 'Short lived', timeZone: 'UTC' });
  await owner.client.huddle.create({ workspace: id, name: 'Nobody else plans one', minutes: null, startsAt: null, anonymity: 'nobody', rehearsal: false, parent: null });
  const pages = () => app.db.outside(async (tx) => (await tx.execute<{ size: string }>("select pg_relation_size('huddle') as size")).rows[0]?.size);
  expect(Number(await pages())).toBeGreaterThan(0);
  await expect(owner.client.workspace.remove({ workspace: id, confirmName: 'short' })).rejects.toMatchObject({ code: 'INVALID' });
  await owner.client.workspace.remove({ workspace: id, confirmName: 'Short lived' });
  await expect(owner.client.workspace.read({ workspace: id })).rejects.toMatchObject({ status: 404 });
  expect(Number(await pages())).toBe(0);
});

test('the API document names every call, file and respondents’ route', async () => {
  const document = (await (await app.request('/api/openapi.json')).json()) as { openapi: string; paths: Record<string, unknown> };
  expect(document.openapi).toMatch(/^3\.1/);
  const named = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`));
  expect(named).toEqual(expect.arrayContaining(endpoints().map(({ method, path }) => `${method} ${path}`)));
  const files = Object.keys(FILES).map((route) => route.replace('/api', '').replace(/:(\w+)/g, '{$1}'));
  expect(named).toEqual(expect.arrayContaining([...files, 'POST /answer/open', 'POST /answer/ballot', 'POST /answer']));
});

/** The 10,000 requests that read every table stand with row security; these go through the handlers, which keep things in memory besides. */
test('interleaved requests of two companies over two connections are answered with nothing of the other', async () => {
  const narrow = await createTestApp({ pool: { connections: 2, patience: 30_000 } });
  try {
    const { client } = await narrow.signUp('Ann Narrow');
    const companies = await Promise.all(['Aster', 'Borage'].map(async (mark) => {
      const { id } = await client.workspace.create({ name: mark, timeZone: 'UTC' });
      const source = (await client.customers.createSource({ workspace: id, name: `${mark} CRM`, side: 'sales', timeZone: 'UTC' })).id;
      await client.customers.putRecords({ workspace: id, source, kind: 'lead', rows: [1, 2].map((n) => ({ key: `L${n}`, name: `${mark} ${n}`, company: `${mark} Ltd`, status: 'New', enteredAt: '2026-03-02T09:00:00Z' })) });
      await client.people.create({ workspace: id, name: `${mark} Person`, email: 'x@x.example', function: 'sales' });
      await client.agreements.proposeTerm({ workspace: id, name: `${mark} lead`, term: { text: `What ${mark} means by it.` } });
      await client.improvement.addProblem({ workspace: id, title: `${mark} problem`, area: '3', cause: 'joint_activity' });
      await client.huddle.create({ workspace: id, name: `${mark} Huddle` });
      const lead = (await client.pipeline.leads({ workspace: id })).rows[0]?.id ?? '';
      await client.pipeline.offer({ workspace: id, ids: [lead], note: `From ${mark}` });
      return { id, mark, lead };
    }));
    const asked: Record<string, (at: { id: string; lead: string }) => Promise<unknown>> = {
      leads: ({ id: workspace }) => client.pipeline.leads({ workspace }), lead: ({ id: workspace, lead }) => client.pipeline.lead({ workspace, id: lead }), handoffs: ({ id: workspace }) => client.pipeline.handoffs({ workspace }),
      records: ({ id: workspace }) => client.customers.records({ workspace }), sources: ({ id: workspace }) => client.customers.sources({ workspace }), terms: ({ id: workspace }) => client.agreements.terms({ workspace }),
      problems: ({ id: workspace }) => client.improvement.read({ workspace }), huddles: ({ id: workspace }) => client.huddle.list({ workspace }), people: ({ id: workspace }) => client.people.list({ workspace }),
    };
    const names = Object.keys(asked);
    const wrong: string[] = [];
    await Promise.all(
      Array.from({ length: 12 }, async (_, worker) => {
        for (let n = 0; n < 10; n++) {
          const [own, name] = [companies[(worker + n) % 2], names[(worker * 5 + n) % names.length] ?? ''];
          const other = companies[(worker + n + 1) % 2];
          if (!own || !other) throw new Error('two companies were made');
          const said = JSON.stringify(await asked[name]?.(own));
          if (!said.includes(own.mark) || said.includes(other.mark) || said.includes(other.id) || said.includes(other.lead)) wrong.push(`${name} for ${own.mark}: ${said}`);
        }
      }),
    );
    expect(wrong).toEqual([]);
  } finally {
    await narrow.close();
  }
});
