import { useMutation, useQueryClient } from '@tanstack/react-query';
import { say, sayFault } from '../../../../ui/notify';
import { pipelineCalls } from '../calls';

export type Change = { work: () => Promise<unknown>; said: string; undo?: (() => Promise<unknown>) | undefined; done?: () => void };

/** Changes the process, says so, and offers the way back. */
export const useChange = () => {
  const queries = useQueryClient();
  const reload = () => queries.invalidateQueries({ queryKey: pipelineCalls.key() });
  return useMutation({
    mutationFn: ({ work }: Change) => work(),
    onSuccess: async (_, { said, undo, done }) => {
      done?.();
      await reload();
      say(said, undo && (async () => {
        await undo();
        await reload();
      }));
    },
    onError: (error) => {
      sayFault(error);
      void reload();
    },
  });
};
