import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinHuddle, openDevice, postTo, type HuddleDevice } from '../src/app/testing/huddle-device';
import type { Joined, SentOperation } from '../src/features/huddle/live-contract';
import { pdfTexts } from '../src/features/assessment/reports/pdf/pdf-text.test-support';
import { testDatabaseUrl } from '../src/platform/config/testing';
import { ensureBundle, freePort, startApp, type AppProcess } from '../src/platform/testing/app-process';
import { createTestDatabase, type TestDatabase } from '../src/platform/testing/test-database';

/** A Huddle at two server processes over real sockets: one is killed, a line goes dead, the database is away, and every byte is read by whom it may be. */
const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-huddle-'));
let database: TestDatabase;
let owner: pg.Client;
let ports: [number, number];
const servers: AppProcess[] = [];
let workspace: string;
let headers: Record<string, string>;
const devices: HuddleDevice[] = [];

const begin = async (at: 0 | 1): Promise<void> => {
  servers[at] = await startApp({ dataDir, port: ports[at], env: { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, LOG_LEVEL: 'silent', BASE_URL: `http://127.0.0.1:${ports[0]}` } });
};
const call = async (path: string, body: unknown): Promise<Record<string, string>> => (await postTo(urlOf(0), path, body, headers)).body as Record<string, string>;
const urlOf = (at: 0 | 1): string => `http://127.0.0.1:${ports[at]}`;

