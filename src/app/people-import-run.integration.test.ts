import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
});
afterAll(() => app.close());

test('says how far it is, and can be stopped while it writes: nothing of it is there then, and the same id imports it again', async () => {
  const into = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  const people = owner.client.people;
  const file = new File([['email,name,manager', ...Array.from({ length: 4_500 }, (_, at) => `p${at}@x.example,Person ${at},p0@x.example`)].join('\n')], 'staff.csv', { type: 'text/csv' });
  const { mapping, fingerprint } = await people.preview({ workspace: into, file });
  const id = crypto.randomUUID();
  const run = () => people.import({ workspace: into, id, file, mapping, fingerprint });
  const shareNow = async () => (await people.importProgress({ workspace: into, id })).share;
  expect([await shareNow(), await people.stopImport({ workspace: into, id })]).toEqual([null, { stopped: false }]);
  // Somebody adds one of them by hand and takes a while: the import waits there.
  let letGo = (): void => undefined;
  const slow = new Promise<void>((resolve) => (letGo = resolve));
  const added = app.db.inWorkspace(into, async (tx) => {
    await tx.execute(sql`insert into person (workspace_id, id, name, email, email_key, created_at, updated_at) values (${into}::uuid, ${crypto.randomUUID()}::uuid, 'Pat', 'p4200@x.example', 'p4200@x.example', now(), now())`);
    await slow;
    throw new Error('changed their mind');
  }).catch(() => 'taken back');
  const imported = run().then(() => 'written', (error: unknown) => error);
  await expect.poll(shareNow, { timeout: 20_000 }).toBeGreaterThan(0.1);
  expect(await shareNow()).toBeLessThan(0.6);
  expect(await people.stopImport({ workspace: into, id })).toEqual({ stopped: true });
  letGo();
  expect([await added, await imported]).toMatchObject(['taken back', { code: 'CONFLICT', status: 409, data: { saved: false } }]);
  expect([(await people.facets({ workspace: into })).total, await people.changes({ workspace: into }), await shareNow()]).toEqual([0, [], null]);
  expect((await run()).counts).toMatchObject({ new: 4_500 });
  expect([(await people.facets({ workspace: into })).total, await shareNow(), await people.stopImport({ workspace: into, id })]).toEqual([4_500, null, { stopped: false }]);
});
