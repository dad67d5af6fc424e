import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { assertConfinedRole, createPool, openDatabase } from './database';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';

type Column = { table: string; name: string; type: string; given: boolean };

const OWN = randomUUID();
const FOREIGN = randomUUID();
let database: TestDatabase;
let owner: pg.Client;
let app: pg.Client;
let columns: Column[];
let tables: string[];

const connected = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

/** Some value of the type; texts that only allow certain words are no matter, since row security speaks before constraints do. */
const VALUES: Record<string, string> = {
  uuid: `'${randomUUID()}'`, text: `'x'`, int2: '1', int4: '1', int8: '1', float8: '1', numeric: '1', bool: 'false', jsonb: `'{}'`, timestamptz: 'now()', bytea: `'\\x00'`, date: `'2026-01-01'`, _text: `'{}'`, _int4: `'{}'`,
};
const quoted = (name: string) => pg.escapeIdentifier(name);
const insertInto = (table: string, workspace: string): string => {
  const needed = columns.filter((column) => column.table === table && column.given);
  return `insert into ${quoted(table)} (${needed.map((column) => quoted(column.name)).join(', ')}) values (${needed.map((column) => (column.name === 'workspace_id' ? `'${workspace}'` : VALUES[column.type])).join(', ')})`;
};

beforeAll(async () => {
  database = await createTestDatabase();
  [owner, app] = [await connected(database.ownerUrl), await connected(database.appUrl)];
  const found = await owner.query<Column>(
    `select c.relname as table, a.attname as name, t.typname as type, (a.attnotnull and not a.atthasdef) as given
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`,
  );
  columns = found.rows;
  tables = columns.filter((column) => column.name === 'workspace_id').map((column) => column.table).toSorted();
  // Rows of the other company in every table: references to rows that do not exist do not matter here.
  await owner.query('set session_replication_role = replica').catch(() => undefined);
  for (const table of tables) await owner.query(insertInto(table, FOREIGN));
  await owner.query('set session_replication_role = default').catch(() => undefined);
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await database.drop();
});

const inside = async (workspace: string | null, statement: string): Promise<pg.QueryResult> => {
  await app.query('begin');
  try {
    if (workspace !== null) await app.query(`select set_config('lockstep.workspace', $1, true)`, [workspace]);
    return await app.query(statement);
  } finally {
    await app.query('rollback');
  }
};
const REFUSED = /row-level security/;

test('there are tables to protect, every type they use can be filled, and each holds a foreign row', async () => {
  expect(tables.length).toBeGreaterThan(20);
  expect([...new Set(columns.filter((column) => column.given).map((column) => column.type))].filter((type) => !(type in VALUES))).toEqual([]);
  for (const table of tables) expect((await owner.query(`select 1 from ${quoted(table)} where workspace_id = $1`, [FOREIGN])).rowCount).toBe(1);
});

test('only accounts, sessions and the lookup table stand outside', () => {
  expect([...new Set(columns.map((column) => column.table))].filter((table) => !tables.includes(table)).toSorted()).toEqual(['account', 'lookup', 'session', 'user', 'verification']);
});

test('row security is enabled and forced on every one, for the application through one policy with a check', async () => {
  const { rows } = await owner.query<{ table: string; on: boolean; forced: boolean; policies: string[] }>(
    `select c.relname as table, c.relrowsecurity as on, c.relforcerowsecurity as forced,
            (select array_agg(p.policyname::text || ' ' || (p.qual is not null) || ' ' || (p.with_check is not null) order by p.policyname) from pg_policies p where p.tablename = c.relname and p.schemaname = 'public' and ('public' = any(p.roles) or 'lockstep_app' = any(p.roles))) as policies
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any($1)`, [tables]);
  expect(rows).toHaveLength(tables.length);
  for (const row of rows) expect(row).toEqual({ table: row.table, on: true, forced: true, policies: ['own_workspace true true'] });
});

describe.each([['inside another workspace', OWN], ['with no workspace set', null], ['with an empty workspace', '']] as const)('the application role, %s', (_, workspace) => {
  test('selects nothing of the other company', async () => {
    for (const table of tables) expect({ table, rows: (await inside(workspace, `select * from ${quoted(table)} where workspace_id = '${FOREIGN}'`)).rowCount }).toEqual({ table, rows: 0 });
  });
  test('counts nothing without a condition', async () => {
    for (const table of tables) expect({ table, rows: (await inside(workspace, `select * from ${quoted(table)}`)).rowCount }).toEqual({ table, rows: 0 });
  });
  test('inserts nothing for the other company', async () => {
    for (const table of tables) await expect(inside(workspace, insertInto(table, FOREIGN)), table).rejects.toThrow(REFUSED);
  });
  test('updates nothing of the other company', async () => {
    for (const table of tables) expect({ table, rows: (await inside(workspace, `update ${quoted(table)} set workspace_id = '${workspace || OWN}'`)).rowCount }).toEqual({ table, rows: 0 });
  });
  test('deletes nothing of the other company', async () => {
    for (const table of tables) expect({ table, rows: (await inside(workspace, `delete from ${quoted(table)}`)).rowCount }).toEqual({ table, rows: 0 });
  });
});

