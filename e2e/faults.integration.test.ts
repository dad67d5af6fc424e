import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killsWanted, testDatabaseUrl } from '../src/platform/config/testing';
import { untilAnswering } from '../src/platform/engine/engine';
import { holderOf } from '../src/platform/engine/lock';
import { canRead, ensureBundle, freePort, runCommand, spawnApp, startApp, type AppProcess } from '../src/platform/testing/app-process';
import { killLoop } from '../src/platform/testing/kill-loop';
import { databasePid, killDatabase, strikeDatabase, untilReady } from '../src/platform/testing/kill-database';
import { noteKills, patienceFor } from '../src/platform/testing/kill-notes';

const root = mkdtempSync(join(tmpdir(), 'lockstep-faults-'));
chmodSync(root, 0o700);
const living: AppProcess[] = [];
const track = <T extends AppProcess>(app: T): T => {
  living.push(app);
  return app;
};

const rowsOf = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  await untilAnswering(url, 20_000);
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
};
const ownerUrl = (dataDir: string): string => holderOf(dataDir)?.urls?.ownerUrl ?? '';

interface Desk {
  workspace: string;
  invite(app: AppProcess, id: string): Promise<boolean>;
}

/** An account with a workspace; inviting somebody is the write that is acknowledged. */
const openDesk = async (app: AppProcess): Promise<Desk> => {
  const origin = new URL(app.url).origin.replace('127.0.0.1', 'localhost');
  const headers = { 'content-type': 'application/json', origin };
  const post = (url: string, path: string, body: unknown, more = {}) => fetch(`${url}${path}`, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000) });
  const account = await post(app.url, '/api/auth/sign-up/email', { name: 'Ada', email: 'ada@example.com', password: 'a long enough password' });
  expect(account.status, await account.clone().text()).toBe(200);
  const cookie = account.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const made = await post(app.url, '/api/workspaces', { name: 'Acme', timeZone: 'Europe/Berlin' }, { cookie });
  expect(made.status, await made.clone().text()).toBe(201);
  const { id: workspace } = (await made.json()) as { id: string };
  return {
    workspace,
    invite: async (running, id) => (await post(running.url, `/api/workspaces/${workspace}/invitations`, { email: `${id}@example.com`, role: 'member' }, { cookie })).status === 201,
  };
};

const invited = async (dataDir: string): Promise<string[]> =>
  (await rowsOf(ownerUrl(dataDir), 'select email from workspace_invitation')).map(({ email }) => String(email).replace('@example.com', ''));

const APP_KILLS = killsWanted(3, 1 / 5);
const DATABASE_KILLS = killsWanted(4, 1 / 20);
const MIGRATION_KILLS = { application: killsWanted(2, 1 / 5), database: killsWanted(1, 1 / 20) };

