import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resetLinkFor } from './cli/reset-link';
import { startIdentityProvider, type IdentityProvider, type Issue } from './testing/identity-provider';
import { createTestApp, type TestApp } from './testing/test-app';

const ORIGIN = 'http://lockstep.test';
const PASSWORD = 'a long enough password';
let app: TestApp;
let email: string;
let address = 0;

beforeAll(async () => {
  app = await createTestApp();
  ({ email } = await app.signUp('Olga Owner'));
});
afterAll(() => app.close());

const post = (to: TestApp, path: string, body: unknown, headers: Record<string, string> = {}) =>
  to.request(`/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers }, body: JSON.stringify(body) });
const elsewhere = () => void (app.address = `10.9.0.${++address}`);

describe('guessing passwords', () => {
  test('is slowed after ten tries in a minute, whatever address the client claims to have', async () => {
    elsewhere();
    const statuses: number[] = [];
    for (let n = 0; n < 14; n++) {
      const claimed = `203.0.113.${n}`;
      statuses.push((await post(app, '/sign-in/email', { email, password: `wrong password ${n}` }, { 'x-lockstep-address': claimed, 'x-forwarded-for': claimed, 'x-real-ip': claimed, forwarded: `for=${claimed}`, 'cf-connecting-ip': claimed, 'x-client-ip': claimed })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), ...Array.from({ length: 4 }, () => 429)]);
    expect((await post(app, '/sign-in/email', { email, password: PASSWORD })).status).toBe(429);
    elsewhere();
    expect((await post(app, '/sign-in/email', { email, password: PASSWORD })).status).toBe(200);
  });
  test('from ever new addresses is slowed as well, and keeps neither the owner’s browser out nor anybody who chose a new password by mail', async () => {
    elsewhere();
    const before = await post(app, '/sign-in/email', { email, password: PASSWORD });
    const browser = before.headers.getSetCookie().map((line) => line.split(';')[0]).find((line) => line?.startsWith('lockstep.browser=')) ?? '';
    expect(browser).toMatch(/^lockstep\.browser=.{40,}/);
    expect(browser).not.toContain(email.split('@')[0]);
    const flood = async () => {
      const statuses: number[] = [];
      for (let n = 0; n < 24; n++) {
        elsewhere();
        statuses.push((await post(app, '/sign-in/email', { email: ` ${email.toUpperCase()} `.trim(), password: `wrong password ${n}` })).status);
      }
      return statuses;
    };
    const statuses = await flood();
    expect(new Set(statuses.slice(0, 5))).toEqual(new Set([401]));
    expect(new Set(statuses.slice(-3))).toEqual(new Set([429]));
    elsewhere();
    const stranger = await post(app, '/sign-in/email', { email, password: PASSWORD });
    expect([stranger.status, Number(stranger.headers.get('retry-after'))]).toEqual([429, expect.toSatisfy((seconds: number) => seconds > 0 && seconds <= 60)]);
    expect((await post(app, '/sign-in/email', { email, password: PASSWORD }, { cookie: browser })).status).toBe(200);
    const forged = `${browser.slice(0, -6)}AAAAAA`;
    expect((await post(app, '/sign-in/email', { email, password: PASSWORD }, { cookie: forged })).status).toBe(429);
    elsewhere();
    app.resetMails.length = 0;
    await post(app, '/request-password-reset', { email, redirectTo: '/new-password' });
    const link = new URL(app.resetMails[0]?.link ?? '');
    const landed = await app.request(`${link.pathname}${link.search}`);
    const token = new URL(landed.headers.get('location') ?? '', ORIGIN).searchParams.get('token');
    expect((await post(app, '/reset-password', { token, newPassword: PASSWORD })).status).toBe(200);
    expect((await post(app, '/sign-in/email', { email, password: PASSWORD })).status).toBe(200);
    for (const other of ['nobody@x.example', 'nobody@x.example']) expect((await post(app, '/sign-in/email', { email: other, password: 'not this one at all' })).status).toBe(401);
  });
  test('tells nothing about whether an account exists', async () => {
    elsewhere();
    const [wrong, unknown] = [await post(app, '/sign-in/email', { email, password: 'not this one at all' }), await post(app, '/sign-in/email', { email: 'nobody@x.example', password: 'not this one at all' })];
    expect([unknown.status, await unknown.text()]).toEqual([wrong.status, await wrong.text()]);
    const [known, other] = [await post(app, '/request-password-reset', { email }), await post(app, '/request-password-reset', { email: 'nobody@x.example' })];
    expect([other.status, await other.text()]).toEqual([known.status, await known.text()]);
  });
});

test('two first accounts at the same moment: one is opened, the other needs an invitation', async () => {
  const fresh = await createTestApp();
  fresh.address = `10.7.0.${++address}`;
  const statuses = await Promise.all(Array.from({ length: 6 }, async (_, n) => (await post(fresh, '/sign-up/email', { name: 'First', email: `first${n}@x.example`, password: PASSWORD })).status));
  const { rows } = await fresh.db.pool.query<{ n: number }>('select count(*)::int as n from "user"');
  await fresh.close();
  expect(rows[0]?.n).toBe(1);
  expect(statuses.toSorted()).toEqual([200, 403, 403, 403, 403, 403]);
});

test('an invitation that was used or taken back opens no further account', async () => {
  const fresh = await createTestApp();
  fresh.address = `10.7.0.${++address}`;
  const { client } = await fresh.signUp('Olga');
  const { id: workspace } = await client.workspace.create({ name: 'Northwind', timeZone: 'UTC' });
  const invited = async () => client.workspace.invite({ workspace, email: `${randomUUID()}@x.example`, role: 'viewer' });
  const [used, revoked] = [await invited(), await invited()];
  const secret = used.link.split('#')[1] ?? '';
  await (await fresh.signUp('Ada', secret)).client.workspace.acceptInvitation({ secret });
  await client.workspace.revokeInvitation({ workspace, id: revoked.id });
  await expect(fresh.signUp('Eve', secret)).rejects.toThrow(/INVITATION_NEEDED/);
  await expect(fresh.signUp('Eve', revoked.link.split('#')[1])).rejects.toThrow(/INVITATION_NEEDED/);
  await fresh.close();
});

describe('a new password', () => {
  test('comes by a link to this installation, whatever Host the request names, and ends every session', async () => {
    elsewhere();
    const signedIn = await post(app, '/sign-in/email', { email, password: PASSWORD });
    const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    expect((await app.withCookie(cookie).workspace.mine()).account.email).toBe(email);
    const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' };
    app.resetMails.length = 0;
    expect((await post(app, '/request-password-reset', { email, redirectTo: '/new-password' }, evil)).status).toBe(200);
    const link = new URL(app.resetMails[0]?.link ?? '');
    expect([link.origin, app.resetMails.length]).toEqual([ORIGIN, 1]);
    const landed = await app.request(`${link.pathname}${link.search}`, { headers: evil });
    const target = new URL(landed.headers.get('location') ?? '', ORIGIN);
    expect([landed.status, target.origin, target.pathname]).toEqual([302, ORIGIN, '/new-password']);
    const token = target.searchParams.get('token') ?? '';
    expect((await post(app, '/reset-password', { token, newPassword: 'another long password' })).status).toBe(200);
    await expect(app.withCookie(cookie).workspace.mine()).rejects.toMatchObject({ status: 401 });
    expect((await post(app, '/reset-password', { token, newPassword: 'a third long password' })).status).toBe(400);
    expect((await post(app, '/sign-in/email', { email, password: 'another long password' })).status).toBe(200);
  });
  test('can be had at the terminal where no mail is sent', async () => {
    elsewhere();
    const config = app.services.config;
    expect(await resetLinkFor(config, app.db, 'nobody@x.example')).toBeNull();
    const link = new URL((await resetLinkFor(config, app.db, ` ${email.toUpperCase()} `)) ?? '');
    const landed = await app.request(`${link.pathname}${link.search}`);
    const target = new URL(landed.headers.get('location') ?? '', ORIGIN);
    expect([link.origin, target.pathname]).toEqual([ORIGIN, '/new-password']);
    expect((await post(app, '/reset-password', { token: target.searchParams.get('token'), newPassword: 'another long password' })).status).toBe(200);
  });
  test('never leads to another site', async () => {
    for (const redirectTo of ['https://evil.example/x', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      elsewhere();
      app.resetMails.length = 0;
      expect({ redirectTo, status: (await post(app, '/request-password-reset', { email, redirectTo })).status, mails: app.resetMails.length }).toEqual({ redirectTo, status: 403, mails: 0 });
    }
  });
  test('an invitation’s link names this installation as well', async () => {
    elsewhere();
    const signedIn = await post(app, '/sign-in/email', { email, password: 'another long password' });
    const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    const { id } = await app.withCookie(cookie).workspace.create({ name: 'Northwind', timeZone: 'UTC' });
    const response = await app.request(`/api/workspaces/${id}/invitations`, { method: 'POST', headers: { cookie, origin: ORIGIN, host: 'evil.example', 'x-forwarded-host': 'evil.example', 'content-type': 'application/json' }, body: JSON.stringify({ email: 'new@x.example', role: 'viewer' }) });
    expect(((await response.json()) as { link: string }).link).toMatch(/^http:\/\/lockstep\.test\/join#lsi_/);
  });
});

describe('signing in by an identity provider', () => {
  let idp: IdentityProvider;
  let own: TestApp;
  beforeAll(async () => {
    idp = await startIdentityProvider();
    own = await createTestApp({ config: { oidc: { issuer: idp.url, clientId: 'lockstep', clientSecret: 'between us', label: 'Company' } } });
  });
  afterAll(async () => {
    await own.close();
    await idp.stop();
  });

  /** Follows the round trip as a browser would; answers with the cookies one ends up with and where one lands. */
  const roundTrip = async (make: (nonce: string | undefined) => Issue, spoilState = false) => {
    own.address = `10.8.0.${++address}`;
    const start = await post(own, '/sign-in/social', { provider: 'oidc', callbackURL: '/' });
    const { url } = (await start.json()) as { url: string };
    const asked = new URL(url);
    expect([asked.origin, asked.searchParams.get('client_id'), asked.searchParams.get('code_challenge_method')]).toEqual([idp.url, 'lockstep', 'S256']);
    idp.issues(make(asked.searchParams.get('nonce') ?? undefined));
    const state = spoilState ? 'made-up' : (asked.searchParams.get('state') ?? '');
    const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
    expect(back.origin).toBe(ORIGIN);
    const cookie = start.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    const landed = await own.request(`${back.pathname}?code=abc&state=${state}`, { headers: { cookie } });
    const session = landed.headers.getSetCookie().map((line) => line.split(';')[0] ?? '').find((line) => line.startsWith('lockstep.session_token=') && line.length > 30);
    return { location: landed.headers.get('location') ?? '', session };
  };
  const accounts = async () => (await own.db.pool.query<{ email: string }>('select email from "user"')).rows.map((row) => row.email);

  test.each([
    ['signed with another key', (nonce: string | undefined): Issue => ({ key: idp.wrong, nonce })],
    ['from another issuer', (nonce: string | undefined): Issue => ({ key: idp.right, nonce, issuer: 'https://evil.example' })],
    ['meant for another application', (nonce: string | undefined): Issue => ({ key: idp.right, nonce, audience: 'somebody-else' })],
    ['without a signature', (nonce: string | undefined): Issue => ({ key: idp.right, nonce, alg: 'none' })],
  ])('an ID token %s opens nothing', async (_, make) => {
    const { location, session } = await roundTrip(make);
    expect(session).toBeUndefined();
    expect(location).toMatch(/^\/sign-in\?error=|^http:\/\/lockstep\.test\/sign-in\?error=/);
    expect(await accounts()).toEqual([]);
  });
  test('a state that was never given out opens nothing', async () => {
    const { location, session } = await roundTrip((nonce) => ({ key: idp.right, nonce }), true);
    expect([session, /error/.test(location)]).toEqual([undefined, true]);
    expect(await accounts()).toEqual([]);
  });
  test('a right one signs in', async () => {
    const { location, session } = await roundTrip((nonce) => ({ key: idp.right, nonce }));
    expect(new URL(location, ORIGIN).pathname).toBe('/');
    expect((await own.withCookie(session ?? '').workspace.mine()).account).toEqual({ name: 'Ida', email: 'ida@company.example' });
  });
  test('where one comes back to is this installation', async () => {
    own.address = `10.8.0.${++address}`;
    for (const callbackURL of ['https://evil.example', '//evil.example', '/\\evil.example']) expect((await post(own, '/sign-in/social', { provider: 'oidc', callbackURL })).status).toBe(403);
  });
});
