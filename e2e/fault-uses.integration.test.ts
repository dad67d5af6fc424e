import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../src/app/testing/test-app';
import { device, type OpenSurvey } from '../src/app/testing/survey';
import { testDatabaseUrl } from '../src/platform/config/testing';
import { holderOf } from '../src/platform/engine/lock';
import { ensureBundle, freePort, startApp, type AppProcess } from '../src/platform/testing/app-process';
import { killLoop } from '../src/platform/testing/kill-loop';

const root = mkdtempSync(join(tmpdir(), 'lockstep-fault-uses-'));
chmodSync(root, 0o700);
const living: AppProcess[] = [];

const rowsOf = async (dataDir: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: holderOf(dataDir)?.urls?.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

/** Brings the same installation up each time, on the same port, and a client that is signed in to it. */
const installation = async (name: string) => {
  const dataDir = join(root, name);
  const port = await freePort();
  const start = async (): Promise<AppProcess> => {
    const app = await startApp({ dataDir, port });
    living.push(app);
    return app;
  };
  const app = await start();
  const origin = `http://localhost:${port}`;
  const account = await fetch(`${app.url}/api/auth/sign-up/email`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify({ name: 'Ada', email: 'ada@example.com', password: 'a long enough password' }) });
  expect(account.status).toBe(200);
  const cookie = account.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const client: Client = createORPCClient(new RPCLink({ url: `${app.url}/rpc`, headers: () => ({ cookie, origin }) }));
  const workspace = (await client.workspace.create({ name: 'Acme', timeZone: 'Europe/Berlin' })).id;
  return { dataDir, app, start, client, workspace };
};

const kill = async (app: AppProcess): Promise<void> => void (await app.end('SIGKILL'));

describe.runIf(testDatabaseUrl() === null)('kill -9 of the application', { timeout: 180_000 }, () => {
  beforeAll(() => ensureBundle());
  afterAll(async () => {
    for (const app of living) await app.end('SIGKILL').catch(() => undefined);
    for (const name of readdirSync(root)) try { process.kill(Number(readFileSync(join(root, name, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT'); } catch { /* it ended already */ }
    rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  test('5 times while people are imported: each import is wholly there or wholly absent, acknowledged ones once', async () => {
    const { dataDir, app, start, client, workspace } = await installation('import');
    await app.end('SIGTERM');
    const SIZE = 40;
    const fileOf = (id: string): File => new File([['name,email,function', ...Array.from({ length: SIZE }, (_, at) => `P ${at},${id}.${at}@example.com,sales`)].join('\n')], `${id}.csv`, { type: 'text/csv' });
    const result = await killLoop<AppProcess>({
      rounds: 5, writers: 1, least: 1, resend: true, start, kill, newId: randomUUID,
      after: (round) => 15 + round * 40,
      write: async (_, id) => {
        const preview = await client.people.preview({ workspace, file: fileOf(id) });
        const { changeSet } = await client.people.import({ workspace, id, file: fileOf(id), mapping: preview.mapping, fingerprint: preview.fingerprint });
        return changeSet === id;
      },
    });
    expect(result.kills).toBe(5);
    expect(result.acknowledged.size).toBeGreaterThanOrEqual(5);
    const imports = await rowsOf(dataDir, `select split_part(email, '.', 1) as id, count(*)::int as people, count(distinct email_key)::int as distinct from person group by 1`);
    expect(imports.filter(({ people, distinct }) => people !== SIZE || distinct !== SIZE)).toEqual([]);
    const there = imports.map(({ id }) => String(id));
    expect([...result.acknowledged].filter((id) => !there.includes(id))).toEqual([]);
    expect(there.filter((id) => !result.acknowledged.has(id) && !result.unknown.has(id))).toEqual([]);
    await result.running.end('SIGTERM');
  });

  test('6 times while ballots are picked up and sent: every received answer is in the box exactly once', async () => {
    const { dataDir, app, start, client, workspace } = await installation('submit');
    const PEOPLE = 400;
    const csv = ['name,email,function,level', ...Array.from({ length: PEOPLE }, (_, at) => `P ${at},p${at}@example.com,${at % 2 ? 'sales' : 'marketing'},front line`)].join('\n');
    const file = new File([csv], 'all.csv', { type: 'text/csv' });
    const preview = await client.people.preview({ workspace, file });
    await client.people.import({ workspace, id: randomUUID(), file, mapping: preview.mapping, fingerprint: preview.fingerprint });
    const draft = await client.assessment.createWave({ workspace, name: 'Spring' });
    const saved = await client.assessment.updateWave({ workspace, wave: draft.id, version: draft.version, setup: { toolIds: ['3'], closesAt: new Date(Date.now() + 7 * 86_400_000).toISOString(), functions: ['sales', 'marketing'] } });
    await client.assessment.launch({ workspace, wave: draft.id, version: saved.version });
    const links = await client.assessment.links({ workspace, wave: draft.id });
    expect(links).toHaveLength(PEOPLE);
    const survey: OpenSurvey = { workspaceId: workspace, waveId: draft.id, invited: [] };
    const post = (path: string, body: unknown) => fetch(`${app.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(15_000) });
    const devices = links.map(({ link }) => device(post, survey, { invitationId: '', personId: null, leafId: '', token: (link.split('#')[1] ?? '').split('.')[1] ?? '', code: '' }));
    const serials = new Map<string, string>();
    await app.end('SIGKILL');
    let next = 0;
    const result = await killLoop<AppProcess>({
      rounds: 6, writers: 4, least: 6, resend: true, start, kill,
      newId: () => String(next++),
      after: (round) => round * 25,
      write: async (_, id) => {
        const phone = devices[Number(id)];
        if (!phone) return false;
        const request = await phone.answer((at) => (at % 7) + 1);
        serials.set(id, Buffer.from(request.prefix, 'base64url').toString('hex'));
        return (await phone.send(request)).ok;
      },
    });
    expect(result.kills).toBe(6);
    expect(result.acknowledged.size).toBeGreaterThanOrEqual(36);
    const box = (await rowsOf(dataDir, `select encode(serial, 'hex') as serial from ballot_box`)).map(({ serial }) => String(serial));
    expect(new Set(box).size).toBe(box.length);
    expect([...result.acknowledged].map((id) => serials.get(id) ?? id).filter((serial) => !box.includes(serial))).toEqual([]);
    const sent = new Set(serials.values());
    expect(box.filter((serial) => !sent.has(serial))).toEqual([]);
    // The log of all those starts tells nothing of who answered.
    const printed = living.map((each) => each.output()).join('');
    expect(links.some(({ link }) => printed.includes((link.split('#')[1] ?? 'x').split('.')[1] ?? 'x'))).toBe(false);
    expect([...sent].some((serial) => printed.includes(serial))).toBe(false);
    await result.running.end('SIGTERM');
  });
});
