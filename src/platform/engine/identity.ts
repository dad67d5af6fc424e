import { chownSync, existsSync, mkdirSync, statSync } from 'node:fs';

/** The account PostgreSQL runs under when we are root, since it refuses to be root. */
const NOBODY = 65534;

export interface Account {
  uid?: number;
  gid?: number;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Whom the database runs as: ourselves, or as root the owner of an existing data folder, else "nobody".
 * @param pgDir the database's own folder, which may not exist yet
 */
export const accountFor = (pgDir: string): Account => {
  if (!isRoot()) return {};
  const owner = existsSync(pgDir) ? statSync(pgDir) : null;
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY };
};

/** Makes a folder that only the database's account can enter. */
export const privateDir = (path: string, account: Account): void => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
};

/**
 * The folder as the database is told it. As root on Linux it is the working directory's magic link: the other account
 * can then use a folder whose parents it may not pass (a clone under a 0700 home), since the link skips them.
 */
export const asSeenByDatabase = (dir: string, account: Account): string =>
  account.uid !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : dir;
