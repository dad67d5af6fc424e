import type { ScoredPair } from './score';
import type { Veto } from './vetoes';

/** A record of either side: rows of `b` count from the size of `a` on. */
type Node = number;

export type Grouping = {
  sizeA: number;
  within: boolean;
  /** At most one partner for each record. */
  oneToOne: boolean;
  /** How two records stand that no accepted pair joins. */
  between: (sides: 'ab' | 'aa' | 'bb', one: number, other: number) => Pick<ScoredPair, 'probability' | 'vetoes'>;
  /** Whether somebody said that the two are never to be linked. */
  never: (one: Node, other: Node) => boolean;
};

export type Grouped = { linked: ScoredPair[]; held: { pair: ScoredPair; reason: Veto }[]; groups: Node[][] };

/** Two records that were never compared side by side must not end as one customer when they are plainly two. */
const PLAINLY_TWO: readonly Veto[] = ['different_people', 'different_given', 'different_surname', 'different_generation', 'other_legal_form', 'other_country', 'other_name'];
const TOO_UNLIKELY = 0.001;
const LARGEST_CHECK = 400;

/** Rivals this close, in bits, cannot be told apart. */
const TIE = 1;

/** The strongest first; ties in the order of rows. */
export const compareScores = (left: ScoredPair, right: ScoredPair): number => right.weight - left.weight || left.a - right.a || left.b - right.b;

const nodesOf = ({ a, b }: ScoredPair, { sizeA, within }: Grouping): [Node, Node] => [a, within ? b : sizeA + b];

const standBetween = ({ sizeA, within, between, never }: Grouping, one: Node, other: Node): boolean => {
  if (never(one, other)) return false;
  const [low, high] = one < other ? [one, other] : [other, one];
  const found = within || high < sizeA ? between('aa', low, high) : low >= sizeA ? between('bb', low - sizeA, high - sizeA) : between('ab', low, high - sizeA);
  return found.probability >= TOO_UNLIKELY && !found.vetoes.some((veto) => PLAINLY_TWO.includes(veto));
};

/** Each record's best partner only; where two partners are equally good, nobody can say which, so neither is linked. */
const oneEach = (pairs: readonly ScoredPair[], grouping: Grouping): Grouped => {
  const best = new Map<Node, number>();
  const rivals = new Map<Node, number>();
  for (const pair of pairs)
    for (const node of nodesOf(pair, grouping)) {
      if (!best.has(node)) best.set(node, pair.weight);
      else if ((best.get(node) as number) - pair.weight < TIE) rivals.set(node, pair.weight);
    }
  const taken = new Set<Node>();
  const result: Grouped = { linked: [], held: [], groups: [] };
  for (const pair of pairs) {
    const nodes = nodesOf(pair, grouping);
    const tied = nodes.some((node) => rivals.has(node) && pair.weight >= (rivals.get(node) as number));
    if (tied || nodes.some((node) => taken.has(node))) {
      result.held.push({ pair, reason: 'taken' });
      continue;
    }
    for (const node of nodes) taken.add(node);
    result.linked.push(pair);
    result.groups.push(nodes);
  }
  return result;
};

/**
 * Joins sure pairs into groups, strongest first. A pair that would bring together two records which are plainly two customers, or were
 * said to be, is held back for review: A–B and B–C being alike does not make A and C one.
 */
export const groupPairs = (sure: readonly ScoredPair[], grouping: Grouping): Grouped => {
  const pairs = [...sure].sort(compareScores);
  if (grouping.oneToOne) return oneEach(pairs, grouping);
  const groupOf = new Map<Node, Node[]>();
  const result: Grouped = { linked: [], held: [], groups: [] };
  for (const pair of pairs) {
    const [one, other] = nodesOf(pair, grouping);
    const left = groupOf.get(one) ?? [one];
    const right = groupOf.get(other) ?? [other];
    const joined = left === right;
    const small = left.length * right.length <= LARGEST_CHECK;
    if (!joined && !(small && left.every((x) => right.every((y) => (x === one && y === other) || standBetween(grouping, x, y))))) {
      result.held.push({ pair, reason: 'group_conflict' });
      continue;
    }
    result.linked.push(pair);
    if (joined) continue;
    const all = [...left, ...right];
    for (const node of all) groupOf.set(node, all);
  }
  result.groups = [...new Set(groupOf.values())];
  return result;
};
