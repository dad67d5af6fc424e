import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byParts, deskWith, TIMES, type Desk } from './testing/mail-desk';
import { startMailServer, type MailServer } from './testing/mail-server';

const MINUTE = 60_000;

describe('a server that does not take a mail', () => {
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
  const stateOf = async (email: string) => (await desk.outbox()).find((mail) => mail.recipient === email);

  test('for now (451, greylisting): the mail is put off, then tried again and arrives', async () => {
    server.answers = () => ({ code: 451, words: 'Greylisted, please try again in some minutes' });
    const { email } = await desk.invite();
    await desk.send();
    expect(await stateOf(email)).toMatchObject({ state: 'later', failure: expect.stringContaining('451 Greylisted'), nextTryAt: new Date(desk.now().getTime() + MINUTE).toISOString() });
    server.answers = () => null;
    await desk.tend();
    expect((await stateOf(email))?.state).toBe('later');
    desk.later(2);
    await desk.tend();
    expect(await stateOf(email)).toMatchObject({ state: 'sent', failure: null, nextTryAt: null });
  });
  test('for good (550): it failed, says why without any link, and can be sent again', async () => {
    server.answers = (to) => ({ code: 550, words: `5.1.1 <${to}> no such user, see https://mail.example/help?secret=1` });
    const { email } = await desk.invite();
    await desk.send();
    const failed = await stateOf(email);
    expect(failed).toMatchObject({ state: 'failed', failure: expect.stringMatching(/550 5\.1\.1 .*no such user, see \[link\]/) });
    server.answers = () => null;
    desk.later(3 * 24 * 60);
    await desk.tend();
    expect((await stateOf(email))?.state).toBe('failed');
    expect(await desk.owner.client.workspace.sendAgain({ workspace: desk.workspace, mail: failed?.id ?? '' })).toEqual({ queued: 1 });
    await desk.send();
    expect((await stateOf(email))?.state).toBe('sent');
    await expect(desk.owner.client.workspace.sendAgain({ workspace: desk.workspace, mail: failed?.id ?? '' })).rejects.toMatchObject({ status: 409 });
  });
  test('one refused address keeps no other from its mail', async () => {
    server.answers = (to) => (to.startsWith('bad') ? { code: 550, words: 'no' } : to.startsWith('grey') ? { code: 450, words: 'wait' } : null);
    for (const email of ['bad@x.example', 'grey@x.example', 'good@x.example']) await desk.invite(email);
    await desk.send();
    expect([(await stateOf('bad@x.example'))?.state, (await stateOf('grey@x.example'))?.state, (await stateOf('good@x.example'))?.state]).toEqual(['failed', 'later', 'sent']);
    server.answers = () => null;
    expect(await desk.owner.client.workspace.sendAgain({ workspace: desk.workspace })).toEqual({ queued: 1 });
    desk.later(1);
    await desk.tend();
    expect([(await stateOf('bad@x.example'))?.state, (await stateOf('grey@x.example'))?.state]).toEqual(['sent', 'sent']);
  });
  test('because it is silent: given up after the time allowed, without a lock held, and later sent', async () => {
    server.answers = () => 'silence';
    const { email } = await desk.invite();
    const began = performance.now();
    const sending = desk.send();
    // While the server is silent the outbox can be read and written.
    await desk.owner.client.workspace.invite({ workspace: desk.workspace, email: 'meanwhile@x.example', role: 'viewer' });
    await sending;
    expect(performance.now() - began).toBeLessThan(TIMES.wholeMs + 3_000);
    expect((await stateOf(email))?.state).toBe('later');
    server.answers = () => null;
    desk.later(2);
    await desk.tend();
    expect([(await stateOf(email))?.state, (await stateOf('meanwhile@x.example'))?.state]).toEqual(['sent', 'sent']);
  });
  test('because it is down, with eight mails waiting: one try a run, and all arrive once it is up', async () => {
    const { port } = server;
    await server.stop();
    const emails = await Promise.all(Array.from({ length: 8 }, async () => (await desk.invite()).email));
    await desk.send();
    const states = (await desk.outbox()).filter((mail) => emails.includes(mail.recipient)).map((mail) => mail.state);
    expect(states.toSorted()).toEqual(['later', ...Array.from({ length: 7 }, () => 'waiting')]);
    expect((await desk.outbox()).find((mail) => mail.state === 'later')?.failure).toMatch(/ECONNREFUSED/);
    server = await startMailServer({ port });
    desk.later(2);
    await desk.tend();
    expect(server.received.map((mail) => mail.to[0]).toSorted()).toEqual(emails.toSorted());
  });
  test('for two days and a half: given up, and the outbox says so', async () => {
    server.answers = () => ({ code: 451, words: 'not today' });
    const { email } = await desk.invite();
    let tries = 0;
    for (; tries < 30 && (await stateOf(email))?.state !== 'failed'; tries += 1) {
      await desk.tend();
      desk.later(1_440);
    }
    expect([tries, (await stateOf(email))?.failure]).toEqual([12, expect.stringContaining('451')]);
  });
});

