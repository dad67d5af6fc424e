import pg from 'pg';

/**
 * Rewrites or cleans tables over a short connection of the owner. PostgreSQL answers a VACUUM that is not permitted with a
 * mere warning ("skipping …"), so that warning is treated as the failure it is.
 * @throws Error when any table was skipped
 */
export const vacuum = async (url: string, tables: readonly string[], mode: 'plain' | 'full'): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  const warnings: string[] = [];
  client.on('error', () => undefined);
  client.on('notice', (notice) => {
    if (notice.severity === 'WARNING') warnings.push(notice.message ?? 'warning');
  });
  await client.connect();
  try {
    for (const table of tables) await client.query(`vacuum ${mode === 'full' ? '(full)' : ''} ${client.escapeIdentifier(table)}`);
  } finally {
    await client.end();
  }
  if (warnings.length > 0) throw new Error(`VACUUM did not run: ${warnings[0]}. DATABASE_OWNER_URL must name the owner of the tables.`);
};
