import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { workspaceCalls } from '../../../workspace/web/public';

/** The workspace one is in and one's standing there; the shell has loaded it before any page shows. */
export const useWorkspace = (workspace: string) => useQuery(workspaceCalls.read.queryOptions({ input: { workspace } })).data;

const TICK_MS = 30_000;

/** The time now; the page is drawn again twice a minute, so that it stays true. */
export const useNow = (): number => {
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((times) => times + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Date.now();
};
