import type { Job } from '../../platform/jobs/jobs';
import type { Services } from '../../platform/rpc/context';
import { deliverWebhooks, tendWebhooks } from './commands/deliver-webhooks';

export const pipelineJobs: Job<Services>[] = [
  { name: 'pipeline.tend-webhooks', cron: '* * * * *', run: (_data, services) => tendWebhooks(services) },
  {
    name: 'pipeline.deliver-webhooks',
    run: async ({ workspaceId }, services) => {
      if (typeof workspaceId === 'string') await deliverWebhooks(services, workspaceId);
    },
  },
];
