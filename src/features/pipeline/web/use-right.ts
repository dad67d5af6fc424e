import { useQuery } from '@tanstack/react-query';
import { workspaceCalls } from '../../workspace/web/public';
import { can, type PipelineAction } from '../policy';

/** May the reader do this? False until it is known. */
export const useRight = (workspace: string, action: PipelineAction): boolean => {
  const here = useQuery(workspaceCalls.read.queryOptions({ input: { workspace } }));
  return here.data ? can(here.data.me, action) : false;
};
