import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../platform/config/config';
import { byParts, byUrl, deskWith, TIMES, type Desk } from './testing/mail-desk';
import { startMailServer, type MailServer } from './testing/mail-server';
import type { TestApp } from './testing/test-app';

const LOGIN = { user: 'lockstep', password: 'the p@ss:word/of the mail server' };

describe('settings, each against a server that speaks real SMTP', () => {
  const tried = async (smtp: Config['smtp']) => {
    const desk = await deskWith(smtp);
    await desk.invite('ann@x.example');
    await desk.send();
    const [mail] = await desk.outbox();
    const log = desk.app.logged.join('\n');
    await desk.close();
    return { mail, log };
  };
  const withServer = async <T>(options: Parameters<typeof startMailServer>[0], work: (server: MailServer) => Promise<T>): Promise<T> => {
    const server = await startMailServer(options);
    return work(server).finally(() => server.stop());
  };

  test('plain, without a login', () => withServer({}, async (server) => {
    const { mail } = await tried(byParts(server.port));
    expect([mail?.state, server.received.length, server.received[0]?.user, server.received[0]?.secure]).toEqual(['sent', 1, null, false]);
  }));
  test('with a login whose password holds @, : and /', () => withServer({ login: LOGIN }, async (server) => {
    const { mail } = await tried(byParts(server.port, { SMTP_USER: LOGIN.user, SMTP_PASSWORD: LOGIN.password }));
    expect([mail?.state, server.received[0]?.user]).toEqual(['sent', LOGIN.user]);
  }));
  test('with a wrong password the mail waits, and the password stands nowhere', () => withServer({ login: LOGIN }, async (server) => {
    const { mail, log } = await tried(byParts(server.port, { SMTP_USER: LOGIN.user, SMTP_PASSWORD: 'not the one' }));
    expect([mail?.state, server.received.length]).toEqual(['later', 0]);
    expect(mail?.failure).toMatch(/535 Authentication failed/);
    expect(`${log}${JSON.stringify(mail)}`).not.toMatch(/not the one|bm90IHRoZSBvbmU/);
  }));
  test('STARTTLS under a certificate nobody vouches for: nothing is said to it', () => withServer({ login: LOGIN, tls: true }, async (server) => {
    const { mail } = await tried(byParts(server.port, { SMTP_USER: LOGIN.user, SMTP_PASSWORD: LOGIN.password }));
    expect([mail?.state, server.received.length, server.asked.length]).toEqual(['later', 0, 0]);
    expect(mail?.failure).toMatch(/certificate/i);
  }));
  test('STARTTLS under such a certificate, when the settings say so: encrypted', () => withServer({ login: LOGIN, tls: true }, async (server) => {
    const { mail } = await tried(byUrl(`smtp://${LOGIN.user}:${encodeURIComponent(LOGIN.password)}@127.0.0.1:${server.port}?tls.rejectUnauthorized=false`));
    expect([mail?.state, server.received[0]?.secure, server.received[0]?.user]).toEqual(['sent', true, LOGIN.user]);
  }));
  test('requireTLS against a server without it: neither login nor mail goes out in the clear', () => withServer({ login: LOGIN }, async (server) => {
    const { mail } = await tried(byUrl(`smtp://${LOGIN.user}:${encodeURIComponent(LOGIN.password)}@127.0.0.1:${server.port}?requireTLS=true`));
    expect([mail?.state, server.received.length, server.asked.length]).toEqual(['later', 0, 0]);
  }));
});

