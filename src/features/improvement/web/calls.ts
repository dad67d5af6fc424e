import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { clientOf } from '../../../browser/rpc';
import { say, sayFault } from '../../../ui/notify';
import type { improvementContract } from '../contract';
import type { NoReading, Reading } from '../domain/measures';

export const improvementClient = clientOf<typeof improvementContract>('improvement');
export const improvementCalls = createTanstackQueryUtils(improvementClient, { path: ['improvement'] });

type Outputs = InferContractRouterOutputs<typeof improvementContract>;
type Inputs = InferContractRouterInputs<typeof improvementContract>;
export type Programme = Outputs['read'];
export type Problem = Programme['problems'][number];
export type Action = Problem['actions'][number];
export type Mine = Outputs['mine'];
export type OwnAction = Mine['actions'][number];
export type Challenges = Outputs['challenges'];
export type Told = Reading | NoReading;
export type Part = { workspace: string; view: Programme; problem: Problem };

type Changes = Omit<Inputs, 'read' | 'agenda' | 'mine' | 'find' | 'sayCourse' | 'measures' | 'solutions' | 'challenges' | 'raise'>;

/** One change; its answer is the whole programme as it is then. `done` runs once it is saved. */
export const useChange = <Name extends keyof Changes>(name: Name, workspace: string, said: string, done?: (view: Programme) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<Inputs[Name], 'workspace'>) => (improvementClient[name] as (input: unknown) => Promise<Programme>)({ workspace, ...input }),
    onSuccess: (view) => {
      queries.setQueryData(improvementCalls.read.queryKey({ input: { workspace } }), view);
      void queries.invalidateQueries({ queryKey: improvementCalls.agenda.key() });
      void queries.invalidateQueries({ queryKey: improvementCalls.mine.key() });
      say(said);
      done?.(view);
    },
    onError: sayFault,
  });
};
