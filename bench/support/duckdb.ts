import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';

type Row = Record<string, unknown>;
export type Duck = { rows(sql: string): Promise<Row[]>; close(): void };

type Connection = { runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): Row[] }>; closeSync(): void };
type Library = { DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> } };

const FOLDER = join(process.cwd(), 'bench', 'duckdb');

/** DuckDB in memory, from packages of its own that are fetched on first use; the reason when it cannot be had here. */
export const openDuck = async (): Promise<Duck | string> => {
  const there = () => existsSync(join(FOLDER, 'node_modules', '@duckdb', 'node-api'));
  const npm = (...args: string[]) => spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER, encoding: 'utf8', shell: process.platform === 'win32' });
  // Its lock names what this project was tried with; for another platform the packages are looked up.
  if (!there() && npm('ci').status !== 0 && npm('install', '--no-package-lock').status !== 0) return 'DuckDB could not be installed in bench/duckdb';
  try {
    const { DuckDBInstance } = createRequire(join(FOLDER, 'package.json'))('@duckdb/node-api') as Library;
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    return { rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(), close: () => connection.closeSync() };
  } catch (error) {
    return `DuckDB does not start here: ${error instanceof Error ? error.message : 'unknown'}`;
  }
};

/** Copies what a query gives into a table of DuckDB. */
export const bring = async (duck: Duck, ownerUrl: string, { table, query, path }: { table: string; query: string; path: string }): Promise<void> => {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await pipeline(owner.query(copyTo(`copy (${query}) to stdout (format csv, header)`)), createWriteStream(path));
  await owner.end();
  await duck.rows(`create table ${table} as select * from read_csv('${path}', header = true)`);
};
