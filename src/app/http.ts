import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { onError, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fetch';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { secureHeaders } from 'hono/secure-headers';
import { actorOf } from './actor';
import { contracts, routers } from './features';
import { oneFirstAccount } from './first-account';
import { plainPaths } from './plain-document';
import { mountPlainRoutes, UPLOAD, type Threads } from './plain-routes';
import { isStorable } from '../lib/storable-text';
import { WRITING_HEADER, WRITING_PAUSED } from '../lib/writing';
import type { Auth } from '../platform/auth/auth';
import { ADDRESS_HEADER } from '../platform/auth/headers';
import { isPoolBusy } from '../platform/db/passing-fault';
import type { Readiness } from '../platform/health';
import { refuse } from '../platform/http/refusal';
import { fromElsewhere, originOf, sameOrigin } from '../platform/http/same-origin';
import { describeFault } from '../platform/log/fault';
import type { Context, Services } from '../platform/rpc/context';

export type HttpOptions = { services: Services; auth: Auth; webFolder: string; readiness: () => Promise<Readiness>; addressOf: (c: { env: unknown }) => string; threads?: Threads };

const MB = 1024 * 1024;

/** Seconds after which it is worth trying again (RFC 9110, 10.2.3). */
const RETRY_AFTER = '5';

/** The answer to whoever found every connection in use before anybody was asked who they are. */
const crowded = (error: unknown, path: string): Response | null => {
  const busy = error instanceof ORPCError && error.code === 'BUSY' ? error : isPoolBusy(error) ? refuse.crowded(error) : null;
  if (!busy) return null;
  const said = { code: busy.code, status: busy.status, message: busy.message, data: busy.data };
  // Our own pages read the calls' own protocol.
  return Response.json(path.startsWith('/rpc/') ? { json: { defined: false, ...said } } : said, { status: busy.status });
};

const report = (services: Services) => (error: unknown) => {
  // A full disk is in the log already, once.
  if (error instanceof ORPCError && (error.status < 500 || error.code === 'DISK_FULL')) return;
  // No body, no path parameters: what a request carried may be personal.
  services.log.error(describeFault(error), 'request failed');
};

/** Refuses at the door what the database would choke on in the middle of a transaction. */
const storableOnly = <T>({ input, next }: { input: unknown; next: () => T }): T => {
  if (!isStorable(input)) throw refuse.invalid('A text holds a character that cannot be stored (U+0000 or half of a surrogate pair). Nothing was saved.', 'Remove it and try again.');
  return next();
};

/** The API document, made from the contracts that also type our own pages; files and the respondents' routes beside them. */
export const apiDocument = (version: string) =>
  new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contracts, {
    info: { title: 'Lockstep', version, description: 'Sales and marketing on one page. Authenticate with an API token: Authorization: Bearer lst_…' },
    servers: [{ url: '/api' }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
    paths: structuredClone(plainPaths),
  });

/** Whole HTTP surface over ready services; listens nowhere, so tests can call it directly. */
export const buildApp = ({ services, auth, webFolder, readiness, addressOf, threads }: HttpOptions): Hono => {
  const app = new Hono();
  const secure = services.config.baseUrl.startsWith('https://');
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:'], fontSrc: ["'self'"],
        connectSrc: ["'self'"], objectSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"], formAction: ["'self'"],
      },
      strictTransportSecurity: secure ? 'max-age=31536000; includeSubDomains' : false,
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
    }),
  );
  app.use(async (c, next) => {
    await next();
    if (services.db.readOnly()) c.header(WRITING_HEADER, WRITING_PAUSED);
  });
  app.use(compress());
  app.get('/healthz', (c) => c.json({ alive: true }));
  app.get('/readyz', async (c) => {
    const state = await readiness();
    return c.json(state, state.ready ? 200 : 503);
  });
  app.use('/api/*', async (c, next) => {
    c.header('cache-control', 'no-store');
    await next();
  });
  for (const calls of ['/api/*', '/rpc/*'])
    app.use(calls, async (c, next) => {
      await next();
      if (c.res.status === 503) c.header('retry-after', RETRY_AFTER);
    });
  app.onError((error, c) => {
    const busy = crowded(error, c.req.path);
    if (busy) busy.headers.set('retry-after', RETRY_AFTER);
    else report(services)(error);
    return busy ?? c.json({ code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'Something went wrong here, and it is in the log of the server.', data: { saved: false, todo: 'Try again; if it happens again, tell whoever runs this server.' } }, 500);
  });
  app.use('/rpc/*', bodyLimit({ maxSize: 32 * MB }));
  const limited = bodyLimit({ maxSize: 32 * MB });
  // Exports of a whole system are written to disk as they come, under a limit of their own.
  app.use('/api/*', (c, next) => (UPLOAD.test(c.req.path) ? next() : limited(c, next)));

  const openAccount = oneFirstAccount(services.db);
  app.on(['GET', 'POST'], '/api/auth/*', (c) => {
    const headers = new Headers(c.req.raw.headers);
    headers.set(ADDRESS_HEADER, addressOf(c));
    if (services.db.readOnly() && c.req.method === 'POST' && c.req.path !== '/api/auth/sign-out') {
      const { code, status, message, data } = refuse.diskFull();
      return Response.json({ code, status, message: `${message} ${data.todo}`, data }, { status });
    }
    const handled = () => auth.handler(new Request(c.req.raw, { headers }));
    return c.req.path === '/api/auth/sign-up/email' ? openAccount(handled) : handled();
  });
  app.get('/api/openapi.json', async (c) => c.json(await apiDocument(services.version)));
  mountPlainRoutes(app, services, auth, threads);

  const own = originOf(services.config.baseUrl);
  const rpc = new RPCHandler(routers, { interceptors: [onError(report(services))], clientInterceptors: [storableOnly] });
  const open = new OpenAPIHandler(routers, { interceptors: [onError(report(services))], clientInterceptors: [storableOnly] });
  const handle = async (request: Request, which: 'rpc' | 'api'): Promise<Response> => {
    const actor = await actorOf(request, services, auth).catch((error: unknown) => {
      const busy = crowded(error, which === 'rpc' ? '/rpc/' : '/api/');
      if (busy) return busy;
      throw error;
    });
    if (actor instanceof Response) return actor;
    if (actor?.kind === 'account' && request.method !== 'GET' && !sameOrigin(request, own)) return fromElsewhere();
    const context: Context = { services, actor, headers: request.headers };
    const handler = which === 'rpc' ? rpc : open;
    const { matched, response } = await handler.handle(request, { prefix: which === 'rpc' ? '/rpc' : '/api', context });
    if (matched) return response;
    return Response.json({ code: 'NOT_FOUND', status: 404, message: 'There is no such address.', data: { saved: false, todo: 'See /api/openapi.json.' } }, { status: 404 });
  };
  app.all('/rpc/*', (c) => handle(c.req.raw, 'rpc'));
  app.all('/api/*', (c) => handle(c.req.raw, 'api'));

  mountPages(app, webFolder);
  return app;
};

const mountPages = (app: Hono, webFolder: string): void => {
  app.use('/assets/*', async (c, next) => {
    await next();
    if (c.res.ok) c.header('cache-control', 'public, max-age=31536000, immutable');
  });
  app.use('/assets/*', serveStatic({ root: webFolder }));
  app.use('/icon.svg', serveStatic({ root: webFolder }));
  app.use('/answer-worker.js', serveStatic({ root: webFolder }));
  const page = (file: string) => async () =>
    new Response(await readFile(join(webFolder, file), 'utf8'), { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' } });
  // Mail scanners rewrite links: "#" may arrive as %23 or as a path, and must still open the page.
  const answer = page('answer.html');
  app.get('/a', answer);
  app.get('/a/*', answer);
  app.get('/:rewritten{a(%23|#).*}', answer);
  for (const path of ['/sign-in', '/forgotten', '/new-password']) app.get(path, page('entry.html'));
  app.get('/assets/*', (c) => c.text('There is no such file.', 404));
  app.get('*', page('index.html'));
};
