import { everything } from './shelf';
import type { State } from './state';

/** What of an ended Huddle the next one is proposed from. `people`: whom of the workspace each who took part or was invited is; null for somebody who is not known. */
export type Concluded = { people: (string | null)[]; actions: number };

export const concludedOf = (state: State): Concluded => ({
  people: everything(state.seats).filter(({ role, gone }) => role === 'participant' && !gone).map(({ personId }) => personId),
  actions: Object.values(state.actions).filter(({ removed }) => !removed).length,
});
