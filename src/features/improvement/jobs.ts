import type { Job } from '../../platform/jobs/jobs';
import { faultKind } from '../../platform/log/fault';
import type { Services } from '../../platform/rpc/context';
import { workspacesToTend } from '../workspace/public';
import { tellOverdue } from './commands/fall-due';
import { remindOwners } from './commands/remind';

/** Every workspace with an agreed action; one workspace's failure keeps no other from its turn. */
const tendAll = async (services: Services): Promise<void> => {
  const faults: string[] = [];
  for (const workspaceId of await workspacesToTend(services.db, 'programme')) {
    for (const tend of [remindOwners, tellOverdue]) await tend(services, workspaceId).catch((error: unknown) => faults.push(faultKind(error)));
  }
  if (faults.length > 0) throw new Error(`what is due in the programmes could not be told in ${faults.length} case(s): ${[...new Set(faults)].join(', ')}`);
};

export const improvementJobs: Job<Services>[] = [{ name: 'improvement-remind', cron: '*/30 * * * *', run: (_data, services) => tendAll(services) }];
