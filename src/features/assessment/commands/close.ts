import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { FunctionName } from '../../../lib/vocabulary';
import { publicKeyFrom, verifyBallot } from '../../../platform/crypto/blind-signature';
import type { WorkspaceTx } from '../../../platform/db/database';
import { vacuum } from '../../../platform/db/vacuum';
import type { Services } from '../../../platform/rpc/context';
import { giveUpMails } from '../../workspace/public';
import { leavesOfWave, lockWave, takeBallotLock, type LeafRow } from '../ballots-repo';
import { ballotContext } from '../domain/ballot';
import { finalBlockOfLeaf } from '../domain/closed-tree';
import { gate } from '../domain/gate';
import type { ShownBlock, TreeNode } from '../domain/tree.types';
import message from '../messages/waves.en.json';
import { answerComment, answerSet, ballotBox, ballotIssue, leafKey, wave, waveSecret } from '../schema';
import { waveRuntimesOf } from '../wave-runtime';
import { waveKeys } from '../wave-secrets';
import { shuffled } from './launch';

type Ballot = Pick<typeof ballotBox.$inferSelect, 'serial' | 'leafId' | 'signature' | 'answers' | 'comment'>;

const TRACES = ['ballot_issue', 'ballot_box', 'leaf_key', 'wave_secret', 'answer_set', 'answer_comment'] as const;
const ROWS_AT_ONCE = 1_000;

/**
 * Closes a wave whose time, grace included, has come. One transaction counts the ballots, runs the gate, writes the answers
 * under new random ids with nothing but their final block, and deletes every trace; then the tables are rewritten and the wave's
 * key is destroyed. Between the closing time and the end of the grace the wave is marked as closing. Harmless when repeated: what is done stays done, what was interrupted is finished.
 * @returns false when the wave is not due
 */
export const closeWave = async (services: Services, workspaceId: string, waveId: string): Promise<boolean> => {
  const closed = await services.db.inWorkspace(workspaceId, async (tx) => {
    await takeBallotLock(tx, waveId);
    const row = await lockWave(tx, waveId);
    if (row?.state === 'closed') return true;
    if (!row?.trees || !row.closesAt || row.state === 'draft') return false;
    const now = services.now();
    if (now.getTime() < row.closesAt.getTime() + services.config.closeGraceMs) {
      if (row.state === 'open' && now >= row.closesAt) await tx.update(wave).set({ state: 'closing' }).where(eq(wave.id, waveId));
      return false;
    }
    const counted = await countBallots(tx, waveId);
    const blocks = gate(row.trees, countsOf(row.trees, counted.ballots), row.setup.minimum);
    await keepAnswers(tx, { workspaceId, waveId, trees: row.trees, blocks, ballots: counted.ballots });
    for (const table of [ballotBox, ballotIssue, leafKey, waveSecret]) await tx.delete(table).where(eq(table.waveId, waveId));
    const shown = new Set(blocks.flatMap((block) => (block.kind === 'function' ? [block.function] : [])));
    const discarded = row.trees.map((tree) => tree.path.function).filter((name) => !shown.has(name));
    await tx.update(wave).set({ state: 'closed', closedAt: now, blocks, discarded }).where(eq(wave.id, waveId));
    await giveUpMails(tx, waveId, message['invitation.surveyClosed']);
    await services.recordAudit(tx, workspaceId, now, { id: null, label: 'Lockstep' }, { action: 'wave.closed', subjectKind: 'wave', subjectId: waveId, details: { discarded, refused: counted.refused, overfull: counted.overfull } });
    return true;
  });
  if (closed) await destroyTraces(services, waveId);
  return closed;
};

/** The key file goes last: as long as it is there, the job knows that this is still to do. */
const destroyTraces = async (services: Services, waveId: string): Promise<void> => {
  waveRuntimesOf(services).forget(waveId);
  await vacuum(services.ownerUrl, TRACES, 'full');
  await waveKeys(services.config).destroy(waveId);
};

/**
 * Ballots whose signature holds. A leaf with more of them than were picked up holds forged ones that nobody can tell apart, so
 * its whole function is left out.
 */
