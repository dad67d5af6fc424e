import { count, isNull } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { inForce } from './domain/signing';
import { listGoals } from './repo';
import { dashboard } from './schema';

/** Whether both heads have signed a target that counts, and how many dashboards both look at. */
export const sharedGoals = async (tx: WorkspaceTx): Promise<{ targetSigned: boolean; dashboards: number }> => ({
  targetSigned: (await listGoals(tx)).some(({ versions }) => inForce(versions)),
  dashboards: (await tx.select({ n: count() }).from(dashboard).where(isNull(dashboard.removedAt)))[0]?.n ?? 0,
});