describe('an invitation to the workspace', () => {
  let server: MailServer;
  let desk: Desk;
  beforeAll(async () => {
    server = await startMailServer();
    desk = await deskWith(byParts(server.port));
  });
  afterAll(async () => {
    await desk.close();
    await server.stop();
  });

  test('arrives with a link that opens an account and the workspace', async () => {
    const { link } = await desk.invite('ann.lee@x.example');
    expect((await desk.outbox())[0]).toMatchObject({ state: 'waiting', sentAt: null });
    await desk.send();
    const [mail] = server.received;
    const sent = /http:\/\/lockstep\.test\/join#(\S+)/.exec(mail?.text ?? '');
    expect([mail?.from, mail?.to, sent?.[0]]).toEqual(['lockstep@northwind.example', ['ann.lee@x.example'], link]);
    expect((await desk.outbox())[0]).toMatchObject({ state: 'sent', sentAt: desk.now().toISOString(), failure: null });
    const secret = sent?.[1] ?? '';
    const ann = await desk.app.signUp('Ann Lee', secret);
    expect(await ann.client.workspace.acceptInvitation({ secret })).toEqual({ workspace: desk.workspace });
    expect((await ann.client.workspace.read({ workspace: desk.workspace })).me.role).toBe('member');
  });
  test('is one plain text, says what it is, and follows nobody', async () => {
    const { headers, raw, subject } = server.received[0] ?? { headers: new Map<string, string[]>(), raw: '', subject: '' };
    expect(subject).toBe('Olga Owner invites you to Northwind on Lockstep');
    expect([...headers.keys()].toSorted()).toEqual(['auto-submitted', 'content-transfer-encoding', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to']);
    expect([headers.get('content-type'), headers.get('auto-submitted'), headers.get('from'), headers.get('to')]).toEqual([['text/plain; charset=utf-8'], ['auto-generated'], ['Lockstep <lockstep@northwind.example>'], ['ann.lee@x.example']]);
    expect(raw).not.toMatch(/<img|<html|text\/html|list-unsubscribe|return-receipt|disposition-notification/i);
  });
  test('is sent once, however often the job runs', async () => {
    const before = server.received.length;
    await desk.invite();
    await Promise.all([desk.send(), desk.send(), desk.tend(), desk.send()]);
    await desk.send();
    expect(server.received.length).toBe(before + 1);
  });
  test('to the same address again renews the first: one row, a new link, the old one void', async () => {
    const first = await desk.invite('Twice@X.example');
    const made = await desk.owner.client.workspace.invite({ workspace: desk.workspace, email: ' twice@x.example'.trim(), role: 'viewer' });
    const rows = (await desk.owner.client.workspace.invitations({ workspace: desk.workspace })).filter((row) => row.email === 'twice@x.example');
    expect([made.renewed, rows.length, rows[0]?.role]).toEqual([true, 1, 'viewer']);
    const open = (link: string) => desk.owner.client.workspace.openInvitation({ secret: link.split('#')[1] ?? '' });
    await expect(open(first.link)).rejects.toMatchObject({ status: 410 });
    expect((await open(made.link)).role).toBe('viewer');
    const before = server.received.length;
    await desk.send();
    expect(server.received.slice(before).map((mail) => /http\S+/.exec(mail.text)?.[0])).toEqual([made.link]);
    expect((await desk.outbox()).filter((mail) => mail.recipient === 'twice@x.example').map((mail) => mail.state).toSorted()).toEqual(['sent', 'spent']);
    const { rows: lookups } = await desk.app.db.pool.query<{ n: number }>(`select count(*)::int as n from lookup where kind = 'invitation'`);
    const open1 = (await desk.owner.client.workspace.invitations({ workspace: desk.workspace })).length;
    expect(lookups[0]?.n).toBe(open1);
  });
  test('from two at once to the same address: one invitation', async () => {
    const email = 'both@x.example';
    const made = await Promise.all(Array.from({ length: 5 }, () => desk.owner.client.workspace.invite({ workspace: desk.workspace, email, role: 'viewer' })));
    expect(made.filter((each) => !each.renewed).length).toBe(1);
    expect((await desk.owner.client.workspace.invitations({ workspace: desk.workspace })).filter((row) => row.email === email).length).toBe(1);
    const open = await Promise.all(made.map(({ link }) => desk.owner.client.workspace.openInvitation({ secret: link.split('#')[1] ?? '' }).then(() => 1, () => 0)));
    expect(open.reduce<number>((sum, each) => sum + each, 0)).toBe(1);
  });
});

test('names with line breaks, brackets, patterns or placeholders put nothing into the headers', async () => {
  const server = await startMailServer();
  const desk = await deskWith(byParts(server.port), 'R$& D\r\nBcc: eve@evil.example <x@y.example> {link}', 'Olga Ö "O" <o@o.example>, eve@evil.example');
  await desk.invite('ann@x.example');
  await desk.send();
  const [mail] = server.received;
  await desk.close();
  await server.stop();
  expect([mail?.to, mail?.headers.get('to'), mail?.headers.has('bcc')]).toEqual([['ann@x.example'], ['ann@x.example'], false]);
  expect(mail?.subject).toBe('Olga Ö "O" <o@o.example>, eve@evil.example invites you to R$& D Bcc: eve@evil.example <x@y.example> {link} on Lockstep');
  expect(mail?.text.match(/join#lsi_/g)?.length).toBe(1);
});

describe('a new password', () => {
  const asking = (app: TestApp, email: string) => app.request('/api/auth/request-password-reset', { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://lockstep.test' }, body: JSON.stringify({ email, redirectTo: '/new-password' }) });
  const until = async (done: () => boolean) => {
    for (let n = 0; n < 100 && !done(); n += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(done()).toBe(true);
  };

  test('comes by mail with a working link, after greylisting too, and the link stands in no log', async () => {
    const server = await startMailServer();
    const desk = await deskWith(byParts(server.port));
    let greeted = 0;
    server.answers = () => ((greeted += 1) === 1 ? { code: 451, words: 'Greylisted' } : null);
    expect((await asking(desk.app, desk.owner.email)).status).toBe(200);
    await until(() => server.received.length === 1);
    const [mail] = server.received;
    const link = new URL(/http\S+/.exec(mail?.text ?? '')?.[0] ?? '');
    expect([mail?.to, mail?.subject, link.origin, greeted]).toEqual([[desk.owner.email], 'Lockstep: choose a new password', 'http://lockstep.test', 2]);
    const landed = await desk.app.request(`${link.pathname}${link.search}`);
    const token = new URL(landed.headers.get('location') ?? '', 'http://lockstep.test').searchParams.get('token') ?? '';
    const chosen = await desk.app.request('/api/auth/reset-password', { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://lockstep.test' }, body: JSON.stringify({ token, newPassword: 'a password chosen by mail' }) });
    expect(chosen.status).toBe(200);
    expect(desk.app.logged.join('\n')).not.toContain(token);
    await desk.close();
    await server.stop();
  });
  test('is answered at once while the mail server is silent, so that the clock tells nobody who has an account', async () => {
    const server = await startMailServer();
    const desk = await deskWith(byParts(server.port));
    server.answers = () => 'silence';
    const began = performance.now();
    expect((await asking(desk.app, desk.owner.email)).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(TIMES.silenceMs);
    await until(() => desk.app.logged.some((line) => line.includes('was not taken by the mail server')));
    expect(desk.app.logged.join('\n')).not.toContain(desk.owner.email);
    await desk.close();
    await server.stop();
  });
});
