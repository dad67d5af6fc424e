import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { urlOf } from './cluster.setup';

export interface TestDatabase {
  /** Owner of the tables; migrates, sees everything. */
  ownerUrl: string;
  /** Application role, bound by row security. */
  appUrl: string;
  drop(): Promise<void>;
}

const command = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

/** Two copies of one template at a time collide; the server says so, and the next try works. */
const copy = async (url: string, sql: string): Promise<void> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await command(url, sql);
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
    }
  }
};

const make = async (source: string): Promise<TestDatabase> => {
  const cluster = inject('cluster');
  const name = `w_${randomBytes(6).toString('hex')}`;
  await copy(cluster.ownerUrl, `create database ${name} template ${source}`);
  return {
    ownerUrl: urlOf(cluster.ownerUrl, name),
    appUrl: urlOf(cluster.appUrl, name),
    drop: () => command(cluster.ownerUrl, `drop database if exists ${name} with (force)`),
  };
};

/** A migrated database of its own for one test file: call in `beforeAll`, `drop()` in `afterAll`. */
export const createTestDatabase = (): Promise<TestDatabase> => make(inject('cluster').template);

/** A database without any table, for migrations and restores. */
export const createEmptyDatabase = (): Promise<TestDatabase> => make('template0');
