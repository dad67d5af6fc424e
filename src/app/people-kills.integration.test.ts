import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../lib/seeded';
import { killsWanted } from '../platform/config/testing';
import { noteKills, patienceFor } from '../platform/testing/kill-notes';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

const ROWS = 1_500;
const KILLS = killsWanted(4, 1 / 10);
const folder = join(process.cwd(), '.cache');
const program = join(folder, `import-child-${process.pid}.mjs`);
const file = join(folder, `staff-${process.pid}.csv`);

let app: TestApp;
let owner: Person;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await build({ entryPoints: ['src/app/testing/import-child.ts'], outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', logLevel: 'silent' });
  const lines = Array.from({ length: ROWS }, (_, index) => `Person ${index},p${index}@big.example,sales,p${Math.floor(index / 8)}@big.example`);
  writeFileSync(file, ['name,email,function,manager', ...lines].join('\n'));
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
});
afterAll(async () => {
  rmSync(program, { force: true });
  rmSync(file, { force: true });
  await app.close();
});

type Run = { child: ChildProcess; said: () => string; ended: Promise<void> };

const start = async (workspace: string, id: string): Promise<Run> => {
  const child = spawn(process.execPath, [program, workspace, owner.userId, app.appUrl, id, file], { stdio: ['ignore', 'pipe', 'inherit'] });
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

/** Waits for the killed process's transaction to be gone, then counts. */
const standing = (workspace: string) =>
  app.db.inWorkspace(workspace, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`people:${workspace}`}, 0))`);
    const count = async (table: string) => (await tx.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(table)}`)).rows[0]?.n;
    return { people: await count('person'), changes: await count('people_change'), sets: await count('people_change_set'), mappings: await count('people_import_mapping') };
  });

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const WHOLE = { people: ROWS, changes: ROWS, sets: 1, mappings: 1 };
const NOTHING = { people: 0, changes: 0, sets: 0, mappings: 0 };
const freshWorkspace = async (name: string) => (await owner.client.workspace.create({ name, timeZone: 'UTC' })).id;

test(`kill -9 in the middle of an import, ${KILLS} times: all or nothing, and the same id again completes it once`, { timeout: patienceFor(KILLS) }, async () => {
  const random = seeded(7);
  const measured = await freshWorkspace('measured');
  const whole = await start(measured, crypto.randomUUID());
  const begun = Date.now();
  await whole.ended;
  const length = Date.now() - begun;
  expect(await standing(measured)).toEqual(WHOLE);
  let killed = 0;
  let rolledBack = 0;
  for (let round = 0; killed < KILLS && round < KILLS * 4; round++) {
    const workspace = await freshWorkspace(`round ${round}`);
    const id = crypto.randomUUID();
    const run = await start(workspace, id);
    await wait(random() * length);
    const alive = run.child.exitCode === null && run.child.kill('SIGKILL');
    await run.ended;
    if (alive && run.child.signalCode === 'SIGKILL') killed++;
    const after = await standing(workspace);
    const acknowledged = run.said().includes('done');
    expect(after.people === 0 && !acknowledged ? NOTHING : WHOLE).toEqual(after);
    if (after.people === 0) rolledBack++;
    if (round % 5 === 0) {
      await (await start(workspace, id)).ended;
      expect(await standing(workspace)).toEqual(WHOLE);
    }
  }
  expect(killed).toBe(KILLS);
  expect(rolledBack).toBeGreaterThan(0);
  noteKills({ killed: 'application', during: `import of ${ROWS} people in one file`, kills: killed, rolledBack, whole: killed - rolledBack });
});
