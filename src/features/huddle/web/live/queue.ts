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

const PREFIX = 4;
/** Of a pass, the characters that hold its seat and nothing of its proof. */
const SEAT = { from: PREFIX + 43, to: PREFIX + 64 };

/** What is not saved yet, kept on this device so that it survives a reload. Each has an id of its own, so that sending it again saves it once. */
export const keptQueue = (pass: string): Queue => {
  // By the seat: a pass that is given anew for it finds what was typed under the old one.
  const key = `huddle.queue.${pass.slice(SEAT.from, SEAT.to)}`;
  let queued = readKept(key);
  const keep = (change: (all: Queued[]) => Queued[]): void => {
    // Another page of the same seat keeps its own there as well.
    const kept = readKept(key);
    queued = change([...kept, ...queued.filter(({ id }) => !kept.some((each) => each.id === id))]);
    try {
      localStorage.setItem(key, JSON.stringify(queued));
    } catch {
      // Without storage it still is kept while the page is open.
    }
  };
  return {
    list: () => queued,
    add: (operations) => keep((all) => [...all, ...operations.map((operation) => ({ id: newId(), operation }))]),
    drop: (ids) => keep((all) => all.filter(({ id }) => !ids.includes(id))),
  };
};
