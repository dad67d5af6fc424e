import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownerClient } from './testing/rows';
import { createTestApp, type TestApp } from './testing/test-app';
import { company, joins, secretOf } from './testing/two-companies';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

test('the log at debug level holds no password, token, cookie, address, mail or body, in success and in failure', async () => {
  app.address = '198.51.100.77';
  const owner = await app.signUp('Olga Secretname');
  const ours = await company(app, owner, 'Confidential Company');
  const invited = await ours.invite('admin');
  await joins(app, ours, 'Ada Secretname', 'admin');
  const token = await ours.addToken();
  await app.bearer(token.secret).people.list({ workspace: ours.workspace });
  const headers = { cookie: owner.cookie, origin: 'http://lockstep.test', 'content-type': 'application/json', 'user-agent': 'SecretAgent/1.0' };
  await app.request('/api/auth/sign-in/email', { method: 'POST', headers, body: JSON.stringify({ email: owner.email, password: 'a wrong secret password' }) });
  await app.request('/api/auth/request-password-reset', { method: 'POST', headers, body: JSON.stringify({ email: owner.email }) });
  await app.request(`/api/workspaces/${ours.workspace}/people`, { method: 'POST', headers, body: '{"name":"Secretname","email":"no address"}' });
  await app.request('/api/answer/open', { method: 'POST', headers, body: JSON.stringify({ wave: ours.draft, token: 'SECRETTOKEN1' }) });
  const before = app.logged.length;
  // A failure beneath everything: the database's own words quote what was being saved.
  const rows = await ownerClient(app.ownerUrl);
  await rows.query('alter table person add constraint no_secrets check (name <> $$Secretname$$)');
  await rows.end();
  expect((await app.request(`/api/workspaces/${ours.workspace}/people`, { method: 'POST', headers, body: JSON.stringify({ name: 'Secretname', email: 'secret@x.example' }) })).status).toBe(500);
  expect(app.logged.length).toBeGreaterThan(before);
  const log = app.logged.join('');
  const sessions = owner.cookie.split('; ').map((each) => decodeURIComponent(each.split('=').slice(1).join('=')).split('.')[0] ?? '');
  const resets = app.resetMails.map((each) => each.link.split('/').at(-1)?.split('?')[0] ?? '');
  expect(resets).toHaveLength(1);
  for (const secret of ['a long enough password', 'a wrong secret password', token.secret, secretOf(invited.link), ...sessions, ...resets, '198.51.100.77', 'SecretAgent', 'Secretname', 'Confidential', 'SECRETTOKEN1', 'secret@x.example', owner.email, ours.workspace])
    expect({ secret, found: log.includes(secret) }).toEqual({ secret, found: false });
  expect(log).not.toMatch(/ls[tis]_[\w-]{10}/);
});
