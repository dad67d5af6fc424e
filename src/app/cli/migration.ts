import type { Config } from '../../platform/config/config';
import { backupBeforeMigration } from '../../platform/backup/before-migration';
import { migrate, type MigrateOptions } from '../../platform/db/migrate';
import { APP_ROLE } from '../../platform/engine/engine';
import { jobs } from '../features';
import type { DatabaseUrls } from '../server';
import { waveSealing } from './sealing';
import { VERSION } from './version';

export const appRoleOf = (urls: DatabaseUrls): string => decodeURIComponent(new URL(urls.appUrl).username) || APP_ROLE;

/** Called by a migration that has something to change; the migration does not start when the backup fails. */
export const backupFirst = (config: Config, urls: DatabaseUrls, say: (line: string) => void) => async (pending: number): Promise<void> => {
  const file = await backupBeforeMigration({ ownerUrl: urls.ownerUrl, dataDir: config.dataDir, program: VERSION, now: new Date(), sealing: waveSealing(config) });
  if (file) say(`A backup was made before ${pending} change(s) to the database: ${file}`);
};

export const migrationOptions = (config: Config, urls: DatabaseUrls, say: (line: string) => void): MigrateOptions => ({
  appRole: appRoleOf(urls),
  queues: jobs.map(({ name }) => name),
  beforeChange: backupFirst(config, urls, say),
});

export const migrateNow = (config: Config, urls: DatabaseUrls): Promise<number> => migrate(urls.ownerUrl, migrationOptions(config, urls, (line) => console.error(line)));
