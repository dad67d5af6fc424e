import { eq, sql } from 'drizzle-orm';
import type { Database, OutsideTx, WorkspaceTx } from '../../platform/db/database';
import { lookup } from '../../platform/db/schema';
import { hashSecret } from '../../platform/crypto/secrets';
import { refuse } from '../../platform/http/refusal';
import { addLookup, addMember, findInvitation, workspacesOf } from './repo';
import { workspace } from './schema';

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
  const hash = hashSecret(invitation);
  const [workspaceId] = await db.outside((tx) => workspacesOf(tx, 'invitation', hash));
  if (!workspaceId) return false;
  const found = await db.inWorkspace(workspaceId, (tx) => findInvitation(tx, hash));
  return found !== undefined && !found.acceptedAt && !found.revokedAt;
};

/** Writes the demo company's workspace. Two loading at once: the second meets the first one's key and fails, leaving nothing. */
export const registerDemo = async (tx: WorkspaceTx, workspaceId: string, now: Date): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(4400, 1)`);
  const [other] = await tx.select({ id: lookup.workspace }).from(lookup).where(eq(lookup.key, DEMO_KEY));
  if (other) throw refuse.conflict('The demo company was loaded a moment ago.', 'Reload the page.');
  await tx.insert(workspace).values({ workspaceId, name: 'Gadgetry & Daughters (invented)', timeZone: 'Europe/Amsterdam', leftSide: 'sales', isDemo: true, createdAt: now });
  await addLookup(tx, 'share', DEMO_KEY, workspaceId);
};

/** A visitor looks around as facilitator: everything can be tried, nobody's account or token can be made. */
export const addDemoMember = (tx: WorkspaceTx, workspaceId: string, visitor: { userId: string; name: string; email: string }, now: Date) =>
  addMember(tx, { workspaceId, ...visitor, role: 'facilitator', personId: null, joinedAt: now });

export const forgetDemo = (tx: OutsideTx) => tx.delete(lookup).where(eq(lookup.key, DEMO_KEY));
