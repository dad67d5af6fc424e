import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from './errors';
import { isAlive, startMark } from './processes';

interface Holder {
  pid: number;
  mark: string | null;
  /** Where it serves, or what it does. */
  doing: string;
  /** Addresses of the database it runs, once that answers. */
  urls?: DatabaseUrls;
}

export interface DatabaseUrls {
  ownerUrl: string;
  appUrl: string;
}

export interface DirLock {
  /** Names what the holder does, for whoever is refused later: an address, a command. */
  announce(doing: string, urls?: DatabaseUrls): void;
  release(): void;
}

const readHolder = (path: string): Holder | null => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
};

/** The process that holds a data folder now, or null. */
export const holderOf = (dataDir: string): Omit<Holder, 'mark'> | null => {
  const holder = readHolder(join(dataDir, 'lockstep.lock'));
  if (!holder || !isAlive(holder.pid) || startMark(holder.pid) !== holder.mark) return null;
  return { pid: holder.pid, doing: holder.doing, ...(holder.urls ? { urls: holder.urls } : {}) };
};

/** Puts a dead holder's file aside; gives it back when it was replaced by a live one between reading and moving. */
const removeStale = (path: string, draft: string): void => {
  const aside = `${draft}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && isAlive(moved.pid) && startMark(moved.pid) === moved.mark) {
    try {
      linkSync(aside, path);
    } catch {
      /* a third process took the place meanwhile: it holds the folder */
    }
  }
  rmSync(aside, { force: true });
};

/**
 * One process per data folder. The file appears by link(2), which succeeds for one caller only; a holder that died,
 * kill -9 included, is recognised by process id and start time.
 * @throws EngineError naming the other process
 */
export const lockDir = (dataDir: string, doing: string): DirLock => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'lockstep.lock');
  const draft = `${path}.${process.pid}`;
  const write = (text: string, urls?: DatabaseUrls): void =>
    writeFileSync(draft, JSON.stringify({ pid: process.pid, mark: startMark(process.pid), doing: text, urls } satisfies Holder), { mode: 0o600 });
  write(doing);
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        linkSync(draft, path);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 20) throw error;
      }
      const holder = holderOf(dataDir);
      if (holder)
        throw new EngineError(`${dataDir} is in use by process ${holder.pid} (${holder.doing}). Nothing was started or changed. Stop that process first, or set DATA_DIR and PORT to start a second, separate installation.`);
      removeStale(path, draft);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    announce: (text, urls) => {
      try {
        write(text, urls);
        renameSync(draft, path);
      } catch (error) {
        // On a full disk the earlier announcement stays: whoever reads it still learns who holds the folder.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        rmSync(draft, { force: true });
      }
    },
    release: () => rmSync(path, { force: true }),
  };
};
