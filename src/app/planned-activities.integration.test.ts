import { afterAll, beforeAll, expect, test } from 'vitest';
import { touchesOf } from '../features/customers/public';
import { bringFile } from './testing/bring-file';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
beforeAll(async () => {
  app = await createTestApp({ now: () => new Date('2026-05-20T10:00:00Z') });
  owner = await app.signUp('Olga Owner');
});
afterAll(() => app.close());

test('a task that is planned is no contact by sales, nothing that a close rate or attribution counts; done it is one, and taken back it is none again', async () => {
  const workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  const { id: source } = await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' });
  const bring = (kind: string, ...rows: string[]) => bringFile(app, owner, { workspace, source, text: rows.join('\n'), kind });
  const contacts = async () => {
    const { rows } = await owner.client.pipeline.leads({ workspace });
    return Promise.all(rows.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '')).map(async ({ id }) => (await owner.client.pipeline.lead({ workspace, id })).contactedAt?.slice(0, 10) ?? null));
  };
  await bring('lead', 'Lead ID,Name,Email,Lead Source,Status,Create Date', 'L1,Ann Lee,ann@one.example,Web,New,2026-05-01', 'L2,Bo Day,bo@two.example,Web,New,2026-05-01', 'L3,Cy Fox,cy@three.example,Web,New,2026-05-01');
  const tasks = 'Activity ID,Lead ID,Subject,Date,Status';
  await bring('activity', tasks, 'T1,L1,Call,2026-05-10,Not Started', 'T2,L2,Call,2026-05-04,Completed', 'T3,L3,Meeting,2026-05-05,CANCELED');
  expect(await contacts()).toEqual([null, '2026-05-04', null]);
  const done = await bring('activity', tasks, 'T1,L1,Call,2026-05-08,Completed', 'T2,L2,Call,2026-05-04,Completed');
  expect(done.counts).toMatchObject({ new: 0, changed: 1, same: 1 });
  expect(await contacts()).toEqual(['2026-05-08', '2026-05-04', null]);
  await owner.client.customers.revertImport({ workspace, id: done.id });
  await app.runJob('customers.revert-import', { workspaceId: workspace, importId: done.id });
  expect(await contacts()).toEqual([null, '2026-05-04', null]);
  await bring('lead', 'Lead ID,Name,Email,Lead Source,Status,Create Date,Closed Date', 'L1,Ann Lee,ann@one.example,Web,Unqualified,2026-05-01,2026-05-15', 'L2,Bo Day,bo@two.example,Web,Unqualified,2026-05-01,2026-05-15', 'L3,Cy Fox,cy@three.example,Web,Unqualified,2026-05-01,2026-05-15');
  const { metrics } = await owner.client.goals.metrics({ workspace, unit: 'month', split: 'none' });
  expect(metrics.find(({ id }) => id === 'close_rate_by_activity')?.n).toBe(1);
  const ids = (await owner.client.pipeline.leads({ workspace })).rows.map(({ id }) => id);
  expect((await app.db.inWorkspace(workspace, (tx) => touchesOf(tx, workspace, ids))).map(({ at }) => new Date(at).toISOString().slice(0, 10))).toEqual(['2026-05-04']);
});
