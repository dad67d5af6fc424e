import { expect, it } from 'vitest';
import { ROLES } from '../../lib/vocabulary';
import { can, type PeopleAction } from './policy';

it.each([
  ['people:read', ['owner', 'admin', 'facilitator', 'member']],
  ['people:export', ['owner', 'admin', 'facilitator']],
  ['people:edit', ['owner', 'admin', 'facilitator']],
  ['people:import', ['owner', 'admin', 'facilitator']],
] as [PeopleAction, string[]][])('%s is for %j', (action, roles) => {
  expect(ROLES.filter((role) => can({ role }, action))).toEqual(roles);
});
