import { randomUUID } from 'node:crypto';
import type { FunctionName } from '../../../lib/vocabulary';
import type { WorkspaceTx } from '../../../platform/db/database';
import { finalBlockOfLeaf } from '../domain/closed-tree';
import { gate } from '../domain/gate';
import { leavesOf } from '../domain/tree';
import type { TreeNode } from '../domain/tree.types';
import { answerComment, answerSet, wave } from '../schema';
import { shuffled } from './launch';

export type LeafAnswer = { leafId: string; function: FunctionName; ratings: Uint8Array; comment: string | null };

type Row = Omit<typeof wave.$inferInsert, 'state' | 'trees' | 'blocks' | 'discarded' | 'closedAt'> & { closedAt: Date; trees: TreeNode[] };

const AT_ONCE = 1_000;
const COMMENT_MAX = 2_000;

const nodesOf = (node: TreeNode): TreeNode[] => [node, ...node.children.flatMap(nodesOf)];

/**
 * Writes a wave that is closed from the start (answers collected elsewhere, the demo company) the way closing writes one:
 * the gate decides, answers carry new random ids and their final block only, comments stand apart, both in random order.
 */
export const writeClosedWave = async (tx: WorkspaceTx, row: Row, answers: readonly LeafAnswer[]): Promise<void> => {
  const answered = new Map<string, number>();
  for (const { leafId } of answers) answered.set(leafId, (answered.get(leafId) ?? 0) + 1);
  const counts = new Map(row.trees.flatMap(nodesOf).map((node) => [node.id, leavesOf(node).reduce((sum, leaf) => sum + (answered.get(leaf.id) ?? 0), 0)]));
  const blocks = gate(row.trees, (nodeId) => counts.get(nodeId) ?? 0, row.setup.minimum);
  const shown = new Set(blocks.flatMap((block) => (block.kind === 'function' ? [block.function] : [])));
  const discarded = row.trees.map((tree) => tree.path.function).filter((name) => !shown.has(name));
  await tx.insert(wave).values({ ...row, state: 'closed', blocks, discarded });
  const blockOf = finalBlockOfLeaf(row.trees, blocks);
  const kept = answers.flatMap((answer) => {
    const blockId = blockOf.get(answer.leafId);
    return blockId ? [{ answer, blockId }] : [];
  });
  const { workspaceId, id: waveId } = row;
  const rows = shuffled(kept).map(({ answer, blockId }) => ({ workspaceId, waveId, id: randomUUID(), blockId, function: answer.function, answers: Buffer.from(answer.ratings) }));
  const comments = shuffled(kept).flatMap(({ answer }) => (answer.comment ? [{ workspaceId, waveId, id: randomUUID(), function: answer.function, text: answer.comment.slice(0, COMMENT_MAX) }] : []));
  for (let at = 0; at < rows.length; at += AT_ONCE) await tx.insert(answerSet).values(rows.slice(at, at + AT_ONCE));
  for (let at = 0; at < comments.length; at += AT_ONCE) await tx.insert(answerComment).values(comments.slice(at, at + AT_ONCE));
};
