import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startIdentityProvider } from './testing/identity-provider';
import { digestOfRows, ownerClient } from './testing/rows';
import { createTestApp, type Person, type TestApp } from './testing/test-app';
import { company, joins, type Company } from './testing/two-companies';

const ORIGIN = 'http://lockstep.test';
const PASSWORD = 'a long enough password';
let app: TestApp;
let rows: pg.Client;
let owner: Person;
let ours: Company;
let theirs: Company;
let addresses = 0;

beforeAll(async () => {
  app = await createTestApp();
  rows = await ownerClient(app.ownerUrl);
  owner = await app.signUp('Olga');
  ours = await company(app, owner, 'Northwind');
  theirs = await company(app, await joins(app, ours, 'Otto', 'viewer'), 'Elsewhere');
  await owner.client.workspace.removeMember({ workspace: ours.workspace, user: theirs.ownerId });
});
afterAll(async () => {
  await rows.end();
  await app.close();
});

const elsewhere = (to = app) => void (to.address = `10.21.0.${++addresses}`);
const send = (path: string, body: unknown, headers: Record<string, string> = {}, to = app) =>
  to.request(path, { method: 'POST', headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers }, body: JSON.stringify(body) });
const cookieOf = (response: Response) => response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
const signIn = async (email: string, password = PASSWORD) => send('/api/auth/sign-in/email', { email, password });

test('1.3.1 markup that somebody types stays text: handed out as JSON letter by letter, drawn as no element', async () => {
  const markup = '<img src=x onerror=alert(1)><script>alert(2)</script>';
  const ids = Array.from({ length: 10 }, (_, at) => `3.${at + 1}`);
  const text = [['function', 'level', 'territory', ...ids].join(','), ...['sales', 'marketing'].flatMap((does) => Array.from({ length: 24 }, (_, at) => [does, 'front line', `${at % 2} ${markup}`, ...ids.map(() => (at % 3) + 2)].join(',')))].join('\n');
  const { workspace } = ours;
  const { wave } = await owner.client.assessment.importAnswers({ workspace, name: markup, instrumentId: 'c3', text, closedOn: '2026-06-01', minimum: 5, invited: {}, dryRun: false });
  if (!wave) throw new Error('the answers were not taken');
  await owner.client.assessment.publish({ workspace, wave, published: true });
  const reply = await app.request(`/api/workspaces/${workspace}/waves/${wave}`, { headers: { cookie: owner.cookie } });
  expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
  expect(((await reply.json()) as { name: string }).name).toBe(markup);
  const drawn = await Promise.all((['heat', 'tool', 'overview'] as const).map(async (chart) => (await owner.client.assessment.drawing({ workspace, wave, chart, section: '3', width: 700 })).svg));
  for (const svg of drawn) {
    expect(svg).toMatch(/^<svg/);
    expect(svg).not.toMatch(/<(img|script|foreignObject|iframe)|<[^>]*\son\w+=/i);
  }
  expect(drawn.join('')).toContain('&lt;img');
});

test('6.3.1 after ten wrong passwords in a minute the right one is not listened to either, from any number of claimed addresses', async () => {
  const guessed = await joins(app, ours, 'Gus', 'viewer');
  elsewhere();
  const statuses: number[] = [];
  for (let n = 0; n < 10; n++) statuses.push((await send('/api/auth/sign-in/email', { email: guessed.email, password: `wrong password ${n}` }, { 'x-forwarded-for': `203.0.113.${n}` })).status);
  expect(statuses).toEqual(Array.from({ length: 10 }, () => 401));
  expect((await signIn(guessed.email)).status).toBe(429);
});

test('7.4.2 somebody who is removed is signed out everywhere at once', async () => {
  const leaver = await joins(app, ours, 'Lea', 'member');
  elsewhere();
  const sessions = [leaver.client, app.withCookie(cookieOf(await signIn(leaver.email))), app.withCookie(cookieOf(await signIn(leaver.email)))];
  for (const client of sessions) expect((await client.workspace.mine()).workspaces).toHaveLength(1);
  await owner.client.workspace.removeMember({ workspace: ours.workspace, user: leaver.userId });
  for (const client of sessions) await expect(client.workspace.mine()).rejects.toMatchObject({ status: 401 });
});

test('8.2.2 the id of another company’s thing opens nothing, in its own place or in ours', async () => {
  const before = await digestOfRows(rows);
  const { client } = owner;
  for (const workspace of [ours.workspace, theirs.workspace]) {
    const tried = [
      client.people.read({ workspace, id: theirs.person }), client.people.update({ workspace, id: theirs.person, version: 1, name: 'Taken' }), client.people.archive({ workspace, id: theirs.person }),
      client.assessment.wave({ workspace, wave: theirs.draft }), client.assessment.deleteWave({ workspace, wave: theirs.draft }), client.assessment.results({ workspace, wave: theirs.closed }),
      client.workspace.revokeToken({ workspace, id: theirs.token }), client.workspace.revokeInvitation({ workspace, id: theirs.invitation }), client.workspace.removeMember({ workspace, user: theirs.spare }),
    ];
    for (const each of await Promise.allSettled(tried)) expect(each).toMatchObject({ status: 'rejected', reason: { status: 404 } });
  }
  expect(await digestOfRows(rows)).toBe(before);
});

