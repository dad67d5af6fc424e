import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { childEnv } from '../config/child-env';
import type { Binaries } from './binaries';
import { EngineError, type EngineLog } from './errors';
import { asSeenByDatabase, privateDir, type Account } from './identity';
import { goneWithin, isAlive, servesFolder } from './processes';
import { passwordFile } from './sockets';

/** "disk full" in words, since the tool's own text names its internals. */
const reason = (output: string): string =>
  /No space left/i.test(output) ? 'the disk is full' : output.trim().split('\n').slice(-3).join(' ') || 'no reason was given';

const authentication = (dataDir: string): string[] =>
  process.platform === 'win32' ? ['--auth=scram-sha-256', `--pwfile=${passwordFile(dataDir)}`] : ['--auth=trust'];

/**
 * Makes the database's folder if there is none. Made aside and renamed when whole, so that a start killed half-way
 * leaves nothing that looks like a database.
 */
export const makeDataFolder = (dataDir: string, pgDir: string, binaries: Binaries, account: Account): void => {
  const versionFile = join(pgDir, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const major = readFileSync(versionFile, 'utf8').trim();
    if (major !== binaries.major)
      throw new EngineError(`${pgDir} was written by PostgreSQL ${major}, this version brings ${binaries.major}. Nothing was changed. Start the earlier version, run "npm run lockstep -- backup FILE", then start this version with a new DATA_DIR and run "npm run lockstep -- restore FILE".`);
    return;
  }
  const draft = `${pgDir}.new`;
  rmSync(draft, { recursive: true, force: true });
  privateDir(draft, account);
  const made = spawnSync(
    binaries.initdb,
    ['-D', asSeenByDatabase(draft, account), '-U', 'owner', ...authentication(dataDir), '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    { ...account, cwd: draft, env: childEnv(), encoding: 'utf8' },
  );
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new EngineError(`The database folder could not be made in ${dataDir}: ${reason(made.error?.message ?? made.stderr)}. Nothing was kept. Check free space and permissions of ${dataDir}, then start again.`);
  }
  rmSync(pgDir, { recursive: true, force: true });
  renameSync(draft, pgDir);
};

/**
 * Ends a database process that an earlier, killed start left behind in this folder. It is ended rather than adopted,
 * so that the new one is our child and can be watched; everything committed is on disk.
 */
export const endLeftover = async (pgDir: string, log: EngineLog): Promise<void> => {
  const pidFile = join(pgDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return;
  if (!servesFolder(pid, pgDir)) {
    rmSync(pidFile, { force: true });
    return;
  }
  log.warn(`A database process (${pid}) was left over from an earlier start; it is ended and started anew. Nothing saved is lost.`);
  for (const [signal, ms] of [['SIGINT', 10_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]] as const) {
    try {
      process.kill(pid, signal);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw new EngineError(`Process ${pid}, a database left over in ${pgDir}, belongs to another user and could not be ended. End it (kill -INT ${pid}) as that user or as root, then start again.`, { cause });
    }
    if (await goneWithin(pid, ms)) return;
  }
};
