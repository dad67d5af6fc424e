import { NodePgSession, NodePgTransaction, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { refuse } from '../http/refusal';
import { isPoolBusy } from './passing-fault';

declare const inside: unique symbol;
declare const beyond: unique symbol;

/** A transaction that row security confines to one workspace. A repo asks for this type, so it cannot run outside one. */
export type WorkspaceTx = NodePgDatabase & { readonly [inside]: true };
/** A transaction that sees only the tables outside row security: accounts, sessions, lookup. */
export type OutsideTx = NodePgDatabase & { readonly [beyond]: true };

export type Database = {
  /** Runs `work` in one transaction confined to `workspaceId`. Throws when the id is not a uuid. */
  inWorkspace<T>(workspaceId: string, work: (tx: WorkspaceTx) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction without a workspace: every workspace table is empty and refuses writes. */
  outside<T>(work: (tx: OutsideTx) => Promise<T>): Promise<T>;
  /** True while the disk is too full to keep anything new: every transaction then reads only, and one that writes is refused as DISK_FULL. */
  readOnly(): boolean;
  pool: pg.Pool;
  close(): Promise<void>;
};

/**
 * Connections of the application role. A dying server must not end the process, so every client's errors are heard.
 * @param patience milliseconds that somebody waits for a connection
 */
export const createPool = (url: string, onError: (error: Error) => void, max = 12, patience = 10_000): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url, max, idleTimeoutMillis: 30_000, connectionTimeoutMillis: patience,
    // Where a server can compile its plans, it may take longer over that than our statements take: checking many small files of records took several times as long.
    verify: (client, done) => client.query('set jit = off').then(() => done(), done),
  });
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const codeOf = (error: unknown): unknown => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
};

/** PostgreSQL's own word that there is no room. */
const DISK_FULL = '53100';
/** A write in a transaction that reads only; a statement that was cancelled. */
const REFUSED_WHILE_FULL = ['25006', '57014'];

/** @param isFull whether the disk holds nothing more, asked at the beginning of each transaction */
export const openDatabase = (url: string, onError: (error: Error) => void, max?: number, isFull: () => boolean = () => false, patience?: number): Database => {
  const pool = createPool(url, onError, max, patience);
  const dialect = new PgDialect();
  const transaction = async <T>(confine: string, work: (tx: unknown) => Promise<T>): Promise<T> => {
    const reading = isFull();
    try {
      const client = await pool.connect();
      let broken = false;
      try {
        // One way to the server and back for both: every request begins like this.
        await client.query(`begin${reading ? ' read only' : ''}${confine}`);
        const result = await work(new NodePgTransaction(dialect, new NodePgSession(client, dialect, undefined), undefined));
        await client.query('commit');
        return result;
      } catch (error) {
        // What went wrong first is what is told; a connection that cannot even take back its work is not used again.
        await client.query('rollback').catch(() => (broken = true));
        throw error;
      } finally {
        client.release(broken);
      }
    } catch (error) {
      if (isPoolBusy(error)) throw refuse.crowded(error);
      const code = codeOf(error);
      if (code === DISK_FULL || ((reading || isFull()) && REFUSED_WHILE_FULL.includes(String(code)))) throw refuse.diskFull();
      throw error;
    }
  };
  return {
    pool,
    inWorkspace: (workspaceId, work) => {
      if (!UUID.test(workspaceId)) return Promise.reject(new TypeError('a workspace id is a uuid'));
      return transaction(`; set local lockstep.workspace = '${workspaceId}'`, (tx) => work(tx as WorkspaceTx));
    },
    outside: (work) => transaction('', (tx) => work(tx as OutsideTx)),
    readOnly: isFull,
    close: () => pool.end(),
  };
};

/** Whether this transaction may only read; then what would merely be remembered on the side is left out. */
export const isReadOnly = async (tx: WorkspaceTx): Promise<boolean> =>
  (await tx.execute<{ value: string }>(sql`select current_setting('transaction_read_only') as value`)).rows[0]?.value === 'on';

/**
 * Refuses to serve as a role that row security does not bind.
 * @throws Error naming what is wrong and how to mend it.
 */
export const assertConfinedRole = async (pool: pg.Pool): Promise<void> => {
  const { rows } = await pool.query<{ name: string; super: boolean; bypass: boolean; owns: number }>(
    `select current_user as name, rolsuper as super, rolbypassrls as bypass,
            (select count(*)::int from pg_tables where schemaname = 'public' and tableowner = current_user) as owns
       from pg_roles where rolname = current_user`,
  );
  const role = rows[0];
  if (!role) throw new Error('The database role could not be read.');
  const faults = [role.super && 'is a superuser', role.bypass && 'has BYPASSRLS', role.owns > 0 && 'owns tables'].filter(Boolean);
  if (faults.length > 0)
    throw new Error(
      `DATABASE_URL connects as "${role.name}", which ${faults.join(' and ')}. Serving as such a role would switch row security off. ` +
        'Create a plain role (CREATE ROLE lockstep_app LOGIN) for DATABASE_URL and keep the owner for DATABASE_OWNER_URL.',
    );
};
