import { and, eq } from 'drizzle-orm';
import { hashSecret, newSecret } from '../../../platform/crypto/secrets';
import { lookup } from '../../../platform/db/schema';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { somebodySeesFirst } from '../../workspace/public';
import { lockWave, type WaveRow } from '../ballots-repo';
import { canPublish } from '../policy';
import { setWave } from '../waves-repo';

const closedWave = async (scope: Scope, waveId: string): Promise<WaveRow> => {
  const row = await lockWave(scope.tx, waveId);
  if (!row) throw refuse.notFound('survey');
  if (row.state !== 'closed') throw refuse.conflict('This survey is not closed yet. Nothing was changed.', 'Results can be shared once it has closed.');
  allow(canPublish(scope.me, row, await somebodySeesFirst(scope.tx)), 'share these results');
  return row;
};

const changed = async (scope: Scope, waveId: string, change: Partial<WaveRow>): Promise<WaveRow> => {
  const row = await setWave(scope.tx, waveId, change);
  if (!row) throw refuse.notFound('survey');
  return row;
};

/** Opens closed results to members, viewers, admins and owners, or takes that back. */
export const publishWave = async (scope: Scope, waveId: string, published: boolean): Promise<WaveRow> => {
  const row = await closedWave(scope, waveId);
  if ((row.publishedAt !== null) === published) return row;
  await scope.audit({ action: published ? 'wave.published' : 'wave.unpublished', subjectKind: 'wave', subjectId: waveId });
  return changed(scope, waveId, { publishedAt: published ? scope.now : null });
};

/** Makes the public summary link anew, or ends it. An earlier link ends at once. */
export const shareWave = async (scope: Scope, waveId: string, shared: boolean): Promise<string | null> => {
  const row = await closedWave(scope, waveId);
  if (row.shareHash) await scope.tx.delete(lookup).where(and(eq(lookup.kind, 'share'), eq(lookup.key, row.shareHash)));
  const secret = shared ? newSecret('lss') : null;
  await changed(scope, waveId, { shareHash: secret ? hashSecret(secret) : null });
  if (secret) await scope.tx.insert(lookup).values({ kind: 'share', key: hashSecret(secret), workspace: scope.workspaceId });
  await scope.audit({ action: shared ? 'wave.shared' : 'wave.share_ended', subjectKind: 'wave', subjectId: waveId });
  return secret ? `${scope.services.config.baseUrl}/s#${secret}` : null;
};
