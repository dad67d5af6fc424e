import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendEntries, lockLeads } from '../features/pipeline/log-repo';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let clock = Date.parse('2026-06-01T09:00:00Z');
let app: TestApp;
let owner: Person;
let workspace: string;
let crm: string;
let own: string;

const say = () => owner.client.pipeline;
const put = (source: string, rows: Record<string, string | number>[]) => owner.client.customers.putRecords({ workspace, source, kind: 'lead', rows: rows as never });
const setup = () => say().setup({ workspace });
const main = async () => {
  const found = (await setup()).pipelines.find((each) => each.isDefault);
  if (!found) throw new Error('no main pipeline');
  return found;
};
const stageOf = async (role: string) => {
  const found = (await main()).stages.find((each) => each.role === role && each.archivedAt === null);
  if (!found) throw new Error(`no stage stands for ${role}`);
  return found;
};
const change = ({ name, role, owner: by, buyer, criteria, contribution, termId }: Awaited<ReturnType<typeof stageOf>>) => ({ name, role, owner: by, buyer, criteria, contribution, termId });
const named = async (name: string) => {
  const [row] = (await say().leads({ workspace, search: name })).rows;
  if (!row) throw new Error(`no lead ${name}`);
  return say().lead({ workspace, id: row.id });
};

beforeAll(async () => {
  app = await createTestApp({ now: () => new Date(clock) });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  own = (await owner.client.customers.createSource({ workspace, name: 'Marketing', side: 'marketing', timeZone: 'UTC' })).id;
  crm = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' })).id;
  await put(crm, [
    { key: 'L1', name: 'Ann Lee', company: 'Acme', email: 'ann@acme.example', status: 'New', enteredAt: '2026-05-01T08:00:00Z', amount: 900 },
    { key: 'L2', name: 'Bo Day', email: 'bo@two.example', status: 'Baking', enteredAt: '2026-05-02T08:00:00Z' },
  ]);
});
afterAll(() => app.close());

