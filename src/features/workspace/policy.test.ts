import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../lib/vocabulary';
import { can, canInvite, canRemoveMember, canSetRole, type Me, type WorkspaceAction } from './policy';

const me = (role: Role): Me => ({ userId: 'me', role, personId: null, headOf: null });

describe('what each role may do', () => {
  const table: Record<WorkspaceAction, Role[]> = {
    'workspace:read': ['owner', 'admin', 'facilitator', 'member', 'viewer'],
    'member:list': ['owner', 'admin', 'facilitator', 'member'],
    'outbox:read': ['owner', 'admin', 'facilitator'],
    'workspace:update': ['owner', 'admin'],
    'member:manage': ['owner', 'admin'],
    'token:manage': ['owner', 'admin'],
    'audit:read': ['owner', 'admin'],
    'workspace:remove': ['owner'],
  };
  for (const [action, allowed] of Object.entries(table))
    test.each(ROLES)(`${action} as %s`, (role) => expect(can(me(role), action as WorkspaceAction)).toBe(allowed.includes(role)));
});

test.each([
  ['owner', 'admin', 'owner', true],
  ['admin', 'member', 'admin', true],
  ['admin', 'member', 'owner', false],
  ['admin', 'owner', 'member', false],
  ['facilitator', 'member', 'viewer', false],
] as const)('%s changes %s to %s: %s', (mine, theirs, to, expected) => {
  expect(canSetRole(me(mine), { userId: 'other', role: theirs }, to)).toBe(expected);
});

test('nobody changes their own role', () => expect(canSetRole(me('owner'), { userId: 'me', role: 'owner' }, 'admin')).toBe(false));

test('an admin cannot invite an owner', () => {
  expect(canInvite(me('admin'), 'owner')).toBe(false);
  expect(canInvite(me('admin'), 'admin')).toBe(true);
  expect(canInvite(me('member'), 'viewer')).toBe(false);
});

test('the last owner cannot leave, a second one can', () => {
  expect(canRemoveMember(me('owner'), { userId: 'me', role: 'owner' }, 1)).toBe(false);
  expect(canRemoveMember(me('owner'), { userId: 'me', role: 'owner' }, 2)).toBe(true);
  expect(canRemoveMember(me('viewer'), { userId: 'me', role: 'viewer' }, 1)).toBe(true);
  expect(canRemoveMember(me('admin'), { userId: 'you', role: 'owner' }, 2)).toBe(false);
});
