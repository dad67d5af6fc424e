import pg from 'pg';

/** PostgreSQL's word that somebody else is using what was asked for. */
const IN_USE = '55P03';

const isEmpty = async (client: pg.Client, table: string): Promise<boolean> => (await client.query(`select 1 from ${client.escapeIdentifier(table)} limit 1`)).rowCount === 0;

/** Empty tables that nothing refers to but what is empty as well. */
const emptyTables = async (client: pg.Client): Promise<string[]> => {
  const { rows: tables } = await client.query<{ name: string; used: boolean }>(
    `select relname as name, pg_relation_size(oid) > 0 as used from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity order by 1`,
  );
  const { rows: links } = await client.query<{ child: string; parent: string }>(
    `select c.relname as child, p.relname as parent from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid where k.contype = 'f' and k.connamespace = 'public'::regnamespace`,
  );
  const left = new Set<string>();
  for (const { name } of tables) if (await isEmpty(client, name)) left.add(name);
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const { child, parent } of links) if (!left.has(child)) left.delete(parent);
  }
  const used = new Set(tables.flatMap(({ name, used }) => (used ? [name] : [])));
  const children = (name: string): string[] => links.flatMap(({ child, parent }) => (parent === name && child !== name ? [child] : []));
  const wanted = new Set<string>();
  const want = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    children(name).forEach(want);
  };
  [...left].filter((name) => used.has(name)).forEach(want);
  return [...wanted];
};

/**
 * Makes tables whose last row was removed like new, over a short connection of the owner. What the planner knows of an emptied table is that all of its
 * indexes are equally cheap, so that what is written next is read whole for each row looked up: the demo company, loaded again a minute after its removal,
 * took minutes instead of ten seconds. Waits for nobody, so that no request can be caught between it and another; where one table is in use, all stay as they are.
 * @returns names of the tables that are like new
 */
export const renewEmptyTables = async (ownerUrl: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const tables = await emptyTables(client);
    if (tables.length === 0) return [];
    const names = tables.map((name) => client.escapeIdentifier(name)).join(', ');
    await client.query(`begin; lock table ${names} in access exclusive mode nowait`);
    // Somebody may have written before the tables were held.
    for (const table of tables) if (!(await isEmpty(client, table))) return [];
    await client.query(`truncate ${names}; commit`);
    return tables;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === IN_USE) return [];
    throw error;
  } finally {
    await client.end();
  }
};
