import { eq } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { person } from './schema';

export const personExists = async (tx: WorkspaceTx, id: string): Promise<boolean> =>
  (await tx.select({ id: person.id }).from(person).where(eq(person.id, id))).length > 0;

/** Which function a person leads, if any: a head is the linked leader of sales or of marketing. */
export const headOf = async (tx: WorkspaceTx, personId: string | null): Promise<Side | null> => {
  if (!personId) return null;
  const [found] = await tx.select({ function: person.function, level: person.level, archivedAt: person.archivedAt }).from(person).where(eq(person.id, personId));
  return found && !found.archivedAt && found.level === 'leader' && (found.function === 'sales' || found.function === 'marketing') ? found.function : null;
};
