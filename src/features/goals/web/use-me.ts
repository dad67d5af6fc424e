import { useQuery } from '@tanstack/react-query';
import type { Role, Side } from '../../../lib/vocabulary';
import { workspaceCalls } from '../../workspace/web/public';

export type Me = { role: Role; headOf: Side | null };

/** Role and function headed; undefined until it is known. */
export const useMe = (workspace: string): Me | undefined => useQuery(workspaceCalls.read.queryOptions({ input: { workspace } })).data?.me;
