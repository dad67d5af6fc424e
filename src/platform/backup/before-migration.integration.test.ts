import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { migrate } from '../db/migrate';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../testing/test-database';
import { backupBeforeMigration, KEPT, stampOf } from './before-migration';
import { verifyArchive } from './read-archive';
import type { WaveSealing } from './sealing';

const root = mkdtempSync(join(tmpdir(), 'lockstep-before-'));
const databases: TestDatabase[] = [];
const sealing: WaveSealing = { tables: [], openWaves: 'select null::uuid as id where false', keyOf: () => Promise.resolve(undefined) };
const kept = async (make: () => Promise<TestDatabase>): Promise<TestDatabase> => {
  const database = await make();
  databases.push(database);
  return database;
};
const ask = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};
const home = (name: string): string => {
  const dataDir = join(root, name);
  mkdirSync(dataDir);
  return dataDir;
};
const backupsIn = (dataDir: string): string[] => (existsSync(join(dataDir, 'backups')) ? readdirSync(join(dataDir, 'backups')).sort() : []);
const noon = (day: number): Date => new Date(Date.UTC(2026, 10, day, 12));
/** A database as an earlier version left it: the newest migration is not in yet, here because its mark is taken away. */
const earlier = async (): Promise<TestDatabase> => {
  const database = await kept(createTestDatabase);
  await ask(database.ownerUrl, `insert into lookup values ('kind', 'precious', gen_random_uuid())`);
  await ask(database.ownerUrl, `update drizzle.__drizzle_migrations set hash = 'of an earlier version', created_at = 1 where id = (select max(id) from drizzle.__drizzle_migrations)`);
  return database;
};

afterAll(async () => {
  for (const database of databases) await database.drop();
  rmSync(root, { recursive: true, force: true });
});

describe('before the database changes', () => {
  test('everything in it is backed up, and only then anything is changed', async () => {
    const database = await earlier();
    const dataDir = home('change');
    const seen: string[][] = [];
    const beforeChange = async () => {
      await backupBeforeMigration({ ownerUrl: database.ownerUrl, dataDir, program: '1.2.3', now: noon(1), sealing });
      seen.push(backupsIn(dataDir));
    };
    // The tables are there already, so the change itself fails here: the backup was made all the same, before it.
    await expect(migrate(database.ownerUrl, { appRole: 'lockstep_app', beforeChange })).rejects.toThrow();
    expect(seen).toEqual([[`before-migration-${stampOf(noon(1))}.tar.gz`]]);
    const file = join(dataDir, 'backups', backupsIn(dataDir)[0] ?? '');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect((await verifyArchive(file)).tables.find(({ name }) => name === 'lookup')?.rows).toBe(1);
  });

  test('nothing is changed when the backup fails', async () => {
    const database = await kept(createEmptyDatabase);
    const beforeChange = () => Promise.reject(new Error('no room for a backup'));
    await expect(migrate(database.ownerUrl, { appRole: 'lockstep_app', beforeChange })).rejects.toThrow('no room for a backup');
    await expect(ask(database.ownerUrl, 'select 1 from workspace')).rejects.toThrow(/does not exist/);
  });

  test('no backup is made when nothing changes, nor of a database that was never migrated', async () => {
    const unchanged = await kept(createTestDatabase);
    let called = 0;
    await migrate(unchanged.ownerUrl, { appRole: 'lockstep_app', beforeChange: async () => void (called += 1) });
    expect(called).toBe(0);
    const dataDir = home('empty');
    expect(await backupBeforeMigration({ ownerUrl: (await kept(createEmptyDatabase)).ownerUrl, dataDir, program: '1', now: noon(1), sealing })).toBeNull();
    expect(backupsIn(dataDir)).toEqual([]);
  });

  test(`the last ${KEPT} are kept, older ones go, and no other file is touched`, async () => {
    const database = await kept(createTestDatabase);
    const dataDir = home('many');
    mkdirSync(join(dataDir, 'backups'));
    for (const name of ['by-hand.tar.gz', 'before-migration-notes.txt']) writeFileSync(join(dataDir, 'backups', name), 'mine');
    const make = (day: number) => backupBeforeMigration({ ownerUrl: database.ownerUrl, dataDir, program: '1', now: noon(day), sealing });
    const made: string[] = [];
    for (let day = 1; day <= KEPT + 2; day += 1) made.push((await make(day)) ?? '');
    expect(KEPT).toBe(5);
    expect(backupsIn(dataDir)).toEqual([...made.slice(-KEPT).map((file) => file.slice(join(dataDir, 'backups').length + 1)), 'before-migration-notes.txt', 'by-hand.tar.gz'].sort());
    for (const file of made.slice(-KEPT)) expect((await verifyArchive(file)).program).toBe('1');
  });

  test('two in the same second are both kept', async () => {
    const database = await kept(createTestDatabase);
    const dataDir = home('same');
    const make = () => backupBeforeMigration({ ownerUrl: database.ownerUrl, dataDir, program: '1', now: noon(1), sealing });
    expect(new Set([await make(), await make()]).size).toBe(2);
    expect(backupsIn(dataDir)).toHaveLength(2);
  });
});
