import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { faultOf } from './rpc';

let sessionEnded: () => void = () => undefined;

/** What to do when the server says that nobody is signed in any more. */
export const whenSessionEnds = (work: () => void): void => {
  sessionEnded = work;
};

const note = (error: unknown): void => {
  if (faultOf(error).status === 401) sessionEnded();
};

/** One cache for all pages. A refusal is an answer and is not asked again; an unreachable server is, twice. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: note }),
  mutationCache: new MutationCache({ onError: note }),
  defaultOptions: {
    // "always": whether the browser thinks it is online says nothing about a server on the same machine or network.
    queries: { staleTime: 15_000, networkMode: 'always', retry: (count, error) => faultOf(error).status === 0 && count < 2, refetchOnWindowFocus: true },
    mutations: { retry: false, networkMode: 'always' },
  },
});
