import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { createAdaptorServer } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { person } from '../features/people/schema';
import { parseCsv } from '../lib/csv';
import { readTable } from '../platform/files/read-table';
import { writeZip } from '../platform/files/zip';
import { endpoints } from './testing/endpoints';
import { digestOfRows, ownerClient } from './testing/rows';
import { createTestApp, type Person, type TestApp } from './testing/test-app';
import { company, joins, secretOf, type Company } from './testing/two-companies';

const ORIGIN = 'http://lockstep.test';
let app: TestApp;
let rows: pg.Client;
let owner: Person;
let ours: Company;
let theirs: Company;
let frozen: Date | undefined;
let addresses = 0;

beforeAll(async () => {
  app = await createTestApp({ now: () => frozen ?? new Date() });
  rows = await ownerClient(app.ownerUrl);
  mkdirSync(join(app.dataDir, 'web'));
  for (const page of ['index.html', 'answer.html']) writeFileSync(join(app.dataDir, 'web', page), '<!doctype html>');
  owner = await app.signUp('Olga');
  ours = await company(app, owner, 'Northwind');
  theirs = await company(app, await joins(app, ours, 'Otto', 'viewer'), 'Elsewhere');
  await owner.client.workspace.removeMember({ workspace: ours.workspace, user: theirs.ownerId });
});
afterAll(async () => {
  await rows.end();
  await app.close();
});

const elsewhere = () => void (app.address = `10.20.0.${++addresses}`);
const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(path, { method: 'POST', headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers }, body: JSON.stringify(body) });
const fresh = async () => (await owner.client.workspace.create({ name: 'Fresh', timeZone: 'UTC' })).id;
const csv = (text: string, name = 'people.csv') => new File([text], name, { type: 'text/csv' });
const preview = (file: File, workspace = ours.workspace) => owner.client.people.preview({ workspace, file });

test('1.2.2 an address that a request asks to be led to is ours, of a harmless kind, and encoded in the link that is built', async () => {
  for (const redirectTo of ['javascript:alert(1)', 'data:text/html,x', 'https://evil.example/', '//evil.example']) {
    elsewhere();
    expect((await send('/api/auth/request-password-reset', { email: owner.email, redirectTo })).status).toBe(403);
  }
  elsewhere();
  app.resetMails.length = 0;
  expect((await send('/api/auth/request-password-reset', { email: owner.email, redirectTo: '/new-password?a=1&b=2' })).status).toBe(200);
  const link = new URL(app.resetMails[0]?.link ?? '');
  expect([link.origin, [...link.searchParams]]).toEqual([ORIGIN, [['callbackURL', '/new-password?a=1&b=2']]]);
});

test('1.2.4 SQL in a value is a value, and SQL in place of a column is refused', async () => {
  const workspace = await fresh();
  const name = `'; drop table person; --`;
  await owner.client.people.create({ workspace, name, email: 'bobby@x.example', function: 'sales' });
  const list = (query: string) => app.request(`/api/workspaces/${workspace}/people?${query}`, { headers: { cookie: owner.cookie } });
  for (const field of ['sort', 'order', 'missing', 'archived', 'function']) expect((await list(`${field}=${encodeURIComponent('name; drop table person')}`)).status).toBe(400);
  for (const search of [`' or '1'='1`, `x%' or 1=1 --`, `") or true --`]) expect((await owner.client.people.list({ workspace, search })).rows).toEqual([]);
  for (const territory of [`' or '1'='1`, `North' union select null --`]) expect((await owner.client.people.list({ workspace, territory })).rows).toEqual([]);
  expect((await owner.client.people.list({ workspace, search: name })).rows.map((row) => row.name)).toEqual([name]);
});

test('1.2.10 what a spreadsheet would run leaves behind an apostrophe, and quotes are doubled, in both kinds of export', async () => {
  const workspace = await fresh();
  const names = ['=1+1', '+1', '-1', '@SUM(A1)', 'Bo, "Jr."'];
  for (const [at, name] of names.entries()) await owner.client.people.create({ workspace, name, email: `p${at}@x.example`, department: `=${name}` });
  const text = await (await owner.client.people.export({ workspace, format: 'csv' })).text();
  expect(text).toContain('"Bo, ""Jr."""');
  const book = await readTable(new Uint8Array(await (await owner.client.people.export({ workspace, format: 'xlsx' })).arrayBuffer()));
  const table = parseCsv(text, { delimiter: ',', maxCell: 1000, maxQuotedLines: 5 }).records.slice(1).map((record) => record.cells);
  for (const cells of [table, book.rows.map((row) => row.cells)]) {
    expect(cells.map((line) => line[0]).toSorted()).toEqual([...names.slice(0, 4).map((name) => `'${name}`), names[4]].toSorted());
    expect(cells.flat().filter((cell) => /^[=+\-@\t\0]/.test(cell))).toEqual([]);
  }
});

