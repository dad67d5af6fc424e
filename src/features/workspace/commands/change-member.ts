import type { Role } from '../../../lib/vocabulary';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { personExists } from '../../people/public';
import { can, canRemoveMember, canSetRole } from '../policy';
import { countOwners, deleteMember, findMember, lockOwners, updateMember } from '../repo';
import { endSessions } from './end-sessions';

/** Changes a member's role or the person they are. */
export const changeMember = async (scope: Scope, userId: string, change: { role?: Role; personId?: string | null }) => {
  const target = await findMember(scope.tx, userId);
  allow(can(scope.me, 'member:manage'), 'change members');
  if (!target) throw refuse.notFound('member');
  if (change.role && change.role !== target.role) allow(canSetRole(scope.me, target, change.role), 'give this role to this member');
  if (change.personId && !(await personExists(scope.tx, change.personId))) throw refuse.notFound('person');
  if (change.role === undefined && change.personId === undefined) return target;
  const [updated] = await updateMember(scope.tx, userId, { ...(change.role ? { role: change.role } : {}), ...(change.personId !== undefined ? { personId: change.personId } : {}) });
  if (!updated) throw refuse.notFound('member');
  await scope.audit({ action: 'member.changed', subjectKind: 'member', subjectId: userId, details: { before: { role: target.role, personId: target.personId }, after: change } });
  return updated;
};

/** Removes a member, or leaves. Rights end with the next request; sessions of an account without any workspace end at once. */
export const removeMember = async (scope: Scope, userId: string): Promise<void> => {
  await lockOwners(scope.tx);
  const target = await findMember(scope.tx, userId);
  if (!target) throw refuse.notFound('member');
  if (scope.me.userId === userId && target.role === 'owner' && (await countOwners(scope.tx)) === 1)
    throw refuse.conflict('You are the last owner. Nothing was changed.', 'Make somebody else an owner first, or remove the workspace.');
  allow(canRemoveMember(scope.me, target, await countOwners(scope.tx)), 'remove this member');
  await deleteMember(scope.tx, userId, scope.workspaceId);
  await endSessions(scope.tx, userId);
  await scope.audit({ action: 'member.removed', subjectKind: 'member', subjectId: userId, details: { email: target.email, role: target.role, self: scope.me.userId === userId } });
};
