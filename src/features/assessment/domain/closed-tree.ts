import type { Minimum, ShownBlock, TreeNode } from './tree.types';
import { gate } from './gate';

/**
 * After closing, an answer knows only its final block: the smallest shown group or remainder that holds it. The shown blocks
 * of a function form a tree of their own whose leaves are those final blocks, and the gate runs on it again for each
 * section's and statement's counts.
 */
export const treesOfBlocks = (blocks: readonly ShownBlock[]): TreeNode[] => {
  const childrenOf = new Map<string, ShownBlock[]>();
  for (const block of blocks) if (block.parent !== undefined) childrenOf.set(block.parent, [...(childrenOf.get(block.parent) ?? []), block]);
  const node = (block: ShownBlock & { function: NonNullable<ShownBlock['function']> }): TreeNode => ({
    id: block.id,
    path: { function: block.function },
    invited: block.n,
    children: (childrenOf.get(block.id) ?? []).map((other) => node({ ...other, function: block.function })),
  });
  return blocks.flatMap((block) => (block.kind === 'function' && block.function ? [node({ ...block, function: block.function })] : []));
};

/** Blocks that answers are stored under: those nothing was split from. */
export const finalBlocks = (blocks: readonly ShownBlock[]): ShownBlock[] => {
  const parents = new Set(blocks.map((block) => block.parent));
  return blocks.filter((block) => block.kind !== 'overall' && !parents.has(block.id));
};

/**
 * Node id of a leaf → id of the final block its answers move to; a leaf of a function that is not shown has none, and its
 * answers are discarded.
 */
export const finalBlockOfLeaf = (trees: readonly TreeNode[], blocks: readonly ShownBlock[]): Map<string, string> => {
  const blockOfNode = new Map(finalBlocks(blocks).flatMap((block) => block.nodes.map((node) => [node, block.id] as const)));
  const found = new Map<string, string>();
  const walk = (node: TreeNode, inherited: string | undefined): void => {
    const block = blockOfNode.get(node.id) ?? inherited;
    if (node.children.length === 0 && block !== undefined) found.set(node.id, block);
    for (const child of node.children) walk(child, block);
  };
  for (const tree of trees) walk(tree, undefined);
  return found;
};

/**
 * What decides which of a wave's blocks may also be shown for one section or statement, from that section's or statement's own counts.
 * Unions that the wave itself does not show are left out: showing less is always safe.
 */
export const gateAgain = (blocks: readonly ShownBlock[], minimum: Minimum): ((countOfFinalBlock: (blockId: string) => number) => ShownBlock[]) => {
  const trees = treesOfBlocks(blocks);
  return (countOfFinalBlock) => {
    const counts = new Map<string, number>();
    const add = (node: TreeNode): number => {
      const n = node.children.length === 0 ? countOfFinalBlock(node.id) : node.children.reduce((sum, child) => sum + add(child), 0);
      counts.set(node.id, n);
      return n;
    };
    trees.forEach(add);
    const again = gate(trees, (id) => counts.get(id) ?? 0, minimum);
    const shown = new Map(again.flatMap((block) => (block.nodes.length === 1 ? [[block.nodes[0] ?? block.id, block.n] as const] : [])));
    const both = again.find((block) => block.kind === 'overall');
    if (both) shown.set('overall', both.n);
    return blocks.flatMap((block) => {
      const n = shown.get(block.id);
      return n === undefined ? [] : [{ ...block, n }];
    });
  };
};
