import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { workspaceCalls } from '../../../workspace/web/public';

/** The workspace one is in and one's standing there; the shell has loaded it before any page shows. */
export const useWorkspace = (workspace: string) => useQuery(workspaceCalls.read.queryOptions({ input: { workspace } })).data;

const TICK_MS = 30_000;

/** The time now, renewed twice a minute. */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
};
