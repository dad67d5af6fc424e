import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let workspace: string;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
});
afterAll(() => app.close());

const join = async (name: string, role: 'owner' | 'member' | 'viewer', into = workspace): Promise<Person> => {
  const { link } = await owner.client.workspace.invite({ workspace: into, email: `${name}@invited.example`, role });
  const secret = link.split('#')[1] ?? '';
  const person = await app.signUp(name, secret);
  await person.client.workspace.acceptInvitation({ secret });
  return person;
};

const csv = (text: string, name = 'staff.csv'): File => new File([text], name, { type: 'text/csv' });
const people = () => owner.client.people;
const uuid = () => crypto.randomUUID();
const fresh = async (): Promise<string> => (await owner.client.workspace.create({ name: `W ${uuid()}`, timeZone: 'UTC' })).id;

const importFile = async (file: File, into: string, id = uuid()) => {
  const preview = await people().preview({ workspace: into, file });
  return { id, preview, done: await people().import({ workspace: into, id, file, mapping: preview.mapping, fingerprint: preview.fingerprint }) };
};
const listed = async (into: string) => (await people().list({ workspace: into, pageSize: 500 })).rows;

const STAFF = [
  'Name;E-Mail;Abteilung;Standort;Vorgesetzter;Eintrittsdatum',
  'Chef, Carla;carla@north.example;Geschäftsleitung;Ulm;;01.02.2010',
  'Süd, Sven;sven@north.example;Außendienst;Lyon;carla@north.example;13.5.2015',
  'Nord, Nina;nina@north.example;Außendienst;Ulm;Sven Süd;1.1.2020',
  'Messe, Mia;mia@north.example;Messen;Ulm;carla@north.example;',
  'Kaputt, Karl;karl(at)north.example;Messen;Ulm;;',
].join('\n');

