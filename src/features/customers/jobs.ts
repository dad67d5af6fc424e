import { describeFault } from '../../platform/log/fault';
import { takeUpImports } from './commands/take-up-imports';
import { giveUp, isPassing } from './give-up';
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

/** Also when there was nothing left to do: the server may have ended between writing and this. */
const thenMatch = (services: Services, workspaceId: string) => services.jobs.send('customers.match', { workspaceId });

/**
 * @param projections what other features make of records, in the same transaction
 * @param afterwards what follows once records have changed and were matched, e.g. to wake another job
 */
export const customersJobs = (projections: readonly Projection[], afterwards: (services: Services, workspaceId: string) => Promise<void> = async () => {}): Job<Services>[] => [
  { name: 'customers.check-import', run: forImport(checkImport) },
  { name: 'customers.apply-import', run: forImport(async (services, workspaceId, importId) => (await applyImport(services, workspaceId, importId, projections), await thenMatch(services, workspaceId))) },
  { name: 'customers.revert-import', run: forImport(async (services, workspaceId, importId) => (await revertImport(services, workspaceId, importId, projections), await thenMatch(services, workspaceId))) },
  { name: 'customers.match', run: async ({ workspaceId }, services) => {
    if (typeof workspaceId !== 'string') return;
    await matchRecords(services, workspaceId, projections);
    await afterwards(services, workspaceId);
  } },
  { name: 'customers.take-up-imports', cron: '* * * * *', run: (_data, services) => takeUpImports(services) },
];
