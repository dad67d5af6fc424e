import { existsSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerRequest, OpenResponse } from '../features/assessment/answer-contract';
import { closeWave } from '../features/assessment/commands/close';
import { mixWave } from '../features/assessment/commands/mix';
import { vacuum } from '../platform/db/vacuum';
import { relationship } from './testing/crowds';
import { asOwner, unmix } from './testing/dump';
import { device, launchDraft, launchSurvey, postTo, setCloses, waveRow, type Crowd, type Invited, type Survey } from './testing/survey';
import { createTestApp, type TestApp } from './testing/test-app';

let app: TestApp;
let clock = new Date('2026-03-02T08:00:00Z');
const GRACE = 15 * 60_000;

const crowds: Crowd[] = [
  ...['North', 'South', 'East'].map((territory): Crowd => ({ function: 'sales', level: 'front_line', territory, people: 9 })),
  { function: 'marketing', level: 'front_line', territory: '', people: 8 },
  { function: 'leadership', level: 'leader', territory: '', people: 4 },
];

beforeAll(async () => {
  app = await createTestApp({ now: () => clock, config: { closeGraceMs: GRACE } });
});
afterAll(() => app.close());

const post = (path: string, body: unknown) => postTo(app.request)(path, body);
const rows = (survey: Survey, table: string) => owned<{ n: number }>(`select count(*)::int as n from ${table} where wave_id = $1`, [survey.waveId]).then(([row]) => row?.n);
const owned = <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> => asOwner<T>(app.ownerUrl, sql, values);
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error(`nothing at ${index}`);
  return found;
};
const inLeaf = (survey: Survey, leaf: string): Invited[] => survey.invited.filter((each) => each.leafId === leaf);
/** Hands out everybody once: invitations are written in random order, so that two places in the list may mean one person. */
const oneByOne = (survey: Survey) => {
  const left = [...survey.invited];
  return (leaf?: string): Invited => {
    const place = left.findIndex((each) => leaf === undefined || each.leafId === leaf);
    const found = at(left, place);
    left.splice(place, 1);
    return found;
  };
};
const code = async (reply: Response): Promise<string> => ((await reply.json()) as { error: { code: string } }).error.code;

