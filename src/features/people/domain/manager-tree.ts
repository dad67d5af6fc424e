import { foldEmail } from '../../../lib/email';
import { plain } from '../../../lib/plain';

/** Who reports to whom, by e-mail key. */
export type ManagerTree = ReadonlyMap<string, string | null>;

const nameKey = (name: string): string =>
  name
    .split(/[\s,]+/u)
    .map(plain)
    .filter((part) => part !== '')
    .sort()
    .join(' ');

export type PersonIndex = { keys: ReadonlySet<string>; byName: ReadonlyMap<string, readonly string[]> };

/** Everyone who can be named as a manager. Names are compared without order, accents and case. */
export const indexPeople = (people: Iterable<{ key: string; name: string }>): PersonIndex => {
  const keys = new Set<string>();
  const byName = new Map<string, string[]>();
  for (const { key, name } of people) {
    keys.add(key);
    const folded = nameKey(name);
    // A name of signs alone is nobody's: ":" must not find whoever is called "-".
    if (folded === '') continue;
    const list = byName.get(folded);
    if (list) list.push(key);
    else byName.set(folded, [key]);
  }
  return { keys, byName };
};

export type ManagerFound = { key: string } | { fault: 'manager_unknown' | 'manager_ambiguous' };

/** The person whom an address or a name in the manager column means. */
export const findManager = (text: string, index: PersonIndex): ManagerFound => {
  const folded = foldEmail(text);
  if (folded.ok) return index.keys.has(folded.key) ? { key: folded.key } : { fault: 'manager_unknown' };
  const found = index.byName.get(nameKey(text)) ?? [];
  const [only] = found;
  if (only === undefined) return { fault: 'manager_unknown' };
  return found.length === 1 ? { key: only } : { fault: 'manager_ambiguous' };
};

/** Everyone on a circle of managers, each circle once. Linear: each person is walked from once. */
export const cyclesIn = (tree: ManagerTree): string[][] => {
  const seen = new Map<string, number>();
  const cycles: string[][] = [];
  let walk = 0;
  for (const start of tree.keys()) {
    walk++;
    const path: string[] = [];
    let at: string | null | undefined = start;
    while (at != null && !seen.has(at)) {
      seen.set(at, walk);
      path.push(at);
      at = tree.get(at);
    }
    if (at != null && seen.get(at) === walk) cycles.push(path.slice(path.indexOf(at)));
  }
  return cycles;
};

/**
 * The tree after the proposed managers are put in, without circles: a proposal that lies on one is left out and the manager known before
 * stays. Asked again after it was put in, it leaves out the same proposals, so that a second import of a file changes nothing.
 * @param known a tree without circles
 */
export const withoutCycles = (known: ManagerTree, proposed: ReadonlyMap<string, string>): { managers: Map<string, string>; refused: Map<string, string[]> } => {
  const managers = new Map(proposed);
  const refused = new Map<string, string[]>();
  for (;;) {
    const tree = new Map<string, string | null>([...known, ...managers]);
    let dropped = 0;
    for (const cycle of cyclesIn(tree)) {
      for (const key of cycle) {
        if (!managers.delete(key)) continue;
        refused.set(key, cycle);
        dropped++;
      }
    }
    if (dropped === 0) return { managers, refused };
  }
};

/** Would this manager close a circle? */
export const closesCycle = (tree: ManagerTree, key: string, manager: string): boolean => {
  const passed = new Set<string>();
  for (let at: string | null | undefined = manager; at != null && !passed.has(at); at = tree.get(at)) {
    if (at === key) return true;
    passed.add(at);
  }
  return false;
};
