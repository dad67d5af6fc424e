import pg from 'pg';

/** What somebody with the owner's database password can do. */
export const asOwner = async <T extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
};

/** Every row of every table, the queue's included, as text. */
export const wholeDatabase = async (url: string): Promise<string> => {
  const tables = await asOwner<{ name: string }>(url, `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`);
  const texts = await Promise.all(tables.map(({ name }) => asOwner<{ row: string }>(url, `select t::text as row from ${name} t`)));
  return texts.flatMap((rows) => rows.map(({ row }) => row)).join('\n');
};

/** Makes some mixed rows look new again, so that the next mixing has work to do. Waits its turn like mixing itself. */
export const unmix = async (url: string, waveId: string, share = 1): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(4400, hashtext($1))', [waveId]);
    await client.query('update ballot_box set mixed = false where wave_id = $1 and random() < $2', [waveId, share]);
    await client.query('commit');
  } finally {
    await client.end();
  }
};
