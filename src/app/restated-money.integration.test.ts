import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringFile } from './testing/bring-file';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
beforeAll(async () => {
  app = await createTestApp({ now: () => new Date('2026-05-20T10:00:00Z') });
  owner = await app.signUp('Olga Owner');
});
afterAll(() => app.close());

const company = async (name: string) => {
  const workspace = (await owner.client.workspace.create({ name, timeZone: 'UTC' })).id;
  const { id: source } = await owner.client.customers.createSource({ workspace, name: 'ERP', side: 'sales', timeZone: 'UTC' });
  const bring = (kind: string, ...rows: string[]) => bringFile(app, owner, { workspace, source, text: rows.join('\n'), kind });
  const revert = async (id: string) => {
    await owner.client.customers.revertImport({ workspace, id });
    await app.runJob('customers.revert-import', { workspaceId: workspace, importId: id });
    return (await owner.client.customers.importState({ workspace, id })).counts;
  };
  const money = async () => (await owner.client.goals.metrics({ workspace, unit: 'quarter' })).money.total;
  const events = () =>
    app.db.inWorkspace(workspace, async (tx) => (await tx.execute<{ key: string; amount: number; data: unknown }>(sql`select key, amount, at, account_key, data from event order by kind, data ->> 'campaign', amount, key`)).rows);
  return { workspace, source, bring, revert, money, events };
};

const ORDERS = 'Order ID,Account ID,Amount,Currency,Order Date,Status';

test('an order that its system put right counts as it says now; taken back, it counts as before', async () => {
  const { bring, revert, money, events } = await company('Orders');
  const first = await bring('order', ORDERS, 'R1,A1,100,EUR,2026-05-03,Shipped', 'R2,A2,50,EUR,2026-05-04,Shipped');
  expect(await money()).toBe(150);
  const stood = await events();

  const second = await bring('order', ORDERS, 'R1,A1,120,EUR,2026-05-03,Shipped', 'R2,A2,50,EUR,2026-05-04,Cancelled', 'R3,A3,7,EUR,2026-05-05,Shipped');
  expect(second.counts).toMatchObject({ new: 1, changed: 2, same: 0 });
  expect(await money()).toBe(127);
  const again = await bring('order', ORDERS, 'R1,A1,120,EUR,2026-05-03,Shipped', 'R2,A2,50,EUR,2026-05-04,Cancelled', 'R3,A3,7,EUR,2026-05-05,Shipped');
  expect(again.counts).toMatchObject({ new: 0, changed: 0, same: 3 });
  await revert(again.id);

  expect(await revert(second.id)).toMatchObject({ kept: 0 });
  expect(await events()).toEqual(stood);
  expect(await money()).toBe(150);
  await revert(first.id);
  expect(await events()).toEqual([]);
});

test('files that overlap are taken back in either order, and nothing of them stays', async () => {
  const { bring, revert, money, events } = await company('Overlaps');
  const first = await bring('order', ORDERS, 'R1,A1,100,EUR,2026-05-03,Shipped');
  const second = await bring('order', ORDERS, 'R1,A1,120,EUR,2026-05-03,Shipped');
  expect(await revert(first.id)).toMatchObject({ kept: 1 });
  expect(await money()).toBe(120);
  await revert(second.id);
  expect(await events()).toEqual([]);
});

test('an order or a deal that its system deleted brings no money', async () => {
  const { bring, money } = await company('Deleted');
  await bring('order', 'Order ID,Account ID,Amount,Currency,Order Date', 'R1,A1,100,EUR,2026-05-03');
  expect((await bring('order', 'Order ID,Account ID,Amount,Currency,Order Date,Is Deleted', 'R1,A1,100,EUR,2026-05-03,true', 'R2,A1,9,EUR,2026-05-03,true')).counts).toMatchObject({ changed: 1, new: 0, rejected: 1 });
  expect(await money()).toBe(0);
  const deals = 'Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Is Won,Is Closed,Is Deleted';
  await bring('deal', deals, 'O1,Pumps,Closed Won,400,2026-05-02,true,true,false', 'O2,Valves,Closed Won,30,2026-05-02,true,true,false');
  expect(await money()).toBe(430);
  await bring('deal', deals, 'O1,Pumps,Closed Won,400,2026-05-02,true,true,true');
  expect(await money()).toBe(30);
});

test('sent by a program, what was said last counts, whatever arrives last', async () => {
  const { workspace, source, money, events } = await company('Programs');
  const { secret } = await owner.client.workspace.createToken({ workspace, name: 'sync', scopes: ['customers:write'] });
  const put = async (amount: number, changedAt: string) => {
    const response = await app.request(`/api/workspaces/${workspace}/sources/${source}/rows`, {
      method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }, body: JSON.stringify({ kind: 'order', rows: [{ key: 'R1', accountKey: 'A1', amount, currency: 'EUR', at: '2026-05-03', changedAt }] }),
    });
    return ((await response.json()) as { counts: object }).counts;
  };
  expect(await put(100, '2026-05-03T10:00:00Z')).toMatchObject({ new: 1 });
  expect(await put(120, '2026-05-05T10:00:00Z')).toMatchObject({ new: 0, changed: 1 });
  expect(await put(110, '2026-05-04T10:00:00Z')).toMatchObject({ new: 0, changed: 0, same: 1 });
  expect(await money()).toBe(120);
  expect(await events()).toHaveLength(1);
});

const SPEND = 'Month,Channel,Campaign,Cost,Currency,Clicks';

test('spend of a month that was not over is put right by the next file, and rows that nothing tells apart all count', async () => {
  const { bring, revert, events } = await company('Spend');
  const first = await bring('spend', SPEND, '2026-05-01,Search,Spring,100,EUR,10', '2026-05-01,Search,Spring,30,EUR,3', '2026-05-01,Search,Autumn,5,EUR,1');
  expect(first.counts).toMatchObject({ new: 3, merged: 0 });
  const stood = await events();
  const second = await bring('spend', SPEND, '2026-05-01,Search,Spring,140,EUR,15', '2026-05-01,Search,Spring,30,EUR,3', '2026-05-01,Search,Autumn,5,EUR,1');
  expect(second.counts).toMatchObject({ new: 0, changed: 1, same: 2 });
  expect((await events()).map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([5, 30, 140]);
  await revert(second.id);
  expect(await events()).toEqual(stood);
  await revert(first.id);
  expect(await events()).toEqual([]);
});

test('spend of another campaign, day or wording is other spend; with an id of its own, the id alone tells', async () => {
  const { bring, events } = await company('Other spend');
  await bring('spend', 'Month,Channel,Campaign,Cost,Ad group', '2026-05-01,Search,Spring,100,Shoes');
  const other = await bring('spend', 'Month,Channel,Campaign,Cost,Ad group', '2026-05-01,Search,Spring,40,Hats', '2026-05-02,Search,Spring,100,Shoes', '2026-05-01,Search,Summer,100,Shoes');
  expect(other.counts).toMatchObject({ new: 3, changed: 0 });
  await bring('spend', 'ID,Month,Channel,Cost', 'S1,2026-05-01,Fair,900');
  expect((await bring('spend', 'ID,Month,Channel,Cost', 'S1,2026-04-30,Trade fair,950')).counts).toMatchObject({ new: 0, changed: 1 });
  expect(await events()).toHaveLength(5);
});
