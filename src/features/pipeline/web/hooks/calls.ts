import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { clientOf } from '../../../../browser/rpc';
import type { customersContract } from '../../../customers/contract';

export const customersClient = clientOf<typeof customersContract>('customers');
/** The same keys as on the pages about records, so that what one changes the others hear. */
export const customersCalls = createTanstackQueryUtils(customersClient, { path: ['customers'] });

type Outputs = InferContractRouterOutputs<typeof customersContract>;
export type IntakeHook = Outputs['hooks'][number];
export type Intake = Outputs['intakes'][number];
export type Source = Outputs['sources'][number];
