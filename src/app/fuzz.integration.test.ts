import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabaseUrl } from '../platform/config/testing';
import { plainPaths } from './plain-document';
import { arbitraryOf } from './testing/arbitrary';
import { endpoints, overRest, type Endpoint } from './testing/endpoints';
import { createTestApp, type TestApp } from './testing/test-app';
import { company, type Company } from './testing/two-companies';

/** Milliseconds any answer may take. */
const PATIENCE = 2_000;
/** What no database meets is the same whichever one is behind it; another server than the built-in one sees every call, less often. */
const builtIn = testDatabaseUrl() === null;
const RUNS = builtIn ? 24 : 12;
/** Calls that draw a PDF or slides take a second each; what else they are given is refused before that. */
const DRAWING = ['diagnosis.file', 'improvement.board'];
const DRAWING_RUNS = 6;

let app: TestApp;
let ours: Company;
let headers: Record<string, string>;
const ids: string[] = [];

beforeAll(async () => {
  app = await createTestApp();
  const owner = await app.signUp('Olga');
  ours = await company(app, owner, 'Northwind');
  headers = { cookie: owner.cookie, origin: 'http://lockstep.test' };
  ids.push(ours.person, ours.draft, ours.closed, ours.hidden, ours.invitation, ours.change, ours.token, ours.spare);
});
afterAll(() => app.close());

type Met = { status: number; body: unknown; ms: number };

const send = async (path: string, init: RequestInit): Promise<Met> => {
  const from = performance.now();
  const response = await app.request(path, init);
  const raw = await response.text();
  const ms = performance.now() - from;
  return { status: response.status, body: response.headers.get('content-type')?.includes('json') ? JSON.parse(raw) : raw, ms };
};

/** A busy machine may delay an answer now and then, not the same one four times in a row. */
const inTime = async (path: string, init: RequestInit): Promise<Met> => {
  let met = await send(path, init);
  for (let again = 0; again < 3 && met.ms >= PATIENCE; again += 1) met = await send(path, init);
  return met;
};

const judge = (endpoint: Endpoint, { status, body, ms }: Met): void => {
  expect({ status, fault: status >= 500 ? app.logged.at(-1) : undefined }).toEqual({ status: expect.toSatisfy((code: number) => code < 500), fault: undefined });
  expect(ms).toBeLessThan(PATIENCE);
  if (status < 300 && typeof body === 'object' && endpoint.output) expect(endpoint.output.safeParse(body).error?.issues ?? []).toEqual([]);
  if (status >= 400) expect(body).toMatchObject({ code: expect.any(String), message: expect.any(String) });
};

/** Loading the demo company writes surveys of two hundred people; it has no input to vary. */
const all = endpoints().filter((endpoint) => endpoint.name !== 'demo.load');

describe('generated input', () => {
  test.each(all)('$name', async (endpoint) => {
    const input = endpoint.input ? arbitraryOf(endpoint.input, ids) : fc.constant({});
    await fc.assert(
      fc.asyncProperty(input, async (value) => {
        const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : { value };
        const own = endpoint.path.includes('{workspace}') ? { ...fields, workspace: ours.workspace } : fields;
        const { path, init } = overRest(endpoint, own, headers);
        judge(endpoint, await inTime(path, init));
      }),
      { numRuns: !endpoint.input ? 1 : DRAWING.includes(endpoint.name) ? DRAWING_RUNS : RUNS, seed: 20260, endOnFailure: true },
    );
  });
});

describe.runIf(builtIn)('bodies that are no JSON object', () => {
  const bodies = ['', '{', 'null', '[]', '"text"', '7', '[{}]', `${'['.repeat(20_000)}`, `{"a":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`, '{"__proto__":{"admin":true}}', '\u0000', '{"name":"\\u0000"}'];
  const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/xml'];
  test.each(all.filter((endpoint) => endpoint.method !== 'GET' && endpoint.name !== 'demo.remove'))('$name', async (endpoint) => {
    const path = `/api${endpoint.path.replace('{workspace}', ours.workspace).replace(/\{\w+\}/g, ours.draft)}`;
    for (const [at, body] of bodies.entries()) judge(endpoint, await inTime(path, { method: endpoint.method, headers: { ...headers, 'content-type': types[at % types.length] ?? '' }, body }));
    for (const type of types) judge(endpoint, await inTime(path, { method: endpoint.method, headers: { ...headers, 'content-type': type }, body: '{"x":1}' }));
  });
});

