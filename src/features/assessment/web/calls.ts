import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { clientOf } from '../../../browser/rpc';
import type { assessmentContract } from '../contract';

export const assessmentClient = clientOf<typeof assessmentContract>('assessment');
export const assessmentCalls = createTanstackQueryUtils(assessmentClient, { path: ['assessment'] });
export type AssessmentOutputs = InferContractRouterOutputs<typeof assessmentContract>;
export type Wave = AssessmentOutputs['wave'];
