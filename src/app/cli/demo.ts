import { randomUUID } from 'node:crypto';
import { loadDemo, removeDemo } from '../demo';
import { matchRecords } from '../../features/customers/commands/match-records';
import { leadProjection } from '../../features/pipeline/projection';
import type { Config } from '../../platform/config/config';
import { openDatabase } from '../../platform/db/database';
import { migrate } from '../../platform/db/migrate';
import { withDatabase } from './database';
import { migrationOptions } from './migration';
import { CommandError } from './output';

/** Loads the demo company, or removes it with --remove; a running server shows it at once. Whatever else is asked is refused: loading is no answer to a slip. */
export const runDemo = (args: string[], config: Config): Promise<void> => {
  const unknown = args.find((arg) => arg !== '--remove');
  if (unknown !== undefined) throw new CommandError(`"demo" does not know ${unknown}. Nothing was changed. It loads the demo company; with --remove it removes it.`, 2);
  return withDatabase(config, 'demo', async (database) => {
    if (!database.shared) await migrate(database.ownerUrl, migrationOptions(config, database, (line) => console.error(line)));
    const db = openDatabase(database.appUrl, () => undefined, 2);
    try {
      if (args.includes('--remove')) {
        console.log((await removeDemo({ db, ownerUrl: database.ownerUrl })) ? 'The demo company was removed, with everything in it.' : 'There is no demo company here. Nothing was changed.');
        return;
      }
      const parts = { db, now: () => new Date(), newId: randomUUID, config };
      await matchRecords(parts, await loadDemo(parts, null), [leadProjection]);
      console.log(`The demo company is loaded. Its report opens without an account: ${config.baseUrl}/sample`);
    } finally {
      await db.close();
    }
  });
};
