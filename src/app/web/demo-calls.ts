import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { clientOf } from '../../browser/rpc';
import type { demoContract } from '../demo-contract';

export const demoCalls = createTanstackQueryUtils(clientOf<typeof demoContract>('demo'), { path: ['demo'] });
