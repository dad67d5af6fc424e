import { describeFault } from '../../platform/log/fault';
import { takeUpImports } from './commands/take-up-imports';
import { isRecordKind } from './domain/fields';
import { giveUp, isPassing } from './give-up';
import { findImport, nothingMatched } from './import-repo';
import { Stopped } from './import-progress';
import type { Job } from '../../platform/jobs/jobs';
import type { Services } from '../../platform/rpc/context';
import { applyImport } from './commands/apply-import';
import { checkImport } from './commands/check-import';
import { matchRecords } from './commands/match-records';
import { revertImport } from './commands/revert-import';
import type { Projection } from './touched';

type Work = (services: Services, workspaceId: string, importId: string) => Promise<void>;

/** What may be over in a moment is left to the queue to try again; anything else would fail every time, and is said at once. */
const forImport = (work: Work) => async (data: Record<string, unknown>, services: Services): Promise<void> => {
  const { workspaceId, importId } = data;
  if (typeof workspaceId !== 'string' || typeof importId !== 'string') return;
  try {
    await work(services, workspaceId, importId);
  } catch (error) {
    if (error instanceof Stopped) return;
    if (isPassing(error)) throw error;
    services.log.error(describeFault(error), 'an import failed');
    await giveUp(services, workspaceId, importId, 'failed');
  }
};

/** Millions of rows on a slow disk; a file that a server left when it ended is taken up by itself. */
const IMPORT_HOURS = 6;

type Follow = (services: Services, workspaceId: string) => Promise<void>;

/** What follows elsewhere, e.g. to wake another job: `changed` once records have changed, `matched` once they were compared after that as well. */
export type Following = { changed: Follow; matched: Follow };
const NOTHING: Following = { changed: async () => undefined, matched: async () => undefined };

/**
 * Also when there was nothing left to do: the server may have ended between writing and this. Steps, touches and orders make no two records
 * more alike, so that nothing is compared anew after a file of them.
 */
const thenMatch = ({ changed, matched }: Following) => async (services: Services, workspaceId: string, importId: string): Promise<void> => {
  await changed(services, workspaceId);
  const row = await services.db.inWorkspace(workspaceId, (tx) => findImport(tx, importId));
  if (row && !isRecordKind(row.kind)) await matched(services, workspaceId);
  else await services.jobs.send('customers.match', { workspaceId });
};

/** @param projections what other features make of records, in the same transaction */
export const customersJobs = (projections: readonly Projection[], following: Following = NOTHING): Job<Services>[] => {
  const follow = thenMatch(following);
  const changing = (work: (...of: [...Parameters<Work>, readonly Projection[]]) => Promise<void>) => forImport(async (...of) => (await work(...of, projections), await follow(...of)));
  return [
    { name: 'customers.check-import', hours: IMPORT_HOURS, run: forImport(checkImport) },
    { name: 'customers.apply-import', hours: IMPORT_HOURS, run: changing(applyImport) },
    { name: 'customers.revert-import', hours: IMPORT_HOURS, run: changing(revertImport) },
    {
      name: 'customers.match',
      hours: 1,
      run: async ({ workspaceId }, services) => {
        if (typeof workspaceId !== 'string') return;
        await matchRecords(services, workspaceId, projections);
        await following.matched(services, workspaceId);
      },
      lost: async ({ workspaceId }, services) => typeof workspaceId === 'string' && services.db.inWorkspace(workspaceId, (tx) => nothingMatched(tx, workspaceId)),
    },
    { name: 'customers.take-up-imports', cron: '* * * * *', run: (_data, services) => takeUpImports(services) },
  ];
};
