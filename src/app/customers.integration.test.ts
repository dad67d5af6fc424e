import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;
let crm: string;

const ORIGIN = 'http://lockstep.test';
const uuid = () => crypto.randomUUID();

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  crm = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'Europe/Berlin' })).id;
});
afterAll(() => app.close());

const upload = async (text: string, more: { source?: string; kind?: string; name?: string } = {}): Promise<string> => {
  const id = uuid();
  const query = new URLSearchParams({ id, source: more.source ?? crm, name: more.name ?? 'leads.csv', ...(more.kind ? { kind: more.kind } : {}) });
  const response = await app.request(`/api/workspaces/${workspace}/imports?${query}`, { method: 'POST', headers: { cookie: owner.cookie, origin: ORIGIN }, body: text });
  expect(response.status, await response.clone().text()).toBe(201);
  await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
  return id;
};
const state = (id: string) => owner.client.customers.importState({ workspace, id });
const apply = async (id: string) => {
  await owner.client.customers.applyImport({ workspace, id });
  await app.runJob('customers.apply-import', { workspaceId: workspace, importId: id });
  return state(id);
};
const revert = async (id: string) => {
  await owner.client.customers.revertImport({ workspace, id });
  await app.runJob('customers.revert-import', { workspaceId: workspace, importId: id });
  return state(id);
};
const records = async () => (await owner.client.customers.records({ workspace, limit: 500 })).rows.toSorted((a, b) => a.key.localeCompare(b.key));

const LEADS = ['Lead ID,First Name,Last Name,Email,Company,Lead Source,Status,Create Date,Shoe size', 'L1,Ann,Lee,ANN@acme.example,Acme,Web,New,2026-03-28 09:00,38', 'L2,Bo,Day,bo@beta.example,Beta,Trade show,Working,2026-03-30 09:00,', 'L3,Cy,Fox,not an address,Gamma,Web,New,2026-03-30 09:00,41', 'L2,Bo,Day,bo@beta.example,Beta Ltd,,Working,2026-03-30 09:00,44'].join('\n');

describe('a file of leads', () => {
  test('is understood, looked at, put in, the same the second time, and taken back whole', async () => {
    const id = await upload(LEADS);
    const checked = await state(id);
    expect(checked).toMatchObject({ kind: 'lead', state: 'checked', counts: { new: 2, changed: 0, same: 0, merged: 1, rejected: 1 }, problems: [{ code: 'not_an_email', rows: 1 }] });
    expect(checked.mapping.columns.at(-1)).toEqual({ to: 'custom' });
    expect(await records()).toEqual([]);

    expect((await apply(id)).state).toBe('applied');
    const kept = await records();
    expect(kept.map((row) => [row.key, row.name, row.email, row.company, row.channel, row.status])).toEqual([
      ['L1', 'Ann Lee', 'ann@acme.example', 'Acme', 'Web', 'New'],
      ['L2', 'Bo Day', 'bo@beta.example', 'Beta Ltd', 'Trade show', 'Working'],
    ]);
    // Daylight saving began on the 29th: nine o'clock in Berlin is another instant before and after.
    expect(kept.map((row) => row.enteredAt)).toEqual(['2026-03-28T08:00:00.000Z', '2026-03-30T07:00:00.000Z']);

    const again = await upload(LEADS);
    expect((await state(again)).counts).toMatchObject({ new: 0, changed: 0, same: 2, merged: 1, rejected: 1 });
    expect((await apply(again)).counts).toMatchObject({ new: 0, changed: 0, same: 2 });

    expect((await revert(again)).counts).toMatchObject({ kept: 0 });
    expect(await records()).toEqual(kept);
    expect((await revert(id)).state).toBe('reverted');
    expect(await records()).toEqual([]);
  });

  test('changed values are taken back too, and what changed since is kept and counted', async () => {
    const first = await upload(LEADS);
    await apply(first);
    const before = await records();
    const second = await upload('Lead ID,Company,Status\nL1,Acme Corp,Qualified\nL9,New one,New');
    expect((await state(second)).counts).toMatchObject({ new: 1, changed: 1, same: 0 });
    const rows = await owner.client.customers.importRows({ workspace, id: second, outcome: 'changed' });
    expect(rows[0]?.values).toEqual(expect.arrayContaining([{ field: 'company', before: 'Acme', after: 'Acme Corp' }, { field: 'status', before: 'New', after: 'Qualified' }]));
    await apply(second);
    expect((await revert(first)).counts).toMatchObject({ kept: 1 });
    expect((await records()).map((row) => row.key)).toEqual(['L1', 'L9']);
    await revert(second);
    expect(await records()).toEqual([before[0]]);
  });

  test('a rejected row is handed back with its line and reason', async () => {
    const id = await upload(LEADS);
    const response = await app.request(`/api/workspaces/${workspace}/imports/${id}/rejected.csv`, { headers: { cookie: owner.cookie } });
    expect(await response.text()).toContain('4,This is not an e-mail address,Email: not an address');
  });

  test('a file that is no table is refused and leaves nothing', async () => {
    const response = await app.request(`/api/workspaces/${workspace}/imports?${new URLSearchParams({ id: uuid(), source: crm, name: 'x.pdf' })}`, { method: 'POST', headers: { cookie: owner.cookie, origin: ORIGIN }, body: '%PDF-1.7 …' });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ message: 'This file is neither CSV nor XLSX. Nothing was saved.', data: { saved: false } });
  });
});

