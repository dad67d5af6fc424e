import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../lib/vocabulary';
import { SCOPES, type TokenScope } from '../lib/scopes';
import { testDatabaseUrl } from '../platform/config/testing';
import { AUTH, FILES, FOR_EVERYBODY, HIDDEN_RESULTS, IN_WORKSPACE, OUTSIDE, SEE_FIRST } from './testing/access-table';
import { callOf, endpoints, overRest } from './testing/endpoints';
import { digestOfRows, ownerClient } from './testing/rows';
import { createTestApp, type Client, type Person, type TestApp } from './testing/test-app';
import { company, joins, type Company } from './testing/two-companies';

/** Somebody who knocks: the typed client and the headers that plain HTTP needs. */
type Asker = { client: Client; headers: Record<string, string> };

let app: TestApp;
let rows: pg.Client;
let ours: Company;
let theirs: Company;
let anonymous: Asker;
let forged: Asker;
let stranger: Asker;
let removed: Asker;
let removedToken: Asker;
let visitor: Person;
const as = {} as Record<Role, Asker>;
const tokenWithout = {} as Record<TokenScope, Asker>;
let fullToken: Asker;
let foreignToken: Asker;

const person = (one: Person): Asker => ({ client: one.client, headers: { cookie: one.cookie, origin: 'http://lockstep.test' } });
const bearer = (secret: string): Asker => ({ client: app.bearer(secret), headers: { authorization: `Bearer ${secret}` } });
const all = endpoints();

beforeAll(async () => {
  app = await createTestApp();
  rows = await ownerClient(app.ownerUrl);
  mkdirSync(join(app.dataDir, 'web'));
  for (const page of ['index.html', 'answer.html', 'entry.html']) writeFileSync(join(app.dataDir, 'web', page), '<!doctype html>');
  const owner = await app.signUp('Olga Owner');
  ours = await company(app, owner, 'Northwind');
  as.owner = person(owner);
  for (const role of ROLES) if (role !== 'owner') as[role] = person(await joins(app, ours, role, role));
  const outsider = await joins(app, ours, 'Otto Outsider', 'viewer');
  theirs = await company(app, outsider, 'Elsewhere');
  await owner.client.workspace.removeMember({ workspace: ours.workspace, user: outsider.userId });
  stranger = person(outsider);
  const leaver = await joins(app, ours, 'Lea Leaver', 'admin');
  const left = await leaver.client.workspace.createToken({ workspace: ours.workspace, name: 'hers', scopes: [...SCOPES] });
  await owner.client.workspace.removeMember({ workspace: ours.workspace, user: leaver.userId });
  expect(await statusOf(leaver.client.workspace.mine())).toBe(401);
  removed = person(await signInAgain(leaver));
  removedToken = bearer(left.secret);
  visitor = await joins(app, ours, 'Vera Visitor', 'viewer');
  anonymous = { client: app.bearer(), headers: {} };
  forged = bearer('lst_nobody-ever-made-this-secret-00');
  fullToken = bearer((await ours.addToken()).secret);
  foreignToken = bearer((await theirs.addToken()).secret);
  for (const scope of SCOPES) tokenWithout[scope] = bearer((await ours.addToken(SCOPES.filter((other) => other !== scope))).secret);
  // A token notes the hour of its first use; that write must not look like a change by what is refused.
  for (const token of [removedToken, fullToken, foreignToken, ...Object.values(tokenWithout)]) await statusOf(token.client.workspace.mine());
});
afterAll(async () => {
  await rows.end();
  await app.close();
});

