import { constants, createPrivateKey, randomBytes, sign } from 'node:crypto';
import type { AnswerRequest } from '../../features/assessment/answer-contract';
import { ballotContext } from '../../features/assessment/domain/ballot';
import { readWaveSecrets, waveKeys } from '../../features/assessment/wave-secrets';
import type { Services } from '../../platform/rpc/context';
import type { Survey } from './survey';

/**
 * Many valid ballots at once: signed openly with the leaf's own key, which gives signatures like those that blinding leads to,
 * without the seconds that thousands of blindings take.
 */
export const bulkBallots = async (services: Services, survey: Survey, statements: number, highest: number): Promise<(AnswerRequest & { invitationId: string })[]> => {
  const { privateKeys } = await services.db.inWorkspace(survey.workspaceId, (tx) => readWaveSecrets(tx, waveKeys(services.config), survey.waveId));
  const keys = new Map([...privateKeys].map(([leaf, der]) => [leaf, createPrivateKey({ key: der, type: 'pkcs8', format: 'der' })]));
  return survey.invited.flatMap(({ invitationId, leafId }, index) => {
    const key = keys.get(leafId);
    if (!key) return [];
    const prefix = randomBytes(32);
    const message = Buffer.concat([prefix, Buffer.from(ballotContext(survey.waveId, leafId))]);
    const sig = sign('sha384', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 });
    const answers = Array.from({ length: statements }, (_, statement) => 1 + (Math.floor(index / highest ** Math.min(statement, 12)) % highest));
    return [{ invitationId, wave: survey.waveId, leaf: leafId, prefix: prefix.toString('base64url'), sig: sig.toString('base64url'), answers }];
  });
};
