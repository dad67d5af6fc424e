/**
 * An exact auditor of what is shown. It knows nothing of trees or of the gate: only who (as atoms: groups of people that no
 * cut divides) is inside each published sum, and it asks in whole-number arithmetic whether any linear combination of those
 * sums concerns fewer than k people.
 */
export type Publication = { /** rows[i][a] = 1 when published sum i includes atom a. */ rows: number[][]; /** People in each atom. */ people: number[] };

/** Rank of an integer matrix by fraction-free elimination (Bareiss), so no rounding can hide a leak. */
export const rank = (matrix: readonly (readonly number[])[]): number => {
  const m = matrix.map((row) => row.map(BigInt));
  const width = m[0]?.length ?? 0;
  let found = 0;
  let previous = 1n;
  for (let column = 0; column < width && found < m.length; column += 1) {
    const at = m.findIndex((row, index) => index >= found && row[column] !== 0n);
    if (at < 0) continue;
    const pivotRow = m[at] as bigint[];
    m[at] = m[found] as bigint[];
    m[found] = pivotRow;
    const pivot = pivotRow[column] as bigint;
    for (let index = found + 1; index < m.length; index += 1) {
      const row = m[index] as bigint[];
      const factor = row[column] as bigint;
      m[index] = row.map((value, c) => (value * pivot - factor * (pivotRow[c] as bigint)) / previous);
    }
    previous = pivot;
    found += 1;
  }
  return found;
};

/**
 * Every largest set of fewer than k people (as atom indexes) that carries some combination of the published sums, even a
 * weighted one. Atoms with identical columns receive the same weight in every combination, so they are taken together; that
 * is algebra, not a property of the gate.
 */
export const leaks = ({ rows, people }: Publication, k: number): number[][] => {
  const classes = new Map<string, number[]>();
  people.forEach((count, atom) => {
    const column = rows.map((row) => row[atom]).join('');
    if (count > 0 && column.includes('1')) classes.set(column, [...(classes.get(column) ?? []), atom]);
  });
  const groups = [...classes.values()];
  const size = groups.map((atoms) => atoms.reduce((sum, atom) => sum + (people[atom] ?? 0), 0));
  const reduced = rows.map((row) => groups.map((atoms) => row[atoms[0] ?? 0] ?? 0));
  const full = rank(reduced);
  return largestBelow(size, k)
    .filter((set) => rank(reduced.map((row) => row.filter((_, group) => !set.includes(group)))) < full)
    .map((set) => set.flatMap((group) => groups[group] ?? []));
};

/** Sets of small groups with fewer than k people together to which no further group can be added. */
const largestBelow = (size: number[], k: number): number[][] => {
  const small = size.flatMap((people, group) => (people < k ? [group] : []));
  const found: number[][] = [];
  const extend = (from: number, set: number[], people: number): void => {
    const fits = (group: number) => people + (size[group] ?? 0) < k;
    if (set.length > 0 && !small.some((group) => !set.includes(group) && fits(group))) found.push(set);
    for (let index = from; index < small.length; index += 1) {
      const group = small[index] as number;
      if (fits(group)) extend(index + 1, [...set, group], people + (size[group] ?? 0));
    }
  };
  extend(0, [], 0);
  return found;
};

/** The plain method for small organisations: tries every union of atoms with fewer than k people, one by one. */
export const leakingUnions = ({ rows, people }: Publication, k: number): { tried: number; leaking: number } => {
  const live = people.flatMap((count, atom) => (count > 0 ? [atom] : []));
  const seen = rows.map((row) => live.map((atom) => row[atom] ?? 0));
  const full = rank(seen);
  let tried = 0;
  let leaking = 0;
  for (let mask = 1; mask < 2 ** live.length; mask += 1) {
    const union = live.map((_, index) => (mask >> index) & 1);
    const count = live.reduce((sum, atom, index) => sum + (union[index] ? (people[atom] ?? 0) : 0), 0);
    if (count >= k) continue;
    tried += 1;
    if (rank([...seen, union]) === full) leaking += 1;
  }
  return { tried, leaking };
};
