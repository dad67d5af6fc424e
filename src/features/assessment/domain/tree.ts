import { FUNCTIONS, LEVELS, type FunctionName, type Level } from '../../../lib/vocabulary';
import type { Minimum, NodePath, TreeNode, TreeShape } from './tree.types';

/** How many people share a function, a level and a territory. `territory` is '' for people without one. */
export type HeadCount = { function: FunctionName; level: Level; territory: string; people: number };

export type Merge = { function: FunctionName; levels?: readonly Level[]; territories?: readonly string[] };

export type PlanOptions = {
  minimum: Minimum;
  /** Absent: `defaultShape` decides. */
  shape?: Partial<Record<FunctionName, TreeShape>>;
  /** Groups of one function that somebody chose to merge by hand; each entry counts as one. */
  merges?: readonly Merge[];
};

export type Plan = { trees: TreeNode[]; shapes: Partial<Record<FunctionName, TreeShape>>; notAsked: FunctionName[] };

type Group<T> = { values: T[]; people: number };

/** The smallest number of answers that may be shown for a function. */
export const minimumFor = (name: FunctionName, minimum: Minimum): number => (name === 'leadership' ? minimum.leadership : minimum.general);

/**
 * Invited people a group needs so that it usually reaches `k` answers: ceil(k / 0.7), seven in ten being a common response.
 * Whole-number arithmetic, because 21 / 0.7 is slightly more than 30 in floating point.
 */
export const comfortableSize = (k: number): number => Math.ceil((k * 10) / 7);

/** By level when the managers alone fill a group, otherwise by territory. */
export const defaultShape = (counts: readonly HeadCount[], name: FunctionName, minimum: Minimum): TreeShape => {
  const managers = counts.filter((count) => count.function === name && count.level === 'manager');
  return total(managers) >= comfortableSize(minimumFor(name, minimum)) ? 'level' : 'territory';
};

/** One tree per function that is large enough to be asked. Counts of invited people only: nothing here depends on answers. */
export const planTrees = (counts: readonly HeadCount[], options: PlanOptions): Plan => {
  const plan: Plan = { trees: [], shapes: {}, notAsked: [] };
  for (const name of FUNCTIONS) {
    const own = counts.filter((count) => count.function === name && count.people > 0);
    if (own.length === 0) continue;
    if (total(own) < minimumFor(name, options.minimum)) {
      plan.notAsked.push(name);
      continue;
    }
    const shape = options.shape?.[name] ?? defaultShape(counts, name, options.minimum);
    plan.shapes[name] = shape;
    plan.trees.push(planFunction(name, own, shape, options));
  }
  return plan;
};

const planFunction = (name: FunctionName, counts: HeadCount[], shape: TreeShape, options: PlanOptions): TreeNode => {
  const root: TreeNode = { id: name, path: { function: name }, invited: total(counts), children: [] };
  const enough = comfortableSize(minimumFor(name, options.minimum));
  const split = (node: TreeNode, by: TreeShape): void => {
    const here = counts.filter((count) => covers(node.path, count));
    node.children = by === 'level' ? levelParts(node, here, enough, options) : territoryParts(node, here, enough, options);
  };
  const second: TreeShape = shape === 'level' ? 'territory' : 'level';
  split(root, shape);
  if (root.children.length === 0) split(root, second);
  else for (const child of root.children) split(child, second);
  return root;
};

const levelParts = (node: TreeNode, counts: HeadCount[], enough: number, options: PlanOptions): TreeNode[] => {
  const single = LEVELS.map((level): Group<Level> => ({ values: [level], people: total(counts.filter((count) => count.level === level)) }));
  const groups = mergeNeighbours(present(join(single, mergesOf(node, options, (merge) => merge.levels))), enough);
  return parts(node, groups, (group) => ({ path: { ...node.path, levels: group.values }, name: group.values.join('+') }));
};

const territoryParts = (node: TreeNode, counts: HeadCount[], enough: number, options: PlanOptions): TreeNode[] => {
  const names = [...new Set(counts.map((count) => count.territory))].sort(alphabetical);
  const single = names.map((name): Group<string> => ({ values: [name], people: total(counts.filter((count) => count.territory === name)) }));
  const groups = mergeSmallest(present(join(single, mergesOf(node, options, (merge) => merge.territories))), enough);
  return parts(node, groups, (group) => ({ path: { ...node.path, territories: group.values }, name: group.values.map(encodeURIComponent).join('+') }));
};

