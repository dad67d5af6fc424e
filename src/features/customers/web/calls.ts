import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { clientOf } from '../../../browser/rpc';
import type { customersContract } from '../contract';

export const customersClient = clientOf<typeof customersContract>('customers');
export const customersCalls = createTanstackQueryUtils(customersClient, { path: ['customers'] });

type Outputs = InferContractRouterOutputs<typeof customersContract>;
export type Source = Outputs['sources'][number];
export type ImportView = Outputs['imports'][number];
export type ImportDetail = Outputs['importState'];
export type SampleRow = Outputs['importRows'][number];
export type RecordView = Outputs['records']['rows'][number];
export type Links = Outputs['links'];
export type LinkPair = Links['rows'][number];
export type Before = Outputs['decide']['before'];
export type Customer = Outputs['customer'];
