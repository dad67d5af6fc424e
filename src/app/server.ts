import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { accountMail } from './account-mail';
import { accountSecret } from './account-secret';
import { jobs as allJobs } from './features';
import { buildApp } from './http';
import { createServices } from './services';
import { createReportPool } from '../features/assessment/reports/report-pool';
import { createRooms } from '../features/huddle/live/rooms';
import { warmAllLeads } from '../features/pipeline/warm-leads';
import { maySignUp } from '../features/workspace/public';
import { createAuth } from '../platform/auth/auth';
import type { Config } from '../platform/config/config';
import { createSigningPool } from '../platform/crypto/signing-pool';
import { cancelWriters } from '../platform/disk/brake';
import { guardDisk } from '../platform/disk/disk-guard';
import { assertConfinedRole, openDatabase } from '../platform/db/database';
import { migrate } from '../platform/db/migrate';
import { keepHeapsSmall } from '../platform/threads/heaps';
import { readiness } from '../platform/health';
import { startJobs } from '../platform/jobs/jobs';
import { pausableJobs } from '../platform/jobs/pausable';
import { createLog } from '../platform/log/log';
import { createMailer } from '../platform/mail/mail';

export type DatabaseUrls = { ownerUrl: string; appUrl: string };
export type Running = { address: string; stop(): Promise<void> };

/** A whole company may answer in the same second; a connection that finds no room is tried again only seconds later. */
const WAITING_CONNECTIONS = 8_192;
const DRAIN_MS = 8_000;

/**
 * Starts the web application over a database that is already running.
 * @throws Error with the mend when the role is not confined, the port is taken or a migration fails.
 */
export const serveOn = async (config: Config, urls: DatabaseUrls, options: { webFolder: string; version: string; beforeMigration?: (pending: number) => Promise<void> }): Promise<Running> => {
  keepHeapsSmall();
  const log = createLog(config.logLevel);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  await migrate(urls.ownerUrl, { appRole: new URL(urls.appUrl).username || 'lockstep_app', queues: allJobs.map((job) => job.name), beforeChange: options.beforeMigration });
  // A server's disk is elsewhere: there, PostgreSQL's own refusal has to do.
  const guard = config.database.kind === 'embedded' ? guardDisk({ dataDir: config.dataDir, log, brake: () => cancelWriters(urls.ownerUrl) }) : null;
  const db = openDatabase(urls.appUrl, (error) => log.warn({ fault: error.message }, 'database connection lost; the next request opens another'), undefined, guard?.readOnly);
  await assertConfinedRole(db.pool);
  const jobs = pausableJobs(() => startJobs(urls.appUrl, allJobs, () => services, log), log);
  const services = createServices({ config, db, ownerUrl: urls.ownerUrl, log, jobs, mail: createMailer(config), version: options.version });
  jobs.setRunning(!db.readOnly());
  guard?.onChange((readOnly) => jobs.setRunning(!readOnly));
  const auth = createAuth(config, db, accountSecret(config.dataDir), {
    maySignUp: (_email, invitation) => maySignUp(db, invitation),
    sendAccountMail: accountMail(services.mail, log),
  });
  const threads = { reports: createReportPool(), signing: createSigningPool(), rooms: createRooms(services) };
  const app = buildApp({
    services, auth, threads, webFolder: options.webFolder,
    readiness: () => readiness({ pool: db.pool, dataDir: config.dataDir, readOnly: db.readOnly }),
    addressOf: (c) => getConnInfo(c as Parameters<typeof getConnInfo>[0]).remote.address ?? 'unknown',
  });
  const server = await listening(app.fetch, config);
  const { port } = server.address() as AddressInfo;
  // Nobody waits for it, and it never fails.
  void warmAllLeads(services);
  return {
    address: config.baseUrlGiven ? config.baseUrl : config.baseUrl.replace(/:\d+$/, `:${port}`),
    stop: async () => {
      // Streams never end by themselves; who listens comes back to the next server.
      await threads.rooms.stop();
      await drained(server);
      guard?.stop();
      await jobs.stop().catch(() => undefined);
      await Promise.all([threads.reports.stop(), threads.signing.stop()]);
      services.mail?.close();
      await db.close();
    },
  };
};

const listening = (fetch: Parameters<typeof createAdaptorServer>[0]['fetch'], config: Config): Promise<ServerType> =>
  new Promise((resolve, reject) => {
    const server = createAdaptorServer({ fetch, hostname: config.host });
    server.listen({ port: config.port, host: config.host, backlog: WAITING_CONNECTIONS }, () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`PORT ${config.port} is already in use. Stop the other program or start with another port, for example PORT=${config.port + 1} npm start.`) : error),
    );
  });

/** Lets requests under way finish, for at most eight seconds, and takes no new ones. */
const drained = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    }, DRAIN_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });

/** The built pages beside the bundle. */
export const webFolderBeside = (bundleFolder: string): string => join(bundleFolder, 'web');