describe('import', () => {
  test('shows what it would do, does it, and changes nothing the second time', async () => {
    const into = await fresh();
    const { preview, done } = await importFile(csv(STAFF), into);
    expect(preview.columns.map((column) => column.field)).toEqual(['name', 'email', 'department', 'site', 'manager', 'startDate']);
    expect(preview.counts).toEqual({ new: 4, changed: 0, same: 0, merged: 0, rejected: 1 });
    expect(preview.rows[0]).toMatchObject({ line: 6, status: 'rejected', problems: [{ code: 'email_invalid', detail: 'karl(at)north.example' }] });
    expect(done.counts).toEqual(preview.counts);
    const rows = await listed(into);
    expect(rows.map((row) => [row.name, row.managerName, row.startDate, row.reports])).toEqual([
      ['Carla Chef', null, '2010-02-01', 2],
      ['Mia Messe', 'Carla Chef', null, 0],
      ['Nina Nord', 'Sven Süd', '2020-01-01', 0],
      ['Sven Süd', 'Carla Chef', '2015-05-13', 1],
    ]);
    const again = await people().preview({ workspace: into, file: csv(STAFF) });
    expect(again.counts).toEqual({ new: 0, changed: 0, same: 4, merged: 0, rejected: 1 });
    expect(again.columns.every((column) => column.reason === 'remembered')).toBe(true);
  });

  test('its own export comes back without a change, formulas and all', async () => {
    const into = await fresh();
    await importFile(csv('email,name,function,worked in other function,territory\na@x.example,=1+1,sales,yes,-North\nb@x.example,"Bo, Jr.",,no,\n'), into);
    for (const format of ['csv', 'xlsx'] as const) {
      const file = await people().export({ workspace: into, format });
      if (format === 'csv') expect(await file.text()).toContain("'=1+1");
      const preview = await people().preview({ workspace: into, file: new File([await file.arrayBuffer()], file.name) });
      expect(preview.counts).toEqual({ new: 0, changed: 0, same: 2, merged: 0, rejected: 0 });
    }
  });

  test('the same id again answers the same and writes nothing; a stale preview is refused', async () => {
    const into = await fresh();
    const file = csv('email,name\na@x.example,Ann\n');
    const { id, preview, done } = await importFile(file, into);
    expect(await people().import({ workspace: into, id, file, mapping: preview.mapping, fingerprint: preview.fingerprint })).toEqual(done);
    const second = csv('email,name\na@x.example,Anna\n');
    const stale = await people().preview({ workspace: into, file: second });
    const [ann] = await listed(into);
    await people().update({ workspace: into, id: ann!.id, version: ann!.version, territory: 'East' });
    await expect(people().import({ workspace: into, id: uuid(), file: second, mapping: stale.mapping, fingerprint: stale.fingerprint })).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE', status: 409, data: { saved: false } });
    expect((await listed(into)).map((row) => [row.name, row.territory])).toEqual([['Ann', 'East']]);
  });

  test('lines can be left out; a manager left out is nobody', async () => {
    const into = await fresh();
    const file = csv('email,name,manager\na@x.example,Ann,\nb@x.example,Bo,a@x.example\n');
    const preview = await people().preview({ workspace: into, file });
    const done = await people().import({ workspace: into, id: uuid(), file, mapping: preview.mapping, fingerprint: preview.fingerprint, skipLines: [2] });
    expect(done).toMatchObject({ counts: { new: 1 }, skipped: 1 });
    expect((await listed(into)).map((row) => [row.name, row.managerId])).toEqual([['Bo', null]]);
  });

  test('a file that is no list says so, and what to do', async () => {
    await expect(people().preview({ workspace, file: csv('%PDF-1.7') })).rejects.toMatchObject({ code: 'INVALID', status: 422, data: { saved: false, todo: expect.stringContaining('CSV or XLSX') } });
  });

  test('by OpenAPI, with multipart form data, whatever the file is called', async () => {
    const into = await fresh();
    const token = await owner.client.workspace.createToken({ workspace: into, name: 'script', scopes: ['people:read', 'people:write'] });
    const send = (path: string, fields: Record<string, string>) => {
      const form = new FormData();
      form.set('file', csv('email,name\na@x.example,Ann\n', `st\u0000aff ${'x'.repeat(192)}😀.csv`));
      for (const [key, value] of Object.entries(fields)) form.set(key, value);
      return app.request(`/api/workspaces/${into}/${path}`, { method: 'POST', headers: { authorization: `Bearer ${token.secret}` }, body: form });
    };
    const preview = await send('people-imports/preview', {});
    expect(preview.status).toBe(200);
    const { fingerprint } = (await preview.json()) as { fingerprint: string };
    const done = await send('people-imports', { id: uuid(), fingerprint, 'mapping[columns][0]': 'email', 'mapping[columns][1]': 'name' });
    expect([done.status, ((await done.json()) as { counts: { new: number } }).counts.new]).toEqual([201, 1]);
    const exported = await app.request(`/api/workspaces/${into}/people-export?format=csv`, { headers: { authorization: `Bearer ${token.secret}` } });
    expect(await exported.text()).toContain('a@x.example');
  });
});

describe('taking back', () => {
  test('removes the new, restores the changed, keeps and names who was changed since', async () => {
    const into = await fresh();
    await importFile(csv('email,name,territory\na@x.example,Ann,North\n'), into);
    const { id } = await importFile(csv('email,name,territory\na@x.example,Anna,South\nb@x.example,Bo,South\nc@x.example,Cy,South\n'), into);
    const cy = (await listed(into)).find((row) => row.name === 'Cy')!;
    await people().update({ workspace: into, id: cy.id, version: cy.version, territory: 'West' });
    const result = await people().revert({ workspace: into, id });
    expect(result).toEqual({ removed: 1, restored: 1, kept: [{ id: cy.id, name: 'Cy', reason: 'changed_since' }] });
    expect((await listed(into)).map((row) => [row.name, row.territory])).toEqual([['Ann', 'North'], ['Cy', 'West']]);
    await expect(people().revert({ workspace: into, id })).rejects.toMatchObject({ status: 409 });
    expect((await people().changes({ workspace: into })).map((row) => [row.kind, row.people, row.revertedAt !== null])).toEqual([['import', 3, true], ['import', 1, false]]);
  });

  test('keeps a person whom an account names', async () => {
    const into = await fresh();
    const { id } = await importFile(csv('email,name\na@x.example,Ann\nb@x.example,Bo\n'), into);
    const ann = (await listed(into)).find((row) => row.name === 'Ann')!;
    await owner.client.workspace.invite({ workspace: into, email: 'a@x.example', role: 'member', personId: ann.id });
    expect(await people().revert({ workspace: into, id })).toEqual({ removed: 1, restored: 0, kept: [{ id: ann.id, name: 'Ann', reason: 'in_use' }] });
  });
});

