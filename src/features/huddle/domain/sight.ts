import { CHANNEL, type Room } from './agenda';
import type { SeatRole } from './operation';
import { isRevealed, type Note, type State } from './state';

/** As whom somebody looks: two people of one audience receive the same bytes. */
export type Audience = { role: SeatRole; room: Room | null; teams: readonly string[]; /** Not let in yet. */ waiting?: true };

/**
 * Whether a note leaves the server for this audience. Before the reveal a room's notes are the room's and a team's the team's; who leads or projects is
 * in neither, so that "only sales sees this" is true.
 */
export const seesNote = (state: State, note: Note, { role, room, teams, waiting }: Audience): boolean => {
  if (note.removed || waiting) return false;
  const sees = note.paper || isRevealed(state, note.step) ? 'all' : CHANNEL[note.channel].sees;
  if (note.hidden) return role === 'facilitator' && sees === 'all';
  if (sees === 'all') return true;
  if (sees === 'facilitators') return role === 'facilitator';
  if (role === 'facilitator' || role === 'screen') return false;
  return sees === 'room' || note.team === null ? room !== null && note.room === room : teams.includes(note.team);
};
