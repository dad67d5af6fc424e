import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readiness } from './health';
import { createTestDatabase, type TestDatabase } from './testing/test-database';

/** Ready is said only when all three are fine: the database answers, every migration is in, the disk has room. */
let database: TestDatabase;
let pool: pg.Pool;
const dataDir = tmpdir();

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.appUrl, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test('ready', async () => expect(await readiness({ pool, dataDir })).toEqual({ ready: true, database: 'ok', migrations: 'ok', disk: 'ok' }));

test.each([
  ['only reading', { dataDir, readOnly: () => true }, 'almost full: only reading'],
  ['a folder that is gone', { dataDir: join(dataDir, 'no', 'such', 'folder') }, 'unreadable'],
])('not with a disk that is %s', async (_, disk, said) => expect(await readiness({ pool, ...disk })).toEqual({ ready: false, database: 'ok', migrations: 'ok', disk: said }));

test('not while a migration is missing', async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ table: string }>("select quote_ident(schemaname) || '.' || quote_ident(tablename) as table from pg_tables where tablename = '__drizzle_migrations'");
  await owner.query(`delete from ${rows[0]?.table ?? ''}`);
  await owner.end();
  expect(await readiness({ pool, dataDir })).toMatchObject({ ready: false, database: 'ok', migrations: expect.stringMatching(/^\d+ missing$/) });
});

test('not without a database, and that is said, not thrown', async () => {
  const nowhere = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/none', connectionTimeoutMillis: 2_000 });
  expect(await readiness({ pool: nowhere, dataDir })).toEqual({ ready: false, database: 'does not answer', migrations: 'unknown', disk: 'ok' });
  await nowhere.end();
});
