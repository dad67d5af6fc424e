import { useMutation, useQueryClient } from '@tanstack/react-query';
import { say, sayFault } from '../../../ui/notify';
import { pipelineCalls, pipelineClient } from './calls';

/** Acts on leads: each says what happened and can be taken back. */
export const useAct = <Input>(workspace: string, work: (input: Input) => Promise<{ act: string; said: string }>, done?: () => void) => {
  const queries = useQueryClient();
  const reload = () => queries.invalidateQueries({ queryKey: pipelineCalls.key() });
  return useMutation({
    mutationFn: work,
    onSuccess: async ({ act, said }) => {
      done?.();
      await reload();
      say(said, async () => {
        await pipelineClient.undo({ workspace, act });
        await reload();
      });
    },
    onError: (error) => {
      sayFault(error);
      void reload();
    },
  });
};
