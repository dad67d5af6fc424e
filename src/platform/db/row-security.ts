import type pg from 'pg';

/** Tables that belong to no single workspace (quality.md, "Tenants and access"). Any other table must carry `workspace_id`. */
const OUTSIDE = new Set(['user', 'session', 'account', 'verification', 'lookup']);

/** The setting is read in a query of its own, which is asked once a statement: read anew for every row, it took three quarters of the time of reading a table. */
const POLICY = `workspace_id = (select nullif(current_setting('lockstep.workspace', true), '')::uuid)`;

/**
 * Forces row security on every workspace table and grants the application role what serving needs. Runs after each
 * migration, so that no table can be forgotten; a table that is neither listed as outside nor carries `workspace_id` fails.
 */
export const forceRowSecurity = async (owner: pg.ClientBase, appRole: string): Promise<string[]> => {
  const { rows } = await owner.query<{ table: string; confined: boolean }>(
    `select c.relname as table,
            exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped) as confined
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  const role = owner.escapeIdentifier(appRole);
  await owner.query(`grant usage on schema public to ${role}`);
  const forced: string[] = [];
  for (const { table, confined } of rows) {
    const name = owner.escapeIdentifier(table);
    if (!confined && !OUTSIDE.has(table))
      throw new Error(`Table "${table}" has no workspace_id and is not one of the tables that stand outside row security.`);
    await owner.query(`grant select, insert, update, delete on ${name} to ${role}`);
    if (!confined) continue;
    await owner.query(`alter table ${name} enable row level security`);
    await owner.query(`alter table ${name} force row level security`);
    await owner.query(`drop policy if exists own_workspace on ${name}`);
    await owner.query(`create policy own_workspace on ${name} using (${POLICY}) with check (${POLICY})`);
    // The owner maintains (backup, restore, mixing) and could switch row security off anyway; it never serves a request.
    await owner.query(`drop policy if exists owner_maintains on ${name}`);
    await owner.query(`create policy owner_maintains on ${name} to current_user using (true) with check (true)`);
    forced.push(table);
  }
  return forced;
};
