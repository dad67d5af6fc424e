import { eq } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { person } from '../features/people/schema';
import { byParts, deskWith, type Desk } from './testing/mail-desk';
import { startMailServer, type MailServer, type Received } from './testing/mail-server';
import { mailedSurvey, tick, twoFunctions } from './testing/mailed-survey';
import { postTo } from './testing/survey';

let server: MailServer;
let desk: Desk;
beforeAll(async () => {
  server = await startMailServer();
  desk = await deskWith(byParts(server.port));
});
beforeEach(() => {
  server.received.length = 0;
  server.answers = () => null;
  desk.queued.length = 0;
});
afterEach(() => void vi.restoreAllMocks());
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const call = () => desk.owner.client.assessment;
const wayIn = (mail: Received | undefined) => /http:\/\/lockstep\.test\/a#([\w-]+)\.([\w-]+)\.([\w-]+)/.exec(mail?.text ?? '');

describe('invitations to a survey', () => {
  test('reach everybody once, in the survey’s language, with a way in that opens for them alone', async () => {
    const survey = await mailedSurvey(desk, twoFunctions(8), { locales: ['de', 'en'] });
    const at = { workspace: survey.workspaceId, wave: survey.waveId };
    await desk.app.db.inWorkspace(survey.workspaceId, (tx) => tx.update(person).set({ name: 'Ann "A"\r\nBcc: eve@evil.example <x@y.example>, Zoë' }).where(eq(person.emailKey, 'p0@example.com')));
    expect(await call().sendInvitations(at)).toEqual({ queued: 16 });
    expect(await call().sendInvitations(at)).toEqual({ queued: 0 });
    const { workspace } = at;
    const queued = await desk.owner.client.workspace.outbox({ workspace });
    expect(queued.map((mail) => mail.state)).toEqual(Array.from({ length: 16 }, () => 'waiting'));
    await tick(desk, 3);
    expect(server.received.flatMap((mail) => mail.to).toSorted()).toEqual(Array.from({ length: 16 }, (_, n) => `p${n}@example.com`).toSorted());
    for (const mail of server.received) {
      expect([mail.to.length, mail.from, mail.headers.get('to'), mail.headers.has('bcc')]).toEqual([1, 'lockstep@northwind.example', mail.to, false]);
      expect(mail.subject).toBe('Northwind: Wie arbeiten Vertrieb und Marketing zusammen? Ihre Sicht zählt');
      expect([...mail.headers.keys()].toSorted()).toEqual(['auto-submitted', 'content-transfer-encoding', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to']);
      expect(mail.text.match(/https?:\/\/\S+/g)?.map((link) => link.split('#')[0])).toEqual(['http://lockstep.test/a', 'http://lockstep.test/a']);
    }
    const tokens = server.received.map((mail) => wayIn(mail)?.[2] ?? '');
    expect(new Set(tokens).size).toBe(16);
    const post = postTo(desk.app.request);
    for (const token of tokens) expect((await post('/api/answer/open', { wave: survey.waveId, token })).status).toBe(200);
    const sent = await desk.owner.client.workspace.outbox({ workspace });
    expect(sent.map((mail) => mail.state)).toEqual(Array.from({ length: 16 }, () => 'sent'));
    const kept = JSON.stringify(sent) + desk.app.logged.join('\n') + JSON.stringify((await desk.app.db.inWorkspace(workspace, (tx) => tx.execute('select * from outbox_mail'))).rows);
    for (const token of tokens) expect(kept).not.toContain(token);
    expect(desk.app.logged.join('\n')).not.toMatch(/p\d+@example\.com/);
  });

  test('one address refused: it says why, others arrive; sent again it arrives; closed, it leads nowhere', async () => {
    const survey = await mailedSurvey(desk, twoFunctions(6));
    const { workspaceId: workspace, waveId: wave } = survey;
    server.answers = (to) => (to === 'p3@example.com' || to === 'p4@example.com' ? { code: 550, words: 'no such user' } : null);
    await call().sendInvitations({ workspace, wave });
    await tick(desk);
    const failed = (await desk.owner.client.workspace.outbox({ workspace })).filter((mail) => mail.state === 'failed');
    expect([server.received.length, failed.map((mail) => mail.recipient).toSorted(), failed[0]?.failure]).toEqual([10, ['p3@example.com', 'p4@example.com'], expect.stringContaining('550 no such user')]);
    server.answers = () => null;
    const [first, second] = failed;
    await desk.owner.client.workspace.sendAgain({ workspace, mail: first?.id ?? '' });
    await tick(desk);
    expect(server.received.at(-1)?.to).toEqual([first?.recipient]);
    await call().close({ workspace, wave });
    desk.later(1);
    await tick(desk);
    const left = (await desk.owner.client.workspace.outbox({ workspace })).find((mail) => mail.id === second?.id);
    expect(left).toMatchObject({ state: 'spent', sentAt: null });
    await expect(desk.owner.client.workspace.sendAgain({ workspace, mail: second?.id ?? '' })).rejects.toMatchObject({ status: 409 });
    expect(await desk.owner.client.workspace.sendAgain({ workspace })).toEqual({ queued: 0 });
  });

  test('still waiting when the survey closes are not sent any more', async () => {
    const survey = await mailedSurvey(desk, twoFunctions(5));
    const { workspaceId: workspace, waveId: wave } = survey;
    await call().sendInvitations({ workspace, wave });
    const waiting = desk.queued.splice(0).filter(({ name }) => name === 'assessment-invite');
    await call().close({ workspace, wave });
    desk.later(1);
    await tick(desk);
    for (const { name, data } of waiting) await desk.app.runJob(name, data);
    expect([server.received.length, (await desk.owner.client.workspace.outbox({ workspace })).map((mail) => mail.state)]).toEqual([0, Array.from({ length: 10 }, () => 'spent')]);
  });

  test('a wish whose job was lost is served by the next minute', async () => {
    const survey = await mailedSurvey(desk, twoFunctions(5));
    await call().sendInvitations({ workspace: survey.workspaceId, wave: survey.waveId });
    desk.queued.length = 0;
    await tick(desk);
    expect(server.received.length).toBe(10);
  });

  test('to five hundred people take at most five times the queries of a hundred, and processor time in proportion', async () => {
    const cost = async (people: number) => {
      const survey = await mailedSurvey(desk, twoFunctions(people / 2));
      await call().sendInvitations({ workspace: survey.workspaceId, wave: survey.waveId });
      server.received.length = 0;
      desk.queued.length = 0;
      const query = vi.spyOn(pg.Client.prototype, 'query');
      const began = process.cpuUsage();
      await desk.app.runJob('assessment-invite', { workspaceId: survey.workspaceId, waveId: survey.waveId });
      const { user, system } = process.cpuUsage(began);
      const queries = query.mock.calls.length;
      query.mockRestore();
      expect([server.received.length, new Set(server.received.flatMap((mail) => mail.to)).size]).toEqual([people, people]);
      return { queries, cpu: user + system };
    };
    const [hundred, five] = [await cost(100), await cost(500)];
    const each = (five.queries - hundred.queries) / 400;
    expect(each).toBeGreaterThan(1);
    expect(five.queries).toBeLessThanOrEqual(5 * hundred.queries);
    // Everybody's way in again for each batch of fifty would have cost ten times five.
    expect(five.cpu).toBeLessThan(10 * hundred.cpu);
  }, 180_000);
});