test('a sender killed between sending and noting repeats that one mail, under the same Message-ID', async () => {
  const server = await startMailServer();
  const desk = await deskWith(byParts(server.port));
  const emails = await Promise.all(Array.from({ length: 6 }, async () => (await desk.invite()).email));
  const { mail } = desk.app.services;
  if (!mail) throw new Error('no mailer');
  let sent = 0;
  const dying: typeof mail = { ...mail, send: async (letter) => {
    await mail.send(letter);
    sent += 1;
    if (sent === 3) throw Object.assign(new Error('killed'), { killed: true });
  } };
  // What a killed process leaves: the third mail has gone out, and nothing after it was noted.
  const { db } = desk.app.services;
  const inWorkspace: typeof db.inWorkspace = (id, work) => (sent >= 3 ? Promise.reject(new Error('killed')) : db.inWorkspace(id, work));
  desk.app.services.mail = dying;
  desk.app.services.db = { ...db, inWorkspace };
  await expect(desk.send()).rejects.toThrow('killed');
  desk.app.services.mail = mail;
  desk.app.services.db = db;
  await desk.send();
  expect(server.received.length).toBe(6);
  desk.later(11);
  await desk.tend();
  const got = server.received.map((each) => each.to[0] ?? '');
  expect([got.length, new Set(got).size]).toEqual([7, 6]);
  expect(got.toSorted().filter((each, at, all) => each !== all[at - 1])).toEqual(emails.toSorted());
  const ids = server.received.map((each) => each.headers.get('message-id')?.[0]);
  expect(new Set(ids).size).toBe(6);
  expect((await desk.outbox()).every((each) => each.state === 'sent')).toBe(true);
  await desk.close();
  await server.stop();
});

test('mails written long before there was a mail server wait until somebody sends them', async () => {
  const server = await startMailServer();
  const desk = await deskWith(byParts(server.port));
  await desk.invite('old@x.example');
  desk.later(3 * 24 * 60);
  await desk.invite('new@x.example');
  await desk.tend();
  const states = Object.fromEntries((await desk.outbox()).map((mail) => [mail.recipient, mail.state]));
  expect(states).toEqual({ 'old@x.example': 'held', 'new@x.example': 'sent' });
  const old = (await desk.outbox()).find((mail) => mail.state === 'held');
  await desk.owner.client.workspace.sendAgain({ workspace: desk.workspace, mail: old?.id ?? '' });
  await desk.tend();
  expect(server.received.map((mail) => mail.to[0])).toEqual(['new@x.example', 'old@x.example']);
  const { rows } = await desk.app.db.pool.query<{ n: number }>(`select count(*)::int as n from lookup where kind = 'outbox'`);
  expect(rows[0]?.n).toBe(0);
  await desk.close();
  await server.stop();
});
