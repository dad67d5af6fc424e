import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../platform/db/database';
import { lookup } from '../../platform/db/schema';
import { hashSecret } from '../../platform/crypto/secrets';
import { workspacesOf } from './repo';

/** The key under which the lookup table remembers the demo company. */
export const DEMO_KEY = 'demo-company';

export const isFirstAccount = (db: Database): Promise<boolean> =>
  db.outside(async (tx) => (await tx.execute<{ n: number }>(sql`select count(*)::int as n from (select 1 from "user" limit 1) u`)).rows[0]?.n === 0);

/** The demo company's workspace, whose report opens without an account. */
export const demoWorkspace = (db: Database): Promise<string | null> =>
  db.outside(async (tx) => (await tx.select({ id: lookup.workspace }).from(lookup).where(eq(lookup.key, DEMO_KEY)))[0]?.id ?? null);

/** The first person may open an account; everybody after needs an invitation that can still be used. */
export const maySignUp = async (db: Database, invitation: string | null): Promise<boolean> => {
  if (await isFirstAccount(db)) return true;
  if (!invitation) return false;
  return (await db.outside((tx) => workspacesOf(tx, 'invitation', hashSecret(invitation)))).length > 0;
};
