import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnswerRequest } from '../features/assessment/answer-contract';
import { mixWave } from '../features/assessment/commands/mix';
import { seeded } from '../lib/seeded';
import { relationship, sixLeaves } from './testing/crowds';
import { asOwner, wholeDatabase } from './testing/dump';
import { device, launchSurvey, postTo, type Invited, type Survey } from './testing/survey';
import { createTestApp, type TestApp } from './testing/test-app';

/** The attacker is an administrator with SQL, logs and copies of the database, taken at any moment but not while people send. */

let app: TestApp;
let clock: Date;
let survey: Survey;
let truth: Map<string, string>;
let sent: { invited: Invited; request: AnswerRequest }[];

const PEOPLE = 60;
/** Guessing within each leaf: one right guess a leaf on average, whatever its size, with variance one. */
const CHANCE = sixLeaves.length;
const LIMIT = CHANCE + 3 * Math.sqrt(CHANCE);

type Ordered = { who: string; leaf: string; xmin: string; page: number; line: number };

const issues = () =>
  asOwner<Ordered>(app.ownerUrl, `select b.invitation_id as who, i.leaf_id as leaf, b.xmin::text as xmin, ((b.ctid::text::point)[0])::int as page, ((b.ctid::text::point)[1])::int as line
    from ballot_issue b join invitation i on i.id = b.invitation_id where b.wave_id = $1`, [survey.waveId]);
const ballots = () =>
  asOwner<Ordered>(app.ownerUrl, `select encode(answers, 'hex') as who, leaf_id as leaf, xmin::text as xmin, ((ctid::text::point)[0])::int as page, ((ctid::text::point)[1])::int as line
    from ballot_box where wave_id = $1`, [survey.waveId]);
/** After closing a ballot has no leaf; the attacker knows which block a leaf went into. */
const kept = () =>
  asOwner<Ordered>(app.ownerUrl, `select encode(answers, 'hex') as who, block_id as leaf, xmin::text as xmin, ((ctid::text::point)[0])::int as page, ((ctid::text::point)[1])::int as line
    from answer_set where wave_id = $1`, [survey.waveId]);

const byPlace = (a: Ordered, b: Ordered) => a.page - b.page || a.line - b.line;
const byTransaction = (a: Ordered, b: Ordered) => Number(a.xmin) - Number(b.xmin) || byPlace(a, b);

/** Lines both lists up within each leaf and counts how many people meet their own answers. */
const linked = (people: Ordered[], answers: Ordered[], order: (a: Ordered, b: Ordered) => number): number =>
  [...new Set(people.map((row) => row.leaf))].reduce((sum, leaf) => {
    const theirs = answers.filter((row) => row.leaf === leaf).sort(order);
    return sum + people.filter((row) => row.leaf === leaf).sort(order).filter((row, index) => truth.get(row.who) === theirs[index]?.who).length;
  }, 0);

beforeAll(async () => {
  clock = new Date('2026-03-02T08:00:00Z');
  app = await createTestApp({ now: () => clock });
});
afterAll(() => app.close());

beforeEach(async () => {
  clock = new Date(clock.getTime() + 100 * 86_400_000);
  survey = await launchSurvey(app.services, sixLeaves, relationship);
  truth = new Map();
  sent = [];
  const random = seeded(60);
  const order = survey.invited.map((invited) => ({ invited, key: random() })).sort((a, b) => a.key - b.key);
  for (const [index, { invited }] of order.entries()) {
    const phone = device(postTo(app.request), survey, invited);
    // Everybody's answers differ, so that the test, unlike the attacker, can tell whose they are.
    const request = await phone.answer((statement) => 1 + (Math.floor(index / 5 ** statement) % 5), `my words, number ${index}`);
    expect((await phone.send(request)).status).toBe(200);
    truth.set(invited.invitationId, Buffer.from(request.answers).toString('hex'));
    sent.push({ invited, request });
  }
  expect(new Set(truth.values()).size).toBe(PEOPLE);
});

