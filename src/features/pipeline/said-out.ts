import type { WorkspaceTx } from '../../platform/db/database';
import { optedOut } from '../customers/public';

/** Leads with whether a record of either side has opted them out: asked anew each time, so that a record linked or read a moment ago counts. */
export const saidOut = async <T extends { id: string; workspaceId: string }>(tx: WorkspaceTx, leads: readonly T[]): Promise<(T & { optedOut: boolean })[]> => {
  const out = await optedOut(tx, leads[0]?.workspaceId ?? '', leads.map(({ id }) => id));
  return leads.map((row) => ({ ...row, optedOut: out.has(row.id) }));
};
