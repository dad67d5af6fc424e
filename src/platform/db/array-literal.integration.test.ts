import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { bareArray, textArray } from './array-literal';

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
