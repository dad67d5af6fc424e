import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startMark } from '../engine/processes';
import type { AppProcess } from './app-process';

/** The process id that the database of a folder noted, dead or alive. */
const notedPid = (dataDir: string): number | undefined => {
  try {
    const pid = Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
    return pid > 1 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Process id of the built-in database of a data folder; undefined while it is down. */
export const databasePid = (dataDir: string): number | undefined => {
  const pid = notedPid(dataDir);
  return pid !== undefined && startMark(pid) !== null ? pid : undefined;
};

/** Kills the database of a folder with signal 9 and goes on at once. @returns its process id, undefined when none was there */
export const strikeDatabase = (dataDir: string): number | undefined => {
  const pid = databasePid(dataDir);
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL') ? pid : undefined;
  } catch {
    return undefined;
  }
};

/** Kills the database of a running application and waits until another stands in its place. False when none was there. */
export const killDatabase = async (dataDir: string): Promise<boolean> => {
  const pid = strikeDatabase(dataDir);
  if (pid === undefined) return false;
  for (const deadline = Date.now() + 30_000; notedPid(dataDir) === pid && Date.now() < deadline; ) await pause(20);
  return true;
};

/** Waits until a running application calls itself ready again. @throws Error with what it printed */
export const untilReady = async (app: AppProcess): Promise<AppProcess> => {
  for (const deadline = Date.now() + 30_000; !(await fetch(`${app.url}/readyz`).then((response) => response.ok, () => false)); await pause(50))
    if (Date.now() > deadline) throw new Error(`not ready again:\n${app.output()}`);
  return app;
};
