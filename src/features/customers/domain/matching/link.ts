import { collapse, type Collapsed } from './alike';
import { decide, pairKey, THRESHOLDS, type Decision, type Thresholds } from './decide';
import { Gathered } from './gathered';
import type { Field } from './levels';
import { LEVELS } from './levels';
import { compareScores, groupPairs, type Grouped } from './groups';
import type { Parameters } from './estimate';
import { prepare, type Prepared } from './prepare';
import type { MatchRecord } from './record';
import { scorer, type ScoredPair, type Scorer } from './score';
import type { Setting, Veto } from './vetoes';

/** What one field says about a pair: `bits` above 0 speak for one customer, below 0 for two. */
export type Evidence = { field: Field; level: string; bits: number; a: string; b: string };

/** A pair of records that is linked or waits for a person. */
export type Proposal = {
  a: string;
  b: string;
  probability: number;
  decision: Exclude<Decision, 'no'>;
  /** Why it was not linked by itself although likely; empty for sure pairs. */
  vetoes: readonly Veto[];
  evidence: Evidence[];
};

export type LinkOptions = {
  setting: Setting;
  thresholds?: Partial<Thresholds>;
  /** At most one partner for each record: for two lists that hold every customer once. */
  oneToOne?: boolean;
  /** Keys made by `pairKey` that somebody said are never one customer. */
  never?: ReadonlySet<string>;
};

export type LinkResult = {
  pairs: Proposal[];
  review: Proposal[];
  /** Keys of the records of each group of two or more that became one customer; of the second list they are in `b`. */
  groups: { a: string[]; b: string[] }[];
  /** What was learned, how many pairs were compared, and the share of possible meetings passed over as too common. */
  parameters: Parameters;
  compared: number;
  leftOut: number;
};

const shown = (field: Field, text: string): string =>
  field === 'email'
    ? text
        .split(' ')
        .map((each) => each.split('@').slice(0, 2).join('@'))
        .join(', ')
    : field === 'phone'
      ? text.replaceAll('f', '').replaceAll(' ', ', ')
      : text;

const evidenceOf = ({ prepared, fieldWeights }: Scorer, pair: ScoredPair): Evidence[] => {
  const bits = fieldWeights(pair);
  return prepared.columns.flatMap(({ field, texts, a, b }, at) => {
    const level = pair.levels[at] as number;
    if (level === 0) return [];
    const id = LEVELS[field][level - 1]?.id ?? '';
    return [{ field, level: id, bits: bits[at] as number, a: shown(field, texts[a[pair.a] as number] ?? ''), b: shown(field, texts[b[pair.b] as number] ?? '') }];
  });
};

const compareKeys = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Most likely first; ties in the order of the records' keys. */
const byLikelihood = (left: Proposal, right: Proposal): number => right.probability - left.probability || compareKeys(left.a, right.a) || compareKeys(left.b, right.b);

/** A result in which every record stands for itself again. */
const expanded = (result: LinkResult, first: Collapsed, second: Collapsed): LinkResult => {
  const all = (keys: readonly string[], { keys: of }: Collapsed) => keys.flatMap((key) => of.get(key) ?? [key]).sort(compareKeys);
  const each = (proposals: readonly Proposal[]) => proposals.flatMap((found) => all([found.a], first).flatMap((a) => all([found.b], second).map((b) => ({ ...found, a, b })))).sort(byLikelihood);
  return { ...result, pairs: each(result.pairs), review: each(result.review), groups: result.groups.map(({ a, b }) => ({ a: all(a, first), b: all(b, second) })) };
};

type Unsure = { pair: ScoredPair; more: readonly Veto[] };

/**
 * Of all pairs between two groups only the likeliest: each of them asks whether the two are one customer. Within a group that is no question, and
 * what was answered "never" once is answered.
 */
const askedOnce = (unsure: readonly Unsure[], found: readonly ScoredPair[], groups: readonly (readonly number[])[], nodeB: (row: number) => number): Unsure[] => {
  const groupOf = new Map(groups.flatMap((group) => group.map((node): [number, number] => [node, Math.min(...group)])));
  const between = ({ a, b }: ScoredPair): string => {
    const [one, other] = [groupOf.get(a) ?? a, groupOf.get(nodeB(b)) ?? nodeB(b)];
    return one < other ? `${one} ${other}` : `${other} ${one}`;
  };
  const answered = new Set(found.filter(({ vetoes }) => vetoes.includes('never_link')).map(between));
  const best = new Map<string, Unsure>();
  for (const each of unsure) {
    const asks = between(each.pair);
    const [one, other] = asks.split(' ');
    if (one === other || answered.has(asks)) continue;
    const before = best.get(asks);
    if (!before || compareScores(each.pair, before.pair) < 0) best.set(asks, each);
  }
  return likeliestOfEach([...best.entries()]);
};

/** Nobody weighs more candidates than these for one customer at a time; once they are answered, others come up. */
const MOST_ASKED = 5;

