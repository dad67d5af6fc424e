import { randomUUID } from 'node:crypto';
import { sql, type SQL } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AT_ONCE, heldLeads, readAhead } from '../features/pipeline/held-leads';
import { leadsNaming } from '../features/pipeline/named-leads';
import { PORTIONS } from '../features/pipeline/revision';
import { readStaysAhead } from '../features/pipeline/stays-repo';
import { warmLeads } from '../features/pipeline/warm-leads';
import { seeded } from '../lib/seeded';
import type { WorkspaceTx } from '../platform/db/database';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;
let crm: string;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  crm = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' })).id;
});
afterAll(() => app.close());

const put = async (text: string): Promise<string> => {
  const id = randomUUID();
  await app.request(`/api/workspaces/${workspace}/imports?${new URLSearchParams({ id, source: crm, name: 'leads.csv' })}`, { method: 'POST', headers: { cookie: owner.cookie, origin: 'http://lockstep.test' }, body: text });
  await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
  await owner.client.customers.applyImport({ workspace, id });
  await app.runJob('customers.apply-import', { workspaceId: workspace, importId: id });
  return id;
};

const figures = async () => {
  const { rows, passed, worked, owned, due } = await owner.client.pipeline.twoCounts({ workspace, rule: 'sales' });
  const metrics = await owner.client.goals.metrics({ workspace, unit: 'year', split: 'channel' });
  const opened = await owner.client.pipeline.twoCountsRow({ workspace, rule: 'sales', row: 'own_find' });
  const past = await owner.client.pipeline.twoCounts({ workspace, rule: 'sales', asOf: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10) });
  return { past: past.rows, rows, passed, worked, owned, due, leads: metrics.leads, metrics: metrics.metrics, opened: opened.leads.map(({ id }) => id), total: opened.total, carries: (await owner.client.answers.carries({ workspace })).leads };
};

/** Without a revision nothing that was counted before is believed. */
const forget = () => app.services.db.inWorkspace(workspace, (tx) => tx.execute(sql`delete from lead_revision`));

/** As though something had happened to leads of every portion. */
const changeAll = () =>
  app.services.db.inWorkspace(workspace, (tx) => tx.execute(sql`insert into lead_revision (workspace_id, portion, revision) select ${workspace}::uuid, p, gen_random_uuid() from generate_series(-1, ${PORTIONS - 1}::int) p on conflict (workspace_id, portion) do update set revision = excluded.revision`));

