import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seal, unseal } from './sealing';

/**
 * Secrets that this program has to know itself, such as those that sign webhooks, lie in the database sealed under a key that is in a file of the
 * data folder: neither the database nor a backup is enough to read them.
 */
export type Sealer = { seal(text: string, purpose: string): string; /** Undefined when it was sealed under another key. */ open(sealed: string, purpose: string): string | undefined };

const FILE = 'webhook-key';

/** Whole or absent, also when two servers start at once: it is written elsewhere and then given its name. */
const keyIn = (dataDir: string): Buffer => {
  const file = join(dataDir, FILE);
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(fresh, randomBytes(32), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(fresh);
  }
  return readFileSync(file);
};

export const sealerOf = (config: { dataDir: string }): Sealer => ({
  seal: (text, purpose) => seal(keyIn(config.dataDir), Buffer.from(text), purpose).toString('base64'),
  open: (sealed, purpose) => {
    try {
      return unseal(keyIn(config.dataDir), Buffer.from(sealed, 'base64'), purpose).toString();
    } catch {
      return undefined;
    }
  },
});
