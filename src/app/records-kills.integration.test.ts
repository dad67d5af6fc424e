import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../lib/seeded';
import { killsWanted } from '../platform/config/testing';
import { noteKills, patienceFor } from '../platform/testing/kill-notes';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

const ROWS = 1_200;
/** Of each act; a long run shares its number among four acts here and other files. */
const KILLS = killsWanted(2, 1 / 10);
const folder = join(process.cwd(), '.cache');
const program = join(folder, `records-child-${process.pid}.mjs`);

let app: TestApp;
let owner: Person;
let at: { workspace: string; source: string };

const company = async (): Promise<typeof at> => {
  const workspace = (await owner.client.workspace.create({ name: `Killed ${crypto.randomUUID()}`, timeZone: 'UTC' })).id;
  return { workspace, source: (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' })).id };
};

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await build({ entryPoints: ['src/app/testing/records-child.ts'], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', jsx: 'automatic', logLevel: 'silent' });
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  at = await company();
});
afterAll(async () => {
  rmSync(program, { force: true });
  await app.close();
});

const leads = (rows: number, more = ''): string =>
  ['Lead ID,First Name,Last Name,Email,Company,Status,Create Date', ...Array.from({ length: rows }, (_, n) => `L${n},Given${n % 97},Name${n},g${n % 97}.name${n}@firm${n % 31}.example,Firm ${n % 31}${more},Working,2026-01-0${1 + (n % 9)}`)].join('\n');
const FILE = leads(ROWS);

const post = (id: string, to = at, text = FILE) =>
  app.request(`/api/workspaces/${to.workspace}/imports?${new URLSearchParams({ id, source: to.source, name: 'leads.csv', kind: 'lead' })}`, { method: 'POST', headers: { cookie: owner.cookie, origin: 'http://lockstep.test' }, body: text });
const upload = async (to = at, text = FILE): Promise<string> => {
  const id = crypto.randomUUID();
  expect((await post(id, to, text)).status).toBe(201);
  return id;
};
const run = (act: 'check' | 'apply' | 'revert', id: string, to = at) => app.runJob(`customers.${act}-import`, { workspaceId: to.workspace, importId: id });
const bring = async (to: typeof at, text: string): Promise<string> => {
  const id = await upload(to, text);
  await run('check', id, to);
  await owner.client.customers.applyImport({ workspace: to.workspace, id });
  await run('apply', id, to);
  return id;
};

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

/** Waits for the killed process's transactions to be gone, then counts. */
const standing = (id: string, { workspace } = at) =>
  app.db.inWorkspace(workspace, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`import:${id}`}, 0)), pg_advisory_xact_lock(hashtextextended(${`records:${workspace}`}, 0))`);
    const { rows } = await tx.execute<{ state: string; records: number; leads: number; log: number; staged: number }>(sql`
      select (select state from record_import where id = ${id}::uuid) as state, (select count(*)::int from record) as records, (select count(*)::int from lead) as leads,
             (select count(*)::int from stage_event) as log, (select count(*)::int from import_row where import_id = ${id}::uuid) as staged`);
    return rows[0];
  });

const NOTHING = { records: 0, leads: 0, log: 0 };
const WHOLE = { records: ROWS, leads: ROWS, log: 2 * ROWS };
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
    const state = await standing(id);
    const finished = { check: 'checked', apply: 'applied', revert: 'reverted' }[act];
    expect(state).toMatchObject(state?.state === finished ? after : before);
    if (killed.done) expect(state?.state).toBe(finished);
    if (killed.killed && !killed.done) seen[act].kills++;
    if (state?.state !== finished) seen[act].rolledBack++;
    lasts[act] = Math.max(60, (lasts[act] + (await sinceOf(() => run(act, id)))) / 2);
    expect(await standing(id)).toMatchObject({ state: finished, ...after });
  };
  for (let turn = 0; turn < 3 * KILLS && (turn < KILLS || Object.values(seen).some(({ kills }) => kills < KILLS)); turn++) {
    const id = await upload();
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
  const other = await company();
  const marketing = (await owner.client.customers.createSource({ workspace: other.workspace, name: 'Marketing', side: 'marketing', timeZone: 'UTC' })).id;
  await bring(other, leads(rows));
  await bring({ ...other, source: marketing }, leads(rows, ' GmbH').replaceAll('\nL', '\nM'));
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

test('two files about the same leads put in at once: each lead is there once, and the counts add up', { timeout: 120_000 }, async () => {
  const [a, b] = [await upload(), await upload()];
  for (const id of [a, b]) await run('check', id);
  for (const id of [a, b]) await owner.client.customers.applyImport({ workspace: at.workspace, id });
  await Promise.all([a, b].map((id) => run('apply', id)));
  const states = await Promise.all([a, b].map((id) => owner.client.customers.importState({ workspace: at.workspace, id })));
  expect(states.map(({ state }) => state)).toEqual(['applied', 'applied']);
  expect(states.map(({ counts }) => counts.new).toSorted((x, y) => x - y)).toEqual([0, ROWS]);
  expect(states.map(({ counts }) => counts.new + counts.changed + counts.same)).toEqual([ROWS, ROWS]);
  expect(await standing(a)).toMatchObject(WHOLE);
  for (const id of [a, b]) {
    await owner.client.customers.revertImport({ workspace: at.workspace, id });
    await run('revert', id);
  }
  expect(await standing(a)).toMatchObject(NOTHING);
});

test('two files that overlap and differ, put in at once: nothing is lost or doubled, and both are taken back in either order', { timeout: 120_000 }, async () => {
  const HEADS = ['Lead ID,First Name,Last Name,Email,Company,Owner,Status,Create Date,Opted out', 'Lead ID,Email,Phone,Company,Status,Qualified Date,Hat size'];
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
  /** Leads 0-29 with names, owner and date; leads 20-49 with a phone and another company; 20-24 say the same of the company in both. */
  const first = [HEADS[0], ...range(0, 30).map((n) => `L${n},Given,Name${n},n${n}@firm.example,Firm ${n},Kim,Working,2026-01-0${1 + (n % 9)},${n === 21 ? 'true' : ''}`)].join('\n');
  const second = [HEADS[1], ...range(20, 50).map((n) => `L${n},n${n}@firm.example,+49 30 ${1000 + n},${n < 25 ? `Firm ${n}` : `Other ${n}`},Proposal,2026-02-0${1 + (n % 9)},${50 + n}`)].join('\n');
  const to = await company();
  const standsNow = () =>
    app.db.inWorkspace(to.workspace, async (tx) => ({
      records: (await tx.execute(sql`select key, data, opted_out from record order by key`)).rows,
      leads: (await tx.execute(sql`select name, company, owner, "end", stage_since, entered_at, passed_at, sales_records from lead order by company, entered_at`)).rows,
      log: (await tx.execute(sql`select l.company, e.at, s.role, e.reason, e.actor from stage_event e join lead l on l.id = e.lead_id join stage s on s.id = e.stage_id order by 1, 2, 3`)).rows,
      changes: (await tx.execute<{ n: number }>(sql`select count(*)::int as n from record_change where import_id not in (select id from record_import where state = 'reverted')`)).rows[0]?.n,
    }));
  const revert = async (id: string) => {
    await owner.client.customers.revertImport({ workspace: to.workspace, id });
    await run('revert', id, to);
    expect((await owner.client.customers.importState({ workspace: to.workspace, id })).state).toBe('reverted');
  };
  const empty = await standsNow();
  // Each alone, and both one after the other, are what may stand.
  const alone: Awaited<ReturnType<typeof standsNow>>[] = [];
  const both: Awaited<ReturnType<typeof standsNow>>[] = [];
  for (const [one, other] of [[first, second], [second, first]] as const) {
    const a = await bring(to, one);
    alone.push(await standsNow());
    const b = await bring(to, other);
    both.push(await standsNow());
    await revert(b);
    expect(await standsNow()).toEqual(alone.at(-1));
    await revert(a);
    expect(await standsNow()).toEqual(empty);
  }
  expect(both.map(({ records }) => records.length)).toEqual([50, 50]);
  expect(both[0]).not.toEqual(both[1]);
  for (const goes of ['the later one first', 'the earlier one first'] as const) {
    const files = [await upload(to, first), await upload(to, second)];
    await Promise.all(files.map((id) => run('check', id, to)));
    for (const id of files) await owner.client.customers.applyImport({ workspace: to.workspace, id });
    await Promise.all(files.map((id) => run('apply', id, to)));
    const there = await standsNow();
    expect(both).toContainEqual(there);
    const counts = await Promise.all(files.map(async (id) => (await owner.client.customers.importState({ workspace: to.workspace, id })).counts));
    expect([counts[0]?.new ?? 0, counts[1]?.new ?? 0].toSorted((x, y) => x - y)).toEqual([20, 30]);
    expect(counts.reduce((sum, { changed }) => sum + changed, 0)).toBe(10);
    // Which of them got its turn first is nobody's choice; it is the one that found nothing to change.
    const later = counts[0]?.changed === 10 ? 0 : 1;
    const goesFirst = goes === 'the later one first' ? later : 1 - later;
    const goesLast = 1 - goesFirst;
    await revert(files[goesFirst] ?? '');
    const left = await standsNow();
    if (goesFirst === later) expect(left).toEqual(alone[goesLast]);
    else {
      // What the later file wrote over stays as it stands, and is counted; of all other rows only its own are left.
      const keys = new Set(alone[goesLast]?.records.map(({ key }) => key));
      expect(left.records).toEqual(there.records.filter(({ key }) => keys.has(key)));
      expect((await owner.client.customers.importState({ workspace: to.workspace, id: files[goesFirst] ?? '' })).counts.kept).toBe(10);
    }
    await revert(files[goesLast] ?? '');
    expect(await standsNow()).toEqual(empty);
  }
});

test('one upload sent a hundred times at once is one import with its file whole; sent again later it changes nothing', { timeout: 60_000 }, async () => {
  const id = crypto.randomUUID();
  const answers = await Promise.all(Array.from({ length: 100 }, () => post(id).then(({ status }) => status)));
  expect(answers.toSorted((a, b) => a - b)).toEqual([201, ...Array.from({ length: 99 }, () => 409)]);
  expect((await post(id)).status).toBe(409);
  expect(readdirSync(join(app.dataDir, 'uploads', at.workspace)).filter((name) => name.startsWith(id))).toEqual([id]);
  await run('check', id);
  expect(await owner.client.customers.importState({ workspace: at.workspace, id })).toMatchObject({ state: 'checked', counts: { new: ROWS, changed: 0, same: 0, merged: 0, rejected: 0 } });
  await owner.client.customers.cancelImport({ workspace: at.workspace, id });
});

test('work that a killed server left is taken up again, and given up in words after some such ends; files of nobody go', { timeout: 60_000 }, async () => {
  const id = await upload();
  await run('check', id);
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
  expect(await standing(id)).toMatchObject(NOTHING);
  app.services.jobs.send = usual;
});

test('a file can be stopped while it is put in; nothing of it is there then', { timeout: 60_000 }, async () => {
  const id = await upload();
  await run('check', id);
  await owner.client.customers.applyImport({ workspace: at.workspace, id });
  const working = run('apply', id);
  await owner.client.customers.cancelImport({ workspace: at.workspace, id });
  await working;
  expect(await standing(id)).toMatchObject({ state: 'cancelled', ...NOTHING });
});
