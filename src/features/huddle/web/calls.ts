import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { clientOf } from '../../../browser/rpc';
import type { peopleContract } from '../../people/contract';
import type { huddleContract } from '../contract';

export const huddleClient = clientOf<typeof huddleContract>('huddle');
export const huddleCalls = createTanstackQueryUtils(huddleClient, { path: ['huddle'] });
export const peopleClient = clientOf<typeof peopleContract>('people');

export type Listed = InferContractRouterOutputs<typeof huddleContract>['list']['huddles'][number];
export type Record_ = InferContractRouterOutputs<typeof huddleContract>['record'];