test('a row cannot be handed over to another workspace', async () => {
  for (const table of tables) await expect(inside(FOREIGN, `update ${quoted(table)} set workspace_id = '${OWN}'`), table).rejects.toThrow(REFUSED);
});

test('a workspace that is no uuid stops the statement', async () => {
  await expect(inside("' or true --", 'select * from wave')).rejects.toThrow(/uuid/);
});

test('the application role cannot switch row security off, change tables or become somebody else', async () => {
  for (const statement of ['alter table wave disable row level security', 'alter table wave no force row level security', 'drop policy own_workspace on wave', 'create policy open on wave using (true)', 'truncate wave', 'create table public.mine (id int)', `set role ${quoted(new URL(database.ownerUrl).username)}`])
    await expect(inside(OWN, statement), statement).rejects.toThrow(/must be owner|permission denied/);
  await expect(inside(OWN, 'set local row_security = off; select * from wave')).rejects.toThrow(REFUSED);
  const { rows } = await app.query<{ super: boolean; bypass: boolean; creates: boolean }>('select rolsuper as super, rolbypassrls as bypass, rolcreaterole as creates from pg_roles where rolname = current_user');
  expect(rows).toEqual([{ super: false, bypass: false, creates: false }]);
});

describe('serving is refused', () => {
  const judged = async (url: string) => {
    const pool = createPool(url, () => undefined, 1);
    return assertConfinedRole(pool).finally(() => pool.end());
  };
  const role = `attack_${randomUUID().slice(0, 8)}`;
  const withAttributes = async (attributes: string) => {
    const url = new URL(database.ownerUrl);
    await owner.query(`drop role if exists ${role}`);
    await owner.query(`create role ${role} login password 'only-for-this-test' ${attributes}`);
    url.username = role;
    url.password = 'only-for-this-test';
    return url.href;
  };
  afterAll(() => owner.query(`drop role if exists ${role}`));

  test('as the owner of the tables', () => expect(judged(database.ownerUrl)).rejects.toThrow(/owns tables/));
  test('with BYPASSRLS', async () => expect(judged(await withAttributes('bypassrls'))).rejects.toThrow(/has BYPASSRLS/));
  test('as superuser', async () => expect(judged(await withAttributes('superuser'))).rejects.toThrow(/is a superuser/));
  test('but not as the plain role', async () => expect(await judged(database.appUrl)).toBeUndefined());
});

/** Every table in turn, so that leads, their log, records, events, offers, agreements, problems and what is said in a Huddle all take part. */
test('10,000 interleaved requests of three companies on two connections see one row each: their own, in every table', async () => {
  const companies = Array.from({ length: 3 }, () => randomUUID());
  await owner.query('set session_replication_role = replica').catch(() => undefined);
  for (const table of tables) for (const company of companies) await owner.query(insertInto(table, company));
  await owner.query('set session_replication_role = default').catch(() => undefined);
  const db = openDatabase(database.appUrl, () => undefined, 2);
  const read = new Map<string, number>();
  const foreign: string[] = [];
  await Promise.all(
    Array.from({ length: 20 }, async (_, worker) => {
      for (let n = 0; n < 500; n++) {
        const [company, table] = [companies[(worker + n) % 3] ?? '', tables[(worker * 7 + n) % tables.length] ?? ''];
        const { rows } = await db.inWorkspace(company, (tx) => tx.execute<{ workspace_id: string }>(sql`select workspace_id from ${sql.identifier(table)}`));
        if (rows.length !== 1 || rows[0]?.workspace_id !== company) foreign.push(`${table}: ${rows.length} rows`);
        read.set(table, (read.get(table) ?? 0) + 1);
      }
    }),
  );
  const bare = await db.outside(async (tx) => (await tx.execute(sql`select 1 from lead union all select 1 from workspace`)).rows.length);
  await db.close();
  expect({ foreign, bare }).toEqual({ foreign: [], bare: 0 });
  for (const table of ['lead', 'stage_event', 'record', 'event', 'record_link', 'handoff', 'agreement_version', 'commitment_clock', 'improvement_problem', 'improvement_action', 'huddle_operation', 'answer', 'workspace']) expect(read.get(table) ?? 0, table).toBeGreaterThan(90);
  expect([...read.values()].reduce((sum, n) => sum + n, 0)).toBe(10_000);
  expect(read.size).toBe(tables.length);
});
