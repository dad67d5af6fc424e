import { ROLES, type Role, type Side } from '../../lib/vocabulary';

export type DiagnosisAction = 'diagnosis:read' | 'diagnosis:write';

const atLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(least);

/** Everybody reads the reasoning (what was said in it is gated, and shown only to those who may see the survey); heads and facilitators state facts and judge. */
export const can = (me: { role: Role; headOf: Side | null }, action: DiagnosisAction): boolean =>
  action === 'diagnosis:read' ? atLeast(me.role, 'member') : atLeast(me.role, 'facilitator') || me.headOf !== null;
