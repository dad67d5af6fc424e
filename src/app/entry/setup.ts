import { useEffect, useState } from 'preact/hooks';

/** What this installation offers before anybody signs in (`GET /api/setup`). */
export type Setup = { firstAccount: boolean; oidcLabel: string | null; mail: boolean };

/** Asked for with the first script, not only once a page is drawn. */
const asked: Promise<Setup | null> = fetch('/api/setup').then((response) => (response.ok ? (response.json() as Promise<Setup>) : null), () => null);

/** Null until it is known, and where the server does not answer: then pages show what is always there. */
export const useSetup = (): Setup | null => {
  const [setup, setSetup] = useState<Setup | null>(null);
  useEffect(() => void asked.then(setSetup), []);
  return setup;
};
