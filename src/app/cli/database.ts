import type { Config } from '../../platform/config/config';
import { attachEngine } from '../../platform/engine/engine';
import { quietLog } from './output';

export interface CommandDatabase {
  ownerUrl: string;
  appUrl: string;
  /** A server is running on it now. */
  shared: boolean;
}

/** The configured database for one command; the built-in one is started only when no server runs it already. */
export const withDatabase = async <T>(config: Config, doing: string, work: (database: CommandDatabase) => Promise<T>): Promise<T> => {
  if (config.database.kind === 'server') return work({ ...config.database, shared: false });
  const engine = await attachEngine({ dataDir: config.dataDir, log: quietLog, doing: `lockstep ${doing}` });
  try {
    return await work(engine);
  } finally {
    await engine.stop();
  }
};
