import { verifyBallot } from '../../../platform/crypto/blind-signature';
import { COMMENT_MAX, type AnswerRequest, type AnswerResponse } from '../answer-contract';
import { AnswerFault } from '../answer-fault';
import type { BallotWriter } from '../ballot-writer';
import { ballotContext, packRatings } from '../domain/ballot';
import type { WaveRuntimes } from '../wave-runtime';

const SERIAL_BYTES = 32;

const tidy = (comment: string | undefined): string | null => comment?.trim().slice(0, COMMENT_MAX) || null;

/**
 * Takes an answer on the strength of its ballot alone. What the ballot is for is rebuilt from our own rows, never taken from
 * the request. Sending again is harmless: the first counts, and the reply does not tell which it was.
 */
export const submitAnswer = async (writer: BallotWriter, runtimes: WaveRuntimes, request: AnswerRequest): Promise<AnswerResponse> => {
  const wave = await runtimes.find(request.wave);
  if (!wave) throw new AnswerFault('closed');
  const leaf = wave.leaves.get(request.leaf);
  const serial = Buffer.from(request.prefix, 'base64url');
  const signature = Buffer.from(request.sig, 'base64url');
  const points = wave.instrument.scale.max - wave.instrument.scale.min + 1;
  const ratings = leaf && packRatings(request.answers, leaf.statements, points);
  if (!leaf || !ratings || serial.length !== SERIAL_BYTES) throw new AnswerFault('malformed');
  if (!verifyBallot(leaf.publicKey, Buffer.concat([serial, Buffer.from(ballotContext(wave.waveId, leaf.row.id))]), signature)) throw new AnswerFault('malformed');
  await writer.write(wave, { serial, leafId: leaf.row.id, signature, answers: Buffer.from(ratings), comment: tidy(request.comments) });
  return { received: true };
};
