import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { drizzle } from 'drizzle-orm/node-postgres';
import { sql } from 'drizzle-orm';
import { bareArray, bareColumn, textArray, textColumn } from './array-literal';
import { sentRows } from './sent-rows';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const back = async (literal: string, type: string): Promise<unknown> => (await client.query<{ back: unknown }>(`select array_to_json($1::${type}[]) as back`, [literal])).rows[0]?.back;

test('any texts come back as they were', async () => {
  const texts = fc.array(fc.oneof(fc.constant(null), fc.constantFrom('', ' ', 'null', 'NULL', '{}', '"', '\\', 'a,b', '\\"', 'a\nb', '\t'), fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\u0000', ''))), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(texts, async (values) => {
      expect(await back(textArray(values), 'text')).toEqual(values);
    }),
    { numRuns: 200 },
  );
});

test('numbers, instants and nothing at all come back as they were', async () => {
  const numbers = [0, -1.5, 1e21, 0.1, null, 7];
  expect(await back(bareArray(numbers), 'float8')).toEqual(numbers);
  expect(await back(bareArray(['2026-01-02T03:04:05.678Z', null]), 'timestamptz')).toEqual(['2026-01-02T03:04:05.678+00:00', null]);
  expect(await back(bareArray([]), 'uuid')).toEqual([]);
});

test('rows come back out of columns as they were, whether a column holds one value or many', async () => {
  const text = fc.oneof(fc.constant(null), fc.constantFrom('', 'null', '{}', 'a,b', '"'));
  const rows = fc.array(fc.record({ text, number: fc.oneof(fc.constant(null), fc.integer({ min: -5, max: 5 })), days: fc.constantFrom('{}', '{2026-01-02T00:00:00.000Z}', '{2026-01-02T00:00:00.000Z,2026-01-03T00:00:00.000Z}'), at: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 4e12 })), said: fc.constantFrom('{"a":"\\n"}', '{}') }), { maxLength: 6 });
  const db = drizzle(client);
  await fc.assert(
    fc.asyncProperty(rows, async (wanted) => {
      const { values, from } = sentRows(['place', 'int', bareArray(wanted.map((_, place) => place))], [
        ['when', 'instant', bareColumn(wanted.map((row) => row.at))], ['text', 'text', textColumn(wanted.map((row) => row.text))], ['number', 'float8', bareColumn(wanted.map((row) => row.number))],
        ['days', 'timestamptz[]', textColumn(wanted.map((row) => row.days))], ['said', 'jsonb', { lines: wanted.map((row) => row.said).join('\n') }],
      ]);
      const { rows: found } = await db.execute(sql`select r.place, round(extract(epoch from r.at) * 1000)::float8 as at, r.text, r.number, array_to_json(r.days) as days, r.said from (select ${values} from ${from}) as r(place, at, text, number, days, said) order by place`);
      expect(found).toEqual(wanted.map(({ days, said, ...row }, place) => ({ ...row, place, days: (days.match(/2026-01-0\d/gu) ?? []).map((day) => `${day}T00:00:00+00:00`), said: JSON.parse(said) as unknown })));
    }),
    { numRuns: 100 },
  );
});
