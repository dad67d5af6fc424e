import { and, eq } from 'drizzle-orm';
import type { Services } from '../../platform/rpc/context';
import type { ImportState } from './domain/import-state';
import { recordImport } from './schema';

/** Somebody stopped the file while it was worked on. */
export class Stopped extends Error {
  override name = 'Stopped';
}

/** Says how many rows are done, and learns whether the work is still wanted. @throws Stopped */
export type StillWanted = (progress: number) => Promise<void>;

const EVERY_MS = 500;

/** Beside the transaction that does the work, so that others see it; at most twice a second. */
export const whileStill = (services: Services, workspaceId: string, importId: string, state: ImportState): StillWanted => {
  let last = 0;
  return async (progress) => {
    const now = services.now();
    if (now.getTime() - last < EVERY_MS) return;
    last = now.getTime();
    const { length } = await services.db.inWorkspace(workspaceId, (tx) =>
      tx.update(recordImport).set({ progress, changedAt: now }).where(and(eq(recordImport.id, importId), eq(recordImport.state, state))).returning({ id: recordImport.id }),
    );
    if (length === 0) throw new Stopped();
  };
};
