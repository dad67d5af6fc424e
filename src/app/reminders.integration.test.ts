import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { remindOutstanding } from '../features/assessment/commands/remind';
import type { WaveSetup } from '../features/assessment/domain/wave-setup';
import { byParts, deskWith, type Desk } from './testing/mail-desk';
import { startMailServer, type MailServer } from './testing/mail-server';
import { mailedSurvey, tick, twoFunctions } from './testing/mailed-survey';
import { device, postTo, waveRow, type Survey } from './testing/survey';

const DAY = 24 * 60;
let server: MailServer;
let desk: Desk;
// An application for each test: every minute looks after every survey, those of other tests included.
beforeEach(async () => {
  server = await startMailServer();
  desk = await deskWith(byParts(server.port));
});
afterEach(async () => {
  await desk.close();
  await server.stop();
});

const inDays = (days: number): string => new Date(desk.now().getTime() + days * DAY * 60_000).toISOString();
const asked = (closesIn: number, setup: Partial<WaveSetup> = {}) => mailedSurvey(desk, twoFunctions(6), { closesAt: inDays(closesIn), reminderDaysBefore: [7, 2], ...setup });
const recipients = () => server.received.flatMap((mail) => mail.to).toSorted();
const outbox = ({ workspaceId: workspace }: Survey) => desk.owner.client.workspace.outbox({ workspace });
const everybody = Array.from({ length: 12 }, (_, n) => `p${n}@example.com`).toSorted();

/** Some people pick a ballot up; of them, every other one sends it. */
const answeredBy = async (survey: Survey, count: number): Promise<string[]> => {
  const ways = await desk.owner.client.assessment.links({ workspace: survey.workspaceId, wave: survey.waveId });
  const gone = ways.slice(0, count);
  for (const [at, way] of gone.entries()) {
    const phone = device(postTo(desk.app.request), survey, { invitationId: '', personId: null, leafId: '', token: (way.link.split('#')[1] ?? '').split('.')[1] ?? '', code: '' });
    const answer = await phone.answer(() => 3);
    if (at % 2 === 0) expect((await phone.send(answer)).status).toBe(200);
  }
  return gone.map((way) => way.email ?? '');
};