beforeAll(async () => {
  ensureBundle();
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  ports = [await freePort(), await freePort()];
  await begin(0);
  await begin(1);
  headers = { origin: urlOf(0) };
  const signed = await fetch(`${urlOf(0)}/api/auth/sign-up/email`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ name: 'Olga', email: 'olga@example.com', password: 'a long enough password' }) });
  headers = { ...headers, cookie: signed.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') };
  workspace = (await call('/api/workspaces', { name: 'Northwind', timeZone: 'UTC' })).id ?? '';
});
afterAll(async () => {
  for (const device of devices) device.stop();
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  await owner?.end();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

type Head = { code: string; at: number; steps: { id: string; kind: string }[] };
const head = (device: HuddleDevice) => device.entities['head'] as Head;
const stepOf = (device: HuddleDevice, kind: string): string => head(device).steps.find((step) => step.kind === kind)?.id ?? '';
const placeOf = (device: HuddleDevice, kind: string): number => head(device).steps.findIndex((step) => step.kind === kind);
const textsOf = (device: HuddleDevice): string[] => Object.entries(device.entities).flatMap(([key, value]) => (key.startsWith('note/') && value ? [String(value['text'])] : [])).toSorted();
const note = (step: string, channel: string, text: string) => ({ kind: 'note', note: randomUUID(), step, channel, text, about: null }) as SentOperation;
const device = async (at: 0 | 1, pass: string, keep = false): Promise<HuddleDevice> => { const made = await openDevice(() => urlOf(at), pass, { keep }); devices.push(made); return made; };

/** A Huddle with one of each role at either server, in the step that is asked for. */
const huddleIn = async (kind: string, keep = false) => {
  const { id = '' } = await call(`/api/workspaces/${workspace}/huddles`, { name: 'Spring Huddle' });
  const pass = async (as: string) => (await call(`/api/workspaces/${workspace}/huddles/${id}/pass`, { as })).pass ?? '';
  const lead = await device(0, await pass('facilitator'), keep);
  const wall = await device(1, await pass('screen'), keep);
  const { code } = head(lead);
  const joined: Joined[] = [await joinHuddle(urlOf(0), code, 'NAME-Sam', 'sales'), await joinHuddle(urlOf(1), code, 'NAME-Mia', 'marketing')];
  const sam = await device(0, joined[0]?.pass ?? '', keep);
  const mia = await device(1, joined[1]?.pass ?? '', keep);
  await lead.act({ kind: 'start' });
  await lead.act({ kind: 'go', to: placeOf(lead, kind) });
  for (const each of [wall, sam, mia]) await each.seen((one) => head(one).at === placeOf(one, kind));
  return { id, code, lead, wall, sam, mia, samPass: joined[0]?.pass ?? '', step: stepOf(lead, kind) };
};

test('kill -9 of a server while its devices write: what was not acknowledged is sent again and arrives once, at both servers', async () => {
  const { id, lead, wall, sam, mia, samPass, step } = await huddleIn('synthesis');
  // Saved, but the answer never arrives: the device cannot know, and sends it again.
  const unheard = { id: randomUUID(), operation: note(step, 'link', 'Saved and never acknowledged') };
  const lost = request(`${urlOf(0)}/api/huddle/operations`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${samPass}` } });
  lost.on('error', () => undefined).end(JSON.stringify({ operations: [unheard] }));
  await wall.seen((each) => textsOf(each).length === 1);
  lost.destroy();
  const wanted = Array.from({ length: 30 }, (_, at) => `Thought ${at}`);
  const writing = Promise.all(wanted.map(async (text, at) => { await pause(at * 10); return (at % 2 ? sam : mia).act(note(step, 'link', text)); }));
  await pause(120);
  await servers[0]?.end('SIGKILL');
  await Promise.all([begin(0), mia.act(note(step, 'link', 'Written meanwhile at the other server'))]);
  expect((await writing).every(({ saved }) => saved)).toBe(true);
  const [first, second] = [await sam.act(unheard.operation, unheard.id), await mia.act(note(step, 'link', 'Last'))];
  expect(first.saved && second.saved && first.seq < second.seq).toBe(true);
  const all = [...wanted, 'Saved and never acknowledged', 'Written meanwhile at the other server', 'Last'].toSorted();
  for (const each of [lead, wall, sam, mia]) await each.seen((one) => textsOf(one).length === all.length);
  for (const each of [lead, wall, sam, mia]) expect(textsOf(each)).toEqual(all);
  const { rows } = await owner.query<{ all: number; texts: number }>("select count(*)::int as all, count(distinct operation ->> 'text')::int as texts from huddle_operation where huddle_id = $1 and operation ->> 'kind' = 'note'", [id]);
  expect(rows).toEqual([{ all: all.length, texts: all.length }]);
});

test('a line that hangs is taken over by the next of the same page, which goes on from its last number; one that lost its place is given the whole', async () => {
  const { lead, wall, sam, mia, step } = await huddleIn('synthesis');
  await lead.seen((each) => each.online === 4, 40_000);
  const before = { snapshots: sam.snapshots, times: sam.times };
  const hanging = sam.hang(300);
  await mia.act(note(step, 'link', 'While it hung'));
  await hanging;
  await sam.seen((each) => textsOf(each).length === 1);
  expect([sam.snapshots, sam.times, sam.gaps]).toEqual([before.snapshots, before.times + 1, 0]);
  // The hanging one is no longer counted.
  await pause(1_200);
  expect([lead.online, wall.online]).toEqual([4, 4]);
  sam.seq = 1_000_000;
  await mia.act(note(step, 'link', 'After it lost its place'));
  await sam.seen((each) => textsOf(each).length === 2);
  expect([sam.gaps, sam.snapshots]).toEqual([1, before.snapshots + 1]);
});

test.runIf(testDatabaseUrl() === null)('the database is away for a moment: what is written waits and arrives once, and both servers hear each other again', async () => {
  const { lead, wall, sam, mia, step } = await huddleIn('synthesis');
  const name = new URL(database.ownerUrl).pathname.slice(1);
  const other = new pg.Client({ connectionString: database.ownerUrl.replace(`/${name}`, '/postgres') });
  await other.connect();
  await owner.end();
  await other.query(`alter database ${name} allow_connections false`);
  await other.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  const writing = Promise.all([sam.act(note(step, 'link', 'From the first')), mia.act(note(step, 'link', 'From the second'))]);
  await pause(1_500);
  await other.query(`alter database ${name} allow_connections true`);
  await other.end();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  expect((await writing).map(({ saved }) => saved)).toEqual([true, true]);
  for (const each of [lead, wall, sam, mia]) await each.seen((one) => textsOf(one).length === 2, 40_000);
  const listening = async () => (await owner.query<{ listening: number }>("select count(*)::int as listening from pg_stat_activity where datname = $1 and query ilike 'listen lockstep_live%'", [name])).rows[0]?.listening;
  await expect.poll(listening, { timeout: 20_000, interval: 100 }).toBe(2);
  // Nor is there a third that was opened twice.
  await pause(1_500);
  expect(await listening()).toBe(2);
});

test('unrevealed content is in no byte that any role receives, from either server: stream, snapshot, answers, record, files, lists', async () => {
  const { id, code, lead, wall, sam, mia, step } = await huddleIn('forum', true);
  const stranger = await device(1, (await joinHuddle(urlOf(1), code, 'NAME-Stranger', 'marketing')).pass, true);
  await lead.seen(({ entities }) => JSON.stringify(entities).includes('NAME-Stranger'));
  await sam.act(note(step, 'own_role', 'SECRET-OF-SALES'));
  await mia.act(note(step, 'expected_role', 'SECRET-OF-MARKETING'));
  await sam.seen((each) => textsOf(each).includes('SECRET-OF-SALES'));
  await mia.seen((each) => textsOf(each).includes('SECRET-OF-MARKETING'));
  await lead.seen(({ entities }) => /"sales":1.*"marketing":1|"marketing":1.*"sales":1/u.test(JSON.stringify(entities['counts'])));
  const bytes = (each: HuddleDevice): string => (each.bytes ?? []).join('');
  const files = async (): Promise<string> => {
    const read = async (path: string) => { const response = await fetch(`${urlOf(1)}/api/workspaces/${workspace}/${path}`, { headers }); expect([path, response.status]).toEqual([path, 200]); return Buffer.from(await response.arrayBuffer()); };
    const texts = await Promise.all(['huddles', `huddles/${id}/record`, `huddles/${id}/check`, 'audit'].map((path) => read(path)));
    const pdfs = await Promise.all(['record.pdf', 'paper.pdf'].map(async (file) => pdfTexts(await read(`huddles/${id}/${file}`)).join(' ')));
    return [...texts.map(String), ...pdfs].join('\n');
  };
  // Coming anew to the other server must not tell more than being there.
  for (const each of [lead, wall, mia, sam, stranger]) { each.seq = -1; await each.drop(10); }
  for (const each of [lead, wall, mia, sam, stranger]) await each.seen(({ seq }) => seq > 0);
  const before = await files();
  for (const text of [bytes(lead), bytes(wall), bytes(mia), bytes(stranger), before]) expect(text.includes('SECRET-OF-SALES')).toBe(false);
  for (const text of [bytes(lead), bytes(wall), bytes(sam), bytes(stranger), before]) expect(text.includes('SECRET-OF-MARKETING')).toBe(false);
  expect(Object.keys(stranger.entities).toSorted()).toEqual(['head', 'waiting']);
  await lead.act({ kind: 'go', to: placeOf(lead, 'perspectives') });
  for (const each of [lead, wall, sam, mia]) await each.seen((one) => textsOf(one).length === 2);
  // Shown to all by now, and still with nobody's name; whoever was not let in has none of it.
  const after = await files();
  for (const text of [bytes(wall), after]) expect([text.includes('SECRET-OF-SALES'), text.includes('SECRET-OF-MARKETING'), text.includes('NAME-')]).toEqual([true, true, false]);
  for (const [each, other] of [[sam, 'NAME-Mia'], [mia, 'NAME-Sam'], [stranger, 'SECRET']] as const) expect(bytes(each).includes(other)).toBe(false);
});