describe('departments, sites, levels', () => {
  test('one click per department, site and tree; undone one by one', async () => {
    const into = await fresh();
    const { id } = await importFile(csv(STAFF), into);
    expect((await people().departments({ workspace: into })).map((group) => [group.label, group.people, group.rule])).toEqual([['Außendienst', 2, null], ['Geschäftsleitung', 1, null], ['Messen', 1, null]]);
    const departments = await people().setDepartments({ workspace: into, rules: [{ department: 'AUSSENDIENST', function: 'sales' }, { department: 'außendienst', function: 'sales' }, { department: 'Messen', function: 'marketing' }, { department: 'Geschäftsleitung', function: 'leadership' }] });
    expect(departments.changed).toBe(4);
    const sites = await people().setSites({ workspace: into, rules: [{ site: 'Ulm', territory: 'South' }, { site: 'Lyon', territory: 'West' }] });
    const proposal = await people().levels({ workspace: into });
    expect(proposal.changes.map((change) => [change.name, change.after])).toEqual([['Carla Chef', 'leader'], ['Mia Messe', 'leader'], ['Sven Süd', 'leader'], ['Nina Nord', 'front_line']]);
    const levels = await people().setLevels({ workspace: into });
    expect(levels.changed).toBe(4);
    expect((await listed(into)).map((row) => [row.name, row.function, row.level, row.territory, row.byRule.length])).toEqual([
      ['Carla Chef', 'leadership', 'leader', 'South', 3], ['Mia Messe', 'marketing', 'leader', 'South', 3], ['Nina Nord', 'sales', 'front_line', 'South', 3], ['Sven Süd', 'sales', 'leader', 'West', 3],
    ]);
    await importFile(csv('email,name,department\nnew@north.example,Newt,Messen\n'), into);
    expect((await listed(into)).find((row) => row.name === 'Newt')?.function).toBe('marketing');
    for (const changeSet of [levels, sites, departments]) expect((await people().revert({ workspace: into, id: changeSet.changeSet! })).kept).toEqual([]);
    expect((await people().departments({ workspace: into })).every((group) => group.rule === null)).toBe(true);
    const back = await people().revert({ workspace: into, id });
    expect([back.removed, back.kept.length]).toEqual([4, 0]);
  });

  test('taking a department’s word back clears what only the rule had filled', async () => {
    const into = await fresh();
    await importFile(csv('email,name,department,function\na@x.example,Ann,PR,\nb@x.example,Bo,PR,sales\n'), into);
    await people().setDepartments({ workspace: into, rules: [{ department: 'PR', function: 'marketing' }] });
    expect((await listed(into)).map((row) => row.function)).toEqual(['marketing', 'sales']);
    await people().setDepartments({ workspace: into, rules: [{ department: 'PR', function: null }] });
    expect((await listed(into)).map((row) => row.function)).toEqual([null, 'sales']);
  });
});

