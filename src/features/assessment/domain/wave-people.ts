import { FUNCTIONS } from '../../../lib/vocabulary';
import type { ClosedWave } from './answers';
import { finalBlockOfLeaf, finalBlocks, gateAgain } from './closed-tree';
import type { NodePath, ShownBlock, TreeNode } from './tree.types';

/** Who stands in which shown block of a closed wave. Rows count the wave's answers. */
export type WavePeople = {
  /** Functions first, then their parts, what is left of them, and both sides together. */
  blocks: (ShownBlock & { path?: NodePath })[];
  rowsOf: (blockId: string) => Int32Array;
  invitedOf: (blockId: string) => number;
  /** What nothing was split from, counted from 0: the part each row stands in (-1 for none), how many there are, and those a block is made of. */
  partOfRow: Int32Array;
  parts: number;
  partsOf: (blockId: string) => readonly number[];
  /** Blocks that may be shown when a part counts as many people as `counts` says. */
  shownFor: (counts: Int32Array) => ShownBlock[];
};

const KINDS = ['function', 'part', 'others', 'overall'];

const inReadingOrder = (a: ShownBlock, b: ShownBlock): number => {
  const functionOf = (block: ShownBlock) => (block.function ? FUNCTIONS.indexOf(block.function) : FUNCTIONS.length);
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || functionOf(a) - functionOf(b) || (a.id < b.id ? -1 : 1);
};

const nodesById = (trees: readonly TreeNode[]): Map<string, TreeNode> => {
  const found = new Map<string, TreeNode>();
  const walk = (node: TreeNode): void => {
    found.set(node.id, node);
    node.children.forEach(walk);
  };
  trees.forEach(walk);
  return found;
};

/** The block and the shown blocks around it, up to both sides together. */
const lineage = (block: ShownBlock, byId: ReadonlyMap<string, ShownBlock>, overall: ShownBlock | undefined): string[] => {
  const line: string[] = [];
  let current: ShownBlock | undefined = block;
  while (current) {
    line.push(current.id);
    if (overall?.nodes.includes(current.id) === true) line.push(overall.id);
    current = current.parent === undefined ? undefined : byId.get(current.parent);
  }
  return line;
};

export const wavePeople = ({ answers, blocks, trees, minimum }: ClosedWave): WavePeople => {
  const nodes = nodesById(trees);
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const overall = blocks.find((block) => block.kind === 'overall');
  const finals = finalBlocks(blocks);
  const finalIndex = new Map(finals.map((block, index) => [block.id, index]));
  const lines = finals.map((block) => lineage(block, byId, overall));
  const again = gateAgain(blocks, minimum);
  const ofLeaf = finalBlockOfLeaf(trees, blocks);

  const members = new Map<string, number[]>(blocks.map((block) => [block.id, []]));
  const partOfRow = new Int32Array(answers.length).fill(-1);
  answers.forEach((answer, row) => {
    const index = finalIndex.get(ofLeaf.get(answer.blockId) ?? answer.blockId);
    if (index === undefined) return;
    partOfRow[row] = index;
    for (const id of lines[index] as string[]) members.get(id)?.push(row);
  });
  const rows = new Map([...members].map(([id, list]) => [id, Int32Array.from(list)]));
  const parts = new Map(blocks.map(({ id }) => [id, lines.flatMap((line, part) => (line.includes(id) ? [part] : []))]));
  const invited = new Map(blocks.map((block) => [block.id, block.nodes.reduce((sum, id) => sum + (nodes.get(id)?.invited ?? 0), 0)]));

  return {
    blocks: [...blocks].sort(inReadingOrder).map((block) => {
      const node = block.nodes.length === 1 && block.kind !== 'others' ? nodes.get(block.nodes[0] as string) : undefined;
      return node ? { ...block, path: node.path } : block;
    }),
    rowsOf: (id) => rows.get(id) ?? new Int32Array(0),
    invitedOf: (id) => invited.get(id) ?? 0,
    partOfRow,
    parts: finals.length,
    partsOf: (id) => parts.get(id) ?? [],
    shownFor: (counts) => again((id) => counts[finalIndex.get(id) ?? -1] ?? 0),
  };
};
