import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { backup } from './backup';
import { appliedMigrations } from './catalogue';
import type { WaveSealing } from './sealing';

/** So many backups made before migrations are kept; older ones are removed. */
export const KEPT = 5;

const NAME = /^before-migration-\d{4}-\d\d-\d\dT\d{6}Z(-\d+)?\.tar\.gz$/;

/** 2026-11-22T030405Z: sorts by time and is a file name everywhere. */
export const stampOf = (now: Date): string => now.toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '');

const freeName = (folder: string, now: Date): string => {
  for (let more = 1; ; more += 1) {
    const file = join(folder, `before-migration-${stampOf(now)}${more === 1 ? '' : `-${more}`}.tar.gz`);
    if (!existsSync(file)) return file;
  }
};

/**
 * Keeps what the database holds before its shape changes, in `dataDir/backups`.
 * @returns the file, or null for a database that was never migrated and so has nothing to lose
 */
export const backupBeforeMigration = async (options: { ownerUrl: string; dataDir: string; program: string; now: Date; sealing: WaveSealing }): Promise<string | null> => {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  const applied = await appliedMigrations(client).finally(() => client.end());
  if (applied.length === 0) return null;
  const folder = join(options.dataDir, 'backups');
  const file = freeName(folder, options.now);
  await backup({ ...options, file });
  for (const old of readdirSync(folder).filter((name) => NAME.test(name)).sort().reverse().slice(KEPT)) rmSync(join(folder, old), { force: true });
  return file;
};