/** Removal ends every session of an account without another workspace; the account itself may sign in again. */
const signInAgain = async (one: Person): Promise<Person> => {
  const response = await app.request('/api/auth/sign-in/email', { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://lockstep.test' }, body: JSON.stringify({ email: one.email, password: 'a long enough password' }) });
  expect(response.status).toBe(200);
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  return { ...one, cookie, client: app.withCookie(cookie) };
};

const statusOf = (call: Promise<unknown>): Promise<number> =>
  call.then(() => 200, (error: unknown) => {
    if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status;
    throw error;
  });

const rpc = (asker: Asker, name: string, input: unknown) => statusOf(callOf(asker.client, name)(input));
const rest = async (asker: Asker, name: string, input: Record<string, unknown>) => {
  const endpoint = all.find((each) => each.name === name);
  if (!endpoint) throw new Error(`no call ${name}`);
  const { path, init } = overRest(endpoint, input, asker.headers);
  const { status } = await app.request(path, init);
  return status === endpoint.successStatus ? 200 : status;
};

/** Whether a role may is decided before the database is asked: on another server than the built-in one the first and the last of them ask. */
const asking = (roles: readonly Role[]): Role[] => (testDatabaseUrl() === null ? [...roles] : roles.filter((_, at) => at === 0 || at === roles.length - 1));

/** Every way of not belonging, with the status it meets before the policy is even asked. */
const outsiders = (): [string, Asker, number][] => [
  ['anonymous', anonymous, 401], ['a forged token', forged, 401], ["another workspace's owner", stranger, 404], ["another workspace's token", foreignToken, 404],
  ['a removed user', removed, 404], ["a removed user's token", removedToken, 404],
];

describe('the table is complete', () => {
  test('every call of the contracts has its row, and no row is about nothing', () => {
    const inside = all.filter((each) => each.path.startsWith('/workspaces/{workspace}')).map((each) => each.name);
    expect(Object.keys(IN_WORKSPACE).toSorted()).toEqual(inside.toSorted());
    expect(Object.keys(OUTSIDE).toSorted()).toEqual(all.map((each) => each.name).filter((name) => !inside.includes(name)).toSorted());
  });
  test('a change of any row is noticed, one that is taken back or touches nothing is not', async () => {
    const before = await digestOfRows(rows);
    const id = await ours.addPerson();
    const after = await digestOfRows(rows);
    expect(after).not.toBe(before);
    await rows.query('begin; delete from person; rollback');
    await rows.query("update person set name = 'Nobody' where false");
    expect(await digestOfRows(rows)).toBe(after);
    await rows.query("update person set name = 'Nobody' where id = $1", [id]);
    const changed = await digestOfRows(rows);
    expect(changed).not.toBe(after);
    await rows.query('delete from person where id = $1', [id]);
    expect([before, after, changed]).not.toContain(await digestOfRows(rows));
  });
  test('every plain route of the server has its row', () => {
    const mounted = app.app.routes.filter((each) => each.method !== 'ALL' && !each.path.startsWith('/api/auth')).map((each) => `${each.method} ${each.path}`);
    expect([...new Set(mounted)].toSorted()).toEqual([...Object.keys(FILES), ...Object.keys(FOR_EVERYBODY)].toSorted());
    expect([...new Set(app.app.routes.filter((each) => each.method === 'ALL').map((each) => each.path))].toSorted()).toEqual(['/*', '/api/*', '/assets/*', '/answer-worker.js', '/icon.svg', '/rpc/*'].toSorted());
  });
  test('every route of the account library has its row', () => {
    const served = Object.values(app.auth.api).flatMap((each) => ('path' in each && typeof each.path === 'string' ? [each.path] : []));
    expect([...new Set(served)].toSorted()).toEqual(Object.keys(AUTH).toSorted());
  });
  test('every id that an input of a call can carry is tried with another company’s', () => {
    for (const endpoint of all) {
      const known = IN_WORKSPACE[endpoint.name];
      if (known) expect({ call: endpoint.name, ids: idFields(endpoint.input).toSorted() }).toEqual({ call: endpoint.name, ids: Object.keys(known.foreign).toSorted() });
    }
  });
});

/** Paths of all uuid inputs but the workspace's; an import's `id` is chosen by the caller and names nothing yet. */
const idFields = (schema: unknown, path: string[] = []): string[] => {
  const def = (schema as { _zod?: { def: Record<string, unknown> } } | undefined)?._zod?.def;
  if (!def) return [];
  if (def.type === 'string') return def.format === 'uuid' ? [path.join('.')] : [];
  if (def.type === 'object') return Object.entries(def.shape as Record<string, unknown>).flatMap(([key, each]) => (path.length === 0 && key === 'workspace' ? [] : idFields(each, [...path, key])));
  if (def.type === 'array') return idFields(def.element, [...path, '0']);
  return idFields(def.innerType, path);
};

describe('calls inside a workspace', () => {
  test.each(Object.entries(IN_WORKSPACE))('%s', async (name, { may, scope, given, then }) => {
    const { workspace } = ours;
    const input = { ...(await given(ours)), workspace };
    const refusals: [string, Asker, number][] = [
      ...outsiders(), [`a token without ${scope}`, tokenWithout[scope], 403],
      ...asking(ROLES.filter((role) => !may.includes(role))).map((role): [string, Asker, number] => [role, as[role], 403]),
    ];
    const before = await digestOfRows(rows);
    // One handler serves both protocols: each call is refused over either, each who asks over one of them, the other with the next call.
    const turn = Object.keys(IN_WORKSPACE).indexOf(name);
    const met = await Promise.all(refusals.map(async ([who, asker], at) => ({ who, status: await ((at + turn) % 2 === 0 ? rpc : rest)(asker, name, input) })));
    expect(met).toEqual(refusals.map(([who, , status]) => ({ who, status })));
    expect(await digestOfRows(rows)).toBe(before);
    for (const role of asking(may)) expect({ role, status: await rpc(as[role], name, { ...(await given(ours)), workspace }) }).toEqual({ role, status: then });
    const withToken = may.includes('owner') ? then : 403;
    expect(await rest(fullToken, name, { ...(await given(ours)), workspace })).toBe(withToken);
  });

  test.each(Object.entries(HIDDEN_RESULTS))('%s before publishing', async (name, more) => {
    const input = { workspace: ours.workspace, wave: ours.hidden, ...more };
    // The first reading by somebody who may writes the figures down.
    expect(await rpc(as.facilitator, name, input)).toBe(200);
    const before = await digestOfRows(rows);
    for (const [, asker, status] of outsiders()) expect(await rpc(asker, name, input)).toBe(status);
    for (const role of ROLES) expect({ role, status: await rpc(as[role], name, input) }).toEqual({ role, status: SEE_FIRST.includes(role) ? 200 : 403 });
    expect(await digestOfRows(rows)).toBe(before);
  });

  const named = Object.entries(IN_WORKSPACE).flatMap(([name, each]) => Object.entries(each.foreign).map(([field, of]) => ({ name, field, ...each, of })));
  test.each(named)('$name with another company’s $field', async ({ name, field, may, given, of }) => {
    const role = may[0] ?? 'owner';
    const input = { ...(await given(ours)), workspace: ours.workspace };
    const before = await digestOfRows(rows);
    const foreign = await rpc(as[role], name, withField(input, field, theirs[of.id]));
    const nowhere = await rpc(as[role], name, withField(input, field, '00000000-0000-4000-8000-000000000000'));
    expect({ foreign, nowhere }).toEqual({ foreign: of.meets, nowhere: of.meets });
    expect(await digestOfRows(rows)).toBe(before);
  });
});

const withField = (input: unknown, field: string, value: unknown): unknown => {
  const [key = '', ...rest] = field.split('.');
  const own: Record<string, unknown> = Array.isArray(input) ? Object.fromEntries(input.entries()) : { ...(input as Record<string, unknown>) };
  own[key] = rest.length === 0 ? value : withField(own[key] ?? {}, rest.join('.'), value);
  return Array.isArray(input) ? Object.values(own) : own;
};

describe('calls outside any workspace', () => {
  test.each(Object.entries(OUTSIDE))('%s', async (name, { given, ...statuses }) => {
    const before = await digestOfRows(rows);
    expect({ rpc: await rpc(anonymous, name, given()), rest: await rest(anonymous, name, given()) }).toEqual({ rpc: statuses.anonymous, rest: statuses.anonymous });
    expect(await rpc(forged, name, given())).toBe(statuses.anonymous);
    expect({ rpc: await rpc(fullToken, name, given()), rest: await rest(fullToken, name, given()) }).toEqual({ rpc: statuses.token, rest: statuses.token });
    expect(await digestOfRows(rows)).toBe(before);
    expect(await rpc(removed, name, given())).toBe(statuses.account);
    expect(await rest(stranger, name, given())).toBe(statuses.account);
  });
});

describe('files', () => {
  test.each(Object.entries(FILES))('%s', async (route, { may, scope, path, id, then, body }) => {
    const [method = 'GET'] = route.split(' ');
    const ask = async (asker: Asker, at: { workspace: string }, of: unknown) => (await app.request(path(at, String(of)), { method, headers: asker.headers, ...(body ? { body } : {}) })).status;
    const before = await digestOfRows(rows);
    for (const [who, asker, status] of [...outsiders(), [`a token without ${scope}`, tokenWithout[scope], 403] as const]) expect({ who, status: await ask(asker, ours, ours[id]) }).toEqual({ who, status });
    for (const role of ROLES) if (!may.includes(role)) expect({ role, status: await ask(as[role], ours, ours[id]) }).toEqual({ role, status: 403 });
    expect(await ask(as.owner, ours, theirs[id])).toBe(404);
    expect(await ask(as.owner, theirs, theirs[id])).toBe(404);
    expect(await digestOfRows(rows)).toBe(before);
    for (const role of may) expect({ role, status: await ask(as[role], ours, ours[id]) }).toEqual({ role, status: then });
  });
});

describe('routes that ask nobody who they are', () => {
  test.each(Object.entries(FOR_EVERYBODY))('%s', async (_, { path, method, status }) => {
    const before = await digestOfRows(rows);
    for (const asker of [anonymous, as.owner, stranger, removed, fullToken, forged]) {
      const { status: met } = await app.request(path, { method, headers: { ...asker.headers, 'content-type': 'application/json' }, ...(method === 'POST' ? { body: '{}' } : {}) });
      expect(met).toBe(status);
    }
    expect(await digestOfRows(rows)).toBe(before);
  });
});

describe('authentication routes', () => {
  test.each(Object.entries(AUTH))('%s', async (path, { method, anonymous: without, account, body = {} }) => {
    app.address = `10.0.0.${Object.keys(AUTH).indexOf(path)}`;
    const ask = async (headers: Record<string, string>) =>
      (await app.request(`/api/auth${path}`, { method, headers: { ...headers, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) }, ...(method === 'POST' ? { body: JSON.stringify(body) } : {}) })).status;
    const before = await digestOfRows(rows);
    expect(await ask({ origin: 'http://lockstep.test' })).toBe(without);
    expect(await ask(fullToken.headers)).toBe(without);
    expect(await digestOfRows(rows)).toBe(before);
    expect(await ask(person(await signInAgain(visitor)).headers)).toBe(account);
  });
});
