type Listener = () => void;

let reachable = true;
let probing = false;
const listeners = new Set<Listener>();
const PROBE_MS = 2_000;

const set = (next: boolean): void => {
  if (next === reachable) return;
  reachable = next;
  for (const listener of listeners) listener();
};

const answers = (): Promise<boolean> => fetch('/healthz', { cache: 'no-store' }).then((response) => response.ok, () => false);

const probe = async (): Promise<void> => {
  if (probing) return;
  probing = true;
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, PROBE_MS));
  probing = false;
  set(true);
};

/** A request got no answer at all: asks the server for a sign of life until it gives one. */
export const noteUnreachable = (): void => {
  set(false);
  void probe();
};

/** Whether the server could be reached last time; for React's external store. */
export const connection = {
  subscribe: (listener: Listener): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  reachable: (): boolean => reachable,
};

export const watchConnection = (): void => {
  window.addEventListener('offline', noteUnreachable);
};
