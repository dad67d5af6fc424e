import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPassingFault } from '../platform/db/passing-fault';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;

beforeAll(async () => {
  app = await createTestApp({ pool: { connections: 2, patience: 400 } });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
});
afterAll(() => app.close());

/** Holds every connection there is while `work` runs. */
const whileFull = async (work: () => Promise<void>): Promise<void> => {
  let free = (): void => undefined;
  const until = new Promise<void>((resolve) => (free = resolve));
  let held = 0;
  const both = new Promise<void>((resolve) => {
    for (let at = 0; at < 2; at += 1) void app.db.inWorkspace(workspace, async () => { held += 1; if (held === 2) resolve(); await until; });
  });
  await both;
  await work().finally(free);
};

test('a server with no connection to spare says so, and when to try again; afterwards it answers', async () => {
  const read = (headers: Record<string, string>) => app.request(`/api/workspaces/${workspace}/pipelines`, { headers });
  const { secret } = await owner.client.workspace.createToken({ workspace, name: 'script', scopes: ['pipeline:read'] });
  await whileFull(async () => {
    for (const headers of [{ authorization: `Bearer ${secret}` }, { cookie: owner.cookie }] as Record<string, string>[]) {
      const response = await read(headers);
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await response.json()).toMatchObject({ code: 'BUSY', message: expect.stringContaining('Nothing was saved'), data: { saved: false, todo: 'Try again in a few seconds.' } });
    }
    await expect(owner.client.pipeline.pipelines({ workspace })).rejects.toMatchObject({ code: 'BUSY', status: 503 });
    // A job that meets this is left to the queue to try again.
    const met = await app.db.inWorkspace(workspace, async () => undefined).catch((error: unknown) => error);
    expect(isPassingFault(met)).toBe(true);
  });
  expect((await read({ cookie: owner.cookie })).status).toBe(200);
  expect((await owner.client.pipeline.pipelines({ workspace })).length).toBeGreaterThanOrEqual(0);
});
