import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { clientOf } from '../../../browser/rpc';
import { say, sayFault } from '../../../ui/notify';
import type { diagnosisContract } from '../contract';

export const diagnosisClient = clientOf<typeof diagnosisContract>('diagnosis');
export const diagnosisCalls = createTanstackQueryUtils(diagnosisClient, { path: ['diagnosis'] });

export type View = InferContractRouterOutputs<typeof diagnosisContract>['read'];
type Inputs = InferContractRouterInputs<typeof diagnosisContract>;
type Changes = Omit<Inputs, 'read' | 'file'>;
export type Part = { workspace: string; view: View };

/** One change; its answer is the whole page as it is then. `done` runs once it is saved. */
export const useChange = <Name extends keyof Changes>(name: Name, workspace: string, said: string, done?: (view: View) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<Inputs[Name], 'workspace'>) => (diagnosisClient[name] as (input: unknown) => Promise<View>)({ workspace, ...input }),
    onSuccess: (view) => {
      queries.setQueryData(diagnosisCalls.read.queryKey({ input: { workspace } }), view);
      say(said);
      done?.(view);
    },
    onError: sayFault,
  });
};
