import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { renewEmptyTables } from './renew-tables';

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('create table parent (workspace_id uuid, id int primary key); create table child (workspace_id uuid, parent int references parent (id)); create table kept (workspace_id uuid, id int)');
  for (const table of ['parent', 'child', 'kept']) await owner.query(`alter table ${table} enable row level security`);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const fill = () => owner.query('insert into parent (id) select generate_series(1, 5000); insert into child (parent) select id from parent; insert into kept (id) select id from parent');
const pages = async (table: string): Promise<number> => Number((await owner.query<{ size: string }>('select pg_relation_size($1::regclass) as size', [table])).rows[0]?.size);

test('what was emptied is like new; what holds a row, or is referred to by what does, is left alone', async () => {
  await fill();
  await owner.query('delete from parent where false; delete from kept where id > 1');
  expect(await renewEmptyTables(database.ownerUrl)).toEqual([]);
  await owner.query('delete from child');
  expect(await renewEmptyTables(database.ownerUrl)).toEqual(['child']);
  await owner.query('delete from parent');
  expect((await renewEmptyTables(database.ownerUrl)).toSorted()).toEqual(['child', 'parent']);
  expect([await pages('parent'), await pages('child')]).toEqual([0, 0]);
  expect((await owner.query('select id from kept')).rows).toEqual([{ id: 1 }]);
});

test('what somebody is writing to stays, and so does what they wrote', async () => {
  await owner.query('insert into parent (id) values (1); delete from parent');
  const other = new pg.Client({ connectionString: database.ownerUrl });
  await other.connect();
  await other.query('begin; insert into parent (id) values (2)');
  expect(await renewEmptyTables(database.ownerUrl)).toEqual([]);
  expect(await pages('parent')).toBeGreaterThan(0);
  await other.query('commit');
  await other.end();
  expect(await renewEmptyTables(database.ownerUrl)).toEqual([]);
  expect((await owner.query('select id from parent')).rows).toEqual([{ id: 2 }]);
});
