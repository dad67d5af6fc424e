import { ROLES, type Role, type Side } from '../../lib/vocabulary';

export type Me = { role: Role; headOf: Side | null };

export type AgreementsAction = 'agreements:read' | 'clocks:read' | 'agreements:propose' | 'agreements:sign' | 'hours:set' | 'review:write';

const LEAST: Readonly<Record<Exclude<AgreementsAction, 'agreements:sign'>, Role>> = { 'agreements:read': 'viewer', 'clocks:read': 'member', 'agreements:propose': 'facilitator', 'hours:set': 'facilitator', 'review:write': 'facilitator' };

/**
 * Both sides see the same: what was agreed and how it is kept is open to everybody here, names of accounts to members. Only a
 * head signs, whatever their role; a head proposes and reviews as a facilitator does.
 */
export const can = (me: Me, action: AgreementsAction): boolean => {
  if (action === 'agreements:sign') return me.headOf !== null;
  if (me.headOf !== null) return true;
  return ROLES.indexOf(me.role) <= ROLES.indexOf(LEAST[action]);
};