describe('while a survey is open', () => {
  let survey: Survey;
  let somebody: (leaf?: string) => Invited;
  beforeAll(async () => {
    survey = await launchSurvey(app.services, crowds, relationship);
    somebody = oneByOne(survey);
  });

  test('launch freezes groups, keeps the key outside the database, asks no function that is too small', async () => {
    expect(survey.launched).toMatchObject({ invited: 35, slips: 0, notAsked: ['leadership'] });
    expect(statSync(join(app.dataDir, 'wave-keys', survey.waveId)).mode & 0o777).toBe(0o600);
    expect(await rows(survey, 'leaf_key')).toBe(4);
    const [key] = await owned<{ sealed: Buffer }>('select sealed_private as sealed from leaf_key where wave_id = $1 limit 1', [survey.waveId]);
    expect(key?.sealed.includes(Buffer.from('2a864886f70d010101', 'hex'))).toBe(false);
  });

  test('link and typed code open the same page, and the page never tells who has answered', async () => {
    const invited = somebody();
    const phone = device(post, survey, invited);
    const before = await phone.open();
    expect(before).toMatchObject({ workspaceName: 'Northwind', h: survey.launched.listHash, minimum: 5, comments: true });
    expect(before.words).toHaveLength(4);
    expect(before.list.every((leaf) => leaf.invited >= 5)).toBe(true);
    expect(before.sections.flatMap((section) => section.statements)).toHaveLength(20);
    const typed = invited.code.toLowerCase().replace(/(....)/g, '$1 - ').replace(/0/g, 'o');
    expect(await (await post('/api/answer/open', { code: typed })).json()).toEqual(before);
    const reply = await phone.send(await phone.answer(() => 3, 'fine'));
    expect([reply.status, await reply.json()]).toEqual([200, { received: true }]);
    expect(await phone.open()).toEqual(before);
  });

  test('strangers, nonsense and giants are refused alike, without a word in the log', async () => {
    const logged = app.logged.length;
    expect(await code(await post('/api/answer/open', { wave: survey.waveId, token: 'AAAAAAAAAAAAAAAAAAAAAA' }))).toBe('unknown_link');
    expect(await code(await post('/api/answer/open', { wave: '6f9619ff-8b86-4011-b42d-00c04fc964ff', token: 'AAAAAAAAAAAAAAAAAAAAAA' }))).toBe('unknown_link');
    expect(await code(await post('/api/answer/open', { code: 'AAAA-AAAA-AAAA' }))).toBe('unknown_link');
    for (const body of [undefined, null, 7, 'text', [], {}, { wave: survey.waveId }, { wave: {}, token: 'AAAAAAAAAAAAAAAAAAAAAA' }]) expect((await post('/api/answer/open', body)).status).toBe(400);
    expect((await post('/api/answer', { answers: 'x'.repeat(100_000) })).status).toBe(413);
    expect(app.logged.slice(logged)).toEqual([]);
  });

  test('the same sealed ballot is signed again, another one is not: picked up on another device', async () => {
    const invited = somebody();
    const phone = device(post, survey, invited);
    const first = await (await phone.pickUp()).json();
    expect(await (await phone.pickUp()).json()).toEqual(first);
    const laptop = device(post, survey, invited);
    const refused = await laptop.pickUp();
    expect([refused.status, await code(refused)]).toEqual([409, 'other_device']);
    expect((await phone.send(await phone.answer(() => 4))).status).toBe(200);
  });

  test('what cannot be signed does not use up the invitation', async () => {
    const invited = somebody();
    for (const blinded of ['', 'AAAA', Buffer.alloc(256, 255).toString('base64url'), Buffer.alloc(257, 1).toString('base64url')])
      expect(await code(await post('/api/answer/ballot', { wave: survey.waveId, token: invited.token, blinded }))).toBe('malformed');
    expect((await device(post, survey, invited).pickUp()).status).toBe(200);
  });

  test('a ballot counts for its own wave and leaf only, unaltered, with answers that fit', async () => {
    const other = await launchSurvey(app.services, crowds, relationship);
    const phone = device(post, survey, somebody('sales/North'));
    const good = await phone.answer(() => 2);
    const flip = (text: string, byte: number) => {
      const bytes = Buffer.from(text, 'base64url');
      bytes[byte] = (bytes[byte] ?? 0) ^ 1;
      return bytes.toString('base64url');
    };
    const bad: Partial<AnswerRequest>[] = [
      { leaf: 'sales/South' }, { leaf: 'marketing' }, { leaf: 'nowhere' }, { wave: other.waveId }, { prefix: flip(good.prefix, 0) }, { sig: flip(good.sig, 255) }, { sig: flip(good.sig, 0) }, { sig: '' },
      { prefix: good.prefix.slice(2) }, { answers: [] }, { answers: good.answers.slice(1) }, { answers: good.answers.with(0, 6) }, { answers: good.answers.with(0, -2) }, { answers: good.answers.with(0, 1.5) },
    ];
    const before = await rows(survey, 'ballot_box');
    for (const change of bad) {
      const reply = await phone.send({ ...good, ...change });
      expect([change, reply.status]).toEqual([change, 400]);
    }
    expect(await rows(survey, 'ballot_box')).toBe(before);
    expect(await rows(other, 'ballot_box')).toBe(0);
    expect((await phone.send({ ...good, comments: 'a\0b' })).status).toBe(200);
    expect(await rows(survey, 'ballot_box')).toBe((before ?? 0) + 1);
  });

  test('a hundred identical submits while it is being mixed leave one row', async () => {
    const phone = device(post, survey, somebody('sales/South'));
    const request = await phone.answer(() => 1);
    const before = (await rows(survey, 'ballot_box')) ?? 0;
    const sends = Array.from({ length: 100 }, (_, index) => phone.send(index === 0 ? request : { ...request, answers: request.answers.map(() => 1 + (index % 5)) }));
    const mixes = Array.from({ length: 8 }, async () => {
      await unmix(app.ownerUrl, survey.waveId);
      return mixWave(app.services, survey.workspaceId, survey.waveId);
    });
    const replies = await Promise.all(sends);
    await Promise.all(mixes);
    for (const reply of replies) expect([reply.status, await reply.json()]).toEqual([200, { received: true }]);
    expect(await rows(survey, 'ballot_box')).toBe(before + 1);
  });

  test('mixing twice with nothing new does nothing', async () => {
    await mixWave(app.services, survey.workspaceId, survey.waveId);
    expect(await mixWave(app.services, survey.workspaceId, survey.waveId)).toBe(false);
  });

  test('the application role’s VACUUM, which PostgreSQL merely skips, is a failure here', async () => {
    await expect(vacuum(app.appUrl, ['ballot_box'], 'plain')).rejects.toThrow(/VACUUM did not run.*DATABASE_OWNER_URL/s);
    await expect(vacuum(app.ownerUrl, ['ballot_box'], 'plain')).resolves.toBeUndefined();
  });

  test('one device asking too often is held back, others are not', async () => {
    const [eager, calm] = [somebody(), somebody()];
    const statuses = await Promise.all(Array.from({ length: 130 }, async () => (await post('/api/answer/open', { wave: survey.waveId, token: eager.token })).status));
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    expect((await post('/api/answer/open', { wave: survey.waveId, token: calm.token })).status).toBe(200);
    clock = new Date(clock.getTime() + 60_000);
    expect((await post('/api/answer/open', { wave: survey.waveId, token: eager.token })).status).toBe(200);
  });
});

