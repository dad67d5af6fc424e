import { ROLES, type Role } from '../../lib/vocabulary';

export type HuddleAction = 'huddle:read' | 'huddle:run';

const LEAST: Readonly<Record<HuddleAction, Role>> = { 'huddle:read': 'member', 'huddle:run': 'facilitator' };

/** Members see which Huddles there are and their records; facilitators plan and lead them. Taking part needs no account. */
export const can = (me: { role: Role }, action: HuddleAction): boolean => ROLES.indexOf(me.role) <= ROLES.indexOf(LEAST[action]);
