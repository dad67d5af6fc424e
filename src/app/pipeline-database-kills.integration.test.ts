import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../lib/seeded';
import { killsWanted, testDatabaseUrl } from '../platform/config/testing';
import { migrate } from '../platform/db/migrate';
import { APP_ROLE, RESTARTS, startEngine, untilAnswering, type Engine } from '../platform/engine/engine';
import { killDatabase } from '../platform/testing/kill-database';
import { noteKills, patienceFor } from '../platform/testing/kill-notes';
import { pipelineFaults } from './testing/pipeline-truth';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

/** kill -9 of the database in the middle of what this application does with records and offers: it comes back by itself, nothing acknowledged is lost, nothing half applied, and the same again finishes. */

const ROWS = 250;
/** Of each act. */
const KILLS = killsWanted(1, 1 / 10);
const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-pipeline-kills-'));
const random = seeded(23);
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let engine: Engine;
let app: TestApp;
let owner: Person;

/** @property begun what may stand while it is under way, said to nobody as done */
type Act<S> = { name: string; run: () => Promise<unknown>; standing: () => Promise<S>; before: S; begun?: S; after: S };
type Seen = { kills: number; rolledBack: number; acknowledged: number; lost: number };
const nothingSeen = (): Seen => ({ kills: 0, rolledBack: 0, acknowledged: 0, lost: 0 });
const lasts = new Map<string, number>();

/** A database that dies over and over is given up, by rule; a long run stays just below that. */
const strikes: number[] = [];
const paced = async (): Promise<void> => {
  const first = strikes.at(-(RESTARTS.most - 1));
  if (first !== undefined) await wait(Math.max(0, first + RESTARTS.withinMs + 1_000 - Date.now()));
};

/** Strikes the database at some moment of an act, looks at what is there, and does the act again if it is not. @returns whether it was struck before the act had ended */
const struck = async <S>({ name, run, standing, before, begun = before, after }: Act<S>, seen: Seen): Promise<boolean> => {
  expect(await standing()).toEqual(before);
  await paced();
  let ended = false;
  const acting = run().then(() => true, () => false).finally(() => (ended = true));
  await Promise.race([acting, wait(random() * (lasts.get(name) ?? 150))]);
  const early = !ended;
  strikes.push(Date.now());
  expect(await killDatabase(dataDir)).toBe(true);
  const acknowledged = await acting;
  await untilAnswering(engine.ownerUrl, 30_000);
  // Connections that died are found out one by one, as a server does when it is asked.
  await Promise.allSettled(Array.from({ length: 8 }, () => standing()));
  const there = await standing();
  expect([before, begun, after]).toContainEqual(there);
  const whole = JSON.stringify(there) === JSON.stringify(after);
  if (acknowledged) seen.acknowledged += 1;
  if (acknowledged && !whole) seen.lost += 1;
  if (!whole) {
    seen.rolledBack += 1;
    const began = Date.now();
    await run();
    lasts.set(name, Math.max(30, Date.now() - began));
  } else lasts.set(name, Math.max(30, (lasts.get(name) ?? 150) * 0.7));
  expect(await standing()).toEqual(after);
  if (early) seen.kills += 1;
  return early;
};

const newCompany = async () => {
  const workspace = (await owner.client.workspace.create({ name: `Struck ${crypto.randomUUID()}`, timeZone: 'UTC' })).id;
  const source = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' })).id;
  return { workspace, source };
};
const leads = (prefix: string, more = ''): string =>
  ['Lead ID,First Name,Last Name,Email,Company,Status,Create Date', ...Array.from({ length: ROWS }, (_, n) => `${prefix}${n},Given${n % 97},Name${n},g${n % 97}.name${n}@firm${n % 31}.example,Firm ${n % 31}${more},Working,2026-01-0${1 + (n % 9)}`)].join('\n');
const job = (workspace: string, act: 'check' | 'apply' | 'revert', importId: string) => () => app.runJob(`customers.${act}-import`, { workspaceId: workspace, importId });
const upload = async (workspace: string, source: string, text: string): Promise<string> => {
  const id = crypto.randomUUID();
  const { status } = await app.request(`/api/workspaces/${workspace}/imports?${new URLSearchParams({ id, source, name: 'leads.csv', kind: 'lead' })}`, { method: 'POST', headers: { cookie: owner.cookie, origin: 'http://lockstep.test' }, body: text });
  expect(status).toBe(201);
  return id;
};
const counted = (workspace: string, what: string) => async () =>
  app.db.inWorkspace(workspace, async (tx) => {
    // Whatever the killed server still did to records is over.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`records:${workspace}`}, 0))`);
    return (await tx.execute<Record<string, number | string>>(sql.raw(`select ${what}`))).rows[0] ?? {};
  });
const COUNTS = ['record', 'lead', 'stage_event', 'import_row'].map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ');