// Guessing exceeds the limit once in some 270 tries; a real link does so every time, so one second try is allowed.
describe('a dump of the database', { retry: 1 }, () => {
  test('links everybody before mixing (so the attack is a real one), and no better than chance after mixing or closing', async () => {
    const [beforeIssues, beforeBallots] = [await issues(), await ballots()];
    expect(linked(beforeIssues, beforeBallots, byTransaction)).toBe(PEOPLE);

    expect(await mixWave(app.services, survey.workspaceId, survey.waveId)).toBe(true);
    const [mixedIssues, mixedBallots] = [await issues(), await ballots()];
    expect(mixedIssues).toHaveLength(PEOPLE);
    expect(mixedBallots).toHaveLength(PEOPLE);
    // One transaction for all: nothing is left to order by but the place, which is random.
    expect(new Set(mixedBallots.map((row) => row.xmin)).size).toBe(1);
    const mixed = {
      bothMixed: linked(mixedIssues, mixedBallots, byPlace),
      pickUpsSeenBefore: linked(beforeIssues, mixedBallots, byTransaction),
    };

    clock = new Date(clock.getTime() + 8 * 86_400_000);
    await app.runJob('assessment-tend', {});
    const answers = await kept();
    expect(answers).toHaveLength(PEOPLE);
    expect(await issues()).toEqual([]);
    const closed = { pickUpsSeenBefore: linked(beforeIssues, answers, byPlace), pickUpsSeenMixed: linked(mixedIssues, answers, byPlace) };
    for (const [attack, count] of Object.entries({ ...mixed, ...closed })) expect([attack, count <= LIMIT]).toEqual([attack, true]);
  }, 120_000);

  test('closing alone, without any mixing before, unlinks as well', async () => {
    const before = await issues();
    clock = new Date(clock.getTime() + 8 * 86_400_000);
    await app.runJob('assessment-tend', {});
    const answers = await kept();
    expect(answers).toHaveLength(PEOPLE);
    expect(linked(before, answers, byPlace)).toBeLessThanOrEqual(LIMIT);
    expect(linked(before, [...answers].sort((a, b) => (a.who < b.who ? -1 : 1)), byTransaction)).toBeLessThanOrEqual(LIMIT);
  }, 120_000);

  test('holds nobody’s comment beside their answers after closing', async () => {
    clock = new Date(clock.getTime() + 8 * 86_400_000);
    await app.runJob('assessment-tend', {});
    const comments = await asOwner<{ text: string; function: string; line: number }>(app.ownerUrl, `select text, function, row_number() over (order by ctid)::int as line from answer_comment where wave_id = $1`, [survey.waveId]);
    const answers = (await kept()).sort(byPlace);
    expect(comments).toHaveLength(PEOPLE);
    const said = new Map(sent.map(({ request }) => [request.comments ?? '', Buffer.from(request.answers).toString('hex')]));
    const together = comments.sort((a, b) => a.line - b.line).filter((comment, index) => said.get(comment.text) === answers[index]?.who).length;
    // Two shuffles of sixty meet in one place on average, with variance one.
    expect(together).toBeLessThanOrEqual(4);
  }, 120_000);
});

describe('a full run', () => {
  test('leaves no link, code, serial, signature or address in the log, nor after closing in the database or the queue', async () => {
    const secrets = sent.flatMap(({ invited, request }) => [invited.token, invited.code, request.prefix, request.sig, Buffer.from(request.prefix, 'base64url').toString('hex'), Buffer.from(request.sig, 'base64url').toString('hex')]);
    await mixWave(app.services, survey.workspaceId, survey.waveId);
    const open = await wholeDatabase(app.ownerUrl);
    for (const { invited } of sent) expect(open.includes(invited.token) || open.includes(invited.code)).toBe(false);
    clock = new Date(clock.getTime() + 8 * 86_400_000);
    await app.runJob('assessment-tend', {});
    const log = app.logged.join('\n');
    const database = await wholeDatabase(app.ownerUrl);
    expect(database.length).toBeGreaterThan(10_000);
    for (const secret of secrets) expect([log.includes(secret), database.includes(secret)]).toEqual([false, false]);
    expect(log).not.toMatch(/\b\d{1,3}(\.\d{1,3}){3}\b|"(ip|remoteAddress|userAgent)"/);
    for (const { invited } of sent) expect(log.includes(invited.invitationId) || log.includes(invited.leafId)).toBe(false);
  }, 120_000);

  test('a failing database is named in the log by its kind only', async () => {
    const [first] = sent;
    if (!first) throw new Error('nothing was sent');
    await asOwner(app.ownerUrl, 'alter table ballot_box add constraint broken check (length(answers) < 0) not valid');
    try {
      const logged = app.logged.length;
      const late = device(postTo(app.request), survey, first.invited);
      await late.open();
      const reply = await late.send({ ...first.request, comments: 'words nobody may read in a log' });
      expect([reply.status, ((await reply.json()) as { error: { code: string } }).error.code]).toEqual([503, 'busy']);
      const lines = app.logged.slice(logged);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain('23514');
      expect(lines[0]).not.toMatch(/words nobody|ballot_box|insert|params/i);
    } finally {
      await asOwner(app.ownerUrl, 'alter table ballot_box drop constraint broken');
    }
  });
});