const likeliestOfEach = (asked: readonly (readonly [between: string, each: Unsure])[]): Unsure[] => {
  const taken = new Map<string, number>();
  return asked.toSorted(([, one], [, other]) => compareScores(one.pair, other.pair)).flatMap(([between, each]) => {
    const groups = between.split(' ');
    if (groups.some((group) => (taken.get(group) ?? 0) >= MOST_ASKED)) return [];
    for (const group of groups) taken.set(group, (taken.get(group) ?? 0) + 1);
    return [each];
  });
};

/**
 * Finds which records of two lists (or of one, with itself) are one customer. The same records give the same pairs in whatever order
 * they come. Nothing is changed: a link is a statement beside two records.
 */
export const link = (options: LinkOptions, first: readonly MatchRecord[], second?: readonly MatchRecord[]): LinkResult => {
  if (second === undefined) return linkEach(options, prepare(Gathered.of(first), true));
  if (options.oneToOne) return linkEach(options, prepare(Gathered.of(first, second), false));
  const apart = new Set([...(options.never ?? [])].flatMap((pair) => pair.split('\u0001')));
  const [left, right] = [collapse(first, apart), collapse(second, apart)];
  return expanded(linkEach(options, prepare(Gathered.of(left.records, right.records), false)), left, right);
};

/**
 * The same for one list, with itself, that was gathered record by record and is let go of.
 * @returns gives so many of the pairs at a time, sure and unsure ones, until none is left: what speaks for a pair is put into words as it is taken
 */
export const linkGathered = (options: LinkOptions, gathered: Gathered): ((most: number) => Proposal[]) => {
  const prepared = prepare(gathered, true);
  gathered.letGo();
  const { linked, review, proposal } = judge(options, prepared);
  const left = [...review, ...linked.map((pair): Unsure => ({ pair, more: [] }))];
  const unsure = review.length;
  return (most) => {
    const from = Math.max(0, left.length - most);
    return left.splice(from).map(({ pair, more }, at) => proposal(pair, from + at < unsure ? 'review' : 'sure', more));
  };
};

type Judged = Pick<Grouped, 'linked' | 'groups'> & { review: Unsure[]; scoring: Scorer; keyOf: (node: number) => string; proposal: (pair: ScoredPair, decision: Proposal['decision'], more?: readonly Veto[]) => Proposal };

/** Which pairs are linked, and which wait for a person. */
const judge = (options: LinkOptions, prepared: Prepared): Judged => {
  const thresholds: Thresholds = { ...THRESHOLDS, ...options.thresholds };
  const scoring = scorer(options.setting, prepared);
  const { a, b, within } = prepared;
  const never = options.never ?? new Set<string>();
  const keyOf = (node: number): string => (node < a.size ? a.keys[node] : b.keys[node - a.size]) as string;
  const neverPair = (one: number, other: number): boolean => never.has(pairKey(keyOf(one), keyOf(other)));
  const nodeB = (row: number): number => (within ? row : a.size + row);

  const found = scoring
    .pairs(Math.min(thresholds.review, thresholds.sure))
    .map((pair): ScoredPair => (never.size > 0 && neverPair(pair.a, nodeB(pair.b)) ? { ...pair, vetoes: [...pair.vetoes, 'never_link'] } : pair));
  const sure = found.filter((pair) => decide(pair, thresholds) === 'sure');
  const { linked, held, groups } = groupPairs(sure, { sizeA: a.size, within, oneToOne: options.oneToOne ?? false, between: scoring.between, never: neverPair });
  const unsure = [...found.filter((pair) => decide(pair, thresholds) === 'review').map((pair) => ({ pair, more: [] })), ...held.map(({ pair, reason }) => ({ pair, more: [reason] }))];
  return {
    linked, groups, review: options.oneToOne ? unsure : askedOnce(unsure, found, groups, nodeB), scoring, keyOf,
    proposal: (pair, decision, more = []) => ({
      a: a.keys[pair.a] as string,
      b: b.keys[pair.b] as string,
      probability: pair.probability,
      decision,
      vetoes: [...pair.vetoes, ...more],
      evidence: evidenceOf(scoring, pair),
    }),
  };
};

const linkEach = (options: LinkOptions, prepared: Prepared): LinkResult => {
  const { linked, review, groups, scoring, keyOf, proposal } = judge(options, prepared);
  const { a, within } = prepared;
  return {
    pairs: linked.map((pair) => proposal(pair, 'sure')).sort(byLikelihood),
    review: review.map(({ pair, more }) => proposal(pair, 'review', more)).sort(byLikelihood),
    groups: groups.map((group) => ({
      a: group.filter((node) => within || node < a.size).map(keyOf).sort(compareKeys),
      b: (within ? [] : group.filter((node) => node >= a.size)).map(keyOf).sort(compareKeys),
    })),
    parameters: scoring.parameters,
    compared: scoring.compared,
    leftOut: scoring.leftOut,
  };
};