describe.runIf(testDatabaseUrl() === null)('kill -9 of the database in the middle', () => {
  beforeAll(async () => {
    chmodSync(dataDir, 0o700);
    engine = await startEngine({ dataDir, log: { info: () => undefined, warn: () => undefined, error: () => undefined }, doing: 'a test run' });
    await migrate(engine.ownerUrl, { appRole: APP_ROLE });
    app = await createTestApp({ database: { ownerUrl: engine.ownerUrl, appUrl: engine.appUrl, drop: async () => undefined } });
    owner = await app.signUp('Olga Owner');
  });
  afterAll(async () => {
    await app.close();
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test(`of files being checked, put in, matched and taken back, ${KILLS} times each: wholly there or not at all, and the job again finishes`, { timeout: patienceFor(8 * KILLS) }, async () => {
    const { workspace, source } = await newCompany();
    const other = (await owner.client.customers.createSource({ workspace, name: 'Marketing', side: 'marketing', timeZone: 'UTC' })).id;
    const seen = { check: nothingSeen(), apply: nothingSeen(), match: nothingSeen(), revert: nothingSeen() };
    const standing = counted(workspace, COUNTS);
    const has = (files: number, staged: number) => ({ record: files * ROWS, lead: files * ROWS, stage_event: files * ROWS * 2, import_row: staged });
    const bring = async (from: string, text: string, files: number): Promise<string> => {
      const id = await upload(workspace, from, text);
      await struck({ name: 'check', run: job(workspace, 'check', id), standing: async () => (await owner.client.customers.importState({ workspace, id })).state, before: 'uploaded', begun: 'checking', after: 'checked' }, seen.check);
      expect(await standing()).toEqual(has(files, ROWS));
      await owner.client.customers.applyImport({ workspace, id });
      await struck({ name: 'apply', run: job(workspace, 'apply', id), standing, before: has(files, ROWS), after: has(files + 1, 0) }, seen.apply);
      return id;
    };
    for (let turn = 0; turn < 8 * KILLS && Object.values(seen).some(({ kills }) => kills < KILLS); turn += 1) {
      const [a, b] = [await bring(source, leads('L'), 0), await bring(other, leads('M', ' GmbH'), 1)];
      const joined = counted(workspace, `(select count(*)::int from record_link where state = 'linked') as links, (select count(distinct party_id)::int from record) as parties, (select count(*)::int from lead) as leads`);
      await struck({ name: 'match', run: () => app.runJob('customers.match', { workspaceId: workspace }), standing: joined, before: { links: 0, parties: 2 * ROWS, leads: 2 * ROWS }, after: { links: ROWS, parties: ROWS, leads: ROWS } }, seen.match);
      expect(await pipelineFaults(app, workspace)).toEqual([]);
      for (const [id, left] of [[b, 1], [a, 0]] as const) {
        await owner.client.customers.revertImport({ workspace, id });
        await struck({ name: 'revert', run: job(workspace, 'revert', id), standing: counted(workspace, '(select count(*)::int from record) as record, (select count(*)::int from lead) as lead'), before: { record: (left + 1) * ROWS, lead: ROWS }, after: { record: left * ROWS, lead: left * ROWS } }, seen.revert);
      }
    }
    for (const [act, counts] of Object.entries(seen)) {
      expect(counts, act).toMatchObject({ lost: 0 });
      expect(counts.kills, act).toBeGreaterThanOrEqual(KILLS);
      noteKills({ killed: 'database', during: { check: `check of ${ROWS} leads`, apply: `putting in of ${ROWS} leads`, match: `matching of ${2 * ROWS} records`, revert: `taking back of ${ROWS} leads` }[act] ?? act, ...counts });
    }
  });

  test(`of offers being made and answered, ${KILLS} times each: all of them or none, acknowledged ones are there, and the same again does all`, { timeout: patienceFor(4 * KILLS) }, async () => {
    const seen = { offer: nothingSeen(), answer: nothingSeen() };
    for (let turn = 0; turn < 8 * KILLS && Object.values(seen).some(({ kills }) => kills < KILLS); turn += 1) {
      const { workspace, source } = await newCompany();
      await owner.client.customers.putRecords({ workspace, source, kind: 'lead', rows: Array.from({ length: ROWS }, (_, n) => ({ key: `L${n}`, name: `Lead ${n}`, status: 'New', enteredAt: '2026-03-02T09:00:00Z' })) });
      const ids = (await app.db.inWorkspace(workspace, (tx) => tx.execute<{ id: string }>(sql`select id from lead order by id`))).rows.map(({ id }) => id);
      const standing = counted(workspace, `(select count(*)::int from handoff where state = 'offered') as offered, (select count(*)::int from handoff where state = 'rejected') as returned, (select count(*)::int from stage_event where "from" <> 'import') as entries, (select count(*)::int from audit_event where action in ('lead.offered', 'lead.offer_answered')) as acts`);
      const [none, offered, answered] = [{ offered: 0, returned: 0, entries: 0, acts: 0 }, { offered: ROWS, returned: 0, entries: ROWS, acts: 1 }, { offered: 0, returned: ROWS, entries: 2 * ROWS, acts: 2 }];
      await struck({ name: 'offer', run: () => owner.client.pipeline.offer({ workspace, ids }), standing, before: none, after: offered }, seen.offer);
      const offers = (await app.db.inWorkspace(workspace, (tx) => tx.execute<{ id: string }>(sql`select id from handoff order by id`))).rows.map(({ id }) => id);
      await struck({ name: 'answer', run: () => owner.client.pipeline.decide({ workspace, ids: offers, decision: { kind: 'reject', reason: 'No budget' } }), standing, before: offered, after: answered }, seen.answer);
      expect(await pipelineFaults(app, workspace)).toEqual([]);
    }
    for (const [act, counts] of Object.entries(seen)) {
      expect(counts, act).toMatchObject({ lost: 0 });
      expect(counts.kills, act).toBeGreaterThanOrEqual(KILLS);
      noteKills({ killed: 'database', during: `${act} of ${ROWS} leads`, ...counts });
    }
  });
});