const countBallots = async (tx: WorkspaceTx, waveId: string): Promise<{ ballots: Ballot[]; refused: number; overfull: FunctionName[] }> => {
  const leaves = new Map((await leavesOfWave(tx, waveId)).map((row) => [row.id, { row, publicKey: publicKeyFrom(row.spki) }]));
  const rows: Ballot[] = await tx
    .select({ serial: ballotBox.serial, leafId: ballotBox.leafId, signature: ballotBox.signature, answers: ballotBox.answers, comment: ballotBox.comment })
    .from(ballotBox)
    .where(eq(ballotBox.waveId, waveId));
  const valid: Ballot[] = [];
  for (const [at, ballot] of rows.entries()) {
    // Ten thousand signatures take most of a second; others are served in between.
    if (at % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
    const leaf = leaves.get(ballot.leafId);
    if (leaf && verifyBallot(leaf.publicKey, Buffer.concat([ballot.serial, Buffer.from(ballotContext(waveId, ballot.leafId))]), ballot.signature)) valid.push(ballot);
  }
  const overfull = await overfullFunctions(tx, waveId, [...leaves.values()].map((leaf) => leaf.row), valid);
  return { ballots: valid.filter((ballot) => !overfull.includes(leaves.get(ballot.leafId)?.row.function ?? 'sales')), refused: rows.length - valid.length, overfull };
};

const overfullFunctions = async (tx: WorkspaceTx, waveId: string, leaves: LeafRow[], ballots: Ballot[]): Promise<FunctionName[]> => {
  const { rows } = await tx.execute<{ leaf_id: string; n: number }>(
    sql`select i.leaf_id, count(*)::int as n from ballot_issue b join invitation i on i.workspace_id = b.workspace_id and i.wave_id = b.wave_id and i.id = b.invitation_id where b.wave_id = ${waveId} group by 1`,
  );
  const issued = new Map(rows.map((row) => [row.leaf_id, row.n]));
  const over = leaves.filter((leaf) => ballots.filter((ballot) => ballot.leafId === leaf.id).length > (issued.get(leaf.id) ?? 0));
  return [...new Set(over.map((leaf) => leaf.function))];
};

/** Answers per tree node, from the ballots of its leaves. */
const countsOf = (trees: readonly TreeNode[], ballots: readonly Ballot[]): ((nodeId: string) => number) => {
  const counts = new Map<string, number>();
  for (const { leafId } of ballots) counts.set(leafId, (counts.get(leafId) ?? 0) + 1);
  const add = (node: TreeNode): number => {
    const n = node.children.length === 0 ? (counts.get(node.id) ?? 0) : node.children.reduce((sum, child) => sum + add(child), 0);
    counts.set(node.id, n);
    return n;
  };
  trees.forEach(add);
  return (nodeId) => counts.get(nodeId) ?? 0;
};

type Keeping = { workspaceId: string; waveId: string; trees: TreeNode[]; blocks: ShownBlock[]; ballots: Ballot[] };

/** Answers and comments part here, each shuffled on its own. Those of a function that stays hidden are not kept. */
const keepAnswers = async (tx: WorkspaceTx, { workspaceId, waveId, trees, blocks, ballots }: Keeping): Promise<void> => {
  const blockOf = finalBlockOfLeaf(trees, blocks);
  const functionOf = new Map(blocks.flatMap((block) => (block.function ? [[block.id, block.function] as const] : [])));
  const kept = ballots.flatMap((ballot) => {
    const blockId = blockOf.get(ballot.leafId);
    const of = blockId === undefined ? undefined : functionOf.get(blockId);
    return blockId && of ? [{ blockId, of, ballot }] : [];
  });
  const answers = shuffled(kept).map(({ blockId, of, ballot }) => ({ workspaceId, waveId, id: randomUUID(), blockId, function: of, answers: ballot.answers }));
  const comments = shuffled(kept).flatMap(({ of, ballot }) => (ballot.comment ? [{ workspaceId, waveId, id: randomUUID(), function: of, text: ballot.comment }] : []));
  for (let at = 0; at < answers.length; at += ROWS_AT_ONCE) await tx.insert(answerSet).values(answers.slice(at, at + ROWS_AT_ONCE));
  for (let at = 0; at < comments.length; at += ROWS_AT_ONCE) await tx.insert(answerComment).values(comments.slice(at, at + ROWS_AT_ONCE));
};
