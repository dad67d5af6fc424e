import type { WorkspaceTx } from '../../platform/db/database';
import { isWhole } from './domain/action-plan';
import type { Action } from './domain/operation';
import { advanced } from './live/standing';
import { huddles, operationsAfter, startOf } from './repo';

/** An action that was agreed in a Huddle, with the disconnect it answers; `whole` when it has an owner, a date and meets the three criteria. */
export type AgreedAction = Omit<Action, 'removed'> & { huddle: { id: string; name: string }; disconnectText: string; whole: boolean };

/** Actions of the Huddles that have ended, the latest Huddle first; rehearsals agree on nothing. */
export const agreedActions = async (tx: WorkspaceTx): Promise<AgreedAction[]> => {
  const ended = (await huddles(tx)).filter(({ phase, rehearsal }) => phase === 'finished' && !rehearsal);
  const found: AgreedAction[] = [];
  for (const row of ended) {
    const { state } = advanced({ row, secret: '', state: startOf(row), history: [] }, await operationsAfter(tx, row.id, 0));
    for (const { removed, ...action } of Object.values(state.actions))
      if (!removed) found.push({ ...action, huddle: { id: row.id, name: state.name }, disconnectText: state.disconnects[action.disconnect ?? '']?.text ?? '', whole: isWhole(action) });
  }
  return found;
};
