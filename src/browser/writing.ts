import { WRITING_HEADER, WRITING_PAUSED } from '../lib/writing';

type Listener = () => void;

let paused = false;
let watching = false;
const listeners = new Set<Listener>();
const LOOK_MS = 5_000;

const set = (next: boolean): void => {
  if (next === paused) return;
  paused = next;
  for (const listener of listeners) listener();
};

/** While saving is paused nobody may ask anything for long: then the server is looked at until it saves again. */
const watch = async (): Promise<void> => {
  if (watching) return;
  watching = true;
  while (paused) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    await fetch('/healthz', { cache: 'no-store' }).then((response) => response.ok && set(tellsPause(response.headers.get(WRITING_HEADER))), () => undefined);
  }
  watching = false;
};

const tellsPause = (header: string | null): boolean => header === WRITING_PAUSED;

/** Hears from any answer of the server whether it saves anything at present. @param header of `WRITING_HEADER` */
export const noteWriting = (header: string | null): void => {
  set(tellsPause(header));
  if (paused) void watch();
};

/** Whether the server said last that it only reads; for React's external store. */
export const writing = {
  subscribe: (listener: Listener): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  paused: (): boolean => paused,
};
