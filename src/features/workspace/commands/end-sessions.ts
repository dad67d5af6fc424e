import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';

/** Ends every session of an account that no workspace is left to. Sessions and lookup stand outside row security. */
export const endSessions = (tx: WorkspaceTx, userId: string) =>
  tx.execute(sql`delete from session where user_id = ${userId}::uuid and not exists (select 1 from lookup where kind = 'user' and key = ${userId})`);
