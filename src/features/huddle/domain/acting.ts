import { RULE, type Draw } from './agenda';
import type { By, Operation, Seat, SeatRole } from './operation';
import { roomOf } from './present';
import { taken } from './shelf';
import { stepById, stepNow, teamOf, type State } from './state';

/** What a vote is known by to its voter's seat. A new round's differs, so that two rounds' placements cannot be laid beside each other. */
export const voteThing = (state: State, step: string): string => `vote ${step} ${state.rounds[step]?.nth ?? 0}`;

/** What a note, or a vote, is known by to its author's seat. */
const thing = (state: State, op: Operation): string => ('note' in op ? `note ${op.note}` : op.kind === 'vote' ? voteThing(state, op.step) : op.kind);

const drawOf = (state: State, op: Operation): Draw | null => {
  const step = op.kind === 'note' || op.kind === 'ready' ? stepById(state, op.step) : stepNow(state);
  return step ? RULE[step.kind].teams : null;
};

/**
 * As whom an operation is kept. Without names no seat is kept, and the key differs by thing, so that not even two notes of one hand can be laid together.
 * @param sign makes a key of the seat's secret and a thing
 */
export const actingAs = (state: State, seat: Seat, op: Operation, sign: (thing: string) => string): By => {
  const draw = drawOf(state, op);
  const leads = seat.role === 'facilitator';
  const named = leads || (state.anonymity === 'named' && op.kind !== 'vote');
  const team = draw === null || leads ? null : (teamOf(state, seat, draw)?.id ?? null);
  const room = roomOf(state, seat);
  // A blind vote keeps neither team nor room.
  return { seat: named ? seat.id : null, role: seat.role, room: op.kind === 'vote' ? null : room, team: op.kind === 'vote' ? null : team, key: sign(thing(state, op)) };
};

/** Times of what respondents do could tell who did it; the clock needs those of who leads. */
export const keepsTime = (state: State, op: Operation, by: By): boolean => by.role === 'facilitator' || (state.anonymity === 'named' && op.kind !== 'vote');

/**
 * What is not the client's to say: that a note is late, that somebody has joined. A note is from paper where the page that types sheets in says so and
 * sheets are being typed in: what a device wrote live and sends late stays its room's.
 */
export const stamped = (state: State, op: Operation, role: SeatRole = 'participant'): Operation => {
  const isOn = op.kind === 'note' && stepNow(state)?.id === op.step;
  const paper = op.kind === 'note' && op.paper === true && state.typing && !isOn && (role === 'typist' || role === 'facilitator');
  if (op.kind === 'note') return { ...op, late: !isOn && !paper, paper };
  if (op.kind === 'seats') return { ...op, seats: op.seats.map((seat) => ({ ...seat, joined: taken(state.seats, seat.id)?.joined ?? false, userId: taken(state.seats, seat.id)?.userId ?? null })) };
  return op;
};

/** The seat, as long as it takes part. */
export const seatNow = (state: State, id: string): Seat | undefined => {
  const seat = taken(state.seats, id);
  return seat?.gone ? undefined : seat;
};
