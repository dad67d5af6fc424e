import type { Job } from '../../platform/jobs/jobs';
import { faultKind } from '../../platform/log/fault';
import type { Services } from '../../platform/rpc/context';
import { workspacesToTend } from '../workspace/public';
import { mailDashboards } from './commands/mail-dashboards';

/** Every workspace in which somebody gets a dashboard by mail; one workspace's failure keeps no other from its turn. */
const tendAll = async (services: Services): Promise<void> => {
  const faults: string[] = [];
  for (const workspaceId of await workspacesToTend(services.db, 'dashboards')) await mailDashboards(services, workspaceId).catch((error: unknown) => faults.push(faultKind(error)));
  if (faults.length > 0) throw new Error(`the dashboards of ${faults.length} workspace(s) could not be mailed: ${[...new Set(faults)].join(', ')}`);
};

export const goalsJobs: Job<Services>[] = [{ name: 'goals-mail', cron: '*/10 * * * *', run: (_data, services) => tendAll(services) }];
