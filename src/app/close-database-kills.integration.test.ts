import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRoutes } from '../features/assessment/answer-http';
import { tendWaves } from '../features/assessment/jobs';
import { seeded } from '../lib/seeded';
import { readConfig } from '../platform/config/config';
import { killsWanted, testDatabaseUrl } from '../platform/config/testing';
import { openDatabase } from '../platform/db/database';
import { migrate } from '../platform/db/migrate';
import { APP_ROLE, startEngine, untilAnswering, type Engine } from '../platform/engine/engine';
import { createLog } from '../platform/log/log';
import { killDatabase } from '../platform/testing/kill-database';
import { noteKills, patienceFor } from '../platform/testing/kill-notes';
import { createServices } from './services';
import { bulkBallots } from './testing/bulk-ballots';
import { relationship } from './testing/crowds';
import { asOwner } from './testing/dump';
import { launchSurvey, postTo, type Crowd, type Survey } from './testing/survey';

/** kill -9 of the database while a survey is closed by another process: wholly open or wholly closed, and the next run finishes. */

const KILLS = killsWanted(3, 1 / 20);
const PEOPLE = 360;
const crowds: Crowd[] = [
  ...['North', 'South', 'East', 'West'].map((territory): Crowd => ({ function: 'sales', level: 'front_line', territory, people: 75 })),
  { function: 'marketing', level: 'front_line', territory: '', people: 60 },
];
const folder = join(process.cwd(), '.cache');
const program = join(folder, `tend-child-${process.pid}-database.mjs`);
const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-close-kills-'));
const random = seeded(11);
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let engine: Engine;
let clock = new Date('2026-03-02T08:00:00Z');

const started = async (survey: Survey): Promise<{ child: ChildProcess; gone: Promise<unknown> }> => {
  const child = spawn(process.execPath, [program, 'close', survey.waveId, engine.appUrl, engine.ownerUrl, dataDir, clock.toISOString()], { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([new Promise((resolve) => child.stdout?.once('data', resolve)), gone]);
  return { child, gone };
};
const count = async (survey: Survey, table: string): Promise<number> => (await asOwner<{ n: number }>(engine.ownerUrl, `select count(*)::int as n from ${table} where wave_id = $1`, [survey.waveId]))[0]?.n ?? -1;

describe.runIf(testDatabaseUrl() === null)('kill -9 of the database', () => {
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(dataDir, 0o700);
    await build({ entryPoints: ['src/app/testing/tend-child.ts'], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', logLevel: 'silent' });
    engine = await startEngine({ dataDir, log: { info: () => undefined, warn: () => undefined, error: () => undefined }, doing: 'a test run' });
    await migrate(engine.ownerUrl, { appRole: APP_ROLE });
  });
  afterAll(async () => {
    rmSync(program, { force: true });
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test(`${KILLS} times while a survey is closed leaves it wholly open or wholly closed, and the next run finishes`, async () => {
    const db = openDatabase(engine.appUrl, () => undefined, 8);
    const services = createServices({
      config: readConfig({ DATA_DIR: dataDir, CLOSE_GRACE: '0' }, null), db, ownerUrl: engine.ownerUrl, log: createLog('silent'), mail: null, version: 'test',
      jobs: { send: async () => undefined, stop: async () => undefined }, now: () => clock,
    });
    const web = new Hono().route('/api/answer', answerRoutes(services));
    const post = postTo(async (path, init) => web.request(path, init));
    let [kills, leftOpen, wavesClosed, answersKept] = [0, 0, 0, 0];
    for (let round = 0; kills < KILLS && round < KILLS; round += 1) {
      const survey = await launchSurvey(services, crowds, relationship);
      const requests = await bulkBallots(services, survey, 20, 5);
      for (let at = 0; at < requests.length; at += 40)
        await Promise.all(requests.slice(at, at + 40).map(({ invitationId: _, ...request }) => post('/api/answer', request).then((reply) => expect(reply.status).toBe(200))));
      await asOwner(engine.ownerUrl, `insert into ballot_issue (workspace_id, wave_id, invitation_id, blinded_hash) select workspace_id, wave_id, id, '\\x01' from invitation where wave_id = $1`, [survey.waveId]);
      const sent = requests.map((request) => Buffer.from(request.answers).toString('hex')).sort();
      clock = new Date(clock.getTime() + 8 * 86_400_000);
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const { child, gone } = await started(survey);
        await wait(random() * 220);
        const alive = child.exitCode === null;
        if ((await killDatabase(dataDir)) && alive) kills += 1;
        await gone;
        await untilAnswering(engine.ownerUrl, 30_000);
        const [wave] = await asOwner<{ state: string }>(engine.ownerUrl, 'select state from wave where id = $1', [survey.waveId]);
        const counts = [await count(survey, 'ballot_box'), await count(survey, 'ballot_issue'), await count(survey, 'answer_set')];
        expect([wave?.state, counts]).toEqual(wave?.state === 'closed' ? ['closed', [0, 0, PEOPLE]] : ['open', [PEOPLE, PEOPLE, 0]]);
        if (wave?.state === 'open') leftOpen += 1;
      }
      await tendWaves(services);
      const kept = await asOwner<{ answers: string }>(engine.ownerUrl, `select encode(answers, 'hex') as answers from answer_set where wave_id = $1`, [survey.waveId]);
      expect(kept.map((row) => row.answers).sort()).toEqual(sent);
      expect([await count(survey, 'ballot_box'), await count(survey, 'leaf_key'), await count(survey, 'wave_secret')]).toEqual([0, 0, 0]);
      expect(existsSync(join(dataDir, 'wave-keys', survey.waveId))).toBe(false);
      wavesClosed += 1;
      answersKept += kept.length;
    }
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    noteKills({ killed: 'database', during: 'closing a survey', kills, leftOpen, wavesClosed, answersKept, lost: wavesClosed * PEOPLE - answersKept });
    await db.close();
  }, patienceFor(KILLS));
});
