import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../src/app/testing/test-app';
import { device, type OpenSurvey } from '../src/app/testing/survey';
import { killsWanted, testDatabaseUrl } from '../src/platform/config/testing';
import { holderOf } from '../src/platform/engine/lock';
import { ensureBundle, freePort, startApp, type AppProcess } from '../src/platform/testing/app-process';
import { databasePid, killDatabase, untilReady } from '../src/platform/testing/kill-database';
import { killLoop } from '../src/platform/testing/kill-loop';
import { noteKills, patienceFor } from '../src/platform/testing/kill-notes';

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
  return { dataDir, app, start, client, workspace, headers: { cookie, origin } };
};

type Installation = Awaited<ReturnType<typeof installation>>;

/** How a kill is done and how it is up again: the application with its database, or the database alone under the same application. */
const waysToDie = {
  application: ({ start }: Installation, running: AppProcess) => ({ up: start, before: () => running.end('SIGTERM'), kill: async (app: AppProcess) => void (await app.end('SIGKILL')) }),
  database: ({ dataDir }: Installation, running: AppProcess) => ({ up: () => untilReady(running), before: () => Promise.resolve(), kill: async () => void (await killDatabase(dataDir)) }),
};
const KILLS = {
  import: { application: killsWanted(2, 1 / 5), database: killsWanted(2, 1 / 20) },
  submit: { application: killsWanted(2, 1 / 5), database: killsWanted(1, 1 / 20) },
};
const BOTH = ['application', 'database'] as const;

