import { useQueryClient } from '@tanstack/react-query';
import { say } from '../../../ui/notify';
import { peopleCalls, peopleClient } from './calls';

/** After a change: reload what pages show, say it, offer to take it back. */
export const useChanged = (workspace: string) => {
  const queries = useQueryClient();
  const reload = () => queries.invalidateQueries({ queryKey: peopleCalls.key() });
  return {
    reload,
    told: async (message: string, changeSet: string | null) => {
      await reload();
      say(message, changeSet === null ? undefined : async () => {
        await peopleClient.revert({ workspace, id: changeSet });
        await reload();
      });
    },
  };
};
