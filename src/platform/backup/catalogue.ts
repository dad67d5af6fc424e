import type pg from 'pg';

/** A table as it is copied. */
export interface TableShape {
  schema: string;
  name: string;
  /** Without generated columns, which compute themselves. */
  columns: string[];
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const fullName = ({ schema, name }: { schema: string; name: string }): string => `${quoted(schema)}.${quoted(name)}`;
export const columnList = (columns: string[]): string => columns.map(quoted).join(', ');

/** Makes the text of values the same on every server. */
export const STABLE_TEXT = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local extra_float_digits = 3; set local bytea_output = 'hex'; set local timezone = 'UTC'; set local client_encoding = 'UTF8'`;

/** Every table of ours, by name. */
export const tablesOf = async (client: pg.ClientBase): Promise<TableShape[]> => {
  const { rows } = await client.query<TableShape>(
    `select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      group by 1, 2 order by 1, 2`,
  );
  return rows;
};

/** Waiting jobs are kept as well; finished ones and the queue's own book-keeping are made anew. */
export const jobTable = async (client: pg.ClientBase): Promise<TableShape | null> => {
  const { rows } = await client.query<{ columns: string[] | null }>(
    `select array_agg(attname::text order by attnum) as columns from pg_attribute
      where attrelid = to_regclass('pgboss.job') and attnum > 0 and not attisdropped and attgenerated = ''`,
  );
  const columns = rows[0]?.columns;
  return columns ? { schema: 'pgboss', name: 'job', columns } : null;
};

export interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

export const foreignKeysOf = async (client: pg.ClientBase): Promise<ForeignKey[]> => {
  const { rows } = await client.query<ForeignKey>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0 order by 1, 2`,
  );
  return rows;
};

export const sequencesOf = async (client: pg.ClientBase): Promise<{ name: string; last: string | null }[]> => {
  const { rows } = await client.query<{ name: string; last: string | null }>(
    `select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, last_value::text as last from pg_sequences where schemaname = 'public' order by 1`,
  );
  return rows;
};

/** Hashes of the applied migrations, oldest first; none for a database that was never migrated. */
export const appliedMigrations = async (client: pg.ClientBase): Promise<string[]> => {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('drizzle.__drizzle_migrations') is not null as there`);
  if (!rows[0]?.there) return [];
  return (await client.query<{ hash: string }>('select hash from drizzle.__drizzle_migrations order by created_at, id')).rows.map(({ hash }) => hash);
};
