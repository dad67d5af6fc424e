import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { clientOf } from '../../../browser/rpc';
import type { peopleContract } from '../contract';

export const peopleClient = clientOf<typeof peopleContract>('people');
export const peopleCalls = createTanstackQueryUtils(peopleClient, { path: ['people'] });

type Outputs = InferContractRouterOutputs<typeof peopleContract>;
export type PersonView = Outputs['read'];
export type Preview = Outputs['preview'];
export type Facets = Outputs['facets'];
export type ChangeSet = Outputs['change'];