/** Ids are keys in a database index; many merged territories would outgrow it. */
const LONGEST_NAME = 160;

/** A split into one part says nothing new, so it is no split. */
const parts = <T>(node: TreeNode, groups: Group<T>[], describe: (group: Group<T>) => { path: NodePath; name: string }): TreeNode[] =>
  groups.length < 2
    ? []
    : groups.map((group, index) => {
        const { path, name } = describe(group);
        return { id: `${node.id}/${name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}~${index}` : name}`, path, invited: group.people, children: [] };
      });

const mergesOf = <T>(node: TreeNode, { merges = [] }: PlanOptions, values: (merge: Merge) => readonly T[] | undefined): (readonly T[])[] =>
  merges.flatMap((merge) => (merge.function === node.path.function ? [values(merge) ?? []] : []));

const join = <T>(groups: Group<T>[], joined: readonly (readonly T[])[]): Group<T>[] =>
  joined.reduce<Group<T>[]>((all, together) => {
    const chosen = all.filter((group) => group.values.some((value) => together.includes(value)));
    const first = chosen[0];
    if (!first || chosen.length < 2) return all;
    const one = chosen.reduce(merge);
    return all.flatMap((group) => (group === first ? [one] : chosen.includes(group) ? [] : [group]));
  }, groups);

const present = <T>(groups: Group<T>[]): Group<T>[] => groups.filter((group) => group.people > 0);

/** Levels are ordered, so a level that is too small joins the smaller of its neighbours. */
const mergeNeighbours = <T>(groups: Group<T>[], enough: number): Group<T>[] => {
  const smallest = indexOfSmallest(groups);
  const small = groups[smallest];
  if (groups.length < 2 || !small || small.people >= enough) return groups;
  const above = groups[smallest - 1];
  const below = groups[smallest + 1];
  const withAbove = above !== undefined && (below === undefined || above.people <= below.people);
  const first = withAbove ? smallest - 1 : smallest;
  const pair = groups.slice(first, first + 2).reduce(merge);
  return mergeNeighbours([...groups.slice(0, first), pair, ...groups.slice(first + 2)], enough);
};

/** Territories have no order: the smallest joins the next smallest. */
const mergeSmallest = (groups: Group<string>[], enough: number): Group<string>[] => {
  const bySize = [...groups].sort((a, b) => a.people - b.people || alphabetical(a.values.join('\n'), b.values.join('\n')));
  const [first, second] = bySize;
  if (!first || !second || first.people >= enough) return groups;
  const pair = merge(first, second);
  pair.values.sort(alphabetical);
  return mergeSmallest([...bySize.slice(2), pair], enough).sort((a, b) => alphabetical(a.values.join('\n'), b.values.join('\n')));
};

const merge = <T>(a: Group<T>, b: Group<T>): Group<T> => ({ values: [...a.values, ...b.values], people: a.people + b.people });

const indexOfSmallest = <T>(groups: Group<T>[]): number =>
  groups.reduce((best, group, index) => (group.people < (groups[best]?.people ?? Infinity) ? index : best), 0);

/** By code unit, so that a plan never depends on the machine's language. */
const alphabetical = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const total = (counts: readonly HeadCount[]): number => counts.reduce((sum, count) => sum + count.people, 0);

/** Whether someone of this function, level and territory belongs to the node. */
export const covers = (path: NodePath, person: { function: FunctionName; level: Level; territory: string }): boolean =>
  path.function === person.function &&
  (path.levels === undefined || path.levels.includes(person.level)) &&
  (path.territories === undefined || path.territories.includes(person.territory));

/** The nodes without children, which ballot keys are bound to. */
export const leavesOf = (node: TreeNode): TreeNode[] => (node.children.length === 0 ? [node] : node.children.flatMap(leavesOf));

/** The leaf a person's ballot belongs to; none when the function is not asked. */
export const leafFor = (trees: readonly TreeNode[], person: { function: FunctionName; level: Level; territory: string }): TreeNode | undefined =>
  trees.flatMap(leavesOf).find((leaf) => covers(leaf.path, person));
