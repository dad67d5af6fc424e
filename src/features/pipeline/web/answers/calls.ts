import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { clientOf } from '../../../../browser/rpc';
import type { answerContract, Contents } from '../../answer-contract';

export const answerClient = clientOf<typeof answerContract>('answers');
export const answerCalls = createTanstackQueryUtils(answerClient, { path: ['answers'] });

type Outputs = InferContractRouterOutputs<typeof answerContract>;
export type Overview = Outputs['overview'];
export type Carries = Outputs['carries'];
export type Rung = Carries['rungs'][number];
export type Content<Name extends keyof Contents> = Omit<Contents[Name], 'rules'>;
export type Ruled = Pick<Outputs['funnel'], 'rule' | 'counts' | 'agreed'>;
export type Finding = Content<'usefulness'>['finding'];
export type Basis = Content<'usefulness'>['basis'];
export type Dated = Pick<Overview, 'computedAt' | 'dataAt' | 'pending'>;

/** A page follows while its answer is being worked out. */
export const whilePending = (query: { state: { data?: Dated } }): number | false => (query.state.data?.pending ? 3_000 : false);