test('8.2.3 single fields have rights of their own: an admin sets roles but makes no owner, and no list hands out a secret', async () => {
  const admin = await joins(app, ours, 'Ada', 'admin');
  const { workspace } = ours;
  const user = await ours.addMember();
  expect((await admin.client.workspace.updateMember({ workspace, user, role: 'member' })).role).toBe('member');
  await expect(admin.client.workspace.updateMember({ workspace, user, role: 'owner' })).rejects.toMatchObject({ status: 403 });
  await expect(admin.client.workspace.updateMember({ workspace, user: admin.userId, role: 'owner' })).rejects.toMatchObject({ status: 403 });
  const [tokens, invitations] = [await admin.client.workspace.tokens({ workspace }), await admin.client.workspace.invitations({ workspace })];
  expect([tokens.length > 0, invitations.length > 0]).toEqual([true, true]);
  for (const row of [...tokens, ...invitations]) expect(Object.keys(row).filter((key) => /secret|hash|link/i.test(key))).toEqual([]);
});

test('8.3.2 a role taken away is gone with the next request of the same session', async () => {
  const { workspace } = ours;
  const runner = await joins(app, ours, 'Rita', 'facilitator');
  await runner.client.assessment.createWave({ workspace, name: 'While she may' });
  await owner.client.workspace.updateMember({ workspace, user: runner.userId, role: 'viewer' });
  await expect(runner.client.assessment.createWave({ workspace, name: 'No longer' })).rejects.toMatchObject({ status: 403 });
  await owner.client.workspace.updateMember({ workspace, user: runner.userId, role: 'facilitator' });
  expect((await runner.client.assessment.createWave({ workspace, name: 'Again' })).id).toMatch(/^[\w-]{36}$/);
});

test('9.1.1 a token that carries claims is believed for its signature alone: session cookies and the ID tokens of a provider', async () => {
  // Beside the session stands the mark of a browser that signed in before.
  const [name = '', value = ''] = (owner.cookie.split('; ').find((one) => one.includes('session')) ?? '').split('=');
  const [id = '', signature = ''] = decodeURIComponent(value).split('.');
  const mine = (token: string) => app.withCookie(`${name}=${encodeURIComponent(token)}`).workspace.mine();
  expect((await mine(`${id}.${signature}`)).account.email).toBe(owner.email);
  const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
  for (const forged of [id, `${id}.`, `${id}.${flipped}`, `${id.slice(1)}x.${signature}`]) await expect(mine(forged)).rejects.toMatchObject({ status: 401 });

  const idp = await startIdentityProvider();
  const own = await createTestApp({ config: { oidc: { issuer: idp.url, clientId: 'lockstep', clientSecret: 'between us', label: 'Company' } } });
  const signedIn = async (key: KeyObject): Promise<boolean> => {
    elsewhere(own);
    const start = await send('/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' }, {}, own);
    const asked = new URL(((await start.json()) as { url: string }).url).searchParams;
    idp.issues({ key, nonce: asked.get('nonce') ?? undefined });
    const back = new URL(asked.get('redirect_uri') ?? '').pathname;
    const landed = await own.request(`${back}?code=abc&state=${asked.get('state') ?? ''}`, { headers: { cookie: cookieOf(start) } });
    return landed.headers.getSetCookie().some((line) => /^lockstep\.session_token=[^;]{20}/.test(line));
  };
  const met = [await signedIn(idp.wrong), await signedIn(idp.right)];
  await own.close();
  await idp.stop();
  expect(met).toEqual([false, true]);
});

test('16.2.5 what the server logs, at its most talkative, holds no password, session, token or address', async () => {
  elsewhere();
  const from = app.address;
  const { secret } = await ours.addToken();
  await signIn(owner.email, 'a wrong secret password');
  await app.bearer(secret).people.list({ workspace: ours.workspace });
  await rows.query(`alter table person add constraint no_secrets check (name <> 'Secretname') not valid`);
  const before = app.logged.length;
  const failed = await send(`/api/workspaces/${ours.workspace}/people`, { name: 'Secretname', email: 'secret@x.example' }, { cookie: owner.cookie });
  await rows.query('alter table person drop constraint no_secrets');
  expect([failed.status, app.logged.length > before]).toEqual([500, true]);
  const log = app.logged.join('');
  const session = decodeURIComponent(owner.cookie.split('=')[1] ?? '').split('.')[0] ?? '';
  for (const kept of [PASSWORD, 'a wrong secret password', secret, session, from, owner.email, 'Secretname', 'secret@x.example']) expect({ kept, found: log.includes(kept) }).toEqual({ kept, found: false });
});

test('16.5.3 when the question who may cannot be answered, nobody may, and the reply tells nothing of why', async () => {
  const { workspace } = ours;
  const { secret } = await ours.addToken();
  // A token notes the hour of its first use; that write must not look like a change by what is refused.
  await app.bearer(secret).workspace.members({ workspace });
  const before = await digestOfRows(rows);
  const tries = () => Promise.all([
    app.request(`/api/workspaces/${workspace}/people`, { headers: { cookie: owner.cookie } }),
    send(`/api/workspaces/${workspace}/people`, { name: 'Ann', email: 'ann@x.example' }, { cookie: owner.cookie }),
    app.request(`/api/workspaces/${workspace}/members`, { headers: { authorization: `Bearer ${secret}` } }),
  ]);
  await rows.query('alter table member rename to member_away');
  const met = await tries().finally(() => rows.query('alter table member_away rename to member'));
  for (const reply of met) {
    expect(reply.status).toBe(500);
    expect(await reply.text()).not.toMatch(/member|select|relation|postgres|at \w+ \(|\.ts/i);
  }
  expect(await digestOfRows(rows)).toBe(before);
  expect((await app.request(`/api/workspaces/${workspace}/people`, { headers: { cookie: owner.cookie } })).status).toBe(200);
});
