import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tendWaves } from '../features/assessment/jobs';
import { seeded } from '../lib/seeded';
import { bulkBallots } from './testing/bulk-ballots';
import { relationship } from './testing/crowds';
import { asOwner, unmix } from './testing/dump';
import { killsWanted } from '../platform/config/testing';
import { noteKills, patienceFor } from '../platform/testing/kill-notes';
import { launchSurvey, postTo, type Crowd, type Survey } from './testing/survey';
import { createTestApp, type TestApp } from './testing/test-app';

/** kill -9 of the process that mixes or closes: whatever a respondent was told is received is counted exactly once. */

const crowds: Crowd[] = [
  ...['North', 'South', 'East', 'West'].map((territory): Crowd => ({ function: 'sales', level: 'front_line', territory, people: 75 })),
  { function: 'marketing', level: 'front_line', territory: '', people: 60 },
];
const PEOPLE = 360;
const MIX_KILLS = killsWanted(5, 1 / 10);
const CLOSE_KILLS = killsWanted(3, 1 / 5);
const folder = join(process.cwd(), '.cache');
const program = join(folder, `tend-child-${process.pid}.mjs`);

let app: TestApp;
let clock = new Date('2026-03-02T08:00:00Z');
const random = seeded(9);

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await build({ entryPoints: ['src/app/testing/tend-child.ts'], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', logLevel: 'silent' });
  app = await createTestApp({ now: () => clock });
});
afterAll(async () => {
  rmSync(program, { force: true });
  await app.close();
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves once the child is about to begin its work. */
const start = async (what: 'mix' | 'close', survey: Survey): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [program, what, survey.waveId, app.appUrl, app.ownerUrl, app.dataDir, clock.toISOString()], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)));
  });
  return child;
};

/** Kills it the hard way; false when it had ended by itself. */
const kill = async (child: ChildProcess): Promise<boolean> => {
  if (child.exitCode !== null) return false;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const alive = child.kill('SIGKILL');
  await gone;
  return alive && child.signalCode === 'SIGKILL';
};

const count = async (survey: Survey, table: string): Promise<number> => (await asOwner<{ n: number }>(app.ownerUrl, `select count(*)::int as n from ${table} where wave_id = $1`, [survey.waveId]))[0]?.n ?? -1;

describe('kill -9', () => {
  test(`of the mixing process, ${MIX_KILLS} times while people send, loses and doubles nothing`, async () => {
    const survey = await launchSurvey(app.services, crowds, relationship);
    const requests = await bulkBallots(app.services, survey, 20, 5);
    const acknowledged = new Set<string>();
    const post = postTo(app.request);
    let kills = 0;
    let sending = true;
    const killing = (async () => {
      while (sending || kills < MIX_KILLS) {
        const child = await start('mix', survey);
        await wait(20 + random() * 250);
        if (await kill(child)) kills += 1;
        await unmix(app.ownerUrl, survey.waveId, 0.5);
      }
    })();
    for (const { invitationId: _, ...request } of requests) {
      const reply = await post('/api/answer', request);
      if (reply.status === 200) acknowledged.add(Buffer.from(request.prefix, 'base64url').toString('hex'));
      await wait(8);
    }
    sending = false;
    await killing;
    const rows = await asOwner<{ serial: string }>(app.ownerUrl, `select encode(serial, 'hex') as serial from ballot_box where wave_id = $1`, [survey.waveId]);
    expect(kills).toBeGreaterThanOrEqual(MIX_KILLS);
    expect(acknowledged.size).toBe(PEOPLE);
    expect(rows.map((row) => row.serial).sort()).toEqual([...acknowledged].sort());
    noteKills({ killed: 'application', during: 'mixing', kills, acknowledged: acknowledged.size, lost: PEOPLE - rows.length });
  }, patienceFor(MIX_KILLS));

  test('of the closing process leaves it wholly open or wholly closed, and the next run finishes', async () => {
    let kills = 0;
    let whileClosed = 0;
    let attempts = 0;
    let wavesClosed = 0;
    let answersKept = 0;
    let reach = 260;
    // A quick machine, or a kill that a busy one sends late, may let it finish; then it is asked again and killed sooner.
    for (let round = 0; round < CLOSE_KILLS && (round < 3 || kills < CLOSE_KILLS || whileClosed === attempts); round += 1) {
      clock = new Date(clock.getTime() + 200 * 86_400_000);
      const survey = await launchSurvey(app.services, crowds, relationship);
      const requests = await bulkBallots(app.services, survey, 20, 5);
      for (let at = 0; at < requests.length; at += 40)
        await Promise.all(requests.slice(at, at + 40).map(({ invitationId: _, ...request }) => postTo(app.request)('/api/answer', request).then((reply) => expect(reply.status).toBe(200))));
      await asOwner(app.ownerUrl, `insert into ballot_issue (workspace_id, wave_id, invitation_id, blinded_hash) select workspace_id, wave_id, id, '\\x01' from invitation where wave_id = $1`, [survey.waveId]);
      const sent = requests.map((request) => Buffer.from(request.answers).toString('hex')).sort();
      clock = new Date(clock.getTime() + 8 * 86_400_000);
      for (let attempt = 0; attempt < 5; attempt += 1) {
        attempts += 1;
        const child = await start('close', survey);
        await wait(random() * reach);
        if (await kill(child)) kills += 1;
        // Waits for what the dead process left running in the database, since both ask for the same lock.
        const [wave] = await asOwner<{ state: string }>(app.ownerUrl, 'select state from wave where id = $1 for update', [survey.waveId]);
        const counts = [await count(survey, 'ballot_box'), await count(survey, 'ballot_issue'), await count(survey, 'answer_set')];
        expect([wave?.state, counts]).toEqual(wave?.state === 'closed' ? ['closed', [0, 0, PEOPLE]] : ['open', [PEOPLE, PEOPLE, 0]]);
        if (wave?.state === 'closed') whileClosed += 1;
      }
      if (whileClosed === attempts) reach /= 2;
      await tendWaves(app.services);
      const kept = await asOwner<{ answers: string }>(app.ownerUrl, `select encode(answers, 'hex') as answers from answer_set where wave_id = $1`, [survey.waveId]);
      expect(kept.map((row) => row.answers).sort()).toEqual(sent);
      wavesClosed += 1;
      answersKept += kept.length;
      expect([await count(survey, 'ballot_box'), await count(survey, 'leaf_key'), await count(survey, 'wave_secret')]).toEqual([0, 0, 0]);
      expect(existsSync(join(app.dataDir, 'wave-keys', survey.waveId))).toBe(false);
    }
    expect(kills).toBeGreaterThanOrEqual(CLOSE_KILLS);
    expect(whileClosed).toBeLessThan(attempts);
    noteKills({ killed: 'application', during: 'closing a survey', kills, wavesClosed, answersKept, lost: wavesClosed * PEOPLE - answersKept });
  }, patienceFor(CLOSE_KILLS));
});
