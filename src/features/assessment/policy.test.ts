import { describe, expect, test } from 'vitest';
import { ROLES, type Role, type Side } from '../../lib/vocabulary';
import { can, canPublish, canSeeResults } from './policy';

const me = (role: Role, headOf: Side | null = null) => ({ role, headOf });

test.each(ROLES)('%s manages waves: owner, admin, facilitator only', (role) => {
  expect(can(me(role), 'wave:manage')).toBe(['owner', 'admin', 'facilitator'].includes(role));
  expect(can(me(role), 'instrument:load')).toBe(['owner', 'admin', 'facilitator'].includes(role));
});

describe('results', () => {
  test.each(['draft', 'open', 'closing'])('of a wave that is %s nobody sees, not even published', (state) => {
    for (const role of ROLES) expect(canSeeResults(me(role, 'sales'), { state, publishedAt: new Date(0) })).toBe(false);
  });
  test.each(ROLES)('closed, not published, as %s: only facilitators and heads', (role) => {
    expect(canSeeResults(me(role), { state: 'closed', publishedAt: null })).toBe(role === 'facilitator');
    expect(canSeeResults(me(role, 'sales'), { state: 'closed', publishedAt: null })).toBe(true);
    expect(canSeeResults(me(role, 'marketing'), { state: 'closed', publishedAt: null })).toBe(true);
  });
  test.each(ROLES)('published, as %s: everybody', (role) => expect(canSeeResults(me(role), { state: 'closed', publishedAt: new Date(0) })).toBe(true));
});

test('an owner publishes only where nobody is there to see first', () => {
  expect(canPublish(me('owner'), { state: 'closed' }, true)).toBe(false);
  expect(canPublish(me('owner'), { state: 'closed' }, false)).toBe(true);
  expect(canPublish(me('member'), { state: 'closed' }, false)).toBe(false);
  expect(canPublish(me('member', 'marketing'), { state: 'closed' }, true)).toBe(true);
  expect(canPublish(me('facilitator'), { state: 'open' }, true)).toBe(false);
});