describe('before and after', () => {
  test('not yet open, and the same people not again within ninety days', async () => {
    const survey = await launchSurvey(app.services, crowds, relationship, { opensAt: new Date(clock.getTime() + 3_600_000).toISOString() });
    const invited = at(survey.invited, 0);
    const reply = await post('/api/answer/open', { wave: survey.waveId, token: invited.token });
    expect([reply.status, ((await reply.json()) as { error: { opensAt: string } }).error.opensAt]).toEqual([403, new Date(clock.getTime() + 3_600_000).toISOString()]);
    expect((await post('/api/answer/ballot', { wave: survey.waveId, token: invited.token, blinded: Buffer.alloc(256, 1).toString('base64url') })).status).toBe(403);
    const [again] = await owned<{ id: string }>(
      `insert into wave (workspace_id, id, name, state, setup, created_at) select workspace_id, gen_random_uuid(), 'again', 'draft', setup, created_at from wave where id = $1 returning id`, [survey.waveId],
    );
    await expect(launchDraft(app.services, survey.workspaceId, again?.id ?? '')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(launchDraft(app.services, survey.workspaceId, survey.waveId)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test.each([
    ['a minimum of two', { minimum: { general: 2, leadership: 2 } }],
    ['a higher minimum for leadership', { minimum: { general: 4, leadership: 5 } }],
    ['a closing time in the past', { closesAt: '2020-01-01T00:00:00Z' }],
    ['nobody large enough', { functions: ['leadership' as const] }],
  ])('%s is not launched', async (_, setup) => {
    await expect(launchSurvey(app.services, crowds, relationship, setup)).rejects.toMatchObject({ code: 'INVALID' });
  });

  test('after closing: pick-up ends, what was picked up may still be sent during the grace, then nothing', async () => {
    const survey = await launchSurvey(app.services, crowds, relationship);
    const [early, late] = [device(post, survey, at(survey.invited, 0)), device(post, survey, at(survey.invited, 1))];
    const request = await early.answer(() => 5);
    const closes = new Date(clock.getTime() + 60_000);
    await setCloses(app.services, survey, closes);
    const opened = async () => (await post('/api/answer/open', { wave: survey.waveId, token: at(survey.invited, 1).token })).json();
    expect(await opened()).not.toHaveProperty('closing');
    clock = new Date(closes.getTime() + 1_000);
    expect(await opened()).toMatchObject({ closing: true });
    expect((await late.pickUp()).status).toBe(410);
    expect((await early.pickUp()).status).toBe(200);
    expect(await closeWave(app.services, survey.workspaceId, survey.waveId)).toBe(false);
    expect((await early.send(request)).status).toBe(200);
    clock = new Date(closes.getTime() + GRACE + 1);
    expect((await early.send(request)).status).toBe(410);
    expect((await early.pickUp()).status).toBe(410);
  });

  test('a key without a survey goes after an hour, not while a launch may be running', async () => {
    const orphan = '6f9619ff-8b86-4011-b42d-00c04fc964aa';
    const file = join(app.dataDir, 'wave-keys', orphan);
    writeFileSync(file, 'x'.repeat(32));
    utimesSync(file, clock, clock);
    await app.runJob('assessment-tend', {});
    expect(existsSync(file)).toBe(true);
    clock = new Date(clock.getTime() + 3_600_001);
    await app.runJob('assessment-tend', {});
    expect(existsSync(file)).toBe(false);
  });

  test('people reached by slip have no name, and their page knows that it is shared', async () => {
    const survey = await launchSurvey(app.services, crowds, relationship, { bySlip: [{ function: 'sales', territories: ['North'] }] });
    expect(survey.launched).toMatchObject({ invited: 35, slips: 9 });
    const slips = survey.invited.filter((each) => each.personId === null);
    expect(new Set(slips.map((each) => each.leafId))).toEqual(new Set(['sales/North']));
    expect(await (await post('/api/answer/open', { code: at(slips, 0).code })).json()).toMatchObject({ kiosk: true });
    // Nobody can say whether a slip's person is asked again, so the function waits as a whole.
    const [again] = await owned<{ id: string }>(
      `insert into wave (workspace_id, id, name, state, setup, created_at) select workspace_id, gen_random_uuid(), 'again', 'draft', setup || '{"functions": ["sales"]}', created_at from wave where id = $1 returning id`, [survey.waveId],
    );
    await owned(`delete from invitation where wave_id = $1 and person_id is not null`, [survey.waveId]);
    await expect(launchDraft(app.services, survey.workspaceId, again?.id ?? '')).rejects.toMatchObject({ code: 'CONFLICT' });
    await owned(`update wave set setup = setup || '{"functions": ["marketing"]}' where id = $1`, [again?.id]);
    expect((await launchDraft(app.services, survey.workspaceId, again?.id ?? '')).launched.invited).toBe(8);
  });

  test('a link is for a device of one’s own', async () => {
    const survey = await launchSurvey(app.services, crowds, relationship, { bySlip: [{ function: 'sales', territories: ['North'] }] });
    const link = (await (await post('/api/answer/open', { wave: survey.waveId, token: at(survey.invited.filter((each) => each.personId), 0).token })).json()) as OpenResponse;
    expect(link.kiosk).toBeUndefined();
  });
});

describe('closing', () => {
  let survey: Survey;
  const sent = { north: 8, south: 6, east: 3, marketing: 4 };
  beforeAll(async () => {
    survey = await launchSurvey(app.services, crowds, relationship);
    const groups: [string, number][] = [['sales/North', sent.north], ['sales/South', sent.south], ['sales/East', sent.east], ['marketing', sent.marketing]];
    for (const [leaf, count] of groups) {
      for (const [index, invited] of inLeaf(survey, leaf).slice(0, count).entries()) {
        const phone = device(post, survey, invited);
        expect((await phone.send(await phone.answer((statement) => 1 + ((index + statement) % 5), `${leaf} says ${index}`))).status).toBe(200);
      }
    }
    // Somebody with the database, but without a key, slips a ballot in.
    await owned(`insert into ballot_box (workspace_id, wave_id, serial, leaf_id, signature, answers) select workspace_id, wave_id, '\\x00', leaf_id, signature, answers from ballot_box where wave_id = $1 limit 1`, [survey.waveId]);
    clock = new Date(clock.getTime() + 8 * 86_400_000);
    await app.runJob('assessment-tend', {});
  });

  test('keeps answers under their final block, and leaves out a function that stayed too small', async () => {
    const wave = await waveRow(app.services, survey);
    expect(wave).toMatchObject({ state: 'closed', discarded: ['marketing'] });
    expect(wave?.blocks?.map((block) => [block.id, block.n])).toEqual([['sales', 17], ['sales/North', 8], ['sales/~others', 9]]);
    const kept = await owned<{ block_id: string; n: number }>('select block_id, count(*)::int as n from answer_set where wave_id = $1 group by 1 order by 1', [survey.waveId]);
    expect(kept).toEqual([{ block_id: 'sales/North', n: 8 }, { block_id: 'sales/~others', n: 9 }]);
    const comments = await owned<{ function: string; text: string }>('select function, text from answer_comment where wave_id = $1', [survey.waveId]);
    expect(comments).toHaveLength(17);
    expect(comments.every((comment) => comment.function === 'sales' && comment.text.startsWith('sales/'))).toBe(true);
  });

  test('leaves no ballot, pick-up, secret or key, and says what it refused', async () => {
    for (const table of ['ballot_box', 'ballot_issue', 'leaf_key', 'wave_secret']) expect([table, await rows(survey, table)]).toEqual([table, 0]);
    expect(() => statSync(join(app.dataDir, 'wave-keys', survey.waveId))).toThrow();
    const [entry] = await owned<{ details: unknown }>(`select details from audit_event where action = 'wave.closed' and subject_id = $1`, [survey.waveId]);
    expect(entry?.details).toEqual({ discarded: ['marketing'], refused: 1, overfull: [] });
  });

  test('takes nothing any more, and closing again changes nothing', async () => {
    const invited = at(survey.invited, 0);
    expect(await code(await post('/api/answer/open', { wave: survey.waveId, token: invited.token }))).toBe('closed');
    expect(await code(await post('/api/answer', { wave: survey.waveId, leaf: 'sales/North', prefix: 'A'.repeat(43), sig: 'A'.repeat(342), answers: Array(20).fill(1) }))).toBe('closed');
    const before = await owned('select id, block_id from answer_set where wave_id = $1 order by id', [survey.waveId]);
    expect(await closeWave(app.services, survey.workspaceId, survey.waveId)).toBe(true);
    expect(await owned('select id, block_id from answer_set where wave_id = $1 order by id', [survey.waveId])).toEqual(before);
  });
});
