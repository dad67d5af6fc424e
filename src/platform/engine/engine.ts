import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isTooFullToStart } from '../disk/ballast';
import { findBinaries } from './binaries';
import { endLeftover, makeDataFolder } from './data-folder';
import { EngineError, type EngineLog } from './errors';
import { accountFor } from './identity';
import { holderOf, lockDir } from './lock';
import { endPostmaster, startPostmaster, type Postmaster } from './postmaster';
import { openDoor, passwordFile } from './sockets';

export interface Engine {
  /** Superuser "owner": migrates, vacuums, backs up. */
  ownerUrl: string;
  /** Role "lockstep_app": serves under row security. */
  appUrl: string;
  /** Process id of the running server; undefined while it is being brought back. */
  pid(): number | undefined;
  /** Tells whoever is refused the folder what this process does, for example its address. */
  announce(doing: string): void;
  /** Says that the end has begun; a start meanwhile waits instead of being refused. */
  announceStop(): void;
  /** Ends the server (at most about 14 s) and frees the folder. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** Folder of everything; the database lies in `pg` inside it. */
  dataDir: string;
  log: EngineLog;
  /** Shown to a second start that is refused. */
  doing?: string;
  /** Called when the server died and could not be brought back; the default ends the process with code 70. */
  onFatal?: (error: Error) => void;
  /** Called when the disk is so full that the database cannot start, before each further try: frees what can be spared. */
  makeRoom?: () => void;
  /** Further server settings, for tests. */
  settings?: Record<string, string>;
}

export const APP_ROLE = 'lockstep_app';
const DATABASE = 'lockstep';
/** Borne before giving up: a machine short of memory may kill the database several times in a row. */
export const RESTARTS = { most: 20, withinMs: 60_000 };

const prepare = async (ownerUrl: string, password: string | null): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const role = await client.query('select 1 from pg_roles where rolname = $1', [APP_ROLE]);
    if (role.rowCount === 0) await client.query(`create role ${APP_ROLE} login nosuperuser nobypassrls nocreatedb nocreaterole${password ? ` password '${password}'` : ''}`);
    const database = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (database.rowCount === 0) await client.query(`create database ${DATABASE} owner owner`);
  } finally {
    await client.end();
  }
};

const endProcess = (log: EngineLog) => (error: Error): void => {
  log.error(error.message);
  process.exit(70);
};

const STOPPING = 'stopping';

/** A predecessor that is just ending is waited for rather than reported. */
const untilStopped = async (dataDir: string): Promise<void> => {
  for (const deadline = Date.now() + 15_000; holderOf(dataDir)?.doing === STOPPING && Date.now() < deadline; ) await pause(100);
};

/** Tries for as long as the disk is full, since making room is all that is needed. What the database says last may name a consequence, so the disk is asked as well. */
const whenThereIsRoom = async (start: () => Promise<Postmaster>, isFull: () => boolean, stopping: () => boolean, log: EngineLog, makeRoom: () => void): Promise<Postmaster | null> => {
  for (let said = false; !stopping(); said = true) {
    try {
      return await start();
    } catch (error) {
      if (!/No space left/i.test(String(error)) && !isFull()) throw error;
      makeRoom();
      if (!said) log.error('The disk is full: the database waits until there is room again. What was saved is intact; free some space, nothing else is needed.');
      await pause(2_000);
    }
  }
  return null;
};

