import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOutgoing, OutgoingFault, type Found } from './outgoing';

let server: Server;
let port: number;
let seen: { url: string; headers: IncomingMessage['headers']; body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      if (request.url === '/moved') response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end('elsewhere');
      else if (request.url === '/flood') response.writeHead(200).end(Buffer.alloc(8 * 1024 * 1024, 'x'));
      else if (request.url === '/hang') response.writeHead(200).write('begins');
      else if (request.url !== '/silent') response.writeHead(202).end('taken');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const problem = async (call: Promise<unknown>): Promise<string> =>
  call.then(() => 'sent', (error: unknown) => (error instanceof OutgoingFault ? error.problem : `unknown: ${String(error)}`));
const message = { headers: { 'content-type': 'application/json' }, body: '{"a":"ü"}' };

describe('with private addresses allowed', () => {
  const open = () => createOutgoing({ allowPrivate: true, timeoutMs: 700 });
  test('a real server gets the message as it is', async () => {
    seen = [];
    expect(await open().post(`http://127.0.0.1:${port}/in?x=1`, message)).toEqual({ status: 202, excerpt: 'taken' });
    expect(seen).toEqual([{ url: '/in?x=1', headers: expect.objectContaining({ 'content-type': 'application/json', 'content-length': '10', host: `127.0.0.1:${port}` }) as object, body: '{"a":"ü"}' }]);
  });
  test('a redirect is an answer, not an order', async () => {
    seen = [];
    expect((await open().post(`http://127.0.0.1:${port}/moved`, message)).status).toBe(302);
    expect(seen.map((each) => each.url)).toEqual(['/moved']);
  });
  test('of a large answer only its beginning is read', async () => {
    expect((await open().post(`http://127.0.0.1:${port}/flood`, message)).excerpt).toHaveLength(1_000);
  });
  test.each(['/silent', '/hang'])('a server that keeps us waiting is left (%s)', async (path) => {
    const began = performance.now();
    expect(await problem(open().post(`http://127.0.0.1:${port}${path}`, message))).toBe('timeout');
    expect(performance.now() - began).toBeLessThan(5_000);
  });
  test('nobody listens', async () => {
    expect(await problem(open().post('http://127.0.0.1:9/', message))).toBe('unreachable');
  });
});

describe('as it is meant to run', () => {
  const guarded = (resolve: (host: string) => Promise<Found[]>) => createOutgoing({ allowPrivate: false, resolve, ports: [port], timeoutMs: 400 });
  const answering = (...found: string[]) => async (): Promise<Found[]> => found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  test('a name that leads inside is not followed, nor one that leads there among others', async () => {
    seen = [];
    for (const found of [['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['93.184.215.14', '127.0.0.1'], ['169.254.169.254']])
      expect(await problem(guarded(answering(...found)).post(`http://inside.example:${port}/`, message))).toBe('address');
    expect(seen).toEqual([]);
  });

  test('a name that leads elsewhere the second time gains nothing: it is asked once, and the checked address is called', async () => {
    seen = [];
    let asked = 0;
    const rebinding = async (): Promise<Found[]> => [{ address: asked++ === 0 ? '192.88.98.1' : '127.0.0.1', family: 4 }];
    expect(['timeout', 'unreachable']).toContain(await problem(guarded(rebinding).post(`http://rebinding.example:${port}/`, message)));
    expect(asked).toBe(1);
    expect(seen).toEqual([]);
  });

  test('a resolver that never answers, and one that knows nothing', async () => {
    expect(await problem(guarded(() => new Promise(() => undefined)).post(`http://slow.example:${port}/`, message))).toBe('timeout');
    expect(await problem(guarded(async () => []).post(`http://none.example:${port}/`, message))).toBe('name');
    expect(await problem(guarded(() => Promise.reject(new Error('ENOTFOUND'))).post(`http://none.example:${port}/`, message))).toBe('name');
  });

  test('the loopback server is reached by none of its spellings', async () => {
    seen = [];
    for (const host of ['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '[::1]', '[::ffff:7f00:1]', 'localhost', 'LOCALHOST.', 'a.localhost', '0', '127.0.0.1.'])
      expect({ host, met: await problem(guarded(answering('127.0.0.1')).post(`http://${host}:${port}/`, message)) }).toEqual({ host, met: 'address' });
    expect(seen).toEqual([]);
  });
});