test('1.3.6 no address that somebody types, uploads or sends along makes the server call it', async () => {
  let calls = 0;
  const canary = createServer((_, response) => void (calls++, response.end('hit')));
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/`;
  const workspace = await fresh();
  elsewhere();
  const headers = { cookie: owner.cookie, 'x-forwarded-host': new URL(url).host, forwarded: `host=${new URL(url).host}`, referer: url };
  const invited = await ours.invite('viewer');
  await send('/api/auth/sign-up/email', { name: url, email: 'image@x.example', password: 'a long enough password', image: url, callbackURL: url }, { 'x-lockstep-invitation': secretOf(invited.link) });
  await send('/api/auth/update-user', { name: url, image: url }, headers);
  await send('/api/auth/sign-in/social', { provider: 'oidc', issuer: url, discoveryUrl: url, callbackURL: url }, headers);
  await send(`/api/workspaces/${workspace}/people`, { name: url, email: 'url@x.example', department: url, site: url, url, webhook: url }, headers);
  await preview(csv(`name,email\n"=WEBSERVICE(""${url}"")",a@x.example\n${url},b@x.example\n`), workspace);
  await send(`/api/workspaces/${workspace}/instruments`, { text: JSON.stringify({ $schema: url, $ref: url }) }, headers);
  expect(calls).toBe(0);
  await fetch(url);
  canary.close();
  expect(calls).toBe(1);
});

test('2.2.2 the server refuses on its own what our pages would not send', async () => {
  const base = `/api/workspaces/${ours.workspace}`;
  const before = await digestOfRows(rows);
  const wrong: [string, Record<string, unknown>][] = [
    ['/people', { name: '', email: 'a@x.example' }], ['/people', { name: 'x'.repeat(201), email: 'a@x.example' }], ['/people', { name: 'Ann', email: 'no address' }],
    ['/people', { name: 'Ann', email: 'a@x.example', function: 'accounting' }], ['/people', { name: 'Ann', email: 'a@x.example', startDate: '2026-02-30' }],
    ['/invitations', { email: 'a@x.example', role: 'god' }], ['/tokens', { name: 't', scopes: [] }], ['/tokens', { name: 't', scopes: ['everything'] }],
  ];
  for (const [path, body] of wrong) {
    const { status } = await send(base + path, body, { cookie: owner.cookie });
    expect({ path, body, status: [400, 422].includes(status) }).toEqual({ path, body, status: true });
  }
  expect(await digestOfRows(rows)).toBe(before);
});

test('2.3.3 an import of which a late write fails leaves nothing of the earlier ones', async () => {
  const workspace = await fresh();
  const file = csv('name,email\nAnn,ann@x.example\nBo,bo@x.example\n');
  const { mapping, fingerprint } = await preview(file, workspace);
  const bring = () => owner.client.people.import({ workspace, id: crypto.randomUUID(), file, mapping, fingerprint });
  await rows.query(`alter table audit_event add constraint none_of_these check (action !~ '^people') not valid`);
  const before = await digestOfRows(rows);
  try {
    await expect(bring()).rejects.toMatchObject({ status: 500 });
    expect(await digestOfRows(rows)).toBe(before);
  } finally {
    await rows.query('alter table audit_event drop constraint none_of_these');
  }
  expect((await bring()).counts.new).toBe(2);
});

test('2.3.4 one invitation, taken up by four accounts at the same moment, lets one in', async () => {
  const four = await Promise.all(['A', 'B', 'C', 'D'].map((name) => joins(app, theirs, name, 'viewer')));
  const secret = secretOf((await ours.invite('viewer')).link);
  const met = await Promise.allSettled(four.map(({ client }) => client.workspace.acceptInvitation({ secret })));
  expect(met.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
  const joined = (await owner.client.workspace.members({ workspace: ours.workspace })).filter((row) => four.some((each) => each.userId === row.userId));
  expect(joined).toHaveLength(1);
});

test('2.4.1 a respondent’s code can be tried a hundred and twenty times a minute and no oftener', async () => {
  frozen = new Date();
  const statuses: number[] = [];
  for (let n = 0; n < 122; n++) statuses.push((await send('/api/answer/open', { code: 'ZZZZ-ZZZZ-ZZZZ' })).status);
  expect(statuses.slice(0, 120)).not.toContain(429);
  expect(statuses.slice(120)).toEqual([429, 429]);
  frozen = new Date(frozen.getTime() + 60_000);
  expect((await send('/api/answer/open', { code: 'ZZZZ-ZZZZ-ZZZZ' })).status).not.toBe(429);
  frozen = undefined;
});

test('3.2.1 data opened by itself in a browser is not taken for a page: its kind is said, guessing forbidden, files are to be saved', async () => {
  await owner.client.people.create({ workspace: ours.workspace, name: '<script>alert(1)</script>', email: 'script@x.example' });
  const get = (path: string) => app.request(path, { headers: { cookie: owner.cookie, accept: 'text/html', 'sec-fetch-dest': 'document' } });
  for (const path of ['people', 'members', 'waves', 'nowhere']) {
    const { headers } = await get(`/api/workspaces/${ours.workspace}/${path}`);
    expect([path, headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([path, expect.stringMatching(/^application\/json/), 'nosniff']);
  }
  const file = await get(`/api/workspaces/${ours.workspace}/waves/${ours.closed}/report/csv`);
  expect([file.status, file.headers.get('x-content-type-options')]).toEqual([200, 'nosniff']);
  expect(file.headers.get('content-disposition')).toMatch(/^attachment;/);
});

test('4.1.3 headers that only a server in front may set are of no use to a client', async () => {
  elsewhere();
  app.resetMails.length = 0;
  const statuses: number[] = [];
  for (let n = 0; n < 7; n++) {
    const claimed = `203.0.113.${n}`;
    statuses.push((await send('/api/auth/request-password-reset', { email: owner.email }, { 'x-lockstep-address': claimed, 'x-forwarded-for': claimed, 'x-real-ip': claimed, 'x-forwarded-host': 'evil.example', host: 'evil.example' })).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(app.resetMails.map((mail) => new URL(mail.link).origin)).toEqual(Array.from({ length: 5 }, () => ORIGIN));
  expect((await app.request('/api/workspaces', { headers: { 'x-user-id': owner.userId, 'x-forwarded-user': owner.email, 'remote-user': owner.email } })).status).toBe(401);
});

test('4.4.2 there is no web socket to open, from our own pages or from elsewhere', async () => {
  const server = createAdaptorServer({ fetch: app.app.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const knock = (path: string, origin: string) =>
    new Promise<string>((resolve, reject) => {
      const asked = httpRequest({ port, path, headers: { connection: 'Upgrade', upgrade: 'websocket', origin, 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' } });
      asked.on('upgrade', (_, socket) => { socket.destroy(); resolve('opened'); });
      asked.on('response', (response) => { response.resume(); resolve('not opened'); });
      asked.on('error', reject);
      asked.end();
    });
  for (const path of ['/healthz', '/rpc/workspace/mine', '/api/workspaces', '/api/answer/open', '/ws'])
    for (const origin of [ORIGIN, 'https://evil.example']) expect([path, await knock(path, origin)]).toEqual([path, 'not opened']);
  server.close();
});

test('5.2.2 a file is taken for what its bytes say, whatever it is called', async () => {
  const before = await digestOfRows(rows);
  const bodies = [Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('%PDF-1.7'), Buffer.from('<html><script>'), Buffer.from('<svg onload="x">'), Buffer.from('d0cf11e0a1b11ae1', 'hex'), writeZip(new Map([['readme.txt', Buffer.from('no workbook')]]))];
  for (const body of bodies)
    for (const name of ['people.csv', 'people.xlsx']) await expect(preview(new File([new Uint8Array(body)], name, { type: 'text/csv' }))).rejects.toMatchObject({ code: 'INVALID', status: 422, data: { saved: false } });
  expect(await digestOfRows(rows)).toBe(before);
});

test('5.2.3 a workbook that would unpack to too much, or holds too many parts, is refused unread', async () => {
  const many = writeZip(new Map(Array.from({ length: 20_000 }, (_, at) => [`xl/${at}.xml`, Buffer.alloc(0)])));
  const size = 65 * 1024 * 1024;
  const packed = deflateRawSync(Buffer.alloc(size, 32));
  /** A workbook whose directory says that its one part is deflated and unpacks to this many bytes. */
  const claiming = (bytes: number): Buffer => {
    const zip = writeZip(new Map([['xl/workbook.xml', packed]]));
    const directory = zip.lastIndexOf(Buffer.from('504b0102', 'hex'));
    zip.writeUInt16LE(8, directory + 10);
    zip.writeUInt32LE(bytes, directory + 24);
    return zip;
  };
  for (const body of [many, claiming(size), claiming(100)]) {
    const before = process.memoryUsage().arrayBuffers;
    await expect(readTable(new Uint8Array(body))).rejects.toMatchObject({ code: 'archive_bomb' });
    await expect(preview(new File([new Uint8Array(body)], 'people.xlsx'))).rejects.toMatchObject({ code: 'INVALID', status: 422 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60 * 1024 * 1024);
  }
});

test('5.3.2 no name that somebody chose becomes a path: uploads leave no file, addresses reach none', async () => {
  writeFileSync(join(app.dataDir, 'secret.key'), 'kept from everybody');
  const held = () => readdirSync(app.dataDir, { recursive: true }).toSorted();
  const before = held();
  for (const name of ['../../evil.csv', '/etc/cron.d/evil', '..\\evil.csv', 'C:\\evil.csv', 'secret.key']) expect((await preview(csv('name,email\nAnn,ann2@x.example\n', name))).counts.new).toBe(1);
  expect(held()).toEqual(before);
  expect(existsSync(join(app.dataDir, '..', 'evil.csv'))).toBe(false);
  for (const path of ['/assets/%2e%2e%2f%2e%2e%2fsecret.key', '/assets/..%2f..%2fsecret.key', '/assets/..%5c..%5csecret.key', '/assets/%2fsecret.key', '/icon.svg/..%2f..%2fsecret.key', '/a/..%2f..%2fsecret.key'])
    expect(await (await app.request(path)).text()).not.toContain('kept from everybody');
});

test('8.4.1 the database keeps companies apart even where the program would not', async () => {
  const inOurs = await app.services.db.inWorkspace(ours.workspace, (tx) => tx.select().from(person));
  expect(inOurs.length).toBeGreaterThan(0);
  expect(inOurs.filter((row) => row.workspaceId !== ours.workspace)).toEqual([]);
  const before = await digestOfRows(rows);
  await app.services.db.inWorkspace(ours.workspace, (tx) => tx.update(person).set({ name: 'Taken over' }).where(eq(person.workspaceId, theirs.workspace)));
  const row = inOurs[0];
  if (!row) throw new Error('nobody is here');
  await expect(app.services.db.inWorkspace(ours.workspace, (tx) => tx.insert(person).values({ ...row, id: crypto.randomUUID(), emailKey: 'new@x.example', workspaceId: theirs.workspace }))).rejects.toThrow();
  expect(await app.services.db.outside((tx) => tx.select().from(person))).toEqual([]);
  expect(await digestOfRows(rows)).toBe(before);
});

test('14.2.1 secrets travel in bodies and headers: no address has room for one, and none is taken from there', async () => {
  const { secret } = await ours.addToken();
  const session = encodeURIComponent(owner.cookie.split('=').slice(1).join('='));
  for (const query of [`token=${secret}`, `access_token=${secret}`, `api_key=${secret}`, `authorization=Bearer%20${secret}`, `session=${session}`, `lockstep.session_token=${session}`]) expect((await app.request(`/api/workspaces?${query}`)).status).toBe(401);
  const places = endpoints().flatMap((each) => [...each.path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]));
  expect(places.filter((name) => /secret|token|password|code|session/i.test(name ?? ''))).toEqual([]);
  const invited = new URL((await ours.invite('viewer')).link);
  expect([invited.pathname, invited.search, invited.hash.startsWith('#lsi_')]).toEqual(['/join', '', true]);
});
