import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, test as always, vi } from 'vitest';
import { testDatabaseUrl } from '../config/testing';
import { startEngine, untilAnswering, type Engine } from './engine';
import { isRoot } from './identity';
import { holderOf, lockDir } from './lock';

const root = mkdtempSync(join(tmpdir(), 'lockstep-engine-'));
chmodSync(root, 0o700);
/** It is about the built-in database alone: nothing of it differs when another server is to be proven. */
const test = always.runIf(testDatabaseUrl() === null);
const running: Engine[] = [];
let made = 0;
const freshDir = (): string => join(root, `d${(made += 1)}`);
const logOf = () => {
  const lines: string[] = [];
  const add = (line: string): void => void lines.push(line);
  return { lines, log: { info: add, warn: add, error: add } };
};
const start = async (dataDir: string, log = logOf().log): Promise<Engine> => {
  const engine = await startEngine({ dataDir, log, doing: 'http://localhost:4400', onFatal: () => undefined });
  running.push(engine);
  return engine;
};
const ask = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
};

afterEach(async () => {
  for (const engine of running.splice(0)) await engine.stop();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('refusals', () => {
  test('a second start on the same folder names the first and changes nothing', async () => {
    const dir = freshDir();
    const first = await start(dir);
    await expect(start(dir)).rejects.toThrow(new RegExp(`process ${process.pid} \\(http://localhost:4400\\)`));
    expect(await ask(first.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a folder written by another major version', async () => {
    const dir = freshDir();
    mkdirSync(join(dir, 'pg'), { recursive: true });
    writeFileSync(join(dir, 'pg', 'PG_VERSION'), '13\n');
    await expect(start(dir)).rejects.toThrow(/PostgreSQL 13.*backup/);
    expect(holderOf(dir)).toBeNull();
  });

  test('a folder that cannot be made', async () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    await expect(start(join(file, 'data'))).rejects.toThrow(/DATA_DIR/);
  });
});

test('roles: the application is neither superuser nor exempt from row security, and reaches no other host', async () => {
  const engine = await start(freshDir());
  expect(await ask(engine.appUrl, 'select current_user::text as name, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user')).toEqual([
    { name: 'lockstep_app', rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false },
  ]);
  expect(await ask(engine.ownerUrl, "select current_setting('listen_addresses') as net, current_setting('fsync') as fsync, current_setting('log_statement') as log, current_setting('track_commit_timestamp') as stamp")).toEqual([
    { net: '', fsync: 'on', log: 'none', stamp: 'off' },
  ]);
});

test('the folder is private to its owner', async () => {
  const dir = freshDir();
  await start(dir);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(statSync(join(dir, 'pg')).mode & 0o777).toBe(0o700);
  if (isRoot()) expect(statSync(join(dir, 'pg')).uid).toBe(65534);
});

test('a path too long for a socket is served from a short one, and said', async () => {
  const { lines, log } = logOf();
  const engine = await start(join(root, 'long-'.repeat(20), 'data'), log);
  expect(await ask(engine.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(lines.join()).toContain('too long for a socket');
});

test('what was committed is there after kill -9 of the database, which comes back by itself', async () => {
  const engine = await start(freshDir());
  await ask(engine.ownerUrl, 'create table kept (n int primary key)');
  for (let round = 1; round <= 3; round += 1) {
    await ask(engine.ownerUrl, `insert into kept values (${round})`);
    const before = engine.pid();
    process.kill(before ?? 0, 'SIGKILL');
    await vi.waitUntil(() => engine.pid() !== undefined && engine.pid() !== before, { timeout: 20_000 });
    await untilAnswering(engine.ownerUrl, 20_000);
    expect(await ask(engine.ownerUrl, 'select count(*)::int as n from kept')).toEqual([{ n: round }]);
  }
});

test('a database that keeps dying is given up with its reason, not restarted for ever', { timeout: 180_000 }, async () => {
  const fatal: Error[] = [];
  const engine = await startEngine({ dataDir: freshDir(), log: logOf().log, onFatal: (error) => fatal.push(error) });
  running.push(engine);
  for (const late = Date.now() + 150_000; fatal.length === 0 && Date.now() < late; ) {
    const pid = engine.pid();
    if (pid) try { process.kill(pid, 'SIGKILL'); } catch { /* already gone */ }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(fatal[0]?.message).toMatch(/within a minute|did not start/);
});

test('a start killed while making the folder leaves nothing that hinders the next', async () => {
  const dir = freshDir();
  mkdirSync(join(dir, 'pg.new', 'base'), { recursive: true });
  writeFileSync(join(dir, 'lockstep.lock'), JSON.stringify({ pid: 999_999, mark: 'gone', doing: 'starting' }));
  const engine = await start(dir);
  expect(await ask(engine.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(existsSync(join(dir, 'pg.new'))).toBe(false);
});

describe('the lock of the folder', () => {
  test('an id that was given to another process since does not count', () => {
    const dir = freshDir();
    mkdirSync(dir);
    writeFileSync(join(dir, 'lockstep.lock'), JSON.stringify({ pid: process.pid, mark: 'another start', doing: 'old' }));
    const lock = lockDir(dir, 'new');
    expect(holderOf(dir)).toEqual({ pid: process.pid, doing: 'new' });
    lock.announce('http://localhost:1');
    expect(holderOf(dir)?.doing).toBe('http://localhost:1');
    lock.release();
    expect(holderOf(dir)).toBeNull();
  });

  test('a torn file does not hinder', () => {
    const dir = freshDir();
    mkdirSync(dir);
    writeFileSync(join(dir, 'lockstep.lock'), '{"pid":');
    lockDir(dir, 'new').release();
    expect(existsSync(join(dir, 'lockstep.lock'))).toBe(false);
    expect(() => readFileSync(join(dir, `lockstep.lock.${process.pid}`))).toThrow();
  });
});
