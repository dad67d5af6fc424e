import { and, desc, eq, isNull } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { Cause } from './domain/causes';
import { causeVerdict, diagnosis, integrationItem } from './schema';

export type Stated = typeof diagnosis.$inferSelect;
export type VerdictRow = typeof causeVerdict.$inferSelect;
export type ItemRow = typeof integrationItem.$inferSelect;

export const stated = async (tx: WorkspaceTx): Promise<Stated | undefined> => (await tx.select().from(diagnosis))[0];

/** The verdict on each cause that counts: the latest not taken back. */
export const verdicts = async (tx: WorkspaceTx): Promise<Map<Cause, VerdictRow>> => {
  const rows = await tx.select().from(causeVerdict).where(isNull(causeVerdict.takenBackAt)).orderBy(causeVerdict.at, causeVerdict.id);
  return new Map(rows.map((row) => [row.cause, row]));
};

export const verdictById = async (tx: WorkspaceTx, id: string): Promise<VerdictRow | undefined> =>
  (await tx.select().from(causeVerdict).where(and(eq(causeVerdict.id, id), isNull(causeVerdict.takenBackAt))).orderBy(desc(causeVerdict.at)).for('update'))[0];

export const itemWords = (tx: WorkspaceTx): Promise<ItemRow[]> => tx.select().from(integrationItem).orderBy(integrationItem.item);
