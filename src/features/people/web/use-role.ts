import { useQuery } from '@tanstack/react-query';
import { workspaceCalls } from '../../workspace/web/public';
import { can } from '../policy';

/** May the reader change people here? False until it is known. */
export const useEditor = (workspace: string): boolean => {
  const here = useQuery(workspaceCalls.read.queryOptions({ input: { workspace } }));
  return here.data ? can(here.data.me, 'people:edit') : false;
};
