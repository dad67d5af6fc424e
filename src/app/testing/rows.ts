import pg from 'pg';

/** Reads as the owner, whom row security does not confine. */
export const ownerClient = async (ownerUrl: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/** Each kind of statement with the rows it leaves behind and those it takes away. */
const CHANGES = { insert: 'new table as born', delete: 'old table as gone', update: 'new table as born old table as gone' };

/** From here on every statement that changes rows notes, within its own transaction, by how much that moves the sum of all rows' hashes. */
const watch = async (owner: pg.Client): Promise<void> => {
  const { rows } = await owner.query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`);
  await owner.query('create schema watched; create table watched.change (moves numeric not null)');
  await owner.query(`create function watched.note() returns trigger language plpgsql security definer as $$
    declare moves numeric := 0;
    begin
      if tg_op <> 'DELETE' then moves := moves + (select coalesce(sum(hashtextextended(tg_table_name || each::text, 0)), 0) from born each); end if;
      if tg_op <> 'INSERT' then moves := moves - (select coalesce(sum(hashtextextended(tg_table_name || each::text, 0)), 0) from gone each); end if;
      if moves <> 0 then insert into watched.change values (moves); end if;
      return null;
    end $$`);
  for (const { name } of rows)
    for (const [act, tables] of Object.entries(CHANGES))
      await owner.query(`create trigger watched_${act} after ${act} on ${owner.escapeIdentifier(name)} referencing ${tables} for each statement execute function watched.note()`);
};
const watched = new WeakMap<pg.Client, Promise<void>>();

/**
 * A digest of every row of every table, against what they were when this client first asked, so that "nothing was changed" can be shown.
 * Kept up by what changes rows: reading all tables to compare took 27 ms each time.
 */
export const digestOfRows = async (owner: pg.Client): Promise<string> => {
  const watching = watched.get(owner) ?? watch(owner);
  watched.set(owner, watching);
  await watching;
  return (await owner.query<{ digest: string }>('select coalesce(sum(moves), 0)::text as digest from watched.change')).rows[0]?.digest ?? '';
};
