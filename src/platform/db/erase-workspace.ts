import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from './database';

/**
 * Removes every row of the current workspace, children before parents, in the caller's transaction.
 * Reads the tables and their foreign keys from the catalogue, so that a new feature's tables are never forgotten.
 */
export const eraseWorkspace = async (tx: WorkspaceTx, workspaceId: string): Promise<void> => {
  const tables = await tx.execute<{ table: string }>(sql`
    select c.relname as table from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity`);
  const links = await tx.execute<{ child: string; parent: string }>(sql`
    select c.relname as child, p.relname as parent from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
     where k.contype = 'f' and k.conrelid <> k.confrelid and c.relnamespace = 'public'::regnamespace`);
  const left = new Set(tables.rows.map((row) => row.table));
  while (left.size > 0) {
    const free = [...left].filter((table) => !links.rows.some((link) => link.parent === table && left.has(link.child)));
    if (free.length === 0) throw new Error('foreign keys form a ring, so no order of removal exists');
    for (const table of free) {
      await tx.execute(sql`delete from ${sql.identifier(table)} where workspace_id = ${workspaceId}::uuid`);
      left.delete(table);
    }
  }
  await tx.execute(sql`delete from lookup where workspace = ${workspaceId}::uuid`);
};
