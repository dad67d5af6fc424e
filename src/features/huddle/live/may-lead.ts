import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import type { Seat } from '../domain/operation';
import { can } from '../policy';

/** Whether the account behind a facilitator's seat may still lead; every other seat needs none. */
export const mayLead = async (services: Services, tx: WorkspaceTx, seat: Seat): Promise<boolean> => {
  if (seat.role !== 'facilitator') return true;
  if (!seat.userId) return false;
  const me = await services.standingOf(tx, { kind: 'account', userId: seat.userId, name: '', email: '' });
  return me !== null && can(me, 'huddle:run');
};
