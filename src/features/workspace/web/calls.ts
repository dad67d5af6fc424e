import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { clientOf } from '../../../browser/rpc';
import type { workspaceContract } from '../contract';

export const workspaceClient = clientOf<typeof workspaceContract>('workspace');
export const workspaceCalls = createTanstackQueryUtils(workspaceClient, { path: ['workspace'] });
