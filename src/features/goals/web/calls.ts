import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { clientOf } from '../../../browser/rpc';
import type { goalsContract } from '../contract';

export const goalsClient = clientOf<typeof goalsContract>('goals');
export const goalsCalls = createTanstackQueryUtils(goalsClient, { path: ['goals'] });

type Outputs = InferContractRouterOutputs<typeof goalsContract>;
export type GoalView = Outputs['goals'][number];
export type NumberView = Outputs['number']['numbers'][number];
export type Metrics = Outputs['metrics'];
export type Dashboard = Outputs['dashboards'][number];
export type MetricCase = Outputs['metricCases']['rows'][number];
export type MetricView = Metrics['metrics'][number];
