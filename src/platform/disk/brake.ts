import pg from 'pg';

/**
 * Cancels every transaction of this database that has written something. What each of them wrote is undone, so that "nothing was
 * saved" is true for whoever is told so.
 */
export const cancelWriters = async (ownerUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_cancel_backend(pid) from pg_stat_activity where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()');
  } finally {
    await client.end().catch(() => undefined);
  }
};
