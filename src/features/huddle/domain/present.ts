import { CHANNEL, type Room } from './agenda';
import { everything, taken } from './shelf';
import { seesNote, type Audience } from './sight';
import { teamOf, type Note, type Round, type State } from './state';
import type { Seat } from './operation';

/** Voters from which on a round's tally is shown. */
export const LEAST_VOTERS = 3;

/** What a role may read of one thing; null: nothing, as if it were not there. The one door through which a Huddle's content leaves the server. */
export type Seen = Readonly<Record<string, unknown>> | null;

/** The room somebody writes in; who leads or projects stands in none. */
export const roomOf = (state: State, seat: Seat): Room | null =>
  seat.role === 'facilitator' || seat.role === 'screen' ? null : (seat.function ?? state.teams.single.find(({ id }) => id === seat.team)?.room ?? null);

export const teamsOf = (state: State, seat: Seat): string[] => (['single', 'mixed'] as const).flatMap((draw) => teamOf(state, seat, draw)?.id ?? []);

export const audienceOf = (state: State, seat: Seat): Audience => {
  if (state.waiting[seat.id]) return { role: seat.role, room: null, teams: [], waiting: true };
  // A typist writes for a team, and reads what everybody does.
  const apart = seat.role === 'participant' || seat.role === 'scribe';
  return { role: seat.role, room: apart ? roomOf(state, seat) : null, teams: apart ? teamsOf(state, seat) : [] };
};

/** Two seats with the same key receive the same bytes. */
export const audienceKey = ({ role, room, teams, waiting }: Audience): string => [waiting ? 'waiting' : role, room ?? '', ...teams].join(' ');

const head = ({ name, code, rehearsal, inRoom, asks, anonymity, phase, steps, startsAt, at, clock, entered, revealed, typing, attended, seq: _ }: State): Seen => ({
  name, code, rehearsal, inRoom, asks, anonymity, phase, steps, startsAt, at, clock, typing, attended, entered: Object.keys(entered), revealed: Object.keys(revealed),
});

const counts = (state: State): Seen => {
  const here = everything(state.seats).filter(({ id, joined, role, gone }) => joined && !gone && role === 'participant' && !state.waiting[id]);
  return { notes: state.counts, ready: Object.fromEntries(Object.entries(state.ready).map(([step, teams]) => [step, Object.keys(teams)])), joined: here.length, invited: everything(state.seats).filter(({ role, gone }) => role === 'participant' && !gone).length };
};

const seat = (state: State, found: Seat | undefined, audience: Audience): Seen =>
  found && !found.gone && audience.role === 'facilitator'
    ? { id: found.id, role: found.role, name: found.name, function: found.function, level: found.level, territory: found.territory, personId: found.personId, managerId: found.managerId, team: found.team, joined: found.joined, waiting: state.waiting[found.id] === true }
    : null;

const team = (state: State, id: string): Seen => {
  for (const draw of ['single', 'mixed'] as const) {
    const found = state.teams[draw].find((each) => each.id === id);
    if (found) return { id, draw, number: found.number, room: found.room, device: everything(state.seats).some((each) => each.role === 'scribe' && each.team === id && each.joined && !each.gone), members: found.members.map((member) => ({ seat: member, name: taken(state.seats, member)?.name ?? '' })) };
  }
  return null;
};

const note = (state: State, found: Note | undefined, audience: Audience): Seen => {
  if (!found || !seesNote(state, found, audience)) return null;
  const apart = CHANNEL[found.channel].sees === 'room';
  const knowsTeam = state.anonymity !== 'nobody' || (found.team !== null && audience.teams.includes(found.team));
  return {
    id: found.id, seq: found.seq, step: found.step, channel: found.channel, text: found.corrected ?? found.text, about: found.about, late: found.late, hidden: found.hidden, top: found.top, dots: found.dots, group: found.group, groupName: found.groupName,
    room: apart || state.anonymity !== 'nobody' ? found.room : null, team: knowsTeam ? found.team : null,
    author: state.anonymity === 'named' && found.author !== null ? (taken(state.seats, found.author)?.name ?? null) : null,
  };
};

/** Votes of one or two could be told apart by whoever saw them vote; a team's device votes for its team. */
const isFew = (state: State, { placed }: Round): boolean => !state.inRoom && Object.keys(placed).length < LEAST_VOTERS;

/** Tokens by note once a round is closed; null while it is open, and when too few voted. */
export const tallyOf = (state: State, round: Round): Record<string, number> | null => {
  if (round.open || isFew(state, round)) return null;
  const tally: Record<string, number> = {};
  for (const target of Object.values(round.placed).flat()) tally[target] = (tally[target] ?? 0) + 1;
  return tally;
};

const round = (state: State, step: string): Seen => {
  const found = state.rounds[step];
  return found ? { step, open: found.open, tokens: found.tokens, nth: found.nth, voters: Object.keys(found.placed).length, few: isFew(state, found), tally: tallyOf(state, found) } : null;
};

/** One entity as this audience may read it. */
export const present = (state: State, key: string, audience: Audience): Seen => {
  const slash = key.indexOf('/');
  const [kind, id] = slash < 0 ? [key, ''] : [key.slice(0, slash), key.slice(slash + 1)];
  // Whoever was not let in yet learns that there is a Huddle, and no more.
  if (audience.waiting && kind !== 'head') return kind === 'waiting' ? {} : null;
  switch (kind) {
    case 'head': return head(state);
    case 'counts': return counts(state);
    case 'shown': return state.shown;
    case 'seat': return seat(state, taken(state.seats, id), audience);
    case 'team': return team(state, id);
    case 'note': return note(state, taken(state.notes, id), audience);
    case 'round': return round(state, id);
    case 'disconnect': { const found = state.disconnects[id]; return found && !found.removed ? { id, text: found.text, from: found.from } : null; }
    case 'action': { const found = state.actions[id]; return found && !found.removed ? found : null; }
    case 'remark': { const found = state.remarks[id]; return found && !found.removed && audience.role === 'facilitator' ? { id, step: found.step, text: found.text } : null; }
    default: return null;
  }
};

/** Names of all entities there are, seen or not. */
export const entities = (state: State): string[] => [
  'head', 'counts', 'shown', 'waiting',
  ...everything(state.seats).map(({ id }) => `seat/${id}`), ...[...state.teams.single, ...state.teams.mixed].map(({ id }) => `team/${id}`), ...everything(state.notes).map(({ id }) => `note/${id}`),
  ...Object.keys(state.rounds).map((id) => `round/${id}`), ...Object.keys(state.disconnects).map((id) => `disconnect/${id}`), ...Object.keys(state.actions).map((id) => `action/${id}`), ...Object.keys(state.remarks).map((id) => `remark/${id}`),
];

export const snapshot = (state: State, audience: Audience): Record<string, Seen> =>
  Object.fromEntries(entities(state).flatMap((key) => { const seen = present(state, key, audience); return seen === null ? [] : [[key, seen]]; }));

/**
 * The touched entities as this audience may read them; null for what it may not, or no longer.
 * @param before where known, what it could not read before and cannot now is left out
 */
export const changes = (state: State, touched: Iterable<string>, audience: Audience, before?: State): Record<string, Seen> =>
  Object.fromEntries([...touched].flatMap((key) => {
    const seen = present(state, key, audience);
    return seen === null && before && present(before, key, audience) === null ? [] : [[key, seen]];
  }));
