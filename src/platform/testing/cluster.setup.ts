import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { testDatabaseUrl } from '../config/testing';
import { migrate } from '../db/migrate';
import { APP_ROLE, startEngine } from '../engine/engine';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: { ownerUrl: string; appUrl: string; template: string };
  }
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** The same server, another database, optionally another role. */
export const urlOf = (url: string, database: string, role?: { name: string; password: string }): string => {
  const copy = new URL(url);
  copy.pathname = `/${database}`;
  if (role) {
    copy.username = role.name;
    copy.password = role.password;
  }
  return copy.href;
};

interface Cluster {
  ownerUrl: string;
  appUrl: string;
  stop(): Promise<void>;
}

/** Loses nothing when a process is killed; only a power cut could hurt it, which a test run does not outlive. */
const embedded = async (): Promise<Cluster> => {
  const dir = mkdtempSync(join(tmpdir(), 'lockstep-test-'));
  chmodSync(dir, 0o700);
  const engine = await startEngine({ dataDir: dir, log: silent, doing: 'a test run', settings: { fsync: 'off', max_connections: '300' } });
  return {
    ownerUrl: engine.ownerUrl,
    appUrl: engine.appUrl,
    stop: async () => {
      await engine.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

const foreign = async (ownerUrl: string): Promise<Cluster> => {
  const password = randomBytes(12).toString('hex');
  await withClient(ownerUrl, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [APP_ROLE]);
    await client.query(rowCount ? `alter role ${APP_ROLE} password '${password}'` : `create role ${APP_ROLE} login nosuperuser nobypassrls password '${password}'`);
  });
  return { ownerUrl, appUrl: urlOf(ownerUrl, 'postgres', { name: APP_ROLE, password }), stop: () => Promise.resolve() };
};

/**
 * One cluster a run: the built-in engine in a temporary folder, or the server of TEST_DATABASE_URL (a role that may
 * create databases and roles). A migrated template is made once; every test file copies it.
 */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const given = testDatabaseUrl();
  const cluster = given ? await foreign(given) : await embedded();
  const template = `lockstep_template_${process.pid}_${randomBytes(3).toString('hex')}`;
  await withClient(cluster.ownerUrl, (client) => client.query(`create database ${template}`));
  await migrate(urlOf(cluster.ownerUrl, template), { appRole: APP_ROLE });
  project.provide('cluster', { ownerUrl: cluster.ownerUrl, appUrl: cluster.appUrl, template });
  return async () => {
    await withClient(cluster.ownerUrl, (client) => client.query(`drop database if exists ${template} with (force)`));
    await cluster.stop();
  };
};
