import type { Job } from '../../platform/jobs/jobs';
import type { Services } from '../../platform/rpc/context';
import { applyImport } from './commands/apply-import';
import { checkImport } from './commands/check-import';
import { revertImport } from './commands/revert-import';
import type { Projection } from './touched';

const forImport = (work: (services: Services, workspaceId: string, importId: string) => Promise<void>) => async (data: Record<string, unknown>, services: Services): Promise<void> => {
  const { workspaceId, importId } = data;
  if (typeof workspaceId === 'string' && typeof importId === 'string') await work(services, workspaceId, importId);
};

/** @param projections what other features make of records, in the same transaction */
export const customersJobs = (projections: readonly Projection[]): Job<Services>[] => [
  { name: 'customers.check-import', run: forImport(checkImport) },
  { name: 'customers.apply-import', run: forImport((services, workspaceId, importId) => applyImport(services, workspaceId, importId, projections)) },
  { name: 'customers.revert-import', run: forImport((services, workspaceId, importId) => revertImport(services, workspaceId, importId, projections)) },
];
