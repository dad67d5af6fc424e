import type { FunctionName, Level } from '../../../lib/vocabulary';
import { gate } from './gate';
import { comfortableSize, leavesOf, minimumFor, planTrees, type HeadCount, type PlanOptions } from './tree';
import type { Minimum, TreeNode, TreeShape } from './tree.types';

/** The lowest minimum that may be declared for any group. */
export const LOWEST_MINIMUM = 3;

/** Chance below which a group is called unlikely to be shown, and something is proposed. */
export const LIKELY = 0.8;

export type ForecastOptions = Omit<PlanOptions, 'shape'> & {
  /** Share of the invited expected to answer, 0 to 1. */
  responseRate: number;
  /** Repeatable source in [0, 1); the same source gives the same forecast. */
  random: () => number;
  /** Simulated closings per shape; 2,000 keep the standard error near one percentage point. */
  draws?: number;
};

/** `shown`: chance the group stands on its own. `amongOthers`: chance it is part of "the others". */
export type BlockForecast = { node: TreeNode; depth: number; shown: number; amongOthers: number };

export type ShapeForecast = { shape: TreeShape; blocks: BlockForecast[]; /** Chance that sales and marketing can be compared. */ overall: number };

/** What would make more groups reportable; the page turns each into a sentence and, where it can, a button. */
export type Suggestion =
  | { kind: 'count_by_activity'; function: FunctionName; invited: number; needed: number }
  | { kind: 'lower_leadership_minimum'; from: number; to: number; shown: number }
  | { kind: 'join_territories'; function: FunctionName; territories: string[] }
  | { kind: 'join_levels'; function: FunctionName; levels: Level[] }
  | { kind: 'other_shape'; function: FunctionName; shape: TreeShape };

export type Reportability = { recommended: Partial<Record<FunctionName, TreeShape>>; shapes: ShapeForecast[]; notAsked: FunctionName[]; suggestions: Suggestion[] };

/** Before launch: how likely each planned group is to be shown, for both shapes of the tree, if everyone answers independently. */
export const reportability = (counts: readonly HeadCount[], options: ForecastOptions): Reportability => {
  const chosen = planTrees(counts, options);
  const shapes = (['level', 'territory'] as const).map((shape) => forecast(counts, shape, options));
  return { recommended: chosen.shapes, shapes, notAsked: chosen.notAsked, suggestions: suggest(counts, options, chosen.shapes, shapes, chosen.notAsked) };
};

const forecast = (counts: readonly HeadCount[], shape: TreeShape, options: ForecastOptions): ShapeForecast => {
  const { trees } = planTrees(counts, { ...options, shape: { sales: shape, marketing: shape, leadership: shape } });
  const draws = options.draws ?? 2_000;
  const shown = new Map<string, number>();
  const others = new Map<string, number>();
  const draw = drawing(trees, options.responseRate, options.random);
  const add = (to: Map<string, number>, id: string) => to.set(id, (to.get(id) ?? 0) + 1);
  for (let index = 0; index < draws; index += 1) {
    const answers = draw();
    for (const block of gate(trees, (id) => answers.get(id) ?? 0, options.minimum)) {
      if (block.kind === 'others') block.nodes.forEach((id) => add(others, id));
      else add(shown, block.id);
    }
  }
  const share = (of: Map<string, number>, id: string) => (of.get(id) ?? 0) / draws;
  const list = (node: TreeNode, depth: number): BlockForecast[] => [
    { node, depth, shown: share(shown, node.id), amongOthers: share(others, node.id) },
    ...node.children.flatMap((child) => list(child, depth + 1)),
  ];
  return { shape, blocks: trees.flatMap((tree) => list(tree, 0)), overall: share(shown, 'overall') };
};

/** One closing: binomial answers per leaf, summed upwards. */
const drawing = (trees: readonly TreeNode[], rate: number, random: () => number): (() => Map<string, number>) => {
  const cumulative = new Map(trees.flatMap(leavesOf).map((leaf) => [leaf.id, binomialCumulative(leaf.invited, rate)]));
  return () => {
    const answers = new Map<string, number>();
    const fill = (node: TreeNode): number => {
      const n = node.children.length > 0 ? node.children.reduce((sum, child) => sum + fill(child), 0) : pick(cumulative.get(node.id) ?? [], random());
      answers.set(node.id, n);
      return n;
    };
    trees.forEach(fill);
    return answers;
  };
};

const pick = (cumulative: readonly number[], at: number): number => {
  const index = cumulative.findIndex((share) => at < share);
  return index < 0 ? Math.max(0, cumulative.length - 1) : index;
};

