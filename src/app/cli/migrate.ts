import type { Config } from '../../platform/config/config';
import { withDatabase } from './database';
import { migrateNow } from './migration';

export const runMigrate = (config: Config): Promise<void> =>
  withDatabase(config, 'migrate', async (database) => {
    const applied = await migrateNow(config, database);
    console.log(applied === 0 ? 'The database has the shape of this version already.' : `${applied} change(s) were made to the database.`);
  });
