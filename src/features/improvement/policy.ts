import { ROLES, type FunctionName, type Role, type Side } from '../../lib/vocabulary';

export type ImprovementAction = 'programme:read' | 'programme:write';

const atLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(least);

type Me = { role: Role; headOf: Side | null };

/** Everybody who works here follows the programme; heads and facilitators shape it. */
export const can = (me: Me, action: ImprovementAction): boolean =>
  action === 'programme:read' ? atLeast(me.role, 'member') : atLeast(me.role, 'facilitator') || me.headOf !== null;

/** Each lens is answered by people of that function; facilitators write down what was said in a room, a head for the own side. */
export const canAnswer = (me: Me & { function: FunctionName | null }, lens: FunctionName): boolean =>
  atLeast(me.role, 'facilitator') || me.headOf === lens || (atLeast(me.role, 'member') && me.function === lens);

/** Whoever owns an action says that it is done and puts it off. */
export const canMove = (me: Me & { userId: string }, action: { ownerUserId: string | null }): boolean =>
  can(me, 'programme:write') || (atLeast(me.role, 'member') && action.ownerUserId === me.userId);
