import { and, asc, desc, eq } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { versionsThen } from './domain/signing';
import { goal, goalSignature, goalVersion } from './schema';

export type SignedVersion = typeof goalVersion.$inferSelect & { signatures: (typeof goalSignature.$inferSelect)[] };
export type Goal = typeof goal.$inferSelect & { versions: SignedVersion[] };

/** Goals with every version and signature, newest period first; `asOf`: as they stood then. */
export const listGoals = async (tx: WorkspaceTx, { id, asOf = null }: { id?: string; asOf?: Date | null } = {}): Promise<Goal[]> => {
  const rows = await tx.select().from(goal).where(id ? eq(goal.id, id) : undefined).orderBy(desc(goal.startsOn), asc(goal.unit));
  const versions = await tx.select().from(goalVersion).where(id ? eq(goalVersion.goalId, id) : undefined).orderBy(asc(goalVersion.version));
  const signatures = await tx.select().from(goalSignature).where(id ? eq(goalSignature.goalId, id) : undefined).orderBy(asc(goalSignature.signedAt));
  return rows.map((row) => ({
    ...row,
    versions: versionsThen(versions.filter((each) => each.goalId === row.id).map((each) => ({ ...each, signatures: signatures.filter((sign) => sign.goalId === row.id && sign.version === each.version) })), asOf),
  }));
};

/** Holds a goal until the transaction ends, so that two signatures come one after the other. */
export const lockGoal = async (tx: WorkspaceTx, where: { id: string } | { unit: Goal['unit']; startsOn: string }): Promise<string | undefined> =>
  (await tx.select({ id: goal.id }).from(goal).where('id' in where ? eq(goal.id, where.id) : and(eq(goal.unit, where.unit), eq(goal.startsOn, where.startsOn))).for('update'))[0]?.id;
