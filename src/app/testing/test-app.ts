import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { Hono } from 'hono';
import { accountMail } from '../account-mail';
import { buildApp } from '../http';
import { jobs, type contracts } from '../features';
import { createServices } from '../services';
import { maySignUp } from '../../features/workspace/public';
import { createAuth, type Auth } from '../../platform/auth/auth';
import { INVITATION_HEADER } from '../../platform/auth/headers';
import { readConfig, type Config } from '../../platform/config/config';
import { openDatabase, type Database } from '../../platform/db/database';
import { createMailer, type MailTimes } from '../../platform/mail/mail';
import { readiness } from '../../platform/health';
import type { JobRunner } from '../../platform/jobs/jobs';
import { createLog } from '../../platform/log/log';
import type { Services } from '../../platform/rpc/context';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/test-database';

export type Client = ContractRouterClient<typeof contracts>;
export type Person = { client: Client; cookie: string; email: string; userId: string };

export type TestApp = {
  app: Hono;
  auth: Auth;
  services: Services;
  db: Database;
  ownerUrl: string;
  appUrl: string;
  dataDir: string;
  /** Where requests come from, as the socket would say. */
  address: string;
  /** What the server logged so far. */
  logged: string[];
  /** Links for a new password, as they would be mailed. */
  resetMails: { to: string; link: string }[];
  /** Opens an account; needs an invitation for every account but the first. */
  signUp(name: string, invitation?: string): Promise<Person>;
  /** A client that sends this cookie, from our own pages. */
  withCookie(cookie: string): Client;
  /** A client that sends this API token, or nothing. */
  bearer(token?: string): Client;
  /** Runs everything the queue holds for this name, now. */
  runJob(name: string, data: Record<string, unknown>): Promise<void>;
  request(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
};

const ORIGIN = 'http://lockstep.test';

/** A password is made costly to hash on purpose; all test people have the same one, whose true hash is made, and found to fit, once a worker. */
const hashes = new Map<string, Promise<string>>();
const passwords = new Map<string, string>();
const hashOnce = async (auth: Auth): Promise<void> => {
  const { password } = await auth.$context;
  const { hash, verify } = password;
  const hashAndCheck = async (given: string): Promise<string> => {
    const made = await hash(given);
    if (!(await verify({ hash: made, password: given }))) throw new Error('a password does not fit its own hash');
    passwords.set(made, given);
    return made;
  };
  password.hash = (given) => {
    const known = hashes.get(given) ?? hashAndCheck(given);
    hashes.set(given, known);
    return known;
  };
  password.verify = async (given) => {
    const fits = passwords.get(given.hash);
    return fits === undefined ? verify(given) : fits === given.password;
  };
};

let visitors = 0;
/** The account library counts tries by address for the whole process, so that each application of a worker is asked from an address of its own. */
const newAddress = (): string => {
  visitors += 1;
  return `10.200.${visitors >> 8}.${visitors & 255}`;
};

/** The whole application over a database of its own, without a port. The clock may be given, and a database that a test does something to. */
export const createTestApp = async (overrides: { now?: () => Date; config?: Partial<Config>; mailTimes?: MailTimes; jobs?: JobRunner['send']; pool?: { connections: number; patience: number }; database?: TestDatabase } = {}): Promise<TestApp> => {
  const database = overrides.database ?? (await createTestDatabase());
  const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-app-'));
  const logged: string[] = [];
  const resetMails: { to: string; link: string }[] = [];
  const log = createLog('debug', { write: (line: string) => void logged.push(line) });
  const config: Config = { ...readConfig({ BASE_URL: ORIGIN, DATA_DIR: dataDir, CLOSE_GRACE: '0' }, null), ...overrides.config };
  const { origin } = new URL(config.baseUrl);
  const db = openDatabase(database.appUrl, () => undefined, overrides.pool?.connections ?? 8, () => false, overrides.pool?.patience);
  const queue = new Map(jobs.map((job) => [job.name, job]));
  const runJob = async (name: string, data: Record<string, unknown>) => {
    const job = queue.get(name);
    if (!job) throw new Error(`no job is called ${name}`);
    await job.run(data, services);
  };
  const services = createServices({
    config, db, ownerUrl: database.ownerUrl, log, mail: createMailer(config, overrides.mailTimes), version: 'test',
    jobs: { send: overrides.jobs ?? (async () => undefined), stop: async () => undefined },
    ...(overrides.now ? { now: overrides.now } : {}),
  });
  const auth = createAuth(config, db, 'a secret for tests only, long enough to be accepted', { maySignUp: (_email, invitation) => maySignUp(db, invitation), sendAccountMail: async (kind, to, link) => {
    resetMails.push({ to, link });
    if (services.mail) await accountMail(services.mail, log, [50, 50])(kind, to, link);
  } });
  await hashOnce(auth);
  const app = buildApp({ services, auth, webFolder: join(dataDir, 'web'), readiness: () => readiness({ pool: db.pool, dataDir }), addressOf: () => self.address });
  const request = async (path: string, init?: RequestInit) => app.request(new Request(new URL(path, origin), init));
  const clientWith = (headers: Record<string, string>): Client =>
    createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers: () => ({ origin, ...headers }), fetch: async (input: Request) => app.request(input) }));
  let people = 0;
  const signUp = async (name: string, invitation?: string): Promise<Person> => {
    const email = `${name.toLowerCase().replace(/\W+/g, '.')}.${++people}@example.com`;
    const response = await request('/api/auth/sign-up/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...(invitation ? { [INVITATION_HEADER]: invitation } : {}) },
      body: JSON.stringify({ name, email, password: 'a long enough password' }),
    });
    if (!response.ok) throw new Error(`sign-up refused: ${response.status} ${await response.text()}`);
    const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    const { user } = (await response.json()) as { user: { id: string } };
    return { client: clientWith({ cookie }), cookie, email, userId: user.id };
  };
  const self: TestApp = {
    app, auth, services, db, ownerUrl: database.ownerUrl, appUrl: database.appUrl, dataDir, address: newAddress(), logged, resetMails, signUp, runJob, request,
    withCookie: (cookie) => clientWith({ cookie }),
    bearer: (token) => clientWith(token ? { authorization: `Bearer ${token}` } : {}),
    close: async () => {
      services.mail?.close();
      await db.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return self;
};
