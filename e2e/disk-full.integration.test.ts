import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Client } from '../src/app/testing/test-app';
import { testDatabaseUrl } from '../src/platform/config/testing';
import { ensureBundle, freePort, spawnApp, startApp, type AppProcess } from '../src/platform/testing/app-process';
import { killDatabase } from '../src/platform/testing/kill-database';

const root = mkdtempSync(join(tmpdir(), 'lockstep-full-'));
const living: { app?: AppProcess; disks: string[] } = { disks: [] };

/** A small disk of our own; only root may mount one, and not in every container. */
const smallDisk = (name: string): string | null => {
  const disk = join(root, name);
  mkdirSync(disk);
  if (process.platform !== 'linux' || spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=480m', 'tmpfs', disk]).status !== 0) return null;
  living.disks.push(disk);
  return disk;
};
const possible = testDatabaseUrl() === null && smallDisk('probe') !== null;

/** Somebody else's file that takes all room but so much; the application may take the last of it first. */
const fill = (disk: string, leave: number): void => {
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - leave)));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
};

const PASSWORD = 'a long enough password';
const within = (ms = 20_000) => ({ signal: AbortSignal.timeout(ms) });

/** An account with a workspace on a running application, and what it reads and writes. */
const openDesk = async ({ url }: Pick<AppProcess, 'url'>) => {
  const origin = url.replace('127.0.0.1', 'localhost');
  const headers = { 'content-type': 'application/json', origin };
  const post = (path: string, body: unknown, more = {}) => fetch(`${url}${path}`, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body), ...within() });
  const account = await post('/api/auth/sign-up/email', { name: 'Ada', email: 'ada@example.com', password: PASSWORD });
  expect(account.status).toBe(200);
  const cookie = account.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const client: Client = createORPCClient(new RPCLink({ url: `${url}/rpc`, headers: () => ({ cookie, origin }) }));
  const workspace = (await client.workspace.create({ name: 'Acme', timeZone: 'UTC' })).id;
  const { secret } = await client.workspace.createToken({ workspace, name: 'reader', scopes: ['people:read'] });
  return {
    client, workspace,
    create: (name: string) => post('/api/workspaces', { name, timeZone: 'UTC' }, { cookie }),
    signIn: () => post('/api/auth/sign-in/email', { email: 'ada@example.com', password: PASSWORD }),
    /** Status of a page, of a list read by cookie, and of one read by token. */
    reads: () => Promise.all([fetch(`${url}/`, within()), fetch(`${url}/api/workspaces`, { headers: { cookie }, ...within() }), fetch(`${url}/api/workspaces/${workspace}/people`, { headers: { authorization: `Bearer ${secret}` }, ...within() })].map((sent) => sent.then(({ status }) => status, () => 0))),
    /** What every answer says beside its body. */
    writing: async () => (await fetch(`${url}/healthz`, within())).headers.get('lockstep-writing'),
    ready: async () => (await (await fetch(`${url}/readyz`, within())).json()) as { ready: boolean; disk: string },
    import: async (name: string, rows: number) => {
      const lines = Array.from({ length: rows }, (_, row) => `${'n'.repeat(150)} ${row},${name}.${row}@example.com,${'d'.repeat(150)}`);
      const file = new File([['name,email,department', ...lines].join('\n')], 'people.csv', { type: 'text/csv' });
      const preview = await client.people.preview({ workspace, file });
      await client.people.import({ workspace, id: randomUUID(), file, mapping: preview.mapping, fingerprint: preview.fingerprint });
    },
  };
};
type Desk = Awaited<ReturnType<typeof openDesk>>;

const ALL_READ = [200, 200, 200];
const untilReading = (desk: Desk) => vi.waitUntil(async () => (await desk.reads()).every((status) => status === 200), { timeout: 60_000, interval: 250 });
const refusedClearly = async (response: Response): Promise<void> => {
  expect(response.status).toBe(507);
  expect(await response.json()).toMatchObject({ code: 'DISK_FULL', message: expect.stringMatching(/disk.*Nothing was saved/s) as string, data: { saved: false, todo: expect.stringMatching(/room/) as string } });
};