describe('by hand', () => {
  test('somebody who was added is gone again when that is taken back, unless others count on them by now', async () => {
    const into = await fresh();
    const ann = await people().create({ workspace: into, name: 'Ann', email: 'ann@x.example' });
    const bo = await people().create({ workspace: into, name: 'Bo', email: 'bo@x.example', managerId: ann.id });
    expect(await people().revert({ workspace: into, id: ann.id })).toMatchObject({ removed: 0, kept: [{ id: ann.id, reason: 'has_reports' }] });
    expect(await people().revert({ workspace: into, id: bo.id })).toMatchObject({ removed: 1, kept: [] });
    await expect(people().read({ workspace: into, id: bo.id })).rejects.toMatchObject({ status: 404 });
    expect((await people().list({ workspace: into })).rows.map(({ name }) => name)).toEqual(['Ann']);
    expect((await people().create({ workspace: into, name: 'Bo', email: 'bo@x.example' })).name).toBe('Bo');
  });

  test('add, change with the version seen, archive, bring back', async () => {
    const into = await fresh();
    const ann = await people().create({ workspace: into, name: ' Ann  Lee ', email: 'ANN@x.example', function: 'sales' });
    expect([ann.name, ann.email, ann.version]).toEqual(['Ann Lee', 'ann@x.example', 1]);
    await expect(people().create({ workspace: into, name: 'Twin', email: 'ａｎｎ@x.example' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(people().create({ workspace: into, name: 'Bad', email: 'bad' })).rejects.toMatchObject({ code: 'INVALID', data: { fields: [{ path: 'email' }] } });
    const bo = await people().create({ workspace: into, name: 'Bo', email: 'bo@x.example', managerId: ann.id });
    await expect(people().update({ workspace: into, id: ann.id, version: 1, managerId: bo.id })).rejects.toMatchObject({ code: 'INVALID', message: expect.stringContaining('Bo reports to this person') });
    const changed = await people().update({ workspace: into, id: ann.id, version: 1, territory: 'North' });
    expect(changed.version).toBe(2);
    await expect(people().update({ workspace: into, id: ann.id, version: 1, territory: 'South' })).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE', status: 409 });
    await people().archive({ workspace: into, id: bo.id });
    expect((await listed(into)).map((row) => [row.name, row.reports])).toEqual([['Ann Lee', 0]]);
    await expect(people().create({ workspace: into, name: 'Bo', email: 'bo@x.example' })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('archived') });
    expect((await people().restore({ workspace: into, id: bo.id })).archivedAt).toBeNull();
  });

  test('find, filter, sort, page', async () => {
    const into = await fresh();
    await importFile(csv('email,name,function,level,territory\na@x.example,Ann,sales,leader,North\nb@x.example,100% Bo,marketing,manager,North\nc@x.example,Cy,,front line,\n'), into);
    const names = async (input: Partial<Parameters<ReturnType<typeof people>['list']>[0]>) => (await people().list({ workspace: into, ...input })).rows.map((row) => row.name);
    expect(await names({ search: '%' })).toEqual(['100% Bo']);
    expect(await names({ search: 'B@X' })).toEqual(['100% Bo']);
    expect(await names({ function: 'none' })).toEqual(['Cy']);
    expect(await names({ missing: 'territory' })).toEqual(['Cy']);
    expect(await names({ territory: 'NORTH', sort: 'level', order: 'desc' })).toEqual(['100% Bo', 'Ann']);
    expect(await names({ sort: 'level' })).toEqual(['Ann', '100% Bo', 'Cy']);
    const page = await people().list({ workspace: into, page: 2, pageSize: 2 });
    expect([page.total, page.rows.length]).toEqual([3, 1]);
    expect(await people().facets({ workspace: into })).toMatchObject({ total: 3, functions: { sales: 1, marketing: 1, leadership: 0, none: 1 }, missing: { territory: 1, manager: 3 }, territories: [{ label: 'North', people: 2 }] });
  });

  test('one thing for many, undone', async () => {
    const into = await fresh();
    await importFile(csv('email,name,function\na@x.example,Ann,sales\nb@x.example,Bo,\n'), into);
    const rows = await listed(into);
    const done = await people().bulk({ workspace: into, ids: rows.map((row) => row.id), set: { function: 'marketing' }, archive: true });
    expect(done.changed).toBe(2);
    expect((await people().list({ workspace: into, archived: 'only' })).rows.map((row) => row.function)).toEqual(['marketing', 'marketing']);
    await people().revert({ workspace: into, id: done.changeSet! });
    expect((await listed(into)).map((row) => row.function)).toEqual(['sales', null]);
    await expect(people().bulk({ workspace: into, ids: [uuid()], set: { function: 'sales' } })).rejects.toMatchObject({ status: 404 });
  });
});

describe('who may', () => {
  const calls = (person: { client: Person['client'] }, into: string, id: string): [string, () => Promise<unknown>][] => {
    const api = person.client.people;
    const file = csv('email\na@x.example\n');
    return [
      ['list', () => api.list({ workspace: into })],
      ['facets', () => api.facets({ workspace: into })],
      ['read', () => api.read({ workspace: into, id })],
      ['departments', () => api.departments({ workspace: into })],
      ['sites', () => api.sites({ workspace: into })],
      ['levels', () => api.levels({ workspace: into })],
      ['create', () => api.create({ workspace: into, name: 'X', email: 'x@x.example' })],
      ['update', () => api.update({ workspace: into, id, version: 1, name: 'X' })],
      ['archive', () => api.archive({ workspace: into, id })],
      ['restore', () => api.restore({ workspace: into, id })],
      ['bulk', () => api.bulk({ workspace: into, ids: [id], archive: true })],
      ['setDepartments', () => api.setDepartments({ workspace: into, rules: [{ department: 'PR', function: 'sales' }] })],
      ['setSites', () => api.setSites({ workspace: into, rules: [{ site: 'Ulm', territory: 'South' }] })],
      ['setLevels', () => api.setLevels({ workspace: into })],
      ['preview', () => api.preview({ workspace: into, file })],
      ['import', () => api.import({ workspace: into, id: uuid(), file, mapping: { columns: ['email'] }, fingerprint: 'x' })],
      ['importProgress', () => api.importProgress({ workspace: into, id })], ['stopImport', () => api.stopImport({ workspace: into, id })],
      ['changes', () => api.changes({ workspace: into })],
      ['change', () => api.change({ workspace: into, id })],
      ['revert', () => api.revert({ workspace: into, id })],
      ['export', () => api.export({ workspace: into })],
    ];
  };
  const statuses = async (list: [string, () => Promise<unknown>][]) => {
    const found: Record<string, unknown> = {};
    for (const [name, call] of list) found[name] = await call().then(() => 200, (error: { status?: number }) => error.status);
    return found;
  };
  const every = (status: number) => Object.fromEntries(calls({ client: owner.client }, workspace, uuid()).map(([name]) => [name, status]));

  test('every call is in this table', async () => {
    const { contracts } = await import('./features');
    expect(Object.keys(every(0)).toSorted()).toEqual(Object.keys(contracts.people).toSorted());
  });

  test('strangers, another workspace, lower roles; nothing changes', async () => {
    const into = await fresh();
    await importFile(csv('email,name\na@x.example,Ann\n'), into);
    const [ann] = await listed(into);
    const outsider = await join('outsider', 'owner');
    const member = await join('member', 'member', into);
    const viewer = await join('viewer', 'viewer', into);
    const READS = ['list', 'facets', 'read', 'departments', 'sites', 'levels'];
    expect(await statuses(calls({ client: app.bearer() }, into, ann!.id))).toEqual(every(401));
    expect(await statuses(calls(outsider, into, ann!.id))).toEqual(every(404));
    expect(await statuses(calls(viewer, into, ann!.id))).toEqual(every(403));
    expect(await statuses(calls(member, into, ann!.id))).toEqual({ ...every(403), ...Object.fromEntries(READS.map((name) => [name, 200])) });
    expect(await listed(into)).toEqual([ann]);
  });

  test('ids of another workspace are not there', async () => {
    const theirs = await fresh();
    const { id } = await importFile(csv('email,name\na@x.example,Ann\n'), theirs);
    const [ann] = await listed(theirs);
    const mine = await fresh();
    const api = people();
    for (const call of [
      () => api.read({ workspace: mine, id: ann!.id }), () => api.update({ workspace: mine, id: ann!.id, version: 1, name: 'X' }), () => api.archive({ workspace: mine, id: ann!.id }),
      () => api.bulk({ workspace: mine, ids: [ann!.id], archive: true }), () => api.revert({ workspace: mine, id }), () => api.change({ workspace: mine, id }),
    ]) await expect(call()).rejects.toMatchObject({ status: 404 });
    await expect(api.create({ workspace: mine, name: 'Bo', email: 'bo@x.example', managerId: ann!.id })).rejects.toMatchObject({ status: 422 });
    expect(await listed(theirs)).toEqual([ann]);
  });
});
