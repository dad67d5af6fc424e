/** Two records that are said to be one customer, or never to be. */
export type Pair = { a: string; b: string };

/** Sets that grow together; the smallest member names its set. */
class Sets {
  private readonly parent = new Map<string, string>();
  find(id: string): string {
    let root = id;
    for (let up = this.parent.get(root); up !== undefined; up = this.parent.get(root)) root = up;
    for (let at = id; at !== root; ) {
      const up = this.parent.get(at) ?? root;
      this.parent.set(at, root);
      at = up;
    }
    return root;
  }
  join(one: string, other: string): string {
    const [left, right] = [this.find(one), this.find(other)];
    if (left === right) return left;
    const [low, high] = left < right ? [left, right] : [right, left];
    this.parent.set(high, low);
    return low;
  }
  /** Every id that was joined with another one, with the name of its set. */
  *members(): Generator<[id: string, root: string]> {
    const roots = new Set<string>();
    for (const id of this.parent.keys()) {
      const root = this.find(id);
      roots.add(root);
      yield [id, root];
    }
    for (const root of roots) yield [root, root];
  }
}

/**
 * Which party each linked record belongs to: the smallest id of all that are linked with it, directly or through others. The order of
 * the links does not matter. Records without a link are left out.
 */
export const partiesOf = (links: Iterable<Pair>): Map<string, string> => {
  const sets = new Sets();
  for (const { a, b } of links) sets.join(a, b);
  return new Map(sets.members());
};

/**
 * Those of the matching's links that would bring together two records which somebody said are never one customer. What people linked
 * stands first, then the matching's links in the order given: the surest first.
 */
export const linksToHold = (byPeople: readonly Pair[], never: readonly Pair[], byMatching: readonly Pair[]): Pair[] => {
  if (never.length === 0) return [];
  const sets = new Sets();
  for (const { a, b } of byPeople) sets.join(a, b);
  const apart = new Map<string, Set<string>>();
  const note = (from: string, to: string): void => {
    const root = sets.find(from);
    const known = apart.get(root);
    if (known) known.add(to);
    else apart.set(root, new Set([to]));
  };
  for (const { a, b } of never) {
    note(a, b);
    note(b, a);
  }
  const held: Pair[] = [];
  for (const pair of byMatching) {
    const [left, right] = [sets.find(pair.a), sets.find(pair.b)];
    if (left === right) continue;
    const [mine, theirs] = [apart.get(left), apart.get(right)];
    if (mine && [...mine].some((id) => sets.find(id) === right)) {
      held.push(pair);
      continue;
    }
    const root = sets.join(left, right);
    if (mine ?? theirs) apart.set(root, new Set([...(mine ?? []), ...(theirs ?? [])]));
  }
  return held;
};
