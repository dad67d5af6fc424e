import { createHash } from 'node:crypto';
import pg from 'pg';

/** Reads as the owner, whom row security does not confine. */
export const ownerClient = async (ownerUrl: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

const digests = new WeakMap<pg.Client, Promise<string>>();
const statementFor = async (owner: pg.Client): Promise<string> => {
  const { rows } = await owner.query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`);
  return `${rows.map(({ name }) => `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(t.ctid || ' ' || t.xmin, 0)::numeric), 0) as sum from ${owner.escapeIdentifier(name)} t`).join(' union all ')} order by 1`;
};

/**
 * A digest of every row of every table, so that "nothing was changed" can be shown: where each stands and which transaction wrote it, which no change
 * leaves alone, instead of its text, which took ten times as long. Prepared once a client, since planning over all tables takes longer than reading them.
 */
export const digestOfRows = async (owner: pg.Client): Promise<string> => {
  const made = digests.get(owner) ?? statementFor(owner);
  digests.set(owner, made);
  const sums = await owner.query<{ name: string; sum: string }>({ name: 'digest', text: await made });
  return createHash('sha256').update(JSON.stringify(sums.rows)).digest('hex');
};