describe.runIf(testDatabaseUrl() === null)('kill -9 of the application and of its database', { timeout: patienceFor(KILLS.import.application + KILLS.submit.application) }, () => {
  beforeAll(() => ensureBundle());
  afterAll(async () => {
    for (const app of living) await app.end('SIGKILL').catch(() => undefined);
    for (const name of readdirSync(root)) {
      const pid = databasePid(join(root, name));
      if (pid) try { process.kill(pid, 'SIGQUIT'); } catch { /* it ended already */ }
    }
    rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  test.each(BOTH)(`of the %s while people are imported (${Object.values(KILLS.import).join(' and ')} times): each import is wholly there or wholly absent, acknowledged ones once`, async (killed) => {
    const own = await installation(`import-${killed}`);
    const { dataDir, app, client, workspace } = own;
    const rounds = KILLS.import[killed];
    const { kill, up, before } = waysToDie[killed](own, app);
    await before();
    const SIZE = 40;
    const fileOf = (id: string): File => new File([['name,email,function', ...Array.from({ length: SIZE }, (_, at) => `P ${at},${id}.${at}@example.com,sales`)].join('\n')], `${id}.csv`, { type: 'text/csv' });
    const result = await killLoop<AppProcess>({
      rounds, writers: 1, least: 1, resend: true, start: up, kill, newId: randomUUID,
      after: (round) => 15 + (round % 6) * 40,
      write: async (_, id) => {
        const preview = await client.people.preview({ workspace, file: fileOf(id) });
        const { changeSet } = await client.people.import({ workspace, id, file: fileOf(id), mapping: preview.mapping, fingerprint: preview.fingerprint });
        return changeSet === id;
      },
    });
    expect(result.kills).toBe(rounds);
    expect(result.acknowledged.size).toBeGreaterThanOrEqual(rounds);
    const imports = await rowsOf(dataDir, `select split_part(email, '.', 1) as id, count(*)::int as people, count(distinct email_key)::int as distinct from person group by 1`);
    expect(imports.filter(({ people, distinct }) => people !== SIZE || distinct !== SIZE)).toEqual([]);
    const there = imports.map(({ id }) => String(id));
    const lost = [...result.acknowledged].filter((id) => !there.includes(id));
    expect(lost).toEqual([]);
    expect(there.filter((id) => !result.acknowledged.has(id) && !result.unknown.has(id))).toEqual([]);
    noteKills({ killed, during: 'import of people', kills: result.kills, acknowledged: result.acknowledged.size, cutOff: result.unknown.size, halfThere: imports.filter(({ people }) => people !== SIZE).length, lost: lost.length });
    await result.running.end('SIGTERM');
  });

  test.each(BOTH)(`of the %s while ballots are picked up and sent (${Object.values(KILLS.submit).join(' and ')} times): every received answer is in the box exactly once`, async (killed) => {
    const own = await installation(`submit-${killed}`);
    const { dataDir, app, client, workspace } = own;
    const rounds = KILLS.submit[killed];
    const { kill, up, before } = waysToDie[killed](own, app);
    const PEOPLE = 400 + 60 * rounds;
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
    await before();
    let next = 0;
    const result = await killLoop<AppProcess>({
      rounds, writers: 4, least: 6, resend: true, start: up, kill,
      newId: () => String(next++),
      after: (round) => (round % 6) * 25,
      write: async (_, id) => {
        const phone = devices[Number(id)];
        if (!phone) return false;
        const request = await phone.answer((at) => (at % 7) + 1);
        serials.set(id, Buffer.from(request.prefix, 'base64url').toString('hex'));
        return (await phone.send(request)).ok;
      },
    });
    expect(result.kills).toBe(rounds);
    expect(result.acknowledged.size).toBeGreaterThanOrEqual(6 * rounds);
    const box = (await rowsOf(dataDir, `select encode(serial, 'hex') as serial from ballot_box`)).map(({ serial }) => String(serial));
    expect(new Set(box).size).toBe(box.length);
    const lost = [...result.acknowledged].map((id) => serials.get(id) ?? id).filter((serial) => !box.includes(serial));
    expect(lost).toEqual([]);
    const sent = new Set(serials.values());
    expect(box.filter((serial) => !sent.has(serial))).toEqual([]);
    // The log of all those starts tells nothing of who answered.
    const printed = living.map((each) => each.output()).join('');
    expect(links.some(({ link }) => printed.includes((link.split('#')[1] ?? 'x').split('.')[1] ?? 'x'))).toBe(false);
    expect([...sent].some((serial) => printed.includes(serial))).toBe(false);
    noteKills({ killed, during: 'picking up and sending ballots', kills: result.kills, acknowledged: result.acknowledged.size, cutOff: result.unknown.size, doubled: box.length - new Set(box).size, lost: lost.length });
    await result.running.end('SIGTERM');
  });

  test('of the application in the middle of a matching: the next one takes it up by itself within two minutes', { timeout: 300_000 }, async () => {
    const { dataDir, app, start, client, workspace, headers } = await installation('matching');
    const { id: source } = await client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' });
    const id = randomUUID();
    const text = ['Lead ID,First Name,Last Name,Email,Status,Create Date', ...Array.from({ length: 60 }, (_, n) => `L${n},Given${n % 30},Name${n % 30},g${n % 30}.name@firm.example,Working,2026-01-0${1 + (n % 9)}`)].join('\n');
    expect((await fetch(`${app.url}/api/workspaces/${workspace}/imports?${new URLSearchParams({ id, source, name: 'leads.csv', kind: 'lead' })}`, { method: 'POST', headers, body: text })).status).toBe(201);
    const seen = async (query: string, found: (row: Record<string, unknown> | undefined) => boolean): Promise<number> => {
      const began = Date.now();
      for (; Date.now() < began + 120_000; await pause(100)) if (found((await rowsOf(dataDir, query))[0])) return Date.now() - began;
      throw new Error(`never seen: ${query}`);
    };
    await seen('select state from record_import', (row) => row?.['state'] === 'checked');
    // What the matching asks for once it has read all records: it gets no further until it is killed.
    const holder = new pg.Client({ connectionString: holderOf(dataDir)?.urls?.ownerUrl });
    holder.on('error', () => undefined);
    await holder.connect();
    await holder.query('begin; lock table record_link in access exclusive mode');
    await client.customers.applyImport({ workspace, id });
    await seen(`select 1 from pg_locks where relation = 'record_link'::regclass and not granted`, (row) => row !== undefined);
    expect(await rowsOf(dataDir, 'select state from match_run')).toEqual([{ state: 'running' }]);
    await app.end('SIGKILL');
    await holder.end().catch(() => undefined);
    const again = await start();
    const waited = await seen('select state from match_run', (row) => row?.['state'] === 'done');
    expect(await rowsOf(dataDir, `select count(*)::int as linked from record_link where state = 'linked'`)).toEqual([{ linked: 30 }]);
    expect(await rowsOf(dataDir, `select retry_count from pgboss.job where name = 'customers.match'`)).toEqual([{ retry_count: 1 }]);
    noteKills({ killed: 'application', during: 'matching, until it was done by the next', kills: 1, seconds: Math.round(waited / 1000) });
    await again.end('SIGTERM');
  });
});