/** Brings the server back when it dies; gives up when that happens over and over within a minute. */
const supervise = (first: Postmaster, again: () => Promise<Postmaster>, isFull: () => boolean, { log, onFatal, makeRoom }: Required<Pick<EngineOptions, 'log' | 'onFatal' | 'makeRoom'>>) => {
  let current: Postmaster | null = first;
  let recovery: Promise<void> = Promise.resolve();
  let stopping = false;
  const deaths: number[] = [];
  const watch = (postmaster: Postmaster): void => {
    postmaster.child.once('exit', (code, signal) => {
      if (stopping) return;
      current = null;
      recovery = recover(postmaster, signal ?? `code ${code}`);
    });
  };
  const recover = async (dead: Postmaster, how: string): Promise<void> => {
    const now = Date.now();
    deaths.push(now);
    while ((deaths[0] ?? now) < now - RESTARTS.withinMs) deaths.shift();
    if (deaths.length > RESTARTS.most) {
      onFatal(new EngineError(`The database ended ${deaths.length} times within a minute (${how}). Last words: ${dead.lastWords() || 'none'}. What was saved is intact; mend the cause and start again.`));
      return;
    }
    log.warn(`The database ended unexpectedly (${how}) and is started again. What was saved is intact.`);
    try {
      const next = await whenThereIsRoom(again, isFull, () => stopping, log, makeRoom);
      if (!next) return;
      if (stopping) return await endPostmaster(next);
      current = next;
      watch(next);
    } catch (error) {
      onFatal(error instanceof Error ? error : new EngineError(String(error)));
    }
  };
  watch(first);
  return {
    pid: () => current?.child.pid,
    stop: async () => {
      stopping = true;
      if (current) await endPostmaster(current);
      await recovery;
    },
  };
};

/**
 * Starts the built-in PostgreSQL in `dataDir/pg`, making the folder on first use.
 * @throws EngineError with the reason and the mend; nothing is left running then
 */
export const startEngine = async ({ dataDir, log, doing = 'starting', onFatal = endProcess(log), makeRoom = () => undefined, settings = {} }: EngineOptions): Promise<Engine> => {
  const fresh = !existsSync(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new EngineError(`DATA_DIR ${dataDir} cannot be made (${(cause as Error).message}). Choose a folder this user may write, for example DATA_DIR=$HOME/lockstep-data.`, { cause });
  }
  const home = realpathSync(dataDir);
  const pgDir = join(home, 'pg');
  await untilStopped(home);
  const lock = lockDir(home, doing);
  let close = (): void => undefined;
  try {
    const account = accountFor(pgDir);
    const binaries = findBinaries(account, log);
    await endLeftover(pgDir, log);
    if (fresh) log.info(`A new database is made in ${pgDir}.`);
    makeDataFolder(home, pgDir, binaries, account);
    const door = await openDoor(home, pgDir, account, log);
    close = door.close;
    const start = (): Promise<Postmaster> => startPostmaster(binaries, pgDir, door, account, settings, log);
    const first = await start();
    const supervisor = supervise(first, start, () => isTooFullToStart(home), { log, onFatal, makeRoom });
    try {
      await prepare(door.url('owner', 'postgres'), process.platform === 'win32' ? readFileSync(passwordFile(home), 'utf8') : null);
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
    const urls = { ownerUrl: door.url('owner', DATABASE), appUrl: door.url(APP_ROLE, DATABASE) };
    lock.announce(doing, urls);
    return {
      ...urls,
      pid: supervisor.pid,
      announce: (text) => lock.announce(text, urls),
      announceStop: () => lock.announce(STOPPING),
      stop: async () => {
        await supervisor.stop();
        close();
        lock.release();
      },
    };
  } catch (error) {
    close();
    lock.release();
    throw error;
  }
};

/**
 * The database for a command: the one a running server holds, or one started for as long as the command takes.
 * @throws EngineError when another process holds the folder and its database does not answer yet
 */
export const attachEngine = async (options: EngineOptions): Promise<Pick<Engine, 'ownerUrl' | 'appUrl' | 'stop'> & { shared: boolean }> => {
  const holder = existsSync(options.dataDir) ? holderOf(realpathSync(options.dataDir)) : null;
  if (holder?.urls) return { ...holder.urls, shared: true, stop: () => Promise.resolve() };
  return { ...(await startEngine(options)), shared: false };
};

/** Time for the database to come back after it died: callers that retry wait in these steps. */
export const untilAnswering = async (url: string, ms: number): Promise<void> => {
  const deadline = Date.now() + ms;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(100);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
};
