import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { createQueues } from '../jobs/queues';
import { forceRowSecurity } from './row-security';

/** Two servers starting at once migrate one after the other. */
const MIGRATION_LOCK = 4_400_001;

/** The `migrations` folder: beside the bundle when built, at the repository's root when run from source. */
export const migrationsFolder = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 6; up++) {
    const candidate = join(folder, 'migrations');
    if (existsSync(join(candidate, 'meta', '_journal.json'))) return candidate;
    folder = dirname(folder);
  }
  throw new Error('The folder "migrations" is missing from this installation. Fetch the release again.');
};

/** The migrations are one transaction, and what follows them is done anew each time: there is nothing in between. */
const WENT_AWAY = 'The database went away while it was being brought to the shape of this version. Nothing is half-done: either none of the changes were made or all of them, and everything saved is as it was. Do the same again as soon as the database is back; it goes on from there.';

/** What is said of a database whose tables this version cannot know. */
const OF_ANOTHER_VERSION = 'This database was last changed by another version of Lockstep, newer than this one or from before its first release. Nothing in it was changed. Start that version, or set DATA_DIR (or DATABASE_URL and DATABASE_OWNER_URL) to another place; a backup that this version or an earlier one made can be restored there.';

/** Whether it is still there; in a failed transaction it refuses (SQLSTATE 25P02), and a refusal is a sign of life. */
const answers = (client: pg.Client): Promise<boolean> => client.query('select 1').then(() => true, (error: { code?: string }) => error.code === '25P02');

export type MigrateOptions = { appRole: string; queues?: readonly string[]; beforeChange?: (pending: number) => Promise<void> };

/** Migrations this version knows that the database lacks, and those it had that this version does not know. A database that was never migrated lacks all. */
const compared = async (client: pg.ClientBase | pg.Pool): Promise<{ pending: number; unknown: number }> => {
  const known = new Set(readMigrationFiles({ migrationsFolder: migrationsFolder() }).map(({ hash }) => hash));
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('drizzle.__drizzle_migrations') is not null as there`);
  if (!rows[0]?.there) return { pending: known.size, unknown: 0 };
  const applied = new Set((await client.query<{ hash: string }>('select hash from drizzle.__drizzle_migrations')).rows.map(({ hash }) => hash));
  return { pending: [...known].filter((hash) => !applied.has(hash)).length, unknown: [...applied].filter((hash) => !known.has(hash)).length };
};

/** How many migrations the database still lacks. */
export const pendingMigrations = async (client: pg.ClientBase | pg.Pool): Promise<number> => (await compared(client)).pending;

/**
 * Brings the database to this program's shape, as the owner: tables, forced row security, grants, queues.
 * Safe to run again and by several servers at once.
 * @returns how many migrations were applied.
 * @throws Error for people when the database went away meanwhile, the failure itself being its cause, or when another version changed it.
 */
export const migrate = async (ownerUrl: string, options: MigrateOptions): Promise<number> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const role = await client.query('select 1 from pg_roles where rolname = $1', [options.appRole]);
    if (role.rowCount === 0) await client.query(`create role ${client.escapeIdentifier(options.appRole)} login nosuperuser nobypassrls`);
    const { pending, unknown } = await compared(client);
    if (pending > 0) await options.beforeChange?.(pending);
    if (unknown > 0) throw new Error(OF_ANOTHER_VERSION);
    await applyMigrations(drizzle(client), { migrationsFolder: migrationsFolder() });
    await client.query(`grant usage on schema drizzle to ${client.escapeIdentifier(options.appRole)}`);
    await client.query(`grant select on all tables in schema drizzle to ${client.escapeIdentifier(options.appRole)}`);
    await forceRowSecurity(client, options.appRole);
    await createQueues(ownerUrl, options.queues ?? [], options.appRole, client);
    return pending;
  } catch (error) {
    throw (await answers(client)) ? error : new Error(WENT_AWAY, { cause: error });
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await client.end().catch(() => undefined);
  }
};