describe('reminders by schedule', () => {
  test('go at each mark to those without a ballot, and to nobody within a day of the opening', async () => {
    const survey = await asked(14);
    const first = await answeredBy(survey, 3);
    for (const minutes of [1, DAY / 2, DAY / 2 - 2, 5 * DAY]) {
      desk.later(minutes);
      await tick(desk);
    }
    expect(recipients()).toEqual([]);
    desk.later(DAY + 5);
    await tick(desk);
    expect(recipients()).toEqual(everybody.filter((each) => !first.includes(each)));
    for (const mail of server.received) expect(mail.text).toMatch(/http:\/\/lockstep\.test\/a#\S+/);
    await tick(desk);
    desk.later(2 * DAY);
    await tick(desk);
    expect(server.received.length).toBe(9);
    server.received.length = 0;
    desk.later(3 * DAY);
    await tick(desk);
    expect(recipients()).toEqual(everybody.filter((each) => !first.includes(each)));
  });

  test('leave no trace of who was reminded: a number in the outbox, nothing in the log or the database', async () => {
    const survey = await asked(14);
    const before = desk.app.logged.length;
    const gone = await answeredBy(survey, 4);
    desk.later(8 * DAY);
    await tick(desk);
    const mails = await outbox(survey);
    expect(mails.map(({ kind, recipient, body, link, state }) => ({ kind, recipient, body, link, state }))).toEqual([{ kind: 'survey-reminder', recipient: '8', body: '', link: null, state: 'sent' }]);
    expect(gone.length).toBe(4);
    const dump = JSON.stringify((await desk.app.db.inWorkspace(survey.workspaceId, (tx) => tx.execute(`select * from outbox_mail`))).rows) + JSON.stringify((await desk.app.db.inWorkspace(survey.workspaceId, (tx) => tx.execute(`select * from audit_event`))).rows) + desk.app.logged.slice(before).join('\n');
    expect(dump).not.toMatch(/p\d+@example\.com/);
    // A queue would keep what it is told, so it is told ids alone.
    expect(JSON.stringify(desk.queued)).not.toMatch(/@/);
  });

  test('a survey of a day and a half has no mark that lies a day after its opening: nobody is reminded', async () => {
    const survey = await asked(1.5, { reminderDaysBefore: [7, 2, 1] });
    for (let hour = 0; hour < 35; hour += 5) {
      desk.later(5 * 60);
      await tick(desk);
    }
    expect([recipients(), (await waveRow(desk.app.services, survey))?.reminded ?? []]).toEqual([[], []]);
  });

  test('planned for later: counted from the opening, not from the launch', async () => {
    const survey = await asked(9, { opensAt: inDays(7.5), reminderDaysBefore: [7, 1] });
    desk.later(3 * DAY);
    await tick(desk);
    desk.later(4.6 * DAY);
    await tick(desk);
    expect([recipients(), (await waveRow(desk.app.services, survey))?.reminded ?? []]).toEqual([[], []]);
  });

  test('people who draw slips have no address and get none', async () => {
    const survey = await asked(14, { bySlip: [{ function: 'marketing' }] });
    desk.later(8 * DAY);
    await tick(desk);
    expect([survey.launched.slips, server.received.length]).toEqual([6, 6]);
  });

  test('five servers at the same moment remind everybody once', async () => {
    const survey = await asked(14);
    desk.later(8 * DAY);
    await tick(desk, 5);
    expect(recipients()).toEqual(everybody);
    expect((await outbox(survey)).map((mail) => mail.recipient)).toEqual(['12']);
  });

  test('a server killed on the way: another reminds nobody a second time', async () => {
    const survey = await asked(14);
    desk.later(8 * DAY);
    const { mail } = desk.app.services;
    if (!mail) throw new Error('no mailer');
    let sent = 0;
    const never = new Promise<never>(() => undefined);
    desk.app.services.mail = { ...mail, send: async (letter) => ((sent += 1) > 4 ? never : mail.send(letter)) };
    const row = await waveRow(desk.app.services, survey);
    if (!row) throw new Error('no survey');
    void remindOutstanding(desk.app.services, survey.workspaceId, row, { by: 'schedule' });
    await expect.poll(() => server.received.length).toBe(4);
    desk.app.services.mail = mail;
    await tick(desk);
    await tick(desk);
    expect([server.received.length, new Set(recipients()).size]).toEqual([4, 4]);
  });

  test('a mail server that is away at the mark: they go out once it is back', async () => {
    const survey = await asked(14);
    const { port } = server;
    await server.stop();
    desk.later(8 * DAY);
    await tick(desk);
    expect((await waveRow(desk.app.services, survey))?.reminded ?? []).toEqual([]);
    server = await startMailServer({ port });
    desk.later(1);
    await tick(desk);
    expect([recipients(), (await outbox(survey)).length]).toEqual([everybody, 1]);
  });

  test('what is put off is tried again at once; what is refused is told by its code, never by its address', async () => {
    const survey = await asked(14);
    const row = await waveRow(desk.app.services, survey);
    if (!row) throw new Error('no survey');
    let first = true;
    server.answers = (to) => {
      if (to === 'p1@example.com') return { code: 550, words: `5.1.1 <${to}> no such user` };
      if (to !== 'p2@example.com' || !first) return null;
      first = false;
      return { code: 451, words: 'Greylisted' };
    };
    desk.later(8 * DAY);
    expect(await remindOutstanding(desk.app.services, survey.workspaceId, row, { by: 'schedule' }, [10])).toBe(11);
    const [mail] = await outbox(survey);
    expect(mail).toMatchObject({ recipient: '11', state: 'failed', failure: expect.stringMatching(/^1 reminder was not taken .*550/) });
    expect(JSON.stringify(mail)).not.toMatch(/p1|@/);
  });
});

describe('reminders by hand', () => {
  test('a job that runs twice reminds once, and within the hour nobody is reminded again', async () => {
    const survey = await asked(14);
    const at = { workspace: survey.workspaceId, wave: survey.waveId };
    const remind = () => desk.owner.client.assessment.remind(at);
    await remind();
    const [job] = desk.queued;
    await tick(desk, 2);
    await desk.app.runJob(job?.name ?? '', job?.data ?? {});
    expect(recipients()).toEqual(everybody);
    desk.later(30);
    await expect(remind()).rejects.toMatchObject({ status: 409 });
    desk.later(31);
    await remind();
    await tick(desk);
    expect(server.received.length).toBe(24);
  });

  test('while the mail server is away nobody is reminded, and the outbox says so', async () => {
    const survey = await asked(14);
    const { port } = server;
    await server.stop();
    await desk.owner.client.assessment.remind({ workspace: survey.workspaceId, wave: survey.waveId });
    await tick(desk);
    server = await startMailServer({ port });
    expect((await outbox(survey))[0]).toMatchObject({ recipient: '0', state: 'failed', failure: expect.stringContaining('could not be reached') });
    await desk.owner.client.assessment.remind({ workspace: survey.workspaceId, wave: survey.waveId });
    await tick(desk);
    expect(recipients()).toEqual(everybody);
  });
});
