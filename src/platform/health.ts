import { statfs } from 'node:fs/promises';
import type pg from 'pg';
import { pendingMigrations } from './db/migrate';

export type Readiness = { ready: boolean; database: string; migrations: string; disk: string };

/** Under this much free space the server calls itself not ready, so that nothing is accepted that could not be kept. */
export const DISK_MINIMUM = 200 * 1024 * 1024;

/** Whether requests can be served: the database answers, every migration is in, the disk has room. Never throws. */
export const readiness = async ({ pool, dataDir }: { pool: pg.Pool; dataDir: string }): Promise<Readiness> => {
  const database = await pool.query('select 1').then(() => 'ok', () => 'does not answer');
  const migrations = database !== 'ok' ? 'unknown' : await pendingMigrations(pool).then((n) => (n === 0 ? 'ok' : `${n} missing`), () => 'unknown');
  const disk = await statfs(dataDir).then(({ bavail, bsize }) => (bavail * bsize >= DISK_MINIMUM ? 'ok' : 'almost full'), () => 'unreadable');
  return { ready: [database, migrations, disk].every((state) => state === 'ok'), database, migrations, disk };
};
