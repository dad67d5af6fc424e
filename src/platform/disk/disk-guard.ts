import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { Logger } from '../log/log';
import { BALLAST_BYTES, hasBallast, layBallast } from './ballast';

const MB = 1024 * 1024;

/** Under this much free space nothing more is accepted: the rest belongs to what is under way and to the database's own log. */
export const DISK_RESERVE = 200 * MB;
/** Accepted again from here on; the distance keeps the state from changing with every file. */
const RESUME = DISK_RESERVE + 50 * MB;
/** Under this, what is still being written is cancelled too, before the database's log itself finds no room. */
const BRAKE = 80 * MB;
const LOOK_EVERY_MS = 250;

export type DiskGuard = {
  /** True while the disk is too full to keep anything new. */
  readOnly(): boolean;
  /** Hears every change. */
  onChange(listener: (readOnly: boolean) => void): void;
  stop(): void;
};

export type GuardOptions = {
  dataDir: string;
  log: Logger;
  /** Cancels every writing transaction; called again and again while hardly any room is left. */
  brake(): Promise<void>;
};

/**
 * Watches the disk of the data folder four times a second and says when only reading is possible. Keeps a ballast file there
 * while there is ample room.
 */
export const guardDisk = ({ dataDir, log, brake }: GuardOptions): DiskGuard => {
  const listeners: ((readOnly: boolean) => void)[] = [];
  const first = statfsSync(dataDir);
  let readOnly = first.bavail * first.bsize < DISK_RESERVE;
  let busy = false;
  const change = (to: boolean, free: number): void => {
    readOnly = to;
    const room = `${Math.round(free / MB)} MB free`;
    if (to) log.error(`The disk is almost full (${room}): nothing new is saved until ${RESUME / MB} MB are free, everything saved can be read. Make room; nothing else is needed.`);
    else log.warn(`There is room on the disk again (${room}): everything is saved as usual.`);
    for (const listener of listeners) listener(to);
  };
  const look = async (): Promise<void> => {
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    if (!readOnly && free < DISK_RESERVE) change(true, free);
    else if (readOnly && free >= RESUME) change(false, free);
    if (readOnly && free < BRAKE) await brake();
    if (!readOnly && free >= RESUME + BALLAST_BYTES && !hasBallast(dataDir)) await layBallast(dataDir);
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // A disk that cannot be looked at, or a database that is just coming back, is looked at again at the next turn.
    void look().catch(() => undefined).finally(() => (busy = false));
  }, LOOK_EVERY_MS);
  timer.unref();
  if (readOnly) change(true, first.bavail * first.bsize);
  return { readOnly: () => readOnly, onChange: (listener) => void listeners.push(listener), stop: () => clearInterval(timer) };
};
