import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { Client } from '../src/app/testing/test-app';
import { testDatabaseUrl } from '../src/platform/config/testing';
import { ensureBundle, freePort, startApp, type AppProcess } from '../src/platform/testing/app-process';

const root = mkdtempSync(join(tmpdir(), 'lockstep-full-'));
const disk = join(root, 'disk');
mkdirSync(disk);
/** A small disk of our own; only root may mount one, and not in every container. */
const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=460m', 'tmpfs', disk]).status === 0;
const filler = join(disk, 'filler');
let app: AppProcess | undefined;

afterAll(async () => {
  await app?.end('SIGKILL');
  if (mounted) spawnSync('umount', ['-l', disk]);
  rmSync(root, { recursive: true, force: true });
});

describe.runIf(mounted && testDatabaseUrl() === null)('a full disk (skipped where no small disk can be mounted)', { timeout: 180_000 }, () => {
  beforeAll(() => ensureBundle());

  test('is said by /readyz, refuses what cannot be kept, and once there is room all goes on by itself with nothing lost or half done', async () => {
    app = await startApp({ dataDir: join(disk, 'data'), port: await freePort() });
    const { url } = app;
    const origin = url.replace('127.0.0.1', 'localhost');
    const headers = { 'content-type': 'application/json', origin };
    const account = await fetch(`${url}/api/auth/sign-up/email`, { method: 'POST', headers, body: JSON.stringify({ name: 'Ada', email: 'ada@example.com', password: 'a long enough password' }) });
    expect(account.status).toBe(200);
    const cookie = account.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    const create = (name: string) => fetch(`${url}/api/workspaces`, { method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify({ name, timeZone: 'UTC' }), signal: AbortSignal.timeout(20_000) });
    const list = async () => {
      const response = await fetch(`${url}/api/workspaces`, { headers: { cookie }, signal: AbortSignal.timeout(20_000) });
      return response.ok ? ((await response.json()) as { workspaces: { name: string }[] }).workspaces.map(({ name }) => name) : null;
    };
    const saved: string[] = [];
    expect((await create('first')).status).toBe(201);
    saved.push('first');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 8192));
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    // Large imports, until the database's log cannot grow any more.
    const client: Client = createORPCClient(new RPCLink({ url: `${url}/rpc`, headers: () => ({ cookie, origin }) }));
    const workspace = (await client.workspace.mine({})).workspaces[0]?.id ?? '';
    const imported: string[] = [];
    const refused: unknown[] = [];
    for (let at = 0; at < 40 && refused.length === 0; at += 1) {
      const rows = Array.from({ length: 2_000 }, (_, row) => `${'n'.repeat(150)} ${row},b${at}.${row}@example.com,${'d'.repeat(150)}`);
      const file = new File([['name,email,department', ...rows].join('\n')], 'people.csv', { type: 'text/csv' });
      try {
        const preview = await client.people.preview({ workspace, file });
        await client.people.import({ workspace, id: randomUUID(), file, mapping: preview.mapping, fingerprint: preview.fingerprint });
        imported.push(`b${at}.1999@example.com`);
      } catch (error) {
        refused.push(error);
      }
    }
    expect(refused).toHaveLength(1);
    expect(String(refused[0])).not.toMatch(/No space left|\.mjs/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    rmSync(filler);
    await vi.waitUntil(async () => (await fetch(`${url}/readyz`)).status === 200, { timeout: 60_000, interval: 250 });
    const people = await client.people.list({ workspace, pageSize: 1 });
    expect(people.total).toBe(imported.length * 2_000);
    const names = await list();
    expect(saved.filter((name) => !names?.includes(name))).toEqual([]);
    expect((await create('after')).status).toBe(201);
    expect((await app.end('SIGTERM')).code).toBe(0);
  });
});