describe.runIf(testDatabaseUrl() === null)('faults of the running application', () => {
  beforeAll(() => ensureBundle());
  afterAll(async () => {
    for (const app of living) await app.end('SIGKILL').catch(() => undefined);
    for (const name of readdirSync(root)) {
      const pid = databasePid(join(root, name));
      if (pid) try { process.kill(pid, 'SIGQUIT'); } catch { /* it is gone already */ }
    }
    rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  test(`kill -9 of the application, ${APP_KILLS} times while people write: every acknowledged write is there once`, { timeout: patienceFor(APP_KILLS) }, async () => {
    const dataDir = join(root, 'app');
    const port = await freePort();
    const start = async () => track(await startApp({ dataDir, port }));
    const desk = await openDesk(await start().then(async (app) => app));
    await living.at(-1)?.end('SIGKILL');
    const result = await killLoop<AppProcess>({
      rounds: APP_KILLS, writers: 4, least: 4, resend: false, start, newId: randomUUID, write: desk.invite,
      kill: async (app) => void (await app.end('SIGKILL')),
      after: (round) => (round % 8) * 30,
    });
    expect(result.kills).toBe(APP_KILLS);
    expect(result.acknowledged.size).toBeGreaterThanOrEqual(4 * APP_KILLS);
    const there = await invited(dataDir);
    expect(new Set(there).size).toBe(there.length);
    const lost = [...result.acknowledged].filter((id) => !there.includes(id));
    expect(lost).toEqual([]);
    expect(there.filter((id) => !result.acknowledged.has(id) && !result.unknown.has(id))).toEqual([]);
    expect(living.slice(1).map((app) => app.output()).join('')).toContain('left over from an earlier start');
    expect((await result.running.end('SIGTERM')).code).toBe(0);
    noteKills({ killed: 'application', during: 'invitations of colleagues', kills: result.kills, acknowledged: result.acknowledged.size, cutOff: result.unknown.size, lost: lost.length, doubled: there.length - new Set(there).size });
  });

  test(`kill -9 of the database, ${DATABASE_KILLS} times: the same process serves on, nothing acknowledged is lost`, { timeout: patienceFor(DATABASE_KILLS) }, async () => {
    const dataDir = join(root, 'database');
    const app = track(await startApp({ dataDir, port: await freePort() }));
    const desk = await openDesk(app);
    const result = await killLoop<AppProcess>({
      rounds: DATABASE_KILLS, writers: 4, least: 4, resend: false, start: () => untilReady(app), newId: randomUUID, write: desk.invite,
      kill: async () => void (await killDatabase(dataDir)),
      after: (round) => (round % 10) * 15,
    });
    const there = await invited(dataDir);
    expect(result.acknowledged.size).toBeGreaterThanOrEqual(4 * DATABASE_KILLS);
    const lost = [...result.acknowledged].filter((id) => !there.includes(id));
    expect(lost).toEqual([]);
    expect(new Set(there).size).toBe(there.length);
    expect((await app.end('SIGTERM')).code).toBe(0);
    noteKills({ killed: 'database', during: 'invitations of colleagues', kills: result.kills, acknowledged: result.acknowledged.size, cutOff: result.unknown.size, lost: lost.length, doubled: there.length - new Set(there).size });
  });

  test.each(['application', 'database'] as const)(`kill -9 of the %s in the middle of migrating, at least ${Object.values(MIGRATION_KILLS).join(' and ')} times: the next start finishes it`, { timeout: patienceFor(2 * MIGRATION_KILLS.application) }, async (killed) => {
    const port = await freePort();
    let kills = 0;
    let folders = 0;
    // Each folder is killed up to six times at growing moments, of the first start and of those that mend it, and must then come up whole.
    for (; kills < MIGRATION_KILLS[killed] && folders < 3 * MIGRATION_KILLS[killed]; folders += 1) {
      const options = { dataDir: join(root, `migration-${killed}-${folders}`), port };
      for (const ms of [250, 500, 800, 1000, 1200, 1400]) {
        const migrating = track(spawnApp(options, ['migrate']));
        const over = { yet: false };
        void migrating.ended.then(() => (over.yet = true));
        // A database is killed so long after it stands, however slow the machine is.
        while (killed === 'database' && !over.yet && databasePid(options.dataDir) === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
        await Promise.race([migrating.ended, new Promise((resolve) => setTimeout(resolve, (killed === 'database' ? ms - 250 : ms) + (folders % 5) * 37))]);
        if (killed === 'database') kills += strikeDatabase(options.dataDir) === undefined ? 0 : 1;
        if (killed === 'database') await migrating.ended;
        else kills += (await migrating.end('SIGKILL')).signal === 'SIGKILL' ? 1 : 0;
      }
      expect((await runCommand(options, ['migrate'])).code).toBe(0);
      const doctor = await runCommand(options, ['doctor', '--json']);
      const findings = JSON.parse(doctor.output) as { about: string; state: string }[];
      expect(findings.filter(({ state }) => state === 'fault')).toEqual([]);
      expect(findings.map(({ about, state }) => `${about} ${state}`)).toEqual(expect.arrayContaining(['migrations ok', 'row security ok', 'roles ok']));
      rmSync(options.dataDir, { recursive: true, force: true });
    }
    expect(kills).toBeGreaterThanOrEqual(MIGRATION_KILLS[killed]);
    noteKills({ killed, during: 'migration', kills, databasesMadeWhole: folders, lost: 0 });
  });

  test('a second start on the same folder is refused with the first one named; the first serves on', async () => {
    const dataDir = join(root, 'second');
    const first = track(await startApp({ dataDir, port: await freePort() }));
    const second = await runCommand({ dataDir, port: await freePort() }, ['serve']);
    expect(second.code).toBe(1);
    expect(second.output).toContain(`process ${first.pid}`);
    expect(second.output).toMatch(/http:\/\/localhost:\d+.*Nothing was started/s);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    const taken = await runCommand({ dataDir: join(root, 'third'), port: Number(new URL(first.url).port) }, ['serve']);
    expect(taken.code).toBe(1);
    expect(taken.output).toMatch(/PORT \d+ is already in use/);
    await first.end('SIGTERM');
  });

  const ordinary = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
  test.runIf(!ordinary || canRead(ordinary))('an ordinary user starts it and stops it, and everything in the folder is theirs (skipped where only root can read the program)', async () => {
    const home = mkdtempSync(join(tmpdir(), 'lockstep-ordinary-'));
    const dataDir = join(home, 'data');
    mkdirSync(dataDir);
    if (ordinary) for (const folder of [home, dataDir]) chownSync(folder, ordinary.uid, ordinary.gid);
    const app = track(await startApp({ dataDir, port: await freePort(), env: { HOME: home }, ...(ordinary && { user: ordinary }) }));
    const desk = await openDesk(app);
    expect(await desk.invite(app, randomUUID())).toBe(true);
    expect(new Set(readdirSync(dataDir).map((name) => statSync(join(dataDir, name)).uid))).toEqual(new Set([ordinary?.uid ?? process.getuid?.()]));
    expect((await app.end('SIGTERM')).code).toBe(0);
    rmSync(home, { recursive: true, force: true });
  });

  test('SIGTERM finishes what is under way within ten seconds and frees the folder', async () => {
    const dataDir = join(root, 'drain');
    const app = track(await startApp({ dataDir, port: await freePort() }));
    const desk = await openDesk(app);
    const writes = Array.from({ length: 20 }, () => randomUUID());
    const sent = writes.map((id) => desk.invite(app, id).catch(() => false));
    await new Promise((resolve) => setTimeout(resolve, 30));
    const end = await app.end('SIGTERM');
    expect(end.code).toBe(0);
    expect(end.ms).toBeLessThan(10_000);
    const done = (await Promise.all(sent)).flatMap((ok, at) => (ok ? [writes[at] ?? ''] : []));
    expect(existsSync(join(dataDir, 'lockstep.lock'))).toBe(false);
    expect(existsSync(join(dataDir, 'pg', 'postmaster.pid'))).toBe(false);
    const again = track(await startApp({ dataDir, port: await freePort() }));
    const there = await invited(dataDir);
    expect(done.filter((id) => !there.includes(id))).toEqual([]);
    await again.end('SIGINT');
  });
});
