import type { WorkspaceTx } from '../../../platform/db/database';
import type { State } from '../domain/state';
import { operationsAfter, startOf, type HuddleRow } from '../repo';
import { advanced } from './standing';

/** Operations whose states may lie in memory together: some 800 bytes each. */
const MOST_KEPT = 60_000;

/** The states that were looked at last, holding no more operations together than this; the newest is kept whatever it holds. */
export const createKept = <S extends { seq: number }>(most: number) => {
  const kept = new Map<string, S>();
  return {
    get: (key: string): S | undefined => kept.get(key),
    put: (key: string, state: S): void => {
      kept.delete(key);
      kept.set(key, state);
      let held = [...kept.values()].reduce((sum, { seq }) => sum + seq, 0);
      for (const [oldest, { seq }] of kept) {
        if (held <= most || oldest === key) return;
        kept.delete(oldest);
        held -= seq;
      }
    },
  };
};

const kept = createKept<State>(MOST_KEPT);

/**
 * What has become of a Huddle, for those who only read: of what this process has folded before, it reads no more than what came since. A log is only
 * ever added to. Not for a transaction that adds to it, which may yet be taken back.
 */
export const keptStateOf = async (tx: WorkspaceTx, row: HuddleRow): Promise<State> => {
  const key = `${row.workspaceId} ${row.id}`;
  const before = kept.get(key);
  // Of a backup that was brought back, less may be there than was.
  const state = before && before.seq <= row.seq ? before : startOf(row);
  const next = state.seq === row.seq ? state : advanced({ row, secret: '', state, history: [] }, await operationsAfter(tx, row.id, state.seq)).state;
  kept.put(key, next);
  return next;
};
