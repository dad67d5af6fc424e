import { accountSecret } from '../account-secret';
import { createAuth } from '../../platform/auth/auth';
import type { Config } from '../../platform/config/config';
import { openDatabase, type Database } from '../../platform/db/database';
import { migrate } from '../../platform/db/migrate';
import { withDatabase } from './database';
import { migrationOptions } from './migration';
import { CommandError } from './output';

/** The link for a new password that a mail would carry; null when no account has this address. */
export const resetLinkFor = async (config: Config, db: Database, email: string): Promise<string | null> => {
  let link: string | null = null;
  const auth = createAuth(config, db, accountSecret(config.dataDir), {
    maySignUp: async () => false,
    sendAccountMail: async (_kind, _to, made) => {
      link = made;
    },
  });
  await auth.api.requestPasswordReset({ body: { email: email.normalize('NFKC').trim().toLowerCase(), redirectTo: '/new-password' } });
  return link;
};

/** Prints a link for a new password, for installations that send no mail. Whoever may run this has the server anyway. */
export const runResetLink = async (args: string[], config: Config): Promise<void> => {
  const [email] = args;
  if (!email || args.length > 1 || !email.includes('@')) throw new CommandError('Name one e-mail address: npm run lockstep -- reset-link ann@example.org', 2);
  await withDatabase(config, 'reset-link', async (database) => {
    if (!database.shared) await migrate(database.ownerUrl, migrationOptions(config, database, (line) => console.error(line)));
    const db = openDatabase(database.appUrl, () => undefined, 2);
    try {
      const link = await resetLinkFor(config, db, email);
      if (!link) throw new CommandError(`No account has the address ${email}. Nothing was changed.`);
      console.log(link);
      console.error('The link works once, for an hour. Whoever opens it chooses the new password; every session of the account then ends.');
    } finally {
      await db.close();
    }
  });
};
