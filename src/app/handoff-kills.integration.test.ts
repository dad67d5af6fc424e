import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../lib/seeded';
import { killsWanted } from '../platform/config/testing';
import { noteKills, patienceFor } from '../platform/testing/kill-notes';
import { pipelineFaults } from './testing/pipeline-truth';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

const LEADS = 400;
/** Of each act; a long run shares its number with other files. */
const KILLS = killsWanted(2, 1 / 10);
const folder = join(process.cwd(), '.cache');
const program = join(folder, `handoff-child-${process.pid}.mjs`);

let app: TestApp;
let owner: Person;
/** A company with leads, and somebody of its sales. */
let at: { workspace: string; sam: string };

const company = async (): Promise<typeof at> => {
  const workspace = (await owner.client.workspace.create({ name: `Killed ${crypto.randomUUID()}`, timeZone: 'UTC' })).id;
  const sam = (await owner.client.people.create({ workspace, name: 'Sam Sales', email: 'sam@x.example', function: 'sales' })).id;
  const source = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' })).id;
  await owner.client.customers.putRecords({ workspace, source, kind: 'lead', rows: Array.from({ length: LEADS }, (_, n) => ({ key: `L${n}`, name: `Lead ${n}`, status: 'New', enteredAt: '2026-03-02T09:00:00Z' })) });
  return { workspace, sam };
};

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await build({ entryPoints: ['src/app/testing/handoff-child.ts'], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', jsx: 'automatic', logLevel: 'silent' });
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  at = await company();
});
afterAll(async () => {
  rmSync(program, { force: true });
  await app.close();
});

type Run = { child: ChildProcess; said: () => string; ended: Promise<void> };

const start = async (act: 'offer' | 'answer'): Promise<Run> => {
  const child = spawn(process.execPath, [program, at.workspace, owner.userId, app.appUrl, act, at.sam], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the child ended with ${code} before it began`)));
  });
  return { child, said: () => said, ended };
};

/** Waits until the killed process's transaction is gone, then counts. */
const standing = () =>
  app.db.inWorkspace(at.workspace, async (tx) => {
    await tx.execute(sql`select id from lead order by id for update`);
    const count = async (what: ReturnType<typeof sql>) => (await tx.execute<{ n: number }>(sql`select count(*)::int as n from ${what}`)).rows[0]?.n;
    return {
      offered: await count(sql`handoff where state = 'offered'`), returned: await count(sql`handoff where state = 'rejected'`), entries: await count(sql`stage_event where "from" <> 'import'`),
      links: await count(sql`handoff_link`), mails: await count(sql`outbox_mail where kind = 'lead-offer'`), acts: await count(sql`audit_event where action in ('lead.offered', 'lead.offer_answered')`),
    };
  });

const finish = async (act: 'offer' | 'answer'): Promise<void> => {
  const run = await start(act);
  run.child.stdin?.write('go\n');
  await run.ended;
  expect(run.said()).toContain('done');
};

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const NOTHING = { offered: 0, returned: 0, entries: 0, links: 0, mails: 0, acts: 0 };
const OFFERED = { offered: LEADS, returned: 0, entries: LEADS, links: 60, mails: 1, acts: 1 };
const ANSWERED = { offered: 0, returned: LEADS, entries: 2 * LEADS, links: 60, mails: 1, acts: 2 };

test.each([['offer', NOTHING, OFFERED], ['answer', OFFERED, ANSWERED]] as const)(`kill -9 in the middle of %s, at least ${KILLS} times: all of it or nothing, and the same act again does all`, { timeout: patienceFor(2 * KILLS) }, async (act, before, after) => {
  const random = seeded(act === 'offer' ? 3 : 5);
  // At first so early that even a quick machine has not finished, then later and later into the act; done before it was killed often enough, another company does it.
  let [kills, tries, span] = [0, 0, 40];
  let done = false;
  while (kills < KILLS && tries < 8 * KILLS) {
    tries += 1;
    if (done) {
      at = await company();
      if (act === 'answer') await finish('offer');
      done = false;
    }
    expect(await standing()).toEqual(before);
    const run = await start(act);
    run.child.stdin?.write('go\n');
    await Promise.race([run.ended, wait(random() * span)]);
    run.child.kill('SIGKILL');
    await run.ended;
    const there = await standing();
    const whole = JSON.stringify(there) === JSON.stringify(after);
    if (!whole) expect(there).toEqual(before);
    // Said to be done, it is there; killed after its commit it may be there unsaid.
    if (run.said().includes('done')) expect(whole).toBe(true);
    expect(await pipelineFaults(app, at.workspace)).toEqual([]);
    if (whole) done = true;
    else kills += 1;
    span = whole ? Math.max(40, span / 2) : Math.min(400, span * 1.15);
  }
  if (!done) await finish(act);
  expect(await standing()).toEqual(after);
  expect(await pipelineFaults(app, at.workspace)).toEqual([]);
  expect(kills).toBeGreaterThanOrEqual(KILLS);
  noteKills({ killed: 'application', during: `${act} of ${LEADS} leads`, kills, lost: 0 });
});
