import { ORPCError } from '@orpc/server';
import { isPassingFault } from '../../platform/db/passing-fault';
import type { Services } from '../../platform/rpc/context';
import { lockImport, updateImport } from './import-repo';

/** Whether the same work may succeed in a moment. */
export const isPassing = (error: unknown): boolean => (error instanceof ORPCError ? error.code === 'DISK_FULL' : isPassingFault(error));

/** Nothing of the work was written. A file that could not be put in has failed; one that could not be taken back is in as before. */
export const giveUp = (services: Services, workspaceId: string, importId: string, why: 'failed' | 'interrupted'): Promise<void> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockImport(tx, importId);
    if (row?.state === 'uploaded' || row?.state === 'checking' || row?.state === 'applying') await updateImport(tx, importId, { state: 'failed', fault: why, changedAt: services.now() });
    if (row?.state === 'reverting') await updateImport(tx, importId, { state: 'applied', fault: `not_reverted_${why}`, changedAt: services.now() });
  });
