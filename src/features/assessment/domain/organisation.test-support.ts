import { LEVELS, type FunctionName, type Level } from '../../../lib/vocabulary';
import { covers, planTrees, type HeadCount, type Plan } from './tree';
import type { Minimum, NodePath, ShownBlock, TreeNode, TreeShape } from './tree.types';

type Random = () => number;

export const between = (random: Random, low: number, high: number): number => low + Math.floor(random() * (high - low + 1));

/** How many of `people` answer when each does with probability `rate`. */
export const respond = (random: Random, people: number, rate: number): number => {
  let answered = 0;
  for (let person = 0; person < people; person += 1) if (random() < rate) answered += 1;
  return answered;
};

export type Organisation = { counts: HeadCount[]; minimum: Minimum; plan: Plan; answers: number[] };

/** A random company: one to three functions, one to three levels, one to seven territories, sparse and uneven cells. */
export const randomOrganisation = (random: Random): Organisation => {
  const general = between(random, 3, 10);
  const minimum: Minimum = { general, leadership: between(random, 3, general) };
  const functions = (['sales', 'marketing', 'leadership'] as const).slice(0, between(random, 1, 3));
  const levels = LEVELS.slice(LEVELS.length - between(random, 1, 3));
  const territories = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].slice(0, between(random, 1, 7));
  const front = [3, 6, 12, 20][between(random, 0, 3)] ?? 3;
  const cell = (name: FunctionName, level: Level, territory: string): HeadCount[] =>
    random() < 0.8 ? [{ function: name, level, territory, people: between(random, 0, level === 'front_line' ? front : Math.ceil(front / 4)) }] : [];
  const counts = functions.flatMap((name) => levels.flatMap((level) => territories.flatMap((territory) => cell(name, level, territory))));
  const shape: TreeShape = random() < 0.5 ? 'level' : 'territory';
  const chosen = random() < 0.3 ? undefined : { sales: shape, marketing: shape, leadership: shape };
  const rate = 0.2 + 0.8 * random();
  return { counts, minimum, plan: planTrees(counts, { minimum, shape: chosen }), answers: counts.map((count) => respond(random, count.people, rate)) };
};

/** Answers below each node, from answers per cell. */
export const counter = (trees: readonly TreeNode[], counts: readonly HeadCount[], answers: readonly number[]): ((nodeId: string) => number) => {
  const found = new Map<string, number>();
  const walk = (node: TreeNode): void => {
    found.set(node.id, counts.reduce((sum, count, index) => sum + (covers(node.path, count) ? (answers[index] ?? 0) : 0), 0));
    node.children.forEach(walk);
  };
  trees.forEach(walk);
  return (nodeId) => found.get(nodeId) ?? 0;
};

/** What the auditor sees: for each shown block, which cells are inside. */
export const rowsOf = (blocks: readonly ShownBlock[], trees: readonly TreeNode[], counts: readonly HeadCount[]): number[][] => {
  const paths = new Map<string, NodePath>();
  const walk = (node: TreeNode): void => {
    paths.set(node.id, node.path);
    node.children.forEach(walk);
  };
  trees.forEach(walk);
  return blocks.map((block) => counts.map((count) => (block.nodes.some((id) => inside(paths.get(id), count)) ? 1 : 0)));
};

const inside = (path: NodePath | undefined, count: HeadCount): boolean => path !== undefined && covers(path, count);
