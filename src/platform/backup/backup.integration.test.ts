import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { spawnSync } from 'node:child_process';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabaseUrl } from '../config/testing';
import { startEngine } from '../engine/engine';
import { fillTables } from '../testing/fill-tables';
import { urlOf } from '../testing/cluster.setup';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../testing/test-database';
import { backup } from './backup';
import { tablesOf } from './catalogue';
import { RowDigest } from './digest';
import type { Manifest } from './manifest';
import { entriesIn, verifyArchive } from './read-archive';
import { restore } from './restore';
import type { WaveSealing } from './sealing';

const APP = 'lockstep_app';
const folder = mkdtempSync(join(tmpdir(), 'lockstep-backup-'));
const archive = join(folder, 'full.tar.gz');
const databases: TestDatabase[] = [];
const keys = new Map<string, Buffer>();
const SEALED = ['leaf_key', 'wave_secret', 'invitation', 'ballot_issue', 'ballot_box'];
const openWaves = `select id from wave where state = 'open'`;
const sealing: WaveSealing = { tables: SEALED, openWaves, keyOf: (wave) => Promise.resolve(keys.get(wave)) };
let source: TestDatabase;
let manifest: Manifest;

const kept = async (make: () => Promise<TestDatabase>): Promise<TestDatabase> => {
  const database = await make();
  databases.push(database);
  return database;
};
const ask = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};
/** Every table's rows as text, in an order of their own: independent of the code under test. */
const contentOf = async (url: string): Promise<Record<string, unknown>> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set timezone = 'UTC'`);
  const content: Record<string, unknown> = {};
  for (const { name } of await tablesOf(client)) content[name] = (await client.query(`select count(*)::int as n, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from "${name}" t`)).rows[0];
  await client.end();
  return content;
};
const save = (file: string) => backup({ ownerUrl: source.ownerUrl, file, program: '1.2.3', now: new Date('2026-11-22T03:04:05Z'), sealing });
const load = (ownerUrl: string, file = archive, more: { sealing?: WaveSealing; withoutOpenWaves?: boolean } = {}) =>
  restore({ ownerUrl, file, sealing, migration: { appRole: APP }, ...more });

beforeAll(async () => {
  source = await kept(createTestDatabase);
  const refused = await fillTables(source.ownerUrl, 12);
  expect(refused).toEqual([]);
  for (const { id } of await ask(source.ownerUrl, `select id from wave where state = 'open'`)) keys.set(String(id), randomBytes(32));
  manifest = await save(archive);
});
afterAll(async () => {
  for (const database of databases) await database.drop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

describe('refused, with nothing written', () => {
  const refusal = async (file: string, pattern: RegExp, more = {}) => {
    const target = await kept(createEmptyDatabase);
    await expect(load(target.ownerUrl, file, more)).rejects.toThrow(pattern);
    expect(await ask(target.ownerUrl, `select count(*)::int as n from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`)).toEqual([{ n: 0 }]);
  };
  const altered = (name: string, change: (bytes: Buffer) => Buffer): string => {
    const file = join(folder, name);
    writeFileSync(file, change(readFileSync(archive)));
    return file;
  };
  const rewritten = (name: string, change: (tar: Buffer) => void): string =>
    altered(name, (bytes) => {
      const tar = gunzipSync(bytes);
      change(tar);
      return gzipSync(tar);
    });

  test('no such file', () => refusal(join(folder, 'none.tar.gz'), /cannot be read/));
  test('not an archive', () => refusal(altered('text', () => Buffer.from('hello')), /damaged|cut off/));
  test('an archive of something else', () => refusal(altered('other', () => gzipSync(Buffer.alloc(1024))), /not a backup of Lockstep/));
  test.each([0.1, 0.5, 0.9, 0.999])('cut off at %d', (share) => refusal(altered('cut', (bytes) => bytes.subarray(0, Math.floor(bytes.length * share))), /cut off|damaged/));
  test('one byte of a row changed', () =>
    refusal(rewritten('flipped', (tar) => tar.writeUInt8(tar.readUInt8(700) ^ 1, 700)), /checksum/));
  test('a bit flipped in the file', () => refusal(altered('bit', (bytes) => { bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 16, bytes.length >> 1); return bytes; }), /damaged|cut off|checksum/));
  test('written by a newer program', () =>
    refusal(rewritten('newer', (tar) => { const at = tar.indexOf('"formatVersion": 1'); tar.write('9', at + 17); }), /newer than this program.*Update/));
  test('a database shape this program does not know', () =>
    refusal(rewritten('unknown', (tar) => { const at = tar.indexOf(manifest.migrations[0] ?? 'none'); tar.write('0000', at); }), /newer than this program knows/));
  test('an open wave without its key says which and what to do', () =>
    refusal(archive, /wave-keys.*--without-open-waves/, { sealing: { tables: SEALED, openWaves, keyOf: () => Promise.resolve(undefined) } }));
  test('the wrong key for an open wave leaves every table empty, and the right one then works', async () => {
    const target = await kept(createEmptyDatabase);
    await expect(load(target.ownerUrl, archive, { sealing: { tables: SEALED, openWaves, keyOf: () => Promise.resolve(randomBytes(32)) } })).rejects.toThrow(/not the key/);
    const rows = Object.values((await contentOf(target.ownerUrl)) as Record<string, { n: number }>);
    expect(rows.every(({ n }) => n === 0)).toBe(true);
    await load(target.ownerUrl);
    expect(await contentOf(target.ownerUrl)).toEqual(await contentOf(source.ownerUrl));
  });
  test('a database that has rows keeps them', async () => {
    const before = await contentOf(source.ownerUrl);
    await expect(load(source.ownerUrl)).rejects.toThrow(/not empty.*never overwrites/);
    expect(await contentOf(source.ownerUrl)).toEqual(before);
  });
  test('a backup never overwrites a file', async () => {
    const sum = readFileSync(archive);
    await expect(save(archive)).rejects.toThrow(/exists already/);
    expect(readFileSync(archive).equals(sum)).toBe(true);
  });
});

test('what is restored equals what was backed up, table by table', async () => {
  const target = await kept(createEmptyDatabase);
  await load(target.ownerUrl);
  const before = await contentOf(source.ownerUrl);
  expect(await contentOf(target.ownerUrl)).toEqual(before);
  expect(Object.keys(before).length).toBeGreaterThan(15);
  expect(Object.values(before as Record<string, { n: number }>).filter(({ n }) => n > 0).length).toBe(Object.keys(before).length);
});

test.runIf(testDatabaseUrl())('an archive of the built-in database fits a server, and one of the server the built-in database', { timeout: 120_000 }, async () => {
  const engine = await startEngine({ dataDir: join(folder, 'engine'), log: { info: () => undefined, warn: () => undefined, error: () => undefined } });
  try {
    await load(engine.ownerUrl);
    expect(await contentOf(engine.ownerUrl)).toEqual(await contentOf(source.ownerUrl));
    const back = join(folder, 'back.tar.gz');
    await backup({ ownerUrl: engine.ownerUrl, file: back, program: '1.2.3', now: new Date(0), sealing });
    const target = await kept(createEmptyDatabase);
    await load(target.ownerUrl, back);
    expect(await contentOf(target.ownerUrl)).toEqual(await contentOf(source.ownerUrl));
  } finally {
    await engine.stop();
  }
});

test('an owner without superuser rights backs up and restores every row, row security being forced on it too', { timeout: 120_000 }, async () => {
  const plain = { name: `plain_${randomBytes(4).toString('hex')}`, password: randomBytes(8).toString('hex') };
  await ask(source.ownerUrl, `create role ${plain.name} login nosuperuser nobypassrls password '${plain.password}'`);
  const target = await kept(createEmptyDatabase);
  const name = new URL(target.ownerUrl).pathname.slice(1);
  await ask(target.ownerUrl, `alter database ${name} owner to ${plain.name}`);
  const ownerUrl = urlOf(target.ownerUrl, name, plain);
  await load(ownerUrl);
  const again = join(folder, 'plain.tar.gz');
  const made = await backup({ ownerUrl, file: again, program: '1.2.3', now: new Date(0), sealing });
  expect(made.tables.map(({ name: table, rows, digest }) => [table, rows, digest])).toEqual(manifest.tables.map(({ name: table, rows, digest }) => [table, rows, digest]));
  await ask(target.ownerUrl, 'drop policy owner_maintains on wave');
  await expect(backup({ ownerUrl, file: join(folder, 'blind.tar.gz'), program: '1', now: new Date(0), sealing })).rejects.toThrow(/does not see every row \(wave\)/);
  await target.drop();
  await ask(source.ownerUrl, `drop role ${plain.name}`);
});

test('restored tables are confined to their workspace again', async () => {
  const target = await kept(createTestDatabase);
  await load(target.ownerUrl);
  expect(await ask(target.appUrl, 'select count(*)::int as n from wave')).toEqual([{ n: 0 }]);
  expect(await ask(target.ownerUrl, `select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace and relname = 'wave' and relforcerowsecurity`)).toEqual([{ n: 1 }]);
  expect(await ask(target.ownerUrl, `select count(*)::int as n from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`)).toEqual(
    await ask(source.ownerUrl, `select count(*)::int as n from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`),
  );
});

test('a waiting job comes along, a finished one does not', async () => {
  const with2 = await kept(createTestDatabase);
  await ask(with2.ownerUrl, `select pgboss.create_queue('mail', '{"policy":"standard"}'::json)`);
  await ask(with2.ownerUrl, `insert into pgboss.job (name, data, state) values ('mail', '{"id": 1}', 'created'), ('mail', '{"id": 2}', 'completed')`);
  const file = join(folder, 'jobs.tar.gz');
  await backup({ ownerUrl: with2.ownerUrl, file, program: '1.2.3', now: new Date(0), sealing });
  const target = await kept(createEmptyDatabase);
  await restore({ ownerUrl: target.ownerUrl, file, sealing, migration: { appRole: APP, queues: ['mail'] } });
  expect(await ask(target.ownerUrl, `select data from pgboss.job where name = 'mail'`)).toEqual([{ data: { id: 1 } }]);
});

describe('an open wave', () => {
  test('leaves no row of its ballots readable in the archive', async () => {
    const clear: string[] = [];
    for await (const { name, data } of entriesIn(archive)) clear.push(name, data.toString('latin1'));
    const text = clear.join('\n');
    const hex = `select encode(serial, 'hex') as serial, encode(answers, 'hex') as answers from ballot_box where wave_id`;
    const ballots = await ask(source.ownerUrl, `${hex} in (${openWaves})`);
    expect(ballots.length).toBeGreaterThan(3);
    for (const { serial, answers } of ballots) {
      expect(text).not.toContain(String(serial));
      expect(text).not.toContain(String(answers));
    }
    // What belongs to no open wave is kept as it is, such as who was invited to an earlier one.
    const [earlier] = await ask(source.ownerUrl, `${hex} not in (${openWaves})`);
    expect(text).toContain(String(earlier?.['serial']));
  });

  test('differs between two backups everywhere, so that newcomers do not stand out', async () => {
    const second = join(folder, 'second.tar.gz');
    const again = await save(second);
    const sums = (from: Manifest) => from.sealed.flatMap(({ parts, summary }) => [...parts, summary]).map(({ sha256 }) => sha256);
    expect(sums(again).filter((sum) => sums(manifest).includes(sum))).toEqual([]);
    expect(sums(again).length).toBeGreaterThan(0);
    expect(again.sealed.flatMap(({ parts }) => parts).every(({ bytes }) => bytes % 65_536 === 28)).toBe(true);
  });

  test('is given up only when asked, and the rest is whole', async () => {
    const target = await kept(createEmptyDatabase);
    await load(target.ownerUrl, archive, { sealing: { tables: SEALED, openWaves, keyOf: () => Promise.resolve(undefined) }, withoutOpenWaves: true });
    const after = (await contentOf(target.ownerUrl)) as Record<string, { n: number }>;
    const before = (await contentOf(source.ownerUrl)) as Record<string, { n: number }>;
    for (const [name, { n }] of Object.entries(after)) expect(n, name).toBe(SEALED.includes(name) ? (before[name]?.n ?? 0) / 2 : before[name]?.n);
  });

  test('without a key is left out and said so, never written in the clear', async () => {
    const file = join(folder, 'keyless.tar.gz');
    const made = await backup({ ownerUrl: source.ownerUrl, file, program: '1', now: new Date(0), sealing: { tables: SEALED, openWaves, keyOf: () => Promise.resolve(undefined) } });
    expect(made.sealed).toEqual([]);
    expect(made.leftOut.length).toBeGreaterThan(0);
    expect(made.tables.find(({ name }) => name === 'ballot_box')?.rows).toBe(6);
  });
});

test('the archive is one private file that any tar lists', () => {
  expect(statSync(archive).mode & 0o777).toBe(0o600);
  expect(existsSync(`${archive}.part`)).toBe(false);
  const listed = spawnSync('tar', ['tzf', archive], { encoding: 'utf8' });
  expect(listed.status).toBe(0);
  expect(listed.stdout).toContain('manifest.json');
  expect(listed.stdout).toContain('tables/public.wave/000001');
});

test('a backup that cannot be written leaves nothing behind', async () => {
  const broken: WaveSealing = { tables: ['ballot_box'], openWaves, keyOf: () => Promise.reject(new Error('unreadable')) };
  await expect(backup({ ownerUrl: source.ownerUrl, file: join(folder, 'broken.tar.gz'), program: '1', now: new Date(0), sealing: broken })).rejects.toThrow('unreadable');
  expect(readdirSync(folder).filter((name) => name.startsWith('broken'))).toEqual([]);
});

test('several parts of a large table are put together again', async () => {
  const large = await kept(createTestDatabase);
  await ask(large.ownerUrl, `insert into lookup select 'kind', repeat(md5(n::text), 10), gen_random_uuid() from generate_series(1, 30000) n`);
  const file = join(folder, 'large.tar.gz');
  const made = await backup({ ownerUrl: large.ownerUrl, file, program: '1', now: new Date(0), sealing });
  expect(made.tables.find(({ name }) => name === 'lookup')?.parts.length).toBeGreaterThan(2);
  expect((await verifyArchive(file)).tables.find(({ name }) => name === 'lookup')?.rows).toBe(30_000);
  const target = await kept(createEmptyDatabase);
  await load(target.ownerUrl, file);
  expect((await contentOf(target.ownerUrl))['lookup']).toEqual((await contentOf(large.ownerUrl))['lookup']);
});

test('a fingerprint ignores order and chunks, and notices a change', () => {
  const of = (key: Buffer | undefined, ...chunks: string[]) => {
    const digest = new RowDigest(key);
    for (const chunk of chunks) digest.add(Buffer.from(chunk));
    return [digest.rows, digest.value];
  };
  expect(of(undefined, 'a\nb\nc\n')).toEqual(of(undefined, 'c\na', '\nb', '\n'));
  expect(of(undefined, 'a\nb\n')).not.toEqual(of(undefined, 'a\nc\n'));
  expect(of(undefined, 'a\na\n')).not.toEqual(of(undefined, 'a\n'));
  expect(of(Buffer.from('k'), 'a\n')).not.toEqual(of(undefined, 'a\n'));
});
