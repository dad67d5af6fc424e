import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../log/log';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { startJobs } from './jobs';
import { createQueues } from './queues';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('work by the clock runs under the application role', async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await createQueues(database.ownerUrl, ['tick'], new URL(database.appUrl).username, owner);
  await owner.end();
  let ticked = () => undefined as void;
  const tick = new Promise<void>((resolve) => (ticked = resolve));
  const runner = await startJobs(database.appUrl, [{ name: 'tick', cron: '* * * * *', run: async () => ticked() }], () => ({}), createLog('error', { write: () => undefined }));
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('nothing ran within two minutes'), 120_000).unref());
  expect(await Promise.race([tick.then(() => 'ran'), late])).toBe('ran');
  await runner.stop();
});