describe('the shared pipeline follows the records', () => {
  test('leads, deals and history of one source become one log; taking a file back takes its part of the log back', async () => {
    const at = await owner.client.customers.createSource({ workspace, name: 'Other CRM', side: 'sales', timeZone: 'UTC' });
    const leads = await upload('Lead ID,Name,Email,Lead Source,Status,Create Date\nP1,Pat One,pat@one.example,Web,Open - Not Contacted,2026-01-05\nP2,Pia Two,pia@two.example,Event,Nurture,2026-01-06', { source: at.id });
    await apply(leads);
    const deals = await upload('Opportunity ID,Opportunity Name,Lead ID,Stage,Amount,Created Date,Close Date,Is Won,Is Closed\nO1,One wants ten,P1,Closed Won,1200,2026-02-01,2026-03-01,true,true\nO2,Nobody knows whose,,Negotiation/Review,70,2026-02-03,,false,false', { source: at.id, kind: 'deal', name: 'deals.csv' });
    await apply(deals);
    const { rows } = await owner.client.pipeline.leads({ workspace, sort: 'name', order: 'asc' });
    const [process] = await owner.client.pipeline.pipelines({ workspace });
    const role = (id: string) => process?.stages.find((stage) => stage.id === id)?.role;
    expect(rows.filter((row) => row.name && ['Pat One', 'Pia Two', 'Nobody knows whose'].includes(row.name)).map((row) => [row.name, role(row.stageId), row.end, row.amount, row.channel])).toEqual([
      ['Nobody knows whose', 'proposal', 'open', 70, null], ['Pat One', 'won', 'won', 1200, 'Web'], ['Pia Two', 'recycled', 'recycled', null, 'Event'],
    ]);
    const pat = rows.find((row) => row.name === 'Pat One');
    const log = (await owner.client.pipeline.lead({ workspace, id: pat?.id ?? '' })).log;
    expect(log.map((entry) => [entry.at.slice(0, 10), role(entry.stageId)])).toEqual([['2026-01-05', 'inquiry'], ['2026-02-01', 'opportunity'], ['2026-03-01', 'won']]);

    const history = await upload('Lead ID,Stage,Date entered\nP1,Working,2026-01-09\nP1,Proposal,2026-02-20', { source: at.id, kind: 'stage', name: 'history.csv' });
    await apply(history);
    expect((await owner.client.pipeline.lead({ workspace, id: pat?.id ?? '' })).log.map((entry) => role(entry.stageId))).toEqual(['inquiry', 'accepted', 'opportunity', 'proposal', 'won']);
    await revert(history);
    await revert(deals);
    const after = await owner.client.pipeline.lead({ workspace, id: pat?.id ?? '' });
    expect(after).toMatchObject({ end: 'open', amount: null });
    expect(after.log.map((entry) => role(entry.stageId))).toEqual(['inquiry']);
    expect((await owner.client.pipeline.leads({ workspace, search: 'Nobody knows' })).total).toBe(0);
  });
});
