import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { clientOf } from '../../../browser/rpc';
import { workspaceCalls } from '../../workspace/web/public';
import type { agreementsContract } from '../contract';
import { can, type AgreementsAction } from '../policy';

export const agreementsClient = clientOf<typeof agreementsContract>('agreements');
export const agreementsCalls = createTanstackQueryUtils(agreementsClient, { path: ['agreements'] });

type Outputs = InferContractRouterOutputs<typeof agreementsContract>;
export type TermView = Outputs['terms'][number];
export type CardView = Outputs['commitments']['commitments'][number];
export type VersionView = NonNullable<CardView['waiting'] | TermView['waiting']>;
export type PeriodView = CardView['periods'][number];
export type ClockView = Outputs['live'][number];
export type CalendarView = Outputs['calendars'][number];
export type ReviewView = Outputs['review'];

/** The workspace and one's standing in it. */
export const useStanding = (workspace: string) => useQuery(workspaceCalls.read.queryOptions({ input: { workspace } }));

/** May the reader do this? False until it is known. */
export const useRight = (workspace: string, action: AgreementsAction): boolean => {
  const here = useStanding(workspace);
  return here.data ? can(here.data.me, action) : false;
};

/** Everything about agreements is asked again after a change. */
export const useReload = () => {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: agreementsCalls.key() });
};
