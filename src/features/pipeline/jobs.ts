import type { Job } from '../../platform/jobs/jobs';
import type { Services } from '../../platform/rpc/context';
import { FOLLOW_JOB, followSetupInBackground } from './commands/follow-setup';
import { deliverWebhooks, tendWebhooks } from './commands/deliver-webhooks';

export const pipelineJobs: Job<Services>[] = [
  { name: 'pipeline.tend-webhooks', cron: '* * * * *', run: (_data, services) => tendWebhooks(services) },
  {
    name: FOLLOW_JOB,
    run: async ({ workspaceId }, services) => {
      if (typeof workspaceId === 'string') await followSetupInBackground(services, workspaceId);
    },
  },
  {
    name: 'pipeline.deliver-webhooks',
    run: async ({ workspaceId }, services) => {
      if (typeof workspaceId === 'string') await deliverWebhooks(services, workspaceId);
    },
  },
];
