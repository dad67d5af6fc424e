import { sql } from 'drizzle-orm';
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
    const second = await upload('Lead ID,Company,Status\nL1,Acme Corp,Qualified\nL9,New one,New');
    expect((await state(second)).counts).toMatchObject({ new: 1, changed: 1, same: 0 });
    const rows = await owner.client.customers.importRows({ workspace, id: second, outcome: 'changed' });
    expect(rows[0]?.values).toEqual(expect.arrayContaining([{ field: 'company', before: 'Acme', after: 'Acme Corp' }, { field: 'status', before: 'New', after: 'Qualified' }]));
    await apply(second);
    expect((await revert(first)).counts).toMatchObject({ kept: 1 });
    expect((await records()).map((row) => row.key)).toEqual(['L1', 'L9']);
    expect((await records())[0]).toMatchObject({ key: 'L1', company: 'Acme Corp' });
    // The older values come to light again, and their file is taken back already.
    await revert(second);
    expect(await records()).toEqual([]);
  });

  test('a later call does not take the place of the first one, and taking files back restores what stood', async () => {
    const file = (...rows: string[]): string => ['Lead ID,Email,Status,Last Activity Date', ...rows].join('\n');
    const contacts = async () => (await app.db.inWorkspace(workspace, (tx) => tx.execute<{ key: string; at: string }>(sql`select key, data ->> 'contactedAt' as at from record where key like 'C_' order by key`))).rows.map((row) => [row.key, row.at.slice(0, 10)]);
    const first = await upload(file('C1,c1@one.example,New,2026-03-12 10:00', 'C2,c2@one.example,New,2026-03-12 10:00'));
    await apply(first);
    const later = await upload(file('C1,c1@one.example,Working,2026-03-14 10:00', 'C1,c1@one.example,Working,2026-03-13 10:00', 'C1,c1@one.example,Working,2026-03-20 10:00', 'C2,c2@one.example,New,2026-03-11 10:00'));
    expect((await owner.client.customers.importRows({ workspace, id: later, outcome: 'changed' })).map((row) => row.values.map(({ field }) => field))).toEqual([['status'], ['contactedAt']]);
    expect((await apply(later)).counts).toMatchObject({ new: 0, changed: 2 });
    expect(await contacts()).toEqual([['C1', '2026-03-12'], ['C2', '2026-03-11']]);
    const again = await upload(file('C1,c1@one.example,Working,2026-03-20 10:00', 'C2,c2@one.example,New,2026-03-12 10:00'));
    expect((await apply(again)).counts).toMatchObject({ new: 0, changed: 0, same: 2 });
    await revert(again);
    await revert(later);
    expect(await contacts()).toEqual([['C1', '2026-03-12'], ['C2', '2026-03-12']]);
    await revert(first);
    expect(await contacts()).toEqual([]);
    const repeated = await upload(file('C3,c3@one.example,New,2026-03-14 10:00', 'C3,c3@one.example,New,2026-03-15 10:00', 'C3,c3@one.example,New,2026-03-20 10:00'));
    await apply(repeated);
    expect(await contacts()).toEqual([['C3', '2026-03-14']]);
    await revert(repeated);
  });

  test('rejected rows are handed back as they came, with line and reason; mended, they go in', async () => {
    const id = await upload('Lead ID,Email,Note,Amount\nR1,rita@one.example,+49 30,5\nR2,not an address,"=1+1, or two",\nR3,rob@one.example,,a lot\nR4,rosa@one.example,,7,too,many');
    expect((await state(id)).counts).toMatchObject({ new: 1, rejected: 3 });
    expect((await owner.client.customers.importRows({ workspace, id, outcome: 'rejected' }))[0]).toMatchObject({ line: 3, values: [{ field: 'Lead ID', after: 'R2' }, { field: 'Email', after: 'not an address' }, { field: 'Note', after: '=1+1, or two' }] });
    const file = await (await app.request(`/api/workspaces/${workspace}/imports/${id}/rejected.csv`, { headers: { cookie: owner.cookie } })).text();
    expect(file.replace('\uFEFF', '').split('\r\n')).toEqual([
      'Lead ID,Email,Note,Amount,Line (Lockstep),Why not (Lockstep)', 'R2,not an address,"\'=1+1, or two",,3,This is not an e-mail address: Email: not an address', 'R3,rob@one.example,,a lot,4,This is not a number: Amount: a lot',
      'R4,rosa@one.example,,7,5,"The row has more cells than headings, or a cell is too long: too_many_cells"', '',
    ]);
    const mended = await upload(file.replace('not an address', 'rolf@one.example').replace('a lot', '9'));
    expect(await state(mended)).toMatchObject({ counts: { new: 3, rejected: 0 }, mapping: { columns: [{}, {}, {}, {}, { to: 'skip' }, { to: 'skip' }] } });
    expect((await owner.client.customers.importRows({ workspace, id: mended, outcome: 'new' }))[0]?.values).toContainEqual({ field: 'Note', before: null, after: '=1+1, or two' });
  });

  test('dates that could be either way round are asked for; a late row may settle them, and what was said is remembered', async () => {
    const head = 'Lead ID,Email,Create Date';
    const rows = Array.from({ length: 2_100 }, (_, at) => `D${at},d${at}@one.example,0${1 + (at % 9)}/0${1 + (at % 7)}/2026`);
    const open = await upload([head, ...rows].join('\n'));
    expect(await state(open)).toMatchObject({ state: 'checked', dates: 'unclear', toConfirm: ['dates'], mapping: { dateOrder: 'dmy' } });
    await expect(owner.client.customers.applyImport({ workspace, id: open })).rejects.toMatchObject({ status: 409, message: 'The dates or numbers of this file could be read in two ways, and nobody has said which. Nothing was saved.' });
    await owner.client.customers.cancelImport({ workspace, id: open });

    // The last of 2,101 rows tells, far behind those that were looked at first.
    const told = await upload([head, ...rows, 'D9999,last@one.example,12/31/2025'].join('\n'));
    expect(await state(told)).toMatchObject({ state: 'checked', dates: 'certain', toConfirm: [], mapping: { dateOrder: 'mdy' }, counts: { new: 2_101, rejected: 0 } });
    await owner.client.customers.cancelImport({ workspace, id: told });

    const few = [head, 'DX1,dx1@one.example,02/03/2026'].join('\n');
    const said = await upload(few);
    await owner.client.customers.remap({ workspace, id: said, mapping: { ...(await state(said)).mapping, dateOrder: 'mdy' }, confirmed: true });
    await app.runJob('customers.check-import', { workspaceId: workspace, importId: said });
    expect(await state(said)).toMatchObject({ dates: 'unclear', toConfirm: [] });
    await apply(said);
    expect((await owner.client.customers.records({ workspace, search: 'dx1@' })).rows[0]?.enteredAt).toBe('2026-02-02T23:00:00.000Z');
    expect(await state(await upload(few))).toMatchObject({ toConfirm: [], mapping: { dateOrder: 'mdy' }, counts: { new: 0, same: 1 } });
    await revert(said);
  });

  test('what stands in columns that nobody named is kept and found', async () => {
    const id = await upload('Lead ID,Name,Email,Hat size,Hobby\nC1,Cora,cora@one.example,41,Curling\nC2,Carl,carl@one.example,38,100% chess');
    await apply(id);
    const found = async (search: string) => (await owner.client.customers.records({ workspace, search })).rows.map((row) => [row.key, row.foundIn]);
    expect(await found('curling')).toEqual([['C1', { field: 'Hobby', value: 'Curling' }]]);
    expect(await found('Hat size: 38')).toEqual([['C2', { field: 'Hat size', value: '38' }]]);
    expect(await found('100%')).toEqual([['C2', { field: 'Hobby', value: '100% chess' }]]);
    expect(await found('cora@')).toEqual([['C1', null]]);
    expect(await found('hobby: 41')).toEqual([]);
    await revert(id);
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

describe('histories as systems export them', () => {
  test('dates of entry into stages, and a log of changed values, stand in the lead’s log; taken back they are gone from it', async () => {
    const source = async (name: string) => (await owner.client.customers.createSource({ workspace, name, side: 'marketing', timeZone: 'UTC' })).id;
    const [hub, marketo] = [await source('HubSpot'), await source('Marketo')];
    const entered = (...stages: string[]) => stages.map((stage) => `"Date entered ""${stage}"""`).join(',');
    const found = async (name: string) => {
      const role = new Map((await owner.client.pipeline.pipelines({ workspace }))[0]?.stages.map((stage) => [stage.id, stage.role]));
      const { log } = await owner.client.pipeline.lead({ workspace, id: (await owner.client.pipeline.leads({ workspace, search: name })).rows[0]?.id ?? '' });
      return log.map((entry) => ({ ...entry, role: role.get(entry.stageId) }));
    };
    const logOf = async (name: string) => (await found(name)).map(({ at, role, reason }) => [at, role, reason]);

    const contacts = await upload([`Record ID,First Name,Last Name,Email,Lifecycle Stage,Create Date,${entered('Marketing Qualified Lead (Lifecycle Stage Pipeline)', 'Sales Qualified Lead (Lifecycle Stage Pipeline)')}`, '7001,Hedda,Hub,hedda@hub.example,salesqualifiedlead,2026-01-05 08:00,2026-01-12 10:30,2026-02-02 16:45'].join('\n'), { source: hub, name: 'contacts.csv' });
    expect((await state(contacts)).mapping.kind).toBe('contact');
    await apply(contacts);
    const before = [['2026-01-05T08:00:00.000Z', 'inquiry', null], ['2026-01-12T10:30:00.000Z', 'qualified', null], ['2026-02-02T16:45:00.000Z', 'sales_qualified', null]];
    expect(await logOf('Hedda Hub')).toEqual(before);
    const deals = await upload([`Record ID,Deal Name,Deal Stage,Amount,Create Date,Close Date,Associated Contact IDs,${entered('Contract sent (Sales Pipeline)', 'Closed won (Sales Pipeline)')}`, '9001,Hub renewal,Closed won,500,2026-02-10,2026-03-20 12:00,7001,2026-03-01 09:00,2026-03-20 12:00'].join('\n'), { source: hub, name: 'deals.csv' });
    expect((await state(deals)).mapping.kind).toBe('deal');
    await apply(deals);
    expect((await found('Hedda Hub')).map(({ at, role }) => `${at.slice(0, 10)} ${role}`)).toEqual(['2026-01-05 inquiry', '2026-01-12 qualified', '2026-02-02 sales_qualified', '2026-02-10 opportunity', '2026-03-01 proposal', '2026-03-20 won']);
    await revert(deals);
    expect(await logOf('Hedda Hub')).toEqual(before);

    await apply(await upload('id,email,first_name,last_name,created_at\n1282844,mo@marketo.example,Mo,Marketo,2026-01-03 07:00:00', { source: marketo, name: 'leads.csv' }));
    const values = await upload(['activity_date,activity_type_id,id,lead_id,modifying_user,new_value,old_value,primary_attribute_value,reason',
      '2026-01-09 11:00:00.000,13,501,1282844,,MQL,Inquiry,Lead Status,Changed by a flow', '2026-01-09 11:00:00.000,13,502,1282844,,12,10,Demographic Score,Changed by a flow', '2026-01-20 09:15:00.000,13,503,1282844,Vera,SAL,MQL,Lead Status,'].join('\n'), { source: marketo, name: 'activities.csv' });
    expect(await state(values)).toMatchObject({ mapping: { kind: 'stage' }, counts: { new: 2, rejected: 1 }, problems: [{ code: 'not_a_stage', rows: 1 }] });
    await apply(values);
    expect(await logOf('Mo Marketo')).toEqual([['2026-01-03T07:00:00.000Z', 'inquiry', null], ['2026-01-09T11:00:00.000Z', 'qualified', null], ['2026-01-20T09:15:00.000Z', 'accepted', null]]);
    expect((await found('Mo Marketo')).at(-1)).toMatchObject({ actor: 'Vera', from: 'import' });
    await revert(values);
    expect((await logOf('Mo Marketo')).map(([, stage]) => stage)).toEqual(['inquiry']);
  });
});

describe('notes about a customer', () => {
  const of = async (key: string) => owner.client.customers.customer({ workspace, id: (await records()).find((row) => row.key === key)?.id ?? '' });

  test('are read by both functions on the one page, changed and removed by their author alone', async () => {
    await apply(await upload('Lead ID,Email,Company,Status,Create Date\nN1,nina@note.example,Note Ltd,New,2026-03-01 09:00', { name: 'notes.csv' }));
    const { id: personId } = await owner.client.people.create({ workspace, name: 'Mara Market', email: 'mara@n.example', function: 'marketing' });
    const secret = (await owner.client.workspace.invite({ workspace, email: 'mara@n.example', role: 'member', personId })).link.split('#')[1] ?? '';
    const mara = await app.signUp('Mara Market', secret);
    await mara.client.workspace.acceptInvitation({ secret });
    const { party } = await of('N1');
    const note = await mara.client.customers.addNote({ workspace, id: party, text: ' Asked for a visit in May. ' });
    expect(note).toMatchObject({ text: 'Asked for a visit in May.', author: 'Mara Market', function: 'marketing', changedAt: null, mine: true });
    expect((await of('N1')).notes).toEqual([{ ...note, mine: false }]);
    await expect(owner.client.customers.changeNote({ workspace, id: note.id, text: 'Something else' })).rejects.toMatchObject({ status: 403 });
    await expect(owner.client.customers.changeNote({ workspace, id: note.id, removed: true })).rejects.toMatchObject({ status: 403 });
    const changed = await mara.client.customers.changeNote({ workspace, id: note.id, text: 'Asked for a visit in June.' });
    expect((await of('N1')).notes).toMatchObject([{ text: 'Asked for a visit in June.', changedAt: changed.changedAt }]);
    expect(changed.changedAt).not.toBeNull();
    await mara.client.customers.changeNote({ workspace, id: note.id, removed: true });
    expect((await of('N1')).notes).toEqual([]);
    await mara.client.customers.changeNote({ workspace, id: note.id, removed: false });
    expect((await of('N1')).notes).toHaveLength(1);
    const trail = await owner.client.workspace.audit({ workspace, limit: 20 });
    expect(JSON.stringify(trail)).toContain('customers.note-restored');
    expect(JSON.stringify(trail)).not.toContain('visit in');
    await expect(mara.client.customers.addNote({ workspace, id: uuid(), text: 'Nobody' })).rejects.toMatchObject({ status: 404 });
  });

  test('follow their record when it is linked with another, taken back with its file, and brought in again; moves and offers do too', async () => {
    const text = 'Lead ID,Email,Company,Status,Create Date\nG1,gil@gone.example,Gone Ltd,New,2026-03-01 09:00\nG2,gus@gone.example,Gone Ltd,New,2026-03-01 09:00';
    const file = await upload(text, { name: 'gone.csv' });
    await apply(file);
    const { party } = await of('G1');
    await owner.client.customers.addNote({ workspace, id: party, text: 'Met at the fair.' });
    const stages = (await owner.client.pipeline.pipelines({ workspace }))[0]?.stages ?? [];
    const to = stages.find((stage) => stage.role === 'sales_qualified')?.id ?? '';
    await owner.client.pipeline.move({ workspace, ids: [party], stageId: to });
    await owner.client.pipeline.offer({ workspace, ids: [party] });
    const other = (await of('G2')).party;
    await revert(file);
    expect((await records()).some((row) => row.key === 'G1')).toBe(false);
    await expect(owner.client.pipeline.lead({ workspace, id: party })).rejects.toMatchObject({ status: 404 });
    // Of records that nobody did anything with nothing is kept, and of the others no key.
    const { rows } = await app.db.inWorkspace(workspace, (tx) => tx.execute<{ record_id: string; key_digest: string }>(sql`select record_id, key_digest from record_gone`));
    expect(rows.map((row) => row.record_id)).toEqual([party]);
    expect(JSON.stringify(rows)).not.toContain('G1');

    await apply(await upload(text, { name: 'gone again.csv' }));
    const back = await of('G1');
    expect([back.party, back.notes.map((note) => note.text)]).toEqual([party, ['Met at the fair.']]);
    expect((await of('G2')).party).not.toBe(other);
    const lead = await owner.client.pipeline.lead({ workspace, id: party });
    expect([lead.stageId, lead.log.at(-1)?.from]).toEqual([to, 'hand']);
    expect((await owner.client.pipeline.handoffs({ workspace, lead: party })).rows).toMatchObject([{ state: 'offered' }]);
    expect((await app.db.inWorkspace(workspace, (tx) => tx.execute(sql`select 1 from record_gone`))).rows).toEqual([]);

    const pair = { a: back.party, b: (await of('G2')).party };
    await owner.client.customers.decide({ workspace, pairs: [pair], decision: 'linked' });
    expect((await of('G2')).notes).toHaveLength(1);
    await owner.client.customers.partRecord({ workspace, id: pair.b });
    expect([(await of('G1')).notes.length, (await of('G2')).notes.length]).toEqual([1, 0]);
  });
});
