import { afterAll, beforeAll, expect, test } from 'vitest';
import { RECORDS_CORPUS } from '../features/customers/testing/records-corpus';
import { CORPUS } from '../features/people/testing/corpus';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;
let source: string;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Corpus', timeZone: 'UTC' })).id;
  source = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' })).id;
});
afterAll(() => app.close());

const send = async (bytes: Uint8Array): Promise<{ status: number; id: string; body: string }> => {
  const id = crypto.randomUUID();
  const response = await app.request(`/api/workspaces/${workspace}/imports?${new URLSearchParams({ id, source, name: 'file' })}`, { method: 'POST', headers: { cookie: owner.cookie, origin: 'http://lockstep.test' }, body: new Uint8Array(bytes) });
  return { status: response.status, id, body: await response.text() };
};

const look = async (id: string) => {
  await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
  return owner.client.customers.importState({ workspace, id });
};

/** Rows the reader saw; afterwards each of them is one of the five. */
const sumOf = ({ counts }: Awaited<ReturnType<typeof look>>): number => counts.new + counts.changed + counts.same + counts.merged + counts.rejected;

test(`every one of ${RECORDS_CORPUS.length} exports is refused in words, or each of its rows is counted once`, { timeout: 180_000 }, async () => {
  for (const { name, bytes, expected } of RECORDS_CORPUS) {
    const sent = await send(await bytes());
    if ('fault' in expected && sent.status === 422) {
      expect(JSON.parse(sent.body), name).toMatchObject({ data: { saved: false } });
      continue;
    }
    expect([sent.status, name]).toEqual([201, name]);
    const seen = await look(sent.id);
    if ('fault' in expected) expect(seen, name).toMatchObject({ state: 'failed', fault: expected.fault });
    else if ('mappingFault' in expected) expect(seen, name).toMatchObject({ state: 'uploaded', mappingFault: { code: expected.mappingFault } });
    else {
      const { merged = 0, rejected = 0, asks = [] } = expected;
      expect(seen, name).toMatchObject({ state: 'checked', counts: { new: expected.new, merged, rejected, changed: 0, same: 0 }, progress: sumOf(seen), toConfirm: asks });
      expect((await owner.client.customers.importRows({ workspace, id: sent.id, outcome: 'rejected' })).filter(({ problem }) => !problem), name).toEqual([]);
    }
    await owner.client.customers.cancelImport({ workspace, id: sent.id }).catch(() => undefined);
  }
});

test(`${CORPUS.length} files that were made for the list of people end in words too, and never in a fault of ours`, { timeout: 180_000 }, async () => {
  for (const { name, bytes } of CORPUS) {
    const content = await bytes();
    // Long ones say nothing new here, and take long.
    if (content.length > 500_000) continue;
    const sent = await send(content);
    expect([201, 422], name).toContain(sent.status);
    if (sent.status === 422) continue;
    const seen = await look(sent.id);
    expect([seen.state, name]).not.toEqual(['failed', name]);
    if (seen.state === 'checked') expect([sumOf(seen), name]).toEqual([seen.progress, name]);
    else expect(seen.mappingFault, name).not.toBeNull();
    await owner.client.customers.cancelImport({ workspace, id: sent.id });
  }
  expect(app.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
});
