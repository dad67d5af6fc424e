import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importDesk, NOTHING, ROWS, WHOLE, type ImportDesk } from './testing/import-desk';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let desk: ImportDesk;
let at: ImportDesk['at'];

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  desk = await importDesk(app, owner);
  at = desk.at;
});
afterAll(() => app.close());

test('two files about the same leads put in at once: each lead is there once, and the counts add up', { timeout: 120_000 }, async () => {
  const [a, b] = [await desk.upload(), await desk.upload()];
  for (const id of [a, b]) await desk.run('check', id);
  for (const id of [a, b]) await owner.client.customers.applyImport({ workspace: at.workspace, id });
  await Promise.all([a, b].map((id) => desk.run('apply', id)));
  const states = await Promise.all([a, b].map((id) => owner.client.customers.importState({ workspace: at.workspace, id })));
  expect(states.map(({ state }) => state)).toEqual(['applied', 'applied']);
  expect(states.map(({ counts }) => counts.new).toSorted((x, y) => x - y)).toEqual([0, ROWS]);
  expect(states.map(({ counts }) => counts.new + counts.changed + counts.same)).toEqual([ROWS, ROWS]);
  expect(await desk.standing(a)).toMatchObject(WHOLE);
  for (const id of [a, b]) {
    await owner.client.customers.revertImport({ workspace: at.workspace, id });
    await desk.run('revert', id);
  }
  expect(await desk.standing(a)).toMatchObject(NOTHING);
});

test('two files that overlap and differ, put in at once: nothing is lost or doubled, and both are taken back in either order', { timeout: 120_000 }, async () => {
  const HEADS = ['Lead ID,First Name,Last Name,Email,Company,Owner,Status,Create Date,Opted out', 'Lead ID,Email,Phone,Company,Status,Qualified Date,Hat size'];
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
  /** Leads 0-29 with names, owner and date; leads 20-49 with a phone and another company; 20-24 say the same of the company in both. */
  const first = [HEADS[0], ...range(0, 30).map((n) => `L${n},Given,Name${n},n${n}@firm.example,Firm ${n},Kim,Working,2026-01-0${1 + (n % 9)},${n === 21 ? 'true' : ''}`)].join('\n');
  const second = [HEADS[1], ...range(20, 50).map((n) => `L${n},n${n}@firm.example,+49 30 ${1000 + n},${n < 25 ? `Firm ${n}` : `Other ${n}`},Proposal,2026-02-0${1 + (n % 9)},${50 + n}`)].join('\n');
  const to = await desk.company();
  const standsNow = () =>
    app.db.inWorkspace(to.workspace, async (tx) => ({
      records: (await tx.execute(sql`select key, data, opted_out from record order by key`)).rows,
      leads: (await tx.execute(sql`select name, company, owner, "end", stage_since, entered_at, passed_at, sales_records from lead order by company, entered_at`)).rows,
      log: (await tx.execute(sql`select l.company, e.at, s.role, e.reason, e.actor from stage_event e join lead l on l.id = e.lead_id join stage s on s.id = e.stage_id order by 1, 2, 3`)).rows,
      changes: (await tx.execute<{ n: number }>(sql`select count(*)::int as n from record_change where import_id not in (select id from record_import where state = 'reverted')`)).rows[0]?.n,
    }));
  const revert = async (id: string) => {
    await owner.client.customers.revertImport({ workspace: to.workspace, id });
    await desk.run('revert', id, to);
    expect((await owner.client.customers.importState({ workspace: to.workspace, id })).state).toBe('reverted');
  };
  const empty = await standsNow();
  // Each alone, and both one after the other, are what may stand.
  const alone: Awaited<ReturnType<typeof standsNow>>[] = [];
  const both: Awaited<ReturnType<typeof standsNow>>[] = [];
  for (const [one, other] of [[first, second], [second, first]] as const) {
    const a = await desk.bring(to, one);
    alone.push(await standsNow());
    const b = await desk.bring(to, other);
    both.push(await standsNow());
    await revert(b);
    expect(await standsNow()).toEqual(alone.at(-1));
    await revert(a);
    expect(await standsNow()).toEqual(empty);
  }
  expect(both.map(({ records }) => records.length)).toEqual([50, 50]);
  expect(both[0]).not.toEqual(both[1]);
  for (const goes of ['the later one first', 'the earlier one first'] as const) {
    const files = [await desk.upload(to, first), await desk.upload(to, second)];
    await Promise.all(files.map((id) => desk.run('check', id, to)));
    for (const id of files) await owner.client.customers.applyImport({ workspace: to.workspace, id });
    await Promise.all(files.map((id) => desk.run('apply', id, to)));
    const there = await standsNow();
    expect(both).toContainEqual(there);
    const counts = await Promise.all(files.map(async (id) => (await owner.client.customers.importState({ workspace: to.workspace, id })).counts));
    expect([counts[0]?.new ?? 0, counts[1]?.new ?? 0].toSorted((x, y) => x - y)).toEqual([20, 30]);
    expect(counts.reduce((sum, { changed }) => sum + changed, 0)).toBe(10);
    // Which of them got its turn first is nobody's choice; it is the one that found nothing to change.
    const later = counts[0]?.changed === 10 ? 0 : 1;
    const goesFirst = goes === 'the later one first' ? later : 1 - later;
    const goesLast = 1 - goesFirst;
    await revert(files[goesFirst] ?? '');
    const left = await standsNow();
    if (goesFirst === later) expect(left).toEqual(alone[goesLast]);
    else {
      // What the later file wrote over stays as it stands, and is counted; of all other rows only its own are left.
      const keys = new Set(alone[goesLast]?.records.map(({ key }) => key));
      expect(left.records).toEqual(there.records.filter(({ key }) => keys.has(key)));
      expect((await owner.client.customers.importState({ workspace: to.workspace, id: files[goesFirst] ?? '' })).counts.kept).toBe(10);
    }
    await revert(files[goesLast] ?? '');
    expect(await standsNow()).toEqual(empty);
  }
});

test('one upload sent a hundred times at once is one import with its file whole; sent again later it changes nothing', { timeout: 60_000 }, async () => {
  const id = crypto.randomUUID();
  const answers = await Promise.all(Array.from({ length: 100 }, () => desk.post(id).then(({ status }) => status)));
  expect(answers.toSorted((a, b) => a - b)).toEqual([201, ...Array.from({ length: 99 }, () => 409)]);
  expect((await desk.post(id)).status).toBe(409);
  expect(readdirSync(join(app.dataDir, 'uploads', at.workspace)).filter((name) => name.startsWith(id))).toEqual([id]);
  await desk.run('check', id);
  expect(await owner.client.customers.importState({ workspace: at.workspace, id })).toMatchObject({ state: 'checked', counts: { new: ROWS, changed: 0, same: 0, merged: 0, rejected: 0 } });
  await owner.client.customers.cancelImport({ workspace: at.workspace, id });
});
