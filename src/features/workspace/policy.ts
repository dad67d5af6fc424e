import type { Role, Side } from '../../lib/vocabulary';
import { ROLES } from '../../lib/vocabulary';

export type Me = { userId: string; role: Role; personId: string | null; headOf: Side | null };

export type WorkspaceAction =
  | 'workspace:read'
  | 'workspace:update'
  | 'workspace:remove'
  | 'member:list'
  | 'member:manage'
  | 'token:manage'
  | 'audit:read'
  | 'outbox:read';

const atLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(least);

/** What a role may do in its workspace. Facilitators see the outbox because they hand out survey links. */
export const can = (me: Me, action: WorkspaceAction): boolean => {
  switch (action) {
    case 'workspace:read':
      return true;
    case 'member:list':
      return atLeast(me.role, 'member');
    case 'outbox:read':
      return atLeast(me.role, 'facilitator');
    case 'workspace:update':
    case 'member:manage':
    case 'token:manage':
    case 'audit:read':
      return atLeast(me.role, 'admin');
    case 'workspace:remove':
      return me.role === 'owner';
  }
};

/**
 * Nobody hands out more than they have, only owners touch owners, and nobody changes their own role
 * (the last owner would otherwise lock everybody out).
 */
export const canSetRole = (me: Me, target: { userId: string; role: Role }, to: Role): boolean =>
  can(me, 'member:manage') && me.userId !== target.userId && atLeast(me.role, to) && atLeast(me.role, target.role);

export const canInvite = (me: Me, to: Role): boolean => can(me, 'member:manage') && atLeast(me.role, to);

export const canRemoveMember = (me: Me, target: { userId: string; role: Role }, owners: number): boolean =>
  me.userId === target.userId ? !(target.role === 'owner' && owners === 1) : can(me, 'member:manage') && atLeast(me.role, target.role);
