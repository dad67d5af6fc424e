import { and, inArray, sql } from 'drizzle-orm';
import { wallClock } from '../../../lib/zoned-time';
import type { Services } from '../../../platform/rpc/context';
import { hearsOf } from '../../pipeline/public';
import { workspaceFacts } from '../../workspace/public';
import { announceActions } from '../announce';
import { dueOf } from '../domain/plan';
import { problems } from '../repo';
import { improvementAction } from '../schema';

/**
 * Tells other programs of actions whose day has passed, once for each day an action was due on. Taken by an update that only one transaction can
 * make, so that two servers tell it once; while nobody listens nothing counts as told.
 * @returns how many were told
 */
export const tellOverdue = (services: Services, workspaceId: string): Promise<number> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await hearsOf(tx, 'action.overdue'))) return 0;
    const now = services.now();
    const today = wallClock(now, (await workspaceFacts(tx)).timeZone).slice(0, 10);
    const late = (await problems(tx)).filter(({ state }) => state !== 'dropped').flatMap(({ actions }) => actions).filter((row) => dueOf(row, today) === 'overdue' && row.overdueTold !== row.dueOn);
    if (late.length === 0) return 0;
    const taken = await tx.update(improvementAction).set({ overdueTold: sql`${improvementAction.dueOn}` })
      .where(and(inArray(improvementAction.id, late.map(({ id }) => id)), sql`${improvementAction.overdueTold} is distinct from ${improvementAction.dueOn}`)).returning({ id: improvementAction.id });
    await announceActions(tx, { workspaceId, now }, 'action.overdue', null, taken.map(({ id }) => id));
    return taken.length;
  });
