import { ORPCError } from '@orpc/server';
import type { Services } from '../../platform/rpc/context';
import { lockImport, updateImport } from './import-repo';

/** Connections lost, the server stopping or out of room, two transactions in each other's way (PostgreSQL, appendix A). */
const PASSING = /^(08|40|53|57|58)|^55P03$|^ECONN|^EPIPE$|^ETIMEDOUT$/u;

const codesOf = (error: unknown): string[] => {
  const codes: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    if (/Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/u.test(at.message)) codes.push('ECONNRESET');
  }
  return codes;
};

/** Whether the same work may succeed in a moment. */
export const isPassing = (error: unknown): boolean => (error instanceof ORPCError ? error.code === 'DISK_FULL' : codesOf(error).some((code) => PASSING.test(code)));

/** Nothing of the work was written. A file that could not be put in has failed; one that could not be taken back is in as before. */
export const giveUp = (services: Services, workspaceId: string, importId: string, why: 'failed' | 'interrupted'): Promise<void> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockImport(tx, importId);
    if (row?.state === 'uploaded' || row?.state === 'checking' || row?.state === 'applying') await updateImport(tx, importId, { state: 'failed', fault: why, changedAt: services.now() });
    if (row?.state === 'reverting') await updateImport(tx, importId, { state: 'applied', fault: `not_reverted_${why}`, changedAt: services.now() });
  });
