import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from './testing/test-app';

let app: TestApp;
const json = { 'content-type': 'application/json', origin: 'http://lockstep.test' };

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

test('6.3.2 a new installation has no account at all, so none with a known password', async () => {
  expect((await app.db.pool.query('select 1 from "user"')).rowCount).toBe(0);
  expect((await app.bearer().workspace.setup()).firstAccount).toBe(true);
});

test('3.3.4 the session cookie is out of reach of scripts and of other sites', async () => {
  const response = await app.request('/api/auth/sign-up/email', { method: 'POST', headers: json, body: JSON.stringify({ name: 'Olga', email: 'olga@x.example', password: 'a long enough password' }) });
  const session = response.headers.getSetCookie().find((line) => line.startsWith('lockstep.session_token='));
  expect(session).toMatch(/; HttpOnly/i);
  expect(session).toMatch(/; SameSite=Lax/i);
});

test('3.4.3 every answer carries a content policy without inline scripts, plugins or a changed base', async () => {
  for (const path of ['/healthz', '/api/openapi.json', '/api/workspaces', '/assets/none.js']) {
    const policy = (await app.request(path)).headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/object-src 'none'/);
    expect(policy).toMatch(/base-uri 'none'/);
    expect(policy).toMatch(/script-src 'self';/);
  }
});

test('3.5.1 a write that another site causes is refused, though the browser sends the cookie along', async () => {
  const response = await app.request('/api/auth/sign-in/email', { method: 'POST', headers: json, body: JSON.stringify({ email: 'olga@x.example', password: 'a long enough password' }) });
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const create = (headers: Record<string, string>) => app.request('/api/workspaces', { method: 'POST', headers: { ...json, cookie, ...headers }, body: JSON.stringify({ name: 'W', timeZone: 'UTC', role: 'viewer', isDemo: true }) });
  const foreign: Record<string, string>[] = [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'null' }];
  for (const headers of foreign) expect((await create(headers)).status).toBe(403);
  expect((await app.withCookie(cookie).workspace.mine()).workspaces).toEqual([]);
});

test('15.3.3 fields that a call does not name change nothing', async () => {
  const response = await app.request('/api/auth/sign-in/email', { method: 'POST', headers: json, body: JSON.stringify({ email: 'olga@x.example', password: 'a long enough password' }) });
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  await app.request('/api/workspaces', { method: 'POST', headers: { ...json, cookie }, body: JSON.stringify({ name: 'W', timeZone: 'UTC', role: 'viewer', isDemo: true, id: '00000000-0000-4000-8000-000000000001' }) });
  const [made] = (await app.withCookie(cookie).workspace.mine()).workspaces;
  expect(made).toMatchObject({ role: 'owner', isDemo: false });
  expect(made?.id).not.toBe('00000000-0000-4000-8000-000000000001');
});
