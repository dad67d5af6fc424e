import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { say, sayFault } from '../../../../ui/notify';
import { customersCalls, customersClient, type Before } from '../calls';

/** Decisions about pairs: said at once, taken back by the button or by `undo`. */
export const useDecide = (workspace: string) => {
  const queries = useQueryClient();
  const last = useRef<(() => Promise<unknown>) | null>(null);
  const reload = () => queries.invalidateQueries();
  /** @returns whether it was kept */
  const act = async (work: () => Promise<{ before: Before; left: number }>, message: (done: { before: Before; left: number }) => string, undone?: (before: Before) => void): Promise<boolean> => {
    try {
      const done = await work();
      const undo = async () => {
        last.current = null;
        await customersClient.undecide({ workspace, before: done.before });
        undone?.(done.before);
        await reload();
      };
      last.current = undo;
      say(message(done), done.before.length > 0 ? undo : undefined);
      await reload();
      return true;
    } catch (error) {
      sayFault(error);
      return false;
    }
  };
  const undo = () => void last.current?.().catch(sayFault);
  return { act, undo, reload, calls: customersCalls };
};
