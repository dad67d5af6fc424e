import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { childEnv } from '../config/child-env';
import type { Binaries } from './binaries';
import { EngineError, type EngineLog } from './errors';
import { asSeenByDatabase, type Account } from './identity';
import type { Door } from './sockets';

/**
 * Settings of the embedded server. Nothing that a respondent sends may reach a log or a timestamp in the database;
 * errors are left to the caller, since their texts can quote values. Waiting for the disk stays on: an acknowledged
 * write survives a power cut.
 */
export const SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  log_statement: 'none',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_min_duration_statement: '-1',
  log_min_error_statement: 'panic',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_connections: '',
  log_disconnections: 'off',
  track_commit_timestamp: 'off',
  archive_mode: 'off',
  wal_level: 'replica',
  max_wal_senders: '0',
  timezone: 'UTC',
  max_connections: '100',
};

export interface Postmaster {
  child: ChildProcess;
  /** The last lines it wrote, for the message when it dies. */
  lastWords(): string;
}

const DISMISSED = /checkpoint (starting|complete)|background worker|logical replication/;

const launch = (binaries: Binaries, pgDir: string, door: Door, account: Account, extra: Record<string, string>, log: EngineLog): Postmaster => {
  const settings = Object.entries({ ...SETTINGS, ...extra }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A group of its own: Ctrl-C in a terminal must reach the application first, which drains and then ends the database.
  const child = spawn(binaries.postgres, ['-D', asSeenByDatabase(pgDir, account), ...door.args, ...settings], {
    ...account, cwd: pgDir, env: childEnv(), detached: true, stdio: ['ignore', 'ignore', 'pipe'],
  });
  const words: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    for (const line of chunk.split('\n').filter((text) => text.trim() && !DISMISSED.test(text))) {
      words.push(line);
      if (words.length > 8) words.shift();
      if (/\b(FATAL|PANIC):/.test(line) && !/starting up|shutting down|not yet accepting|recovery mode|terminating connection/.test(line)) log.warn(`database: ${line}`);
    }
  });
  child.on('error', (error) => words.push(error.message));
  return { child, lastWords: () => words.join(' | ') };
};

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Ends it, from polite to certain: fast, immediate, kill. */
export const endPostmaster = async ({ child }: Postmaster): Promise<void> => {
  for (const [signal, ms] of [['SIGINT', 8_000], ['SIGQUIT', 3_000], ['SIGKILL', 3_000]] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(process.platform === 'win32' ? 'SIGTERM' : signal);
    await Promise.race([exited, pause(ms, undefined, { ref: false })]);
  }
};

const hint = (words: string): string => {
  if (/No space left/i.test(words)) return ' The disk is full: free some space and start again; what was saved is intact.';
  if (/Permission denied/i.test(words)) return ' The account that runs the database may not enter its folder: start as the user who made it, or give it back with chown -R.';
  return '';
};

/**
 * Starts the server and waits until it answers. Processes of a killed predecessor hold its shared memory for a
 * moment, so a refusal is tried again for half a minute.
 */
export const startPostmaster = async (binaries: Binaries, pgDir: string, door: Door, account: Account, extra: Record<string, string>, log: EngineLog): Promise<Postmaster> => {
  const deadline = Date.now() + 60_000;
  const patience = Date.now() + 30_000;
  let current = launch(binaries, pgDir, door, account, extra, log);
  while (Date.now() < deadline) {
    if (await answers(door.url('owner', 'postgres'))) return current;
    if (current.child.exitCode !== null || current.child.signalCode !== null || current.child.pid === undefined) {
      const words = current.lastWords();
      if (Date.now() > patience || !/shared memory|lock file|already exists/.test(words))
        throw new EngineError(`The database did not start: ${words || 'it gave no reason'}.${hint(words)}`);
      await pause(500);
      current = launch(binaries, pgDir, door, account, extra, log);
    }
    await pause(30);
  }
  await endPostmaster(current);
  throw new EngineError(`The database did not answer within 60 seconds: ${current.lastWords() || 'it gave no reason'}.`);
};