describe('stages', () => {
  test('are renamed, rest on a term, and are put in another order; leads stay where they are', async () => {
    const stage = await stageOf('opportunity');
    await say().changeStage({ workspace, id: stage.id, ...change(stage), name: 'Real chance', criteria: 'Budget and date', contribution: 'Cases' });
    expect(await stageOf('opportunity')).toMatchObject({ id: stage.id, name: 'Real chance', criteria: 'Budget and date', contribution: 'Cases' });
    await expect(say().changeStage({ workspace, id: stage.id, ...change(stage), role: 'won' })).rejects.toMatchObject({ code: 'INVALID' });
    await expect(say().changeStage({ workspace, id: stage.id, ...change(stage), termId: crypto.randomUUID() })).rejects.toMatchObject({ status: 404 });
    const before = await main();
    const order = before.stages.map((each) => each.id);
    const [first = '', second = '', ...rest] = order;
    await say().orderStages({ workspace, id: before.id, stages: [second, first, ...rest] });
    expect((await main()).stages.map((each) => each.id)).toEqual([second, first, ...rest]);
    await expect(say().orderStages({ workspace, id: before.id, stages: [first, ...rest] })).rejects.toMatchObject({ code: 'CONFLICT' });
    await say().orderStages({ workspace, id: before.id, stages: order });
  });

  test('of the company’s own come before those that end the process', async () => {
    const { id: pipeline } = await main();
    const { id } = await say().addStage({ workspace, id: pipeline, name: 'Pilot', role: null, owner: 'sales', buyer: 'purchase_intention', criteria: '', contribution: '', termId: null });
    const names = (await main()).stages.map((each) => each.name);
    expect(names.indexOf('Pilot')).toBe(names.indexOf('Won') - 1);
    await expect(say().addStage({ workspace, id: pipeline, name: 'pilot', role: null, owner: 'sales', buyer: null, criteria: '', contribution: '', termId: null })).rejects.toMatchObject({ code: 'INVALID' });
    await say().move({ workspace, ids: [(await named('Ann Lee')).id], stageId: id });
    clock += 60_000;
    const proposal = await stageOf('proposal');
    const { act, moved } = await say().archiveStage({ workspace, id, movesTo: proposal.id });
    expect(moved).toBe(1);
    expect(await named('Ann Lee')).toMatchObject({ stageId: proposal.id });
    expect((await named('Ann Lee')).log.at(-1)).toMatchObject({ stageId: proposal.id, reason: '#stage-closed:Pilot', actor: 'Olga Owner' });
    clock += 5_000;
    await say().restoreStage({ workspace, id, act });
    expect(await named('Ann Lee')).toMatchObject({ stageId: id });
    await expect(say().archiveStage({ workspace, id, movesTo: id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('a pipeline beside the main one has stages of its own; leads can go there, and then it cannot be archived', async () => {
    const { id } = await say().addPipeline({ workspace, name: 'Partners' });
    await expect(say().addPipeline({ workspace, name: 'Partners' })).rejects.toMatchObject({ code: 'INVALID' });
    const partners = (await setup()).pipelines.find((each) => each.id === id);
    const [first, second] = partners?.stages ?? [];
    const lead = await named('Ann Lee');
    await say().move({ workspace, ids: [lead.id], stageId: second?.id ?? '' });
    expect((await say().leads({ workspace, pipeline: id })).rows.map((row) => row.name)).toEqual(['Ann Lee']);
    await expect(say().changePipeline({ workspace, id, name: 'Partners', archived: true })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(first?.leads).toBe(0);
    const { id: mainId } = await main();
    await expect(say().changePipeline({ workspace, id: mainId, name: 'Shared', archived: true })).rejects.toMatchObject({ code: 'CONFLICT' });
    await say().changePipeline({ workspace, id: mainId, name: 'Shared', archived: false });
    expect((await main()).name).toBe('Shared');
  });
});

test('a word nobody knows is asked; once said, its leads stand there, and when taken back they do not', async () => {
  const asked = (await setup()).words.find((row) => row.spelling === 'Baking');
  expect(asked).toMatchObject({ sourceId: crm, sourceName: 'CRM', stageId: null });
  const proposal = await stageOf('proposal');
  await say().sayWord({ workspace, source: crm, word: asked?.word ?? '', stageId: proposal.id });
  expect(await named('Bo Day')).toMatchObject({ stageId: proposal.id });
  await say().sayWord({ workspace, source: crm, word: asked?.word ?? '', stageId: null });
  expect((await say().leads({ workspace, stage: proposal.id })).rows.map((row) => row.name)).not.toContain('Bo Day');
});

test('many leads follow a change of the process in the background', async () => {
  const rows = Array.from({ length: 2_100 }, (_, at) => ({ key: `M${at}`, name: `Many ${String(at).padStart(4, '0')}`, status: 'Proofing', enteredAt: '2026-04-01T08:00:00Z', amount: at % 3 }));
  for (let at = 0; at < rows.length; at += 1_000) await put(own, rows.slice(at, at + 1_000));
  const proposal = await stageOf('proposal');
  const word = (await setup()).words.find((row) => row.spelling === 'Proofing')?.word ?? '';
  await say().sayWord({ workspace, source: own, word, stageId: proposal.id });
  await app.runJob('pipeline.follow-setup', { workspaceId: workspace });
  expect((await say().leads({ workspace, stage: proposal.id, search: 'Many' })).total).toBe(2_100);
});

test('a stage with more leads than a statement takes parameters can be closed', async () => {
  const ids = Array.from({ length: 70_000 }, () => crypto.randomUUID());
  await expect(app.db.inWorkspace(workspace, (tx) => lockLeads(tx, ids))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const nowhere = ids.map((leadId) => ({ leadId, stageId: ids[0] ?? '', reason: null }));
  const taken = app.db.inWorkspace(workspace, async (tx) => {
    await appendEntries(tx, { workspaceId: workspace, now: new Date(clock), act: crypto.randomUUID(), actor: 'Olga Owner', from: 'hand' }, nowhere);
    throw new Error('written, and taken back');
  });
  await expect(taken).rejects.toThrow('written, and taken back');
});

test('page after page every lead is met once, in every order, and the file holds them all', async () => {
  const { total } = await say().leads({ workspace });
  for (const sort of ['enteredAt', 'stageSince', 'name', 'amount'] as const)
    for (const order of ['asc', 'desc'] as const) {
      const met: string[] = [];
      for (let after: string | undefined; ; after = met.at(-1)) {
        const { rows, total: uncounted } = await say().leads({ workspace, sort, order, limit: 500, counted: false, ...(after ? { after } : {}) });
        expect(uncounted).toBeNull();
        met.push(...rows.map((row) => row.id));
        if (rows.length < 500) break;
      }
      expect({ sort, order, met: met.length, distinct: new Set(met).size }).toEqual({ sort, order, met: total, distinct: total });
      const third = (await say().leads({ workspace, sort, order, limit: 500, offset: 1_000 })).rows.map((row) => row.id);
      expect(met.slice(1_000, 1_500)).toEqual(third);
    }
  const file = await say().leadsFile({ workspace, search: 'Many', sort: 'name', order: 'asc' });
  const lines = (await file.text()).trim().split('\r\n');
  expect(lines).toHaveLength(2_101);
  expect(lines[0]).toContain('Name,Company,Opted out,Stage');
  expect(lines[1]).toMatch(/^Many 0000,,,Proposal,/u);
});

test('views are kept under a name, one’s own and shared ones', async () => {
  const filters = { search: 'Many', sort: 'name', order: 'asc', layout: 'board' } as const;
  const made = await say().saveView({ workspace, name: 'Many ones', filters });
  expect(made).toMatchObject({ name: 'Many ones', filters, shared: false, mine: true });
  const secret = (await owner.client.workspace.invite({ workspace, email: 'mia@x.example', role: 'member' })).link.split('#')[1] ?? '';
  const member = await app.signUp('Mia Member', secret);
  await member.client.workspace.acceptInvitation({ secret });
  expect(await member.client.pipeline.views({ workspace })).toEqual([]);
  await say().saveView({ workspace, name: 'Many ones', filters: { origin: 'marketing' }, shared: true });
  expect(await member.client.pipeline.views({ workspace })).toMatchObject([{ id: made.id, filters: { origin: 'marketing' }, mine: false, madeBy: 'Olga Owner' }]);
  await expect(member.client.pipeline.removeView({ workspace, id: made.id })).rejects.toMatchObject({ status: 404 });
  await say().removeView({ workspace, id: made.id });
  expect(await say().views({ workspace })).toEqual([]);
  await expect(member.client.pipeline.leadsFile({ workspace })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(member.client.pipeline.outcomes({ workspace, by: 'person' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await say().changeSetting({ workspace, returnReasons: ['No budget', 'Other'], personViews: true });
  expect(await member.client.pipeline.outcomes({ workspace, by: 'person' })).toMatchObject({ personViews: true, reasons: ['No budget', 'Other'] });
});

test('what was said by hand follows its record when records are linked and parted again', async () => {
  await put(own, [{ key: 'W1', name: 'Cleo Park', email: 'cleo@park.example', status: 'New', enteredAt: '2026-05-03T08:00:00Z' }]);
  await put(crm, [{ key: 'W2', name: 'C Park', email: 'cp@other.example', status: 'New', enteredAt: '2026-05-04T08:00:00Z' }]);
  const [mine, theirs] = [await named('Cleo Park'), await named('C Park')];
  clock += 60_000;
  await say().move({ workspace, ids: [theirs.id], stageId: (await stageOf('opportunity')).id });
  const apart = await say().lead({ workspace, id: theirs.id });
  const records = await owner.client.customers.records({ workspace, search: 'Park' });
  const [a = '', b = ''] = records.rows.map((row) => row.id).toSorted();
  const pair = [{ a, b }];
  const { before } = await owner.client.customers.decide({ workspace, pairs: pair, decision: 'linked' });
  const one = (await say().leads({ workspace, search: 'Park' })).rows;
  expect(one).toHaveLength(1);
  const together = await say().lead({ workspace, id: one[0]?.id ?? '' });
  expect(together.log.filter((entry) => entry.from === 'hand')).toHaveLength(1);
  await owner.client.customers.undecide({ workspace, before });
  const back = await say().lead({ workspace, id: theirs.id });
  expect(back.log.filter((entry) => entry.from === 'hand')).toEqual(apart.log.filter((entry) => entry.from === 'hand'));
  expect(back).toMatchObject({ stageId: apart.stageId });
  expect((await say().lead({ workspace, id: mine.id })).log.filter((entry) => entry.from === 'hand')).toEqual([]);
});
