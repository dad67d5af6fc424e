import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statfsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A file that only takes up room. A database whose log cannot grow stops and cannot start again, since starting writes a little;
 * giving this room back lets it start, so that everything saved can be read while somebody makes room properly.
 */
export const BALLAST_BYTES = 64 * 1024 * 1024;
const CHUNK = 1024 * 1024;
/** Less than a segment of the database's log (16 MB): a start could not even write its first records. */
const TOO_LITTLE_TO_START = 24 * 1024 * 1024;

const pathOf = (dataDir: string): string => join(dataDir, 'ballast');

export const hasBallast = (dataDir: string): boolean => existsSync(pathOf(dataDir));

/** Random bytes, since some file systems keep no room for what they can compress. Made aside, so that half a ballast is none. */
export const layBallast = async (dataDir: string): Promise<void> => {
  const draft = `${pathOf(dataDir)}.new`;
  try {
    const file = await open(draft, 'w', 0o600);
    try {
      for (let written = 0; written < BALLAST_BYTES; written += CHUNK) await file.write(randomBytes(CHUNK));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, pathOf(dataDir));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

/** Gives the room back. @returns whether a ballast had been laid */
export const dropBallast = (dataDir: string): boolean => {
  const there = hasBallast(dataDir);
  for (const file of [pathOf(dataDir), `${pathOf(dataDir)}.new`]) rmSync(file, { force: true });
  return there;
};

/** Whether a database here would find no room for its first records. */
export const isTooFullToStart = (dataDir: string): boolean => {
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize < TOO_LITTLE_TO_START;
};

/** Before a start: on a disk without any room the ballast is given up at once, or the start would fail half-way. */
export const dropBallastToStart = (dataDir: string): boolean => hasBallast(dataDir) && isTooFullToStart(dataDir) && dropBallast(dataDir);
