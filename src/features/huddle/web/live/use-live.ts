import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { createLive, type Live, type LiveStore } from './store';

export type Session = Live & { act: LiveStore['act']; forgive: LiveStore['forgive'] };

/** This device's place in the Huddle, for as long as the page is open. */
export const useLive = (pass: string): Session => {
  const store = useMemo(() => createLive(pass), [pass]);
  useEffect(() => () => store.stop(), [store]);
  const live = useSyncExternalStore(store.subscribe, store.get);
  return { ...live, act: store.act, forgive: store.forgive };
};

/** The server's time, each second. @param ahead milliseconds the server is ahead of this device */
export const useNow = (ahead: number): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(tick);
  }, []);
  return now + ahead;
};
