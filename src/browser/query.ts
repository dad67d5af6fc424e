import { QueryClient } from '@tanstack/react-query';
import { faultOf } from './rpc';

/** One cache for all pages. A refusal is an answer and is not asked again; an unreachable server is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: (count, error) => faultOf(error).status === 0 && count < 2, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
