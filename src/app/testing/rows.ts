import { createHash } from 'node:crypto';
import pg from 'pg';

/** Reads as the owner, whom row security does not confine. */
export const ownerClient = async (ownerUrl: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/** A digest of every row of every table, in no order since sorting took longest, so that "nothing was changed" can be shown. */
export const digestOfRows = async (owner: pg.Client): Promise<string> => {
  const { rows } = await owner.query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`);
  const parts = rows.map(({ name }) => `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as sum from ${owner.escapeIdentifier(name)} t`);
  const sums = await owner.query<{ name: string; sum: string }>(`${parts.join(' union all ')} order by 1`);
  return createHash('sha256').update(JSON.stringify(sums.rows)).digest('hex');
};
