import { newId } from './new-id';

const KEPT = 'huddle.device';

/** What this device calls itself when it opens a link of its own, so that it, and it alone, comes back by it. */
export const deviceKey = (): string => {
  const known = localStorage.getItem(KEPT);
  const key = known ?? newId();
  if (known === null) localStorage.setItem(KEPT, key);
  return key;
};
