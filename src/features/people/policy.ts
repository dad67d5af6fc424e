import { ROLES, type Role } from '../../lib/vocabulary';

export type PeopleAction = 'people:read' | 'people:export' | 'people:edit' | 'people:import';

const LEAST: Readonly<Record<PeopleAction, Role>> = {
  'people:read': 'member',
  'people:export': 'facilitator',
  'people:edit': 'facilitator',
  'people:import': 'facilitator',
};

/** What a role may do with people. Viewers see published results, not who works here. */
export const can = (me: { role: Role }, action: PeopleAction): boolean => ROLES.indexOf(me.role) <= ROLES.indexOf(LEAST[action]);
