import { ROLES, type Role, type Side } from '../../lib/vocabulary';

export type GoalsAction = 'figures:read' | 'goals:propose' | 'goals:sign' | 'dashboards:edit' | 'cases:read';

const atLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(least);

/** Figures are open to both functions, down to viewers: they are counts and sums. Only the two heads sign. */
export const can = (me: { role: Role; headOf: Side | null }, action: GoalsAction): boolean => {
  switch (action) {
    case 'figures:read':
      return true;
    case 'goals:propose':
      return atLeast(me.role, 'facilitator') || me.headOf !== null;
    case 'goals:sign':
      return me.headOf !== null;
    // Names of customers, as those of leads, are for members.
    case 'cases:read':
    case 'dashboards:edit':
      return atLeast(me.role, 'member');
  }
};