describe('figures that are counted once', () => {
  it('are those of a recount after every change, whatever its kind', async () => {
    const random = seeded(7);
    const year = new Date().getUTCFullYear();
    const files: string[] = [];
    for (let step = 0; step < 8; step++) {
      const kind = files.length === 0 ? 0 : Math.floor(random() * 3);
      if (kind === 0) {
        const line = (at: number) => `L${Math.floor(random() * 60)},p${at}-${step}@firm.example,${['New', 'Working', 'Qualified', 'Unqualified', 'Customer'][Math.floor(random() * 5)]},${year}-01-01 09:0${at % 10},${random() < 0.5 ? `${year}-01-01 10:00` : ''},${['Fair', 'Mail'][at % 2]},${['North', 'South', ''][at % 3]},${['Steel', ''][at % 2]}`;
        files.push(await put(`Lead ID,Email,Status,Create Date,Contacted At,Lead Source,Territory,Industry\n${Array.from({ length: 8 }, (_, at) => line(at)).join('\n')}`));
      } else if (kind === 1) {
        const id = files.splice(Math.floor(random() * files.length), 1)[0] ?? '';
        await owner.client.customers.revertImport({ workspace, id });
        await app.runJob('customers.revert-import', { workspaceId: workspace, importId: id });
      } else {
        const [row] = (await owner.client.pipeline.leads({ workspace, limit: 1 })).rows;
        const stages = (await owner.client.pipeline.pipelines({ workspace }))[0]?.stages ?? [];
        const to = stages.find(({ role, id }) => role === (random() < 0.5 ? 'won' : 'opportunity') && id !== row?.stageId);
        if (row && to) await owner.client.pipeline.move({ workspace, ids: [row.id], stageId: to.id, reason: 'said so' });
      }
      const shown = await figures();
      expect(await figures()).toEqual(shown);
      await forget();
      expect(shown, `after step ${step}`).toEqual(await figures());
    }
  });

  it('are read ahead portion by portion: whoever looks meanwhile reads the rest once, and afterwards nobody reads anything', async () => {
    await put(`Lead ID,Email,Status,Create Date\n${Array.from({ length: 40 }, (_, at) => `A${at},ahead${at}@firm.example,Working,2026-01-02 09:00`).join('\n')}`);
    const year = new Date(Date.UTC(new Date().getUTCFullYear(), 0, 1));
    const looking = (read: (tx: WorkspaceTx) => Promise<unknown>) =>
      app.db.inWorkspace(workspace, async (tx) => {
        let asked = 0;
        const counting = new Proxy(tx, { get: (of, name) => (name === 'execute' ? (query: SQL) => ((asked += 1), of.execute(query)) : (Reflect.get(of, name) as unknown)) });
        return { found: await read(counting), asked };
      });
    const all = (await app.db.inWorkspace(workspace, (tx) => tx.execute<{ n: number }>(sql`select count(*)::int as n from lead`))).rows[0]?.n;
    const sizes = async (tx: WorkspaceTx) => (await heldLeads(tx, workspace)).portions.reduce((sum, { n }) => sum + n, 0);
    // The file itself has leads read ahead.
    await expect.poll(async () => (await looking((tx) => readStaysAhead(tx, workspace, year, 0))).found).toBe(0);
    await changeAll();
    // Two questions say what changed and which stages there are; the others read leads.
    expect(await looking((tx) => readAhead(tx, workspace, 8))).toEqual({ found: PORTIONS - 8, asked: 3 });
    const both = await Promise.all([looking(sizes), looking(sizes)]);
    // Whichever of them was first.
    expect(both.toSorted((one, other) => other.asked - one.asked)).toEqual([{ found: all, asked: 2 + Math.ceil((PORTIONS - 8) / AT_ONCE) }, { found: all, asked: 2 }]);
    await changeAll();
    await warmLeads(app.services, workspace);
    expect(await looking(sizes)).toEqual({ found: all, asked: 2 });
    expect(await looking((tx) => readStaysAhead(tx, workspace, year, 1))).toEqual({ found: 0, asked: 2 });
  });

  it('find what somebody searches for in what is held, as the database does, and leave it to the database where that is out of date', async () => {
    const awkward = ['Élan "Ö" O\'Ärgås', '100%_sure\\so', 'ÉLANGES', 'Zoë-Straße 5', 'İstanbul Kâğıt', 'ελληνικός ΣΊΣΥΦΟΣ'];
    await put(`Lead ID,Name,Company,Status,Create Date\n${awkward.map((name, at) => `N${at},"${name.replaceAll('"', '""')}",${awkward[(at + 1) % awkward.length]?.replaceAll('"', '') ?? ''},Working,2026-01-02 09:00`).join('\n')}`);
    await app.db.inWorkspace(workspace, (tx) => readAhead(tx, workspace, PORTIONS));
    for (const search of ['élan', 'Ö" o', '%_S', '\\', 'straSSe', 'STRASSE', 'İst', 'istanbul', 'σίσυ', 'οσ', 'ΕΛΛΗ', 'zoë', 'nobody at all', 'lan']) {
      const named = await app.db.inWorkspace(workspace, (tx) => leadsNaming(tx, workspace, search));
      const read = await app.db.inWorkspace(workspace, (tx) => tx.execute<{ id: string }>(sql`select id from lead where name ilike ${`%${search.replace(/[\\%_]/gu, (sign) => `\\${sign}`)}%`} or company ilike ${`%${search.replace(/[\\%_]/gu, (sign) => `\\${sign}`)}%`}`));
      expect(named?.toSorted(), search).toEqual(read.rows.map(({ id }) => id).toSorted());
      expect((await owner.client.pipeline.leads({ workspace, search })).total, search).toBe(read.rows.length);
    }
    expect(await app.db.inWorkspace(workspace, (tx) => leadsNaming(tx, workspace, 'élan'))).not.toHaveLength(0);
    await changeAll();
    expect(await app.db.inWorkspace(workspace, (tx) => leadsNaming(tx, workspace, 'élan'))).toBeUndefined();
    expect((await owner.client.pipeline.leads({ workspace, search: 'élan' })).total).toBe(4);
  });
});