describe.runIf(builtIn)('identifiers in the address that are none', () => {
  const odd = ['%00', '%2e%2e', '%ff', 'null', '__proto__', "'", 'x'.repeat(5_000)];
  test.each(all.filter((endpoint) => endpoint.path.includes('{')))('$name', async (endpoint) => {
    for (const id of odd) {
      const { status, ms } = await inTime(`/api${endpoint.path.replace(/\{\w+\}/g, id)}`, { method: endpoint.method, headers: { ...headers, 'content-type': 'application/json' }, ...(endpoint.method === 'GET' ? {} : { body: '{}' }) });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(ms).toBeLessThan(PATIENCE);
    }
  });
});

describe('files, as the document describes them', () => {
  const files = Object.entries(plainPaths).flatMap(([path, methods]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const operation = methods?.[method];
      return !operation || path.startsWith('/answer') ? [] : [{ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, parameters: operation.parameters ?? [] }];
    }),
  );
  /** Drawing takes a second and has its own tests; here it is what one may ask for that counts. */
  const DRAWN = ['pdf', 'pptx', 'board-pdf', 'board-pptx'];
  const valueOf = (schema: unknown): fc.Arbitrary<string> => {
    const { format, enum: known = [] } = (schema ?? {}) as { format?: string; enum?: string[] };
    const fitting = format === 'uuid' ? ids : known.filter((each) => !DRAWN.includes(each));
    const odd = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('..', '%00', '__proto__', "' or 1=1", '\u0000'));
    return fitting.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: odd }) : odd;
  };
  test.each(files)('$name', async ({ method, path, parameters }) => {
    const fields = parameters.flatMap((each) => ('name' in each ? [each] : []));
    const given = fc.record({ values: fc.tuple(...fields.map(({ name, schema }) => (name === 'workspace' ? fc.constant(ours.workspace) : name === 'source' ? fc.constant(ours.source) : valueOf(schema)))), body: fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.uint8Array({ maxLength: 400 })) });
    let met = 0;
    await fc.assert(
      fc.asyncProperty(given, async ({ values, body }) => {
        let at = `/api${path}`;
        const query = new URLSearchParams();
        for (const [place, field] of fields.entries()) {
          const value = (values[place] ?? '').replace(/\p{Cs}/gu, '\ufffd');
          if (field.in === 'path') at = at.replace(`{${field.name}}`, encodeURIComponent(value) || '%20');
          else query.set(field.name, value);
        }
        const reply = await inTime(`${at}?${query.toString()}`, { method, headers, ...(method === 'POST' ? { body: typeof body === 'string' ? body : Buffer.from(body) } : {}) });
        judge({ name: path, method, path, successStatus: 200, input: undefined, output: undefined }, reply);
        met += 1;
      }),
      { numRuns: RUNS, seed: 20260, endOnFailure: true },
    );
    expect(met).toBe(RUNS);
  });
});

test("the respondents' routes refuse what they do not understand", async () => {
  const shapes: Record<string, fc.Arbitrary<unknown>> = {
    '/api/answer/open': fc.record({ wave: fc.oneof(fc.constant(ours.draft), fc.string()), token: fc.string({ minLength: 6, maxLength: 70 }), code: fc.string({ maxLength: 50 }) }, { requiredKeys: [] }),
    '/api/answer/ballot': fc.record({ wave: fc.constantFrom(ours.draft, ours.closed, 'x', '\u0000'), token: fc.string({ minLength: 6, maxLength: 70 }), blinded: fc.base64String({ maxLength: 500 }) }),
    '/api/answer': fc.record({ wave: fc.constantFrom(ours.draft, ours.closed, 'x'), leaf: fc.string(), prefix: fc.base64String({ maxLength: 90 }), sig: fc.base64String({ maxLength: 500 }), answers: fc.array(fc.integer({ min: -3, max: 9 }), { maxLength: 600 }), comments: fc.string() }),
  };
  for (const [path, shape] of Object.entries(shapes))
    await fc.assert(
      fc.asyncProperty(shape, async (value) => {
        const met = await inTime(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });
        expect([400, 403, 404, 409, 410, 413, 429]).toContain(met.status);
        expect(met.ms).toBeLessThan(PATIENCE);
      }),
      { numRuns: 60, seed: 20260, endOnFailure: true },
    );
});
