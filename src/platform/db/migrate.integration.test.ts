import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, pendingMigrations } from './migrate';
import { createEmptyDatabase, type TestDatabase } from '../testing/test-database';

let database: TestDatabase;
let other: pg.Client;

beforeAll(async () => {
  database = await createEmptyDatabase();
  other = new pg.Client({ connectionString: database.ownerUrl });
  await other.connect();
});
afterAll(async () => {
  await other?.end();
  await database?.drop();
});

const tables = async (): Promise<number> => Number((await other.query<{ n: string }>(`select count(*) as n from pg_tables where schemaname = 'public'`)).rows[0]?.n);
const endAllOthers = async (): Promise<void> => {
  await other.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
};

test('what fails for another reason keeps its own words', async () => {
  const failed = migrate(database.ownerUrl, { appRole: new URL(database.appUrl).username, beforeChange: () => Promise.reject(new Error('The backup found no room.')) });
  await expect(failed).rejects.toThrow(/^The backup found no room\.$/);
  expect(await tables()).toBe(0);
});

test('a database that goes away in the middle leaves nothing half-done, says so, and is migrated the next time', async () => {
  const options = { appRole: new URL(database.appUrl).username };
  const failed = await migrate(database.ownerUrl, { ...options, beforeChange: endAllOthers }).then(() => null, (error: unknown) => error as Error);
  expect(failed?.message).toMatch(/^The database went away while .* Nothing is half-done: .* again as soon as the database is back/);
  expect(failed?.cause).toBeInstanceOf(Error);
  expect(await tables()).toBe(0);
  expect(await migrate(database.ownerUrl, options)).toBe(1);
  expect(await tables()).toBeGreaterThan(20);
  expect(await pendingMigrations(other)).toBe(0);
});

test('a database that another version changed is left alone, and that is said', async () => {
  const before = await tables();
  await other.query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a newer version', 9999999999999)`);
  await expect(migrate(database.ownerUrl, { appRole: new URL(database.appUrl).username })).rejects.toThrow(/^This database was last changed by another version of Lockstep.* Nothing in it was changed\./u);
  expect(await tables()).toBe(before);
});
