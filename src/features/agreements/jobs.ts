import type { Job } from '../../platform/jobs/jobs';
import { faultKind } from '../../platform/log/fault';
import type { Services } from '../../platform/rpc/context';
import { workspacesToTend } from '../workspace/public';
import { workOut } from './commands/work-out';

/** Every workspace with a commitment in force; one workspace's failure keeps no other from its turn. */
const tendAll = async (services: Services): Promise<void> => {
  const faults: string[] = [];
  for (const workspaceId of await workspacesToTend(services.db, 'commitments')) await workOut(services, workspaceId).catch((error: unknown) => faults.push(faultKind(error)));
  if (faults.length > 0) throw new Error(`the commitments of ${faults.length} workspace(s) could not be worked out: ${[...new Set(faults)].join(', ')}`);
};

export const agreementsJobs: Job<Services>[] = [
  { name: 'agreements-tend', cron: '* * * * *', run: (_data, services) => tendAll(services) },
  {
    name: 'agreements-work-out',
    run: async (data, services) => {
      if (typeof data.workspaceId === 'string') await workOut(services, data.workspaceId);
    },
  },
];
