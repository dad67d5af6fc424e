import { and, eq } from 'drizzle-orm';
import type { Side } from '../../../lib/vocabulary';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { tendWorkspace } from '../../workspace/public';
import { cannotSign, waiting, waitingFor, type CannotSign } from '../domain/signing';
import { can } from '../policy';
import { agreement, agreementSignature, agreementVersion } from '../schema';
import { agreements, lockAgreement, type SignedVersion, type Whole } from '../terms-repo';

const REFUSALS: Readonly<Record<CannotSign, () => Error>> = {
  not_head: () => refuse.forbidden('sign; the heads of sales and of marketing sign'),
  already: () => refuse.conflict('Your side has signed this version already.', 'It waits for the other head. Nothing was changed.'),
  same_person: () => refuse.conflict('You have signed this version for the other side.', 'Two people sign: ask the other head. Nothing was changed.'),
};

const waitingVersion = async (scope: Scope, id: string, version: number): Promise<{ row: Whole; found: SignedVersion }> => {
  if (!(await lockAgreement(scope.tx, id))) throw refuse.notFound('agreement');
  const [row] = await agreements(scope.tx, { id });
  const found = row && waiting(row.versions);
  if (!row || !row.versions.some((each) => each.version === version)) throw refuse.notFound('version');
  if (found?.version !== version) throw refuse.conflict('This version does not wait for a signature any more.', 'Reload to see which version counts. Nothing was changed.');
  return { row, found };
};

/** Adds the signature of the side one heads; with the second one the version counts. @returns sides it still waits for */
export const putSignature = async (scope: Scope, id: string, version: number): Promise<Side[]> => {
  const { tx, workspaceId, me, now } = scope;
  const { row, found } = await waitingVersion(scope, id, version);
  const refusal = cannotSign(me, found.signatures);
  if (refusal || !me.headOf) throw REFUSALS[refusal ?? 'not_head']();
  await tx.insert(agreementSignature).values({ workspaceId, agreementId: id, version, side: me.headOf, userId: me.userId, personId: me.personId, name: me.label, signedAt: now });
  const left = waitingFor([...found.signatures, { side: me.headOf }]);
  if (left.length > 0) return left;
  await tx.update(agreementVersion).set({ signedAt: now }).where(and(eq(agreementVersion.agreementId, id), eq(agreementVersion.version, version)));
  if (found.ends) await tx.update(agreement).set({ endedAt: now }).where(eq(agreement.id, id));
  if (row.kind === 'commitment') {
    await tendWorkspace(tx, 'commitments', workspaceId);
    scope.afterwards(() => scope.services.jobs.send('agreements-work-out', { workspaceId }));
  }
  return [];
};

/**
 * @param byToken a signature is given by a person who reads it, never by a script
 * @throws 403 for everybody but the two heads, 404, 409 when it does not wait for this side
 */
export const sign = async (scope: Scope, id: string, version: number, byToken: boolean): Promise<Side[]> => {
  allow(can(scope.me, 'agreements:sign') && !byToken, 'sign; the heads of sales and of marketing sign for their sides, in person');
  const left = await putSignature(scope, id, version);
  const [row] = await agreements(scope.tx, { id });
  await scope.audit({ action: 'agreements.signed', subjectKind: 'agreement', subjectId: id, details: { name: row?.name ?? '', version: String(version) } });
  return left;
};

/** Whoever may propose may take a waiting version back; what was signed stays. */
export const withdraw = async (scope: Scope, id: string, version: number): Promise<void> => {
  allow(can(scope.me, 'agreements:propose'), 'withdraw proposals');
  const { row } = await waitingVersion(scope, id, version);
  await scope.tx.update(agreementVersion).set({ withdrawnAt: scope.now }).where(and(eq(agreementVersion.agreementId, id), eq(agreementVersion.version, version)));
  await scope.audit({ action: 'agreements.withdrawn', subjectKind: 'agreement', subjectId: id, details: { name: row.name, version: String(version) } });
};
