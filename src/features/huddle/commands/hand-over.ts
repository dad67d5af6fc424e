import { eq } from 'drizzle-orm';
import type { Cause } from '../../../lib/vocabulary';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { takeFromHuddle } from '../../improvement/public';
import type { Action } from '../domain/operation';
import { stateOf } from '../live/standing';
import { lockHuddle } from '../repo';
import { huddle } from '../schema';

const TITLE = 240;
const TEXT = 500;

const agreedAction = ({ text, activities, owner, side, dueOn, easy, visible, direct }: Action, title: string) => ({
  text: text.slice(0, TEXT), by: side ?? ('both' as const), ownerUserId: null, ownerName: owner, dueOn, effect: activities || title, easy, visible, direct,
});

/**
 * Puts what an ended Huddle agreed on into the programme: each disconnect waits there as a problem, under the root cause it was laid to, with its actions.
 * @throws 404 for no such Huddle or disconnect; 409 before it has ended, for a rehearsal, and the second time
 */
export const handOver = async (scope: Pick<Scope, 'tx' | 'workspaceId' | 'now' | 'newId' | 'me' | 'audit'>, id: string, chosen: readonly { disconnect: string; cause: Cause }[]): Promise<{ problems: number }> => {
  const { tx } = scope;
  const row = await lockHuddle(tx, id);
  if (!row) throw refuse.notFound('Huddle');
  if (row.phase !== 'finished' || row.rehearsal) throw refuse.conflict('Only a Huddle that has ended, and was no rehearsal, goes into the programme. Nothing was saved.', 'End the Huddle first.');
  if (row.handedOverAt) throw refuse.conflict('What was agreed is in the programme already. Nothing was saved.', 'Look at the programme.');
  const state = await stateOf(tx, row);
  const actions = Object.values(state.actions).filter(({ removed, carried }) => !removed && !carried);
  const agreed = chosen.map(({ disconnect, cause }) => {
    const found = state.disconnects[disconnect];
    if (!found || found.removed) throw refuse.notFound('disconnect');
    const title = found.text.slice(0, TITLE);
    return { title, area: cause, cause, actions: actions.filter((action) => action.disconnect === disconnect).map((action) => agreedAction(action, title)) };
  });
  await takeFromHuddle(scope, id, agreed);
  await tx.update(huddle).set({ handedOverAt: scope.now }).where(eq(huddle.id, id));
  await scope.audit({ action: 'huddle.handed_over', subjectKind: 'huddle', subjectId: id, details: { name: row.name } });
  return { problems: agreed.length };
};
