import { ROLES, type Role } from '../../lib/vocabulary';

export type CustomersAction = 'records:read' | 'records:import' | 'records:link' | 'notes:write' | 'sources:manage' | 'records:export';

const LEAST: Readonly<Record<CustomersAction, Role>> = {
  'records:read': 'member',
  'records:export': 'facilitator',
  'records:link': 'member',
  'notes:write': 'member',
  'records:import': 'facilitator',
  'sources:manage': 'facilitator',
};

/** What a role may do with both functions' records. Viewers see dashboards, not customers. */
export const can = (me: { role: Role }, action: CustomersAction): boolean => ROLES.indexOf(me.role) <= ROLES.indexOf(LEAST[action]);
