import { CHANNEL, RULE, type Channel, type Step } from './agenda';
import { ANONYMITY, LEADING, type By, type Operation, type OperationKind, type Seat } from './operation';
import { audienceOf, teamsOf } from './present';
import { seesNote } from './sight';
import { everything, taken } from './shelf';
import { stepById, stepNow, type Note, type State } from './state';

export const REFUSALS = ['not_yours', 'not_now', 'unknown', 'only_questions', 'too_many', 'never_looser', 'finished', 'no_team', 'not_yet_read', 'exists', 'waiting'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Milliseconds after a step in which what was typed in it is still taken: somebody may have been without a connection. */
export const LATE = 15 * 60_000;
export const TOP = 3;
export const MOST_DISCONNECTS = 6;
export const MOST_REMARKS = 200;
/** People that fit into one Huddle. */
export const MOST_SEATS = 400;
/** Saved operations after which no more notes are taken: a day and a half of 300 people has fewer. */
export const MOST_OPERATIONS = 60_000;

type Seated = { seat: Seat; by: By };

const isQuestion = (text: string): boolean => text.trim().endsWith('?');
const isLeading = (seat: Seat): boolean => seat.role === 'facilitator';

/** Whether a step takes what was typed in it: now, or a while after it for those who lost their connection. */
const takes = (state: State, step: Step, now: number): boolean => stepNow(state)?.id === step.id || (state.left[step.id] !== undefined && now - (state.left[step.id] ?? 0) <= LATE);

/** A scribe's device, or a typist, has no function of its own; it writes for its room. */
const writes = (channel: Channel, { seat, by: { room } }: Seated): boolean => {
  const { by } = CHANNEL[channel];
  if (by === 'facilitators') return isLeading(seat);
  return by === 'everyone' || seat.function === by || room === by || isLeading(seat);
};

const note = (state: State, op: Extract<Operation, { kind: 'note' }>, who: Seated, now: number): Refusal | null => {
  const { by } = who;
  const step = stepById(state, op.step);
  if (!step || !RULE[step.kind].channels.includes(op.channel)) return 'unknown';
  if (taken(state.notes, op.note)) return 'exists';
  if (state.seq >= MOST_OPERATIONS) return 'too_many';
  if (!op.paper && (who.seat.role === 'typist' || !takes(state, step, now))) return 'not_now';
  if (!writes(op.channel, who)) return 'not_yours';
  if (op.about !== null && !taken(state.notes, op.about)) return 'unknown';
  if (RULE[step.kind].clarifying && !isQuestion(op.text)) return 'only_questions';
  // Who leads the whole stands in no room; what only a room reads is not theirs to write.
  if (CHANNEL[op.channel].sees === 'room' && by.room === null) return 'not_yours';
  return null;
};

const own = (found: Note | undefined, by: By): Refusal | null => (!found ? 'unknown' : found.key === by.key ? null : 'not_yours');

/** Sorting and choosing is for those who can read the note, while its step is on or once it is open. */
const arranging = (state: State, id: string, who: Seated): Refusal | null => {
  const found = taken(state.notes, id);
  if (!found || found.removed) return 'unknown';
  if (!seesNote(state, found, audienceOf(state, who.seat))) return 'not_yours';
  return RULE[stepNow(state)?.kind ?? 'break'].clarifying ? 'only_questions' : null;
};

const top = (state: State, op: Extract<Operation, { kind: 'top' }>, who: Seated): Refusal | null => {
  const found = taken(state.notes, op.note);
  if (!found) return 'unknown';
  if (found.team === null || !teamsOf(state, who.seat).includes(found.team)) return 'not_yours';
  const chosen = everything(state.notes).filter((each) => each.step === found.step && each.channel === found.channel && each.team === found.team && each.top && !each.removed);
  if (op.top && !found.top && chosen.length >= TOP) return 'too_many';
  return arranging(state, op.note, who);
};

const vote = (state: State, op: Extract<Operation, { kind: 'vote' }>, { seat }: Seated): Refusal | null => {
  const round = state.rounds[op.step];
  // What was voted without a connection in an earlier round is none of this one's.
  if (!round?.open || (op.nth !== null && op.nth !== round.nth)) return 'not_now';
  if (seat.role !== 'participant' && !(state.inRoom && seat.role === 'scribe')) return 'not_yours';
  if (op.targets.length > round.tokens) return 'too_many';
  const view = audienceOf(state, seat);
  return op.targets.every((id) => { const found = taken(state.notes, id); return found && !found.hidden && !found.removed && seesNote(state, found, view); }) ? null : 'unknown';
};

const draw = (state: State, { teams }: Extract<Operation, { kind: 'draw' }>): Refusal | null => {
  const placed = teams.flatMap(({ members }) => members);
  return new Set(placed).size === placed.length && new Set(teams.map(({ id }) => id)).size === teams.length && placed.every((id) => taken(state.seats, id)?.role === 'participant') ? null : 'unknown';
};

/** Seats that were not taken out. */
export const here = (state: State): number => everything(state.seats).filter(({ gone }) => !gone).length;

/** Seats that lead or project are given to accounts alone, and nobody's part is changed by a list. */
const seats = (state: State, op: Extract<Operation, { kind: 'seats' }>): Refusal | null =>
  !op.seats.every((seat) => seat.role === 'participant' && (taken(state.seats, seat.id)?.role ?? 'participant') === 'participant') ? 'not_yours'
    : here(state) + op.seats.filter(({ id }) => taken(state.seats, id)?.gone !== false).length > MOST_SEATS ? 'too_many' : null;

/** Of an agenda that runs, what lies behind cannot be changed. */
const agenda = (state: State, { steps }: Extract<Operation, { kind: 'agenda' }>): Refusal | null => {
  if (new Set(steps.map(({ id }) => id)).size !== steps.length || steps.length === 0) return 'unknown';
  const behind = state.steps.slice(0, state.at + 1);
  return behind.every(({ id, kind }, at) => steps[at]?.id === id && steps[at]?.kind === kind) ? null : 'not_now';
};

const leading = (state: State, op: Operation): Refusal | null => {
  if (op.kind === 'start') return state.phase === 'planned' ? null : 'not_now';
  if (op.kind === 'go') return state.phase === 'running' && op.to >= 0 && op.to < state.steps.length && op.to !== state.at ? null : 'not_now';
  if (op.kind === 'extend') return state.phase === 'running' && state.clock ? null : 'not_now';
  if (op.kind === 'pause') return state.phase === 'running' && state.clock && 'endsAt' in state.clock ? null : 'not_now';
  if (op.kind === 'resume') return state.clock && 'left' in state.clock ? null : 'not_now';
  if (op.kind === 'finish') return state.phase === 'running' || state.typing ? null : 'not_now';
  if (op.kind === 'correct') { if (state.phase !== 'finished') return 'not_now'; const found = taken(state.notes, op.note); return found && seesNote(state, found, { role: 'screen', room: null, teams: [] }) ? null : 'not_yet_read'; }
  if (op.kind === 'dots') { const found = taken(state.notes, op.note); return !state.typing ? 'not_now' : found && seesNote(state, found, { role: 'screen', room: null, teams: [] }) ? null : 'not_yet_read'; }
  if (op.kind === 'remark') return op.step !== null && !stepById(state, op.step) ? 'unknown' : !state.remarks[op.remark] && Object.keys(state.remarks).length >= MOST_REMARKS ? 'too_many' : null;
  if (op.kind === 'reveal') return state.entered[op.step] ? null : 'not_now';
  if (op.kind === 'tighten') return ANONYMITY.indexOf(op.to) >= ANONYMITY.indexOf(state.anonymity) ? null : 'never_looser';
  if (op.kind === 'agenda') return agenda(state, op);
  if (op.kind === 'draw') return draw(state, op);
  if (op.kind === 'seats') return seats(state, op);
  if (op.kind === 'move') return taken(state.seats, op.seat)?.role === 'participant' && state.teams[op.of].some(({ id }) => id === op.team) ? null : 'unknown';
  if (op.kind === 'admit') return state.waiting[op.seat] ? null : 'unknown';
  // Nobody who leads is taken out by another who leads; that is for who keeps the accounts.
  if (op.kind === 'leave') { const found = taken(state.seats, op.seat); return !found || found.gone ? 'unknown' : found.role === 'facilitator' ? 'not_yours' : null; }
  if (op.kind === 'hide') { const found = taken(state.notes, op.note); return found && seesNote(state, found, { role: 'facilitator', room: null, teams: [] }) ? null : 'not_yet_read'; }
  if (op.kind === 'round') return state.entered[op.step] ? null : 'not_now';
  if (op.kind === 'disconnect') return !op.removed && Object.values(state.disconnects).filter(({ id, removed }) => !removed && id !== op.disconnect).length >= MOST_DISCONNECTS ? 'too_many' : null;
  return null;
};

/** What a typist does: sheets hold notes, and marks on them. */
const TYPED: readonly OperationKind[] = ['note', 'write', 'remove', 'top', 'group', 'name'];

/** After the end, the record may still be put right and actions be written down. */
const AFTER_END: readonly OperationKind[] = ['rename', 'tighten', 'hide', 'disconnect', 'action', 'show', 'correct', 'remark'];

/**
 * Whether this may happen now; null when it may.
 * @param now milliseconds since 1970
 */
export const check = (state: State, op: Operation, who: Seated, now: number): Refusal | null => {
  if (LEADING.includes(op.kind)) {
    if (!isLeading(who.seat)) return 'not_yours';
    if (state.phase === 'finished' && !AFTER_END.includes(op.kind)) return 'finished';
    return leading(state, op);
  }
  if (who.seat.role === 'screen' || (who.seat.role === 'typist' && !TYPED.includes(op.kind))) return 'not_yours';
  if (state.waiting[who.seat.id]) return 'waiting';
  if (state.phase === 'finished' && !(op.kind === 'action' && isLeading(who.seat))) return 'finished';
  switch (op.kind) {
    case 'note': return note(state, op, who, now);
    case 'write': case 'remove': return own(taken(state.notes, op.note), who.by);
    case 'top': return top(state, op, who);
    case 'group': return arranging(state, op.note, who) ?? (op.with === null ? null : arranging(state, op.with, who));
    case 'name': return arranging(state, op.note, who);
    case 'vote': return vote(state, op, who);
    case 'ready': return stepNow(state)?.id !== op.step ? 'not_now' : who.by.team === null ? 'no_team' : null;
    case 'action': return isLeading(who.seat) || stepNow(state)?.kind === 'actions' ? null : 'not_now';
    default: return 'unknown';
  }
};