/** P(X <= i) for i = 0..people. Logarithms keep ten thousand people from underflowing. */
const binomialCumulative = (people: number, rate: number): number[] => {
  if (rate <= 0) return [1];
  if (rate >= 1) return [...Array<number>(people).fill(0), 1];
  let logChance = people * Math.log1p(-rate);
  let sum = 0;
  return Array.from({ length: people + 1 }, (_, i) => {
    if (i > 0) logChance += Math.log((people - i + 1) / i) + Math.log(rate) - Math.log1p(-rate);
    sum += Math.exp(logChance);
    return Math.min(1, sum);
  });
};

/** Exact chance that at least `k` of `people` answer. */
export const chanceOfEnough = (people: number, k: number, rate: number): number =>
  k <= 0 ? 1 : k > people ? 0 : 1 - (binomialCumulative(people, rate)[k - 1] ?? 1);

const suggest = (
  counts: readonly HeadCount[],
  options: ForecastOptions,
  recommended: Reportability['recommended'],
  shapes: ShapeForecast[],
  notAsked: FunctionName[],
): Suggestion[] => {
  const names = [...new Set(counts.filter((count) => count.people > 0).map((count) => count.function))];
  return names.flatMap((name) => {
    const invited = counts.reduce((sum, count) => sum + (count.function === name ? count.people : 0), 0);
    const k = minimumFor(name, options.minimum);
    if (notAsked.includes(name) || chanceOfEnough(invited, k, options.responseRate) < LIKELY) return forWholeFunction(name, invited, k, options);
    const shape = recommended[name];
    return shape ? forParts(name, shape, shapes) : [];
  });
};

const forWholeFunction = (name: FunctionName, invited: number, k: number, options: ForecastOptions): Suggestion[] => {
  if (name !== 'leadership') return [{ kind: 'count_by_activity', function: name, invited, needed: comfortableSize(k) }];
  const lower = range(LOWEST_MINIMUM, k - 1).reverse().map((to) => ({ to, shown: chanceOfEnough(invited, to, options.responseRate) }));
  const best = lower.find((choice) => choice.shown >= LIKELY) ?? lower.at(-1);
  return best && best.to <= invited ? [{ kind: 'lower_leadership_minimum', from: k, ...best }] : [];
};

/** The least likely part joins the smallest of its siblings; a shape with more likely parts is named first. */
const forParts = (name: FunctionName, shape: TreeShape, shapes: ShapeForecast[]): Suggestion[] => {
  const own = (of: ShapeForecast) => of.blocks.filter((block) => block.node.path.function === name && block.depth > 0);
  const likely = (of: ShapeForecast) => own(of).filter((block) => block.shown >= LIKELY).length;
  const current = shapes.find((each) => each.shape === shape);
  if (!current) return [];
  const better = shapes.find((each) => each !== current && likely(each) > likely(current));
  const found: Suggestion[] = better ? [{ kind: 'other_shape', function: name, shape: better.shape }] : [];
  const weakest = own(current).filter((block) => block.shown < LIKELY).sort((a, b) => a.shown - b.shown || (a.node.id < b.node.id ? -1 : 1))[0];
  const joined = weakest && joinWithSibling(name, weakest.node, current.blocks.map((block) => block.node));
  return joined ? [...found, joined] : found;
};

const joinWithSibling = (name: FunctionName, node: TreeNode, all: TreeNode[]): Suggestion | undefined => {
  const siblings = all.find((parent) => parent.children.some((child) => child.id === node.id))?.children ?? [];
  const at = siblings.findIndex((sibling) => sibling.id === node.id);
  const byLevel = node.path.levels !== undefined && siblings.every((sibling) => String(sibling.path.territories) === String(node.path.territories));
  const candidates = byLevel ? [siblings[at - 1], siblings[at + 1]] : siblings.filter((sibling) => sibling.id !== node.id);
  const partner = candidates.filter((sibling) => sibling !== undefined).sort((a, b) => a.invited - b.invited)[0];
  if (!partner) return undefined;
  if (byLevel) return { kind: 'join_levels', function: name, levels: [...(node.path.levels ?? []), ...(partner.path.levels ?? [])] };
  return { kind: 'join_territories', function: name, territories: [...(node.path.territories ?? []), ...(partner.path.territories ?? [])].sort() };
};

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** The minimum as people may declare it before launch. */
export const minimumProblem = (minimum: Minimum): 'below_floor' | 'leadership_above_general' | undefined =>
  minimum.general < LOWEST_MINIMUM || minimum.leadership < LOWEST_MINIMUM
    ? 'below_floor'
    : minimum.leadership > minimum.general
      ? 'leadership_above_general'
      : undefined;
