import { statfs } from 'node:fs/promises';
import type pg from 'pg';
import { pendingMigrations } from './db/migrate';
import { DISK_RESERVE } from './disk/disk-guard';

export type Readiness = { ready: boolean; database: string; migrations: string; disk: string };

/** Whether requests can be served: the database answers, every migration is in, the disk has room. Never throws. */
export const readiness = async ({ pool, dataDir, readOnly }: { pool: pg.Pool; dataDir: string; readOnly?: () => boolean }): Promise<Readiness> => {
  const database = await pool.query('select 1').then(() => 'ok', () => 'does not answer');
  const migrations = database !== 'ok' ? 'unknown' : await pendingMigrations(pool).then((n) => (n === 0 ? 'ok' : `${n} missing`), () => 'unknown');
  const free = await statfs(dataDir).then(({ bavail, bsize }) => bavail * bsize, () => null);
  const disk = free === null ? 'unreadable' : readOnly?.() ? 'almost full: only reading' : free >= DISK_RESERVE ? 'ok' : 'almost full';
  return { ready: [database, migrations, disk].every((state) => state === 'ok'), database, migrations, disk };
};
