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

test('work that may take hours is not believed lost, and done a second time beside the first, after a quarter of one', async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await createQueues(database.ownerUrl, ['long', 'short'], new URL(database.appUrl).username, owner);
  const runner = await startJobs(database.appUrl, [{ name: 'long', hours: 6, run: async () => undefined }, { name: 'short', run: async () => undefined }], () => ({}), createLog('error', { write: () => undefined }));
  const later = new Date(Date.now() + 3_600_000);
  await runner.send('long', {}, { startAfter: later });
  await runner.send('short', {}, { startAfter: later });
  const { rows } = await owner.query<{ name: string; minutes: number }>(`select name, (extract(epoch from expire_in) / 60)::int as minutes from pgboss.job where name in ('long', 'short') order by name`);
  expect(rows).toEqual([{ name: 'long', minutes: 360 }, { name: 'short', minutes: 15 }]);
  await owner.end();
  await runner.stop();
});
