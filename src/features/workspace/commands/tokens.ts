import { and, eq, isNull } from 'drizzle-orm';
import { hashSecret, newSecret } from '../../../platform/crypto/secrets';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { can } from '../policy';
import { addLookup, removeLookup } from '../repo';
import { apiToken } from '../schema';

/** Creates an API token that acts with its maker's role, within the chosen scopes. The secret is returned once. */
export const createToken = async (scope: Scope, wanted: { name: string; scopes: string[] }) => {
  allow(can(scope.me, 'token:manage'), 'create API tokens');
  const secret = newSecret('lst');
  const row = {
    workspaceId: scope.workspaceId, id: scope.newId(), name: wanted.name, tokenHash: hashSecret(secret), scopes: [...new Set(wanted.scopes)],
    createdBy: scope.me.userId, createdAt: scope.now, lastUsedAt: null, revokedAt: null,
  };
  await scope.tx.insert(apiToken).values(row);
  await addLookup(scope.tx, 'token', row.tokenHash, scope.workspaceId);
  await scope.audit({ action: 'token.created', subjectKind: 'token', subjectId: row.id, details: { name: row.name, scopes: row.scopes } });
  return { ...row, secret };
};

export const revokeToken = async (scope: Scope, id: string): Promise<void> => {
  allow(can(scope.me, 'token:manage'), 'revoke API tokens');
  const [revoked] = await scope.tx.update(apiToken).set({ revokedAt: scope.now }).where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt))).returning();
  if (!revoked) throw refuse.notFound('token');
  await removeLookup(scope.tx, 'token', revoked.tokenHash, scope.workspaceId);
  await scope.audit({ action: 'token.revoked', subjectKind: 'token', subjectId: id, details: { name: revoked.name } });
};
