import type { SentOperation } from '../../live-contract';
import { newId } from './new-id';

export type Queued = { id: string; operation: SentOperation };
export type Queue = { list(): readonly Queued[]; add(operations: readonly SentOperation[]): void; drop(ids: readonly string[]): void };

const readKept = (key: string): Queued[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? (kept as Queued[]) : [];
  } catch {
    return [];
  }
};

/** What is not saved yet, kept on this device so that it survives a reload. Each has an id of its own, so that sending it again saves it once. */
export const keptQueue = (pass: string): Queue => {
  // The end of a pass is its proof; enough to tell queues apart, and nobody's name.
  const key = `huddle.queue.${pass.slice(-16)}`;
  let queued = readKept(key);
  const keep = (next: Queued[]): void => {
    queued = next;
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Without storage it still is kept while the page is open.
    }
  };
  return {
    list: () => queued,
    add: (operations) => keep([...queued, ...operations.map((operation) => ({ id: newId(), operation }))]),
    drop: (ids) => keep(queued.filter(({ id }) => !ids.includes(id))),
  };
};
