import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../lib/seeded';
import { killsWanted } from '../platform/config/testing';
import { noteKills, patienceFor } from '../platform/testing/kill-notes';
import { importDesk, leadsFile, NOTHING, ROWS, WHOLE, type ImportDesk } from './testing/import-desk';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

/** Of each act; a long run shares its number among four acts here and other files. */
const KILLS = killsWanted(2, 1 / 10);
const folder = join(process.cwd(), '.cache');
const program = join(folder, `records-child-${process.pid}.mjs`);

let app: TestApp;
let owner: Person;
let desk: ImportDesk;
let at: ImportDesk['at'];

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await build({ entryPoints: ['src/app/testing/records-child.ts'], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', jsx: 'automatic', logLevel: 'silent' });
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  desk = await importDesk(app, owner);
  at = desk.at;
});
afterAll(async () => {
  rmSync(program, { force: true });
  await app.close();
});

type Child = { child: ChildProcess; said: () => string; heard: (word: string) => Promise<void>; ended: Promise<void> };
const start = (): Child => {
  const child = spawn(process.execPath, [program, app.appUrl, app.dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const heard = async (word: string) => {
    while (!said.includes(word)) {
      if (child.exitCode !== null) throw new Error(`the child ended with ${child.exitCode} before it said ${word}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { child, said: () => said, heard, ended };
};

/** Runs a job in a process that is killed after so many milliseconds of work; the next process gets ready meanwhile. */
let next: Child | undefined;
const killedAfter = async (name: string, data: object, patience: number): Promise<{ killed: boolean; done: boolean }> => {
  const own = next ?? start();
  await own.heard('ready');
  own.child.stdin?.write(`${JSON.stringify({ name, data })}\n`);
  await own.heard('begun');
  await new Promise((resolve) => setTimeout(resolve, patience));
  own.child.kill('SIGKILL');
  await own.ended;
  next = start();
  return { killed: own.child.signalCode === 'SIGKILL', done: own.said().includes('done') };
};
afterAll(() => void next?.child.kill('SIGKILL'));

const sinceOf = async (work: () => Promise<unknown>): Promise<number> => {
  const began = Date.now();
  await work();
  return Date.now() - began;
};

test(`kill -9 in the middle of checking, applying and reverting, ${KILLS} times each: wholly there or absent, and the job again completes it once`, { timeout: patienceFor(KILLS * 9) }, async () => {
  const random = seeded(11);
  const lasts = { check: 250, apply: 400, revert: 400 };
  const none = () => ({ kills: 0, rolledBack: 0 });
  const seen = { check: none(), apply: none(), revert: none() };
  const round = async (act: keyof typeof lasts, id: string, before: object, after: object): Promise<void> => {
    const killed = await killedAfter(`customers.${act}-import`, { workspaceId: at.workspace, importId: id }, 1.5 * random() * lasts[act]);
    const state = await desk.standing(id);
    const finished = { check: 'checked', apply: 'applied', revert: 'reverted' }[act];
    expect(state).toMatchObject(state?.state === finished ? after : before);
    if (killed.done) expect(state?.state).toBe(finished);
    if (killed.killed && !killed.done) seen[act].kills++;
    if (state?.state !== finished) seen[act].rolledBack++;
    lasts[act] = Math.max(60, (lasts[act] + (await sinceOf(() => desk.run(act, id)))) / 2);
    expect(await desk.standing(id)).toMatchObject({ state: finished, ...after });
  };
  for (let turn = 0; turn < 3 * KILLS && (turn < KILLS || Object.values(seen).some(({ kills }) => kills < KILLS)); turn++) {
    const id = await desk.upload();
    await round('check', id, NOTHING, { ...NOTHING, staged: ROWS });
    await owner.client.customers.applyImport({ workspace: at.workspace, id });
    await round('apply', id, NOTHING, WHOLE);
    await owner.client.customers.revertImport({ workspace: at.workspace, id });
    await round('revert', id, WHOLE, NOTHING);
  }
  expect(Object.values(seen).reduce((sum, { rolledBack }) => sum + rolledBack, 0)).toBeGreaterThan(0);
  for (const [act, { kills, rolledBack }] of Object.entries(seen)) noteKills({ killed: 'application', during: `${act} of ${ROWS} leads`, kills, rolledBack, halfThere: 0, lost: 0 });
});

const MATCH_KILLS = killsWanted(1, 1 / 10);
test(`kill -9 in the middle of matching, ${MATCH_KILLS} times: every link and its parties are there or none, and the next matching finishes`, { timeout: patienceFor(9 * MATCH_KILLS) }, async () => {
  const rows = 300;
  const other = await desk.company();
  const marketing = (await owner.client.customers.createSource({ workspace: other.workspace, name: 'Marketing', side: 'marketing', timeZone: 'UTC' })).id;
  await desk.bring(other, leadsFile(rows));
  await desk.bring({ ...other, source: marketing }, leadsFile(rows, ' GmbH').replaceAll('\nL', '\nM'));
  const match = () => app.runJob('customers.match', { workspaceId: other.workspace });
  const joined = () =>
    app.db.inWorkspace(other.workspace, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`records:${other.workspace}`}, 0))`);
      return (await tx.execute(sql`
        select (select count(*)::int from record_link) as links, (select count(distinct party_id)::int from record) as parties, (select count(*)::int from lead) as leads,
               (select md5(string_agg(party_id::text, ',' order by id)) from record) as who`)).rows[0];
    });
  const apart = async () => {
    await app.db.inWorkspace(other.workspace, async (tx) => {
      await tx.execute(sql`delete from record_link`);
      await tx.execute(sql`update record set party_id = id`);
    });
    return joined();
  };
  let lasts = await sinceOf(match);
  const linked = await joined();
  expect(linked).toMatchObject({ parties: rows, leads: rows });
  const random = seeded(5);
  const seen = { killed: 0, rolledBack: 0 };
  for (let turn = 0; turn < 3 * MATCH_KILLS && (turn < MATCH_KILLS || seen.killed < MATCH_KILLS); turn++) {
    const before = await apart();
    const killed = await killedAfter('customers.match', { workspaceId: other.workspace }, random() * lasts);
    const after = await joined();
    if (killed.killed && !killed.done) seen.killed++;
    expect([before, linked]).toContainEqual(after);
    if (JSON.stringify(after) === JSON.stringify(before)) seen.rolledBack++;
    else expect(after).toEqual(linked);
    lasts = (lasts + (await sinceOf(match))) / 2;
    expect(await joined()).toEqual(linked);
    expect(await owner.client.customers.links({ workspace: other.workspace })).toMatchObject({ matching: { state: 'done' } });
  }
  noteKills({ killed: 'application', during: `matching of ${2 * rows} records`, kills: seen.killed, rolledBack: seen.rolledBack, halfThere: 0, lost: 0 });
});

test('work that a killed server left is taken up again, and given up in words after some such ends; files of nobody go', { timeout: 60_000 }, async () => {
  const id = await desk.upload();
  await desk.run('check', id);
  await owner.client.customers.applyImport({ workspace: at.workspace, id });
  const sent: string[] = [];
  const usual = app.services.jobs.send;
  app.services.jobs.send = async (name) => void sent.push(name);
  const later = (minutes: number) => app.db.inWorkspace(at.workspace, (tx) => tx.execute(sql`update record_import set changed_at = changed_at - make_interval(mins => ${minutes}) where id = ${id}::uuid`));
  await app.runJob('customers.take-up-imports', {});
  expect(sent).toEqual([]);
  for (let times = 1; times <= 3; times++) {
    await later(2);
    await app.runJob('customers.take-up-imports', {});
    expect(sent).toHaveLength(times);
  }
  expect(new Set(sent)).toEqual(new Set(['customers.apply-import']));
  await later(2);
  const uploads = join(app.dataDir, 'uploads', at.workspace);
  const [old, young] = [`${crypto.randomUUID()}.${crypto.randomUUID()}.part`, crypto.randomUUID()];
  for (const name of [old, young]) writeFileSync(join(uploads, name), 'half a file');
  utimesSync(join(uploads, old), new Date(Date.now() - 7_200_000), new Date(Date.now() - 7_200_000));
  await app.runJob('customers.take-up-imports', {});
  expect(readdirSync(uploads)).not.toContain(old);
  expect(readdirSync(uploads)).toContain(young);
  expect(await owner.client.customers.importState({ workspace: at.workspace, id })).toMatchObject({ state: 'failed', fault: 'interrupted' });
  expect(await desk.standing(id)).toMatchObject(NOTHING);
  app.services.jobs.send = usual;
});

test('a file can be stopped while it is put in; nothing of it is there then', { timeout: 60_000 }, async () => {
  const id = await desk.upload();
  await desk.run('check', id);
  await owner.client.customers.applyImport({ workspace: at.workspace, id });
  const working = desk.run('apply', id);
  await owner.client.customers.cancelImport({ workspace: at.workspace, id });
  await working;
  expect(await desk.standing(id)).toMatchObject({ state: 'cancelled', ...NOTHING });
});
