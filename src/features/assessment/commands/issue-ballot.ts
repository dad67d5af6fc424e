import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { KEY_BYTES, UnsignableError } from '../../../platform/crypto/blind-signature';
import type { SigningPool } from '../../../platform/crypto/signing-pool';
import type { Services } from '../../../platform/rpc/context';
import type { BallotRequest, BallotResponse } from '../answer-contract';
import { AnswerFault } from '../answer-fault';
import { waveState, shareBallotLock } from '../ballots-repo';
import { ballotIssue } from '../schema';
import type { WaveRuntime, WaveRuntimes } from '../wave-runtime';
import { invitationFor } from './open-answer';

/**
 * Signs one blinded ballot per invitation. Asking again with the same value is answered again, since an answer can be lost
 * on the way; another value is refused, or one person could vote twice.
 */
export const issueBallot = async (services: Services, runtimes: WaveRuntimes, pool: SigningPool, request: BallotRequest): Promise<BallotResponse> => {
  const { wave, invitation, leaf } = await invitationFor(services, runtimes, { wave: request.wave, token: request.token });
  const blinded = Buffer.from(request.blinded, 'base64url');
  const privateKey = wave.privateKeys.get(leaf.row.id);
  if (blinded.length !== KEY_BYTES || !privateKey) throw new AnswerFault('malformed');
  // Signed before the issue is noted: what cannot be signed must not use up the invitation. Nothing leaves before the note is kept.
  const signature = await pool.sign(privateKey, blinded).catch((error: unknown) => {
    throw error instanceof UnsignableError ? new AnswerFault('malformed') : error;
  });
  await noteIssue(services, wave, invitation.id, createHash('sha256').update(blinded).digest());
  return { signature: signature.toString('base64url') };
};

const noteIssue = (services: Services, wave: WaveRuntime, invitationId: string, blindedHash: Buffer): Promise<void> =>
  services.db.inWorkspace(wave.workspaceId, async (tx) => {
    await shareBallotLock(tx, wave.waveId);
    const row = await waveState(tx, wave.waveId);
    const now = services.now();
    if (row?.state !== 'open' && row?.state !== 'closing') throw new AnswerFault('closed');
    if (row.opensAt && now < row.opensAt) throw new AnswerFault('not_open_yet', { opensAt: row.opensAt.toISOString() });
    const graceEnds = (row.closesAt?.getTime() ?? 0) + services.config.closeGraceMs;
    const added =
      row.closesAt && now < row.closesAt
        ? await tx.insert(ballotIssue).values({ workspaceId: wave.workspaceId, waveId: wave.waveId, invitationId, blindedHash }).onConflictDoNothing()
        : undefined;
    if (added?.rowCount === 1) return;
    const [before] = await tx.select({ hash: ballotIssue.blindedHash }).from(ballotIssue).where(and(eq(ballotIssue.waveId, wave.waveId), eq(ballotIssue.invitationId, invitationId)));
    if (!before || now.getTime() > graceEnds) throw new AnswerFault('closed');
    if (!before.hash.equals(blindedHash)) throw new AnswerFault('other_device');
  });
