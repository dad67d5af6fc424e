import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { clientOf } from '../../../browser/rpc';
import type { pipelineContract } from '../contract';

export const pipelineClient = clientOf<typeof pipelineContract>('pipeline');
export const pipelineCalls = createTanstackQueryUtils(pipelineClient, { path: ['pipeline'] });

type Outputs = InferContractRouterOutputs<typeof pipelineContract>;
export type TwoCountsAnswer = Outputs['twoCounts'];
export type CountedLeadView = Outputs['twoCountsRow']['leads'][number];
export type DisputeAnswer = Outputs['disputeRow'];
export type SaidAnswer = Outputs['twoCountsSaid'];
export type Pipeline = Outputs['pipelines'][number];
export type Stage = Pipeline['stages'][number];
export type LeadTerm = Outputs['lead']['termVersions'][number];
export type Lead = Outputs['leads']['rows'][number];
export type Handoff = Outputs['handoffs']['rows'][number];
export type Outcome = Outputs['outcomes']['rows'][number];
export type Setup = Outputs['setup'];
export type SetupPipeline = Setup['pipelines'][number];
export type SetupStage = SetupPipeline['stages'][number];
export type SetupTerm = Setup['terms'][number];
export type SavedView = Outputs['views'][number];
export type Webhook = Outputs['webhooks'][number];
export type Delivery = Outputs['deliveries'][number];