afterAll(async () => {
  await living.app?.end('SIGKILL');
  for (const disk of living.disks) spawnSync('umount', ['-l', disk]);
  rmSync(root, { recursive: true, force: true });
});

describe.runIf(possible)('a full disk (skipped where no small disk can be mounted)', { timeout: 240_000 }, () => {
  beforeAll(() => ensureBundle('pages as well'));

  test('is read on, refuses every write clearly, outlives kill -9 of the database and a restart, and needs nothing but room', async () => {
    const disk = smallDisk('reading') ?? '';
    const options = { dataDir: join(disk, 'data'), port: await freePort() };
    const ballast = join(options.dataDir, 'ballast');
    living.app = await startApp(options);
    const desk = await openDesk(living.app);
    await desk.import('early', 50);
    await vi.waitUntil(() => existsSync(ballast), { timeout: 20_000 });
    expect(await desk.reads()).toEqual(ALL_READ);

    fill(disk, 8_192);
    await vi.waitUntil(async () => (await desk.ready()).disk.includes('reading'), { timeout: 20_000, interval: 50 });
    expect((await desk.ready()).ready).toBe(false);
    expect(await desk.writing()).toBe('paused');
    for (let again = 0; again < 5; again += 1) expect(await desk.reads()).toEqual(ALL_READ);
    await refusedClearly(await desk.create('too much'));
    await refusedClearly(await desk.signIn());
    await expect(desk.import('late', 5)).rejects.toMatchObject({ code: 'DISK_FULL', status: 507 });

    expect(await killDatabase(options.dataDir)).toBe(true);
    await untilReading(desk);
    expect(existsSync(ballast)).toBe(false);
    await refusedClearly(await desk.create('still too much'));
    expect((await living.app.end('SIGTERM')).code).toBe(0);
    living.app = spawnApp(options);
    await untilReading(desk);
    await refusedClearly(await desk.create('too much after a restart'));
    const { total } = await desk.client.people.list({ workspace: desk.workspace, pageSize: 1 });
    expect(total).toBe(50);

    rmSync(join(disk, 'filler'));
    await vi.waitUntil(async () => (await desk.ready()).ready, { timeout: 60_000, interval: 250 });
    expect(await desk.writing()).toBeNull();
    expect((await desk.create('after')).status).toBe(201);
    expect((await desk.signIn()).status).toBe(200);
    await desk.import('late', 5);
    expect((await desk.client.people.list({ workspace: desk.workspace, pageSize: 1 })).total).toBe(55);
    await vi.waitUntil(() => existsSync(ballast), { timeout: 20_000 });
    expect((await living.app.end('SIGTERM')).code).toBe(0);
  });

  test('that fills while people are imported keeps every acknowledged import whole and no other, and is read on', async () => {
    const disk = smallDisk('writing') ?? '';
    living.app = await startApp({ dataDir: join(disk, 'data'), port: await freePort() });
    const desk = await openDesk(living.app);
    await vi.waitUntil(() => existsSync(join(disk, 'data', 'ballast')), { timeout: 20_000 });
    const SIZE = 2_000;
    let kept = 0;
    const refused: unknown[] = [];
    const importing = (async () => {
      for (let at = 0; at < 60 && refused.length === 0; at += 1)
        await desk.import(`b${at}`, SIZE).then(() => (kept += 1), (error: unknown) => refused.push(error));
    })();
    await vi.waitUntil(() => kept > 0, { timeout: 60_000 });
    fill(disk, 8_192);
    await importing;
    expect(refused).toHaveLength(1);
    expect(String(refused[0])).not.toMatch(/No space left|\.mjs/);
    await untilReading(desk);
    await refusedClearly(await desk.create('too much'));
    expect((await fetch(`${living.app.url}/healthz`)).status).toBe(200);
    rmSync(join(disk, 'filler'));
    await vi.waitUntil(async () => (await desk.ready()).ready, { timeout: 60_000, interval: 250 });
    expect((await desk.client.people.list({ workspace: desk.workspace, pageSize: 1 })).total).toBe(kept * SIZE);
    await desk.import('after', 5);
    expect((await living.app.end('SIGTERM')).code).toBe(0);
  });
});
