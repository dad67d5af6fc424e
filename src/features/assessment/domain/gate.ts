import { SIDES } from '../../../lib/vocabulary';
import type { Minimum, ShownBlock, TreeNode } from './tree.types';
import { minimumFor } from './tree';

type Count = (nodeId: string) => number;

/**
 * The disclosure gate: which groups may be shown, given how many answers each tree node holds. A group is shown only when it
 * has the minimum of answers and what is left of its parent is nobody or at least the minimum as well; shown sets are then
 * nested or disjoint, and no sum or difference of them concerns fewer people than the minimum. (Complementary suppression:
 * Cox 1980; trackers: Denning et al. 1979; linear audit: Chin and Özsoyoğlu 1982.)
 * The result does not depend on the order of trees or children, nor on who answered first.
 */
export const gate = (trees: readonly TreeNode[], count: Count, minimum: Minimum): ShownBlock[] => {
  const blocks: ShownBlock[] = [];
  for (const root of trees) {
    const least = minimumFor(root.path.function, minimum);
    if (count(root.id) < least) continue;
    blocks.push({ id: root.id, kind: 'function', function: root.path.function, nodes: [root.id], n: count(root.id) });
    blocks.push(...open(root, count, least));
  }
  return [...blocks, ...overall(blocks)].map((block) => ({ ...block, nodes: [...block.nodes].sort() })).sort(byId);
};

/** The block of a node's hidden parts; a name no planned node can carry, since territory names are percent-encoded. */
export const othersId = (parentId: string): string => `${parentId}/~others`;

const open = (parent: TreeNode, count: Count, least: number): ShownBlock[] => {
  const { shown, hidden } = divide(parent, count, least);
  const of = parent.path.function;
  const blocks = shown.flatMap((child): ShownBlock[] => [
    { id: child.id, kind: 'part', function: of, nodes: [child.id], parent: parent.id, n: count(child.id) },
    ...open(child, count, least),
  ]);
  const left = answers(hidden, count);
  if (shown.length > 0 && left >= least) {
    blocks.push({ id: othersId(parent.id), kind: 'others', function: of, nodes: hidden.map((node) => node.id), parent: parent.id, n: left });
  }
  return blocks;
};

/** Gives up the smallest shown part, or opens it, until what stays hidden is nobody or enough. */
const divide = (parent: TreeNode, count: Count, least: number): { shown: TreeNode[]; hidden: TreeNode[] } => {
  const enough = (node: TreeNode) => count(node.id) >= least;
  let shown = parent.children.filter(enough);
  let hidden = parent.children.filter((node) => !enough(node));
  for (;;) {
    const left = answers(hidden, count);
    const smallest = [...shown].sort((a, b) => count(a.id) - count(b.id) || byId(a, b))[0];
    if (left === 0 || left >= least || !smallest) return { shown, hidden };
    shown = shown.filter((node) => node !== smallest);
    const opened = smallest.children.filter(enough);
    if (opened.length === 0) {
      hidden = [...hidden, smallest];
    } else {
      shown = [...shown, ...opened];
      hidden = [...hidden, ...smallest.children.filter((node) => !enough(node))];
    }
  }
};

/** Sales and marketing together, never leadership, and only beside both: then it is a sum of what is seen anyway. */
const overall = (blocks: readonly ShownBlock[]): ShownBlock[] => {
  const sides = SIDES.flatMap((side) => blocks.filter((block) => block.kind === 'function' && block.function === side));
  if (sides.length < SIDES.length) return [];
  return [{ id: 'overall', kind: 'overall', nodes: sides.map((block) => block.id), n: sides.reduce((sum, block) => sum + block.n, 0) }];
};

const answers = (nodes: readonly TreeNode[], count: Count): number => nodes.reduce((sum, node) => sum + count(node.id), 0);

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
