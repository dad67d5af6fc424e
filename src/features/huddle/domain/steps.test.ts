import { describe, expect, test } from 'vitest';
import { isWhole, missingOf } from './action-plan';
import { template } from './agenda';
import { apply } from './apply';
import { check, LATE } from './check';
import type { Operation, Seat } from './operation';
import { audienceOf, present, snapshot } from './present';
import { put, taken } from './shelf';
import { beginning, type State } from './state';

const MINUTE = 60_000;
const seat = (role: Seat['role']): Seat => ({ id: role, role, name: role, function: role === 'participant' ? 'sales' : null, level: null, territory: '', personId: null, managerId: null, userId: null, team: null, joined: true, gone: false });
const by = (of: Seat) => ({ seat: null, role: of.role, room: of.function, team: null, key: `${of.id} key` });

const fresh = (): State => { let at = 0; return beginning({ name: 'Huddle', code: 'CODE', rehearsal: false, anonymity: 'nobody', steps: template(() => `step-${(at += 1)}`), startsAt: null }); };

/** Plays operations of whoever leads, each at its minute; every one has to be allowed. */
const played = (...acts: [minute: number, operation: Operation][]): State =>
  acts.reduce((state, [minute, operation], at) => {
    expect({ operation, refusal: check(state, operation, { seat: seat('facilitator'), by: by(seat('facilitator')) }, minute * MINUTE) }).toEqual({ operation, refusal: null });
    return apply(state, { seq: at + 1, at: minute * MINUTE, by: by(seat('facilitator')), operation }).state;
  }, fresh());

const start: [number, Operation] = [0, { kind: 'start' }];

describe('the clock is the server’s', () => {
  test.each<[string, [number, Operation][], object | null]>([
    ['starts with the first step', [], { endsAt: 30 * MINUTE }],
    ['is stretched', [[10, { kind: 'extend', minutes: 5 }]], { endsAt: 35 * MINUTE }],
    ['stretched after its end counts from then', [[40, { kind: 'extend', minutes: 5 }]], { endsAt: 45 * MINUTE }],
    ['is shortened', [[10, { kind: 'extend', minutes: -5 }]], { endsAt: 25 * MINUTE }],
    ['is held', [[10, { kind: 'pause' }]], { left: 20 * MINUTE }],
    ['is stretched while held', [[10, { kind: 'pause' }], [12, { kind: 'extend', minutes: 5 }]], { left: 25 * MINUTE }],
    ['goes on where it was held', [[10, { kind: 'pause' }], [50, { kind: 'resume' }]], { endsAt: 70 * MINUTE }],
    ['begins anew with the next step', [[20, { kind: 'go', to: 1 }]], { endsAt: 80 * MINUTE }],
    ['begins anew when one goes back', [[20, { kind: 'go', to: 1 }], [25, { kind: 'go', to: 0 }]], { endsAt: 55 * MINUTE }],
    ['ends with the Huddle', [[20, { kind: 'finish' }]], null],
  ])('%s', (_, acts, clock) => expect(played(start, ...acts).clock).toEqual(clock));
});

test('sharing perspectives opens the forum, and going back closes nothing', () => {
  const state = played(start, [30, { kind: 'go', to: 1 }], [90, { kind: 'go', to: 3 }]);
  expect(Object.keys(state.revealed)).toEqual(['step-2']);
  expect(Object.keys(played(start, [30, { kind: 'go', to: 1 }], [90, { kind: 'go', to: 3 }], [95, { kind: 'go', to: 1 }]).revealed)).toEqual(['step-2']);
  expect(Object.keys(played(start, [30, { kind: 'go', to: 3 }]).revealed)).toEqual([]);
});

describe('what may happen when', () => {
  const running = played(start, [30, { kind: 'go', to: 1 }]);
  const shared = played(start, [30, { kind: 'go', to: 1 }], [90, { kind: 'go', to: 3 }]);
  const note = (step: string, channel: 'own_role' | 'question', text: string): Operation => ({ kind: 'note', note: 'note-1', step, channel, text, about: null, late: false });
  test.each<[string, State, Seat['role'], Operation, number, string | null]>([
    ['a participant cannot lead', running, 'participant', { kind: 'go', to: 2 }, 31, 'not_yours'],
    ['the screen writes nothing', running, 'screen', note('step-2', 'own_role', 'A'), 31, 'not_yours'],
    ['no second start', running, 'facilitator', { kind: 'start' }, 31, 'not_now'],
    ['not to where it is', running, 'facilitator', { kind: 'go', to: 1 }, 31, 'not_now'],
    ['not past the end', running, 'facilitator', { kind: 'go', to: 13 }, 31, 'not_now'],
    ['nothing is opened that nobody entered', running, 'facilitator', { kind: 'reveal', step: 'step-9' }, 31, 'not_now'],
    ['a participant writes in the step that is on', running, 'participant', note('step-2', 'own_role', 'A'), 31, null],
    ['who leads stands in no room', running, 'facilitator', note('step-2', 'own_role', 'A'), 31, 'not_yours'],
    ['not in a step to come', running, 'participant', note('step-4', 'question', 'A?'), 31, 'not_now'],
    ['late, for a quarter of an hour', shared, 'participant', note('step-2', 'own_role', 'A'), 90 + LATE / MINUTE, null],
    ['later it is too late', shared, 'participant', note('step-2', 'own_role', 'A'), 91 + LATE / MINUTE, 'not_now'],
    ['only questions where perspectives are shared', shared, 'participant', note('step-4', 'question', 'That is wrong.'), 91, 'only_questions'],
    ['a question is taken', shared, 'participant', note('step-4', 'question', 'What do you mean?'), 91, null],
    ['anonymity is never loosened', running, 'facilitator', { kind: 'tighten', to: 'named' }, 31, 'never_looser'],
    ['what lies behind is not planned anew', running, 'facilitator', { kind: 'agenda', steps: running.steps.slice(1), startsAt: null }, 31, 'not_now'],
    ['what lies ahead is', running, 'facilitator', { kind: 'agenda', steps: running.steps.slice(0, 4), startsAt: null }, 31, null],
    ['nobody makes a facilitator of a seat', running, 'facilitator', { kind: 'seats', seats: [{ ...seat('facilitator'), id: 'new' }] }, 31, 'not_yours'],
    ['nobody who leads is taken out by who leads', { ...running, seats: put(running.seats, 'facilitator', seat('facilitator')) }, 'facilitator', { kind: 'leave', seat: 'facilitator' }, 31, 'not_yours'],
    ['no vote without a round', running, 'participant', { kind: 'vote', step: 'step-2', nth: null, targets: [] }, 31, 'not_now'],
  ])('%s', (_, state, role, operation, minute, refusal) => expect(check(state, operation, { seat: seat(role), by: by(seat(role)) }, minute * MINUTE)).toBe(refusal));
});

test('a vote opened again begins anew: no two tallies can be laid beside each other, and few voters have none', () => {
  const note = (id: string): Operation => ({ kind: 'note', note: id, step: 'step-10', channel: 'disconnect', text: 'A', about: null, late: false });
  const noted = ['a', 'b'].reduce((state, id, at) => apply(state, { seq: 90 + at, at: null, by: by(seat('participant')), operation: note(id) }).state, played(start, [30, { kind: 'go', to: 9 }], [31, { kind: 'reveal', step: 'step-10' }]));
  const round = (open: boolean): Operation => ({ kind: 'round', step: 'step-10', open, tokens: 5 });
  const voter = (name: string, nth: number | null, targets: string[]) => [{ kind: 'vote', step: 'step-10', nth, targets } as Operation, { ...by(seat('participant')), key: name }] as const;
  const after = (state: State, ...acts: (readonly [Operation, ReturnType<typeof by>])[]): State => acts.reduce((now, [operation, who], at) => apply(now, { seq: now.seq + at + 1, at: 0, by: who, operation }).state, state);
  const lead = by(seat('facilitator'));
  const shown = (state: State) => present(state, 'round/step-10', audienceOf(state, seat('participant')));
  const closed = after(noted, [round(true), lead], voter('x', 1, ['a', 'a']), voter('y', 1, ['b']), voter('z', 1, []), [round(false), lead]);
  expect(shown(closed)).toMatchObject({ nth: 1, voters: 3, few: false, tally: { a: 2, b: 1 } });
  const anew = after(closed, [round(true), lead], voter('x', 2, ['b']), voter('y', 2, ['b']));
  expect(shown(anew)).toMatchObject({ nth: 2, open: true, voters: 2, tally: null });
  expect(check(anew, voter('z', 1, ['a'])[0], { seat: seat('participant'), by: by(seat('participant')) }, 0)).toBe('not_now');
  expect(check(anew, voter('z', 2, ['a'])[0], { seat: seat('participant'), by: by(seat('participant')) }, 0)).toBe(null);
  expect(shown(after(anew, [round(false), lead]))).toMatchObject({ voters: 2, few: true, tally: null });
});

test('from the first separate rooms on, whoever comes by the code reads and does nothing until let in', () => {
  const late = { ...seat('participant'), id: 'late', name: 'Late' };
  const come = (state: State): State => apply(state, { seq: state.seq + 1, at: 0, by: by(seat('facilitator')), operation: { kind: 'seats', seats: [late], waiting: true } }).state;
  const forum = played(start, [30, { kind: 'go', to: 1 }]);
  expect([played(start).asks, forum.asks, played(start, [30, { kind: 'go', to: 1 }], [31, { kind: 'door', asks: false }]).asks]).toEqual([false, true, false]);
  const noted = apply(come(forum), { seq: 50, at: null, by: by(seat('participant')), operation: { kind: 'note', note: 'n', step: 'step-2', channel: 'own_role', text: 'Ours', about: null, late: false } }).state;
  expect(Object.keys(snapshot(noted, audienceOf(noted, late))).toSorted()).toEqual(['head', 'waiting']);
  expect(check(noted, { kind: 'note', note: 'm', step: 'step-2', channel: 'own_role', text: 'A', about: null, late: false }, { seat: late, by: by(late) }, 31 * MINUTE)).toBe('waiting');
  const admit: Operation = { kind: 'admit', seat: 'late' };
  expect([check(noted, admit, { seat: late, by: by(late) }, 0), check(forum, admit, { seat: seat('facilitator'), by: by(late) }, 0), check(noted, admit, { seat: seat('facilitator'), by: by(late) }, 0)]).toEqual(['not_yours', 'unknown', null]);
  const admitted = apply(noted, { seq: 51, at: 0, by: by(seat('facilitator')), operation: admit });
  expect(admitted.touched).toContain('seat/late');
  expect(Object.keys(snapshot(admitted.state, audienceOf(admitted.state, taken(admitted.state.seats, 'late') ?? late)))).toContain('note/n');
});

test('a team drawn by rule is moved by whoever leads: who is moved sits in one team of that draw', () => {
  const seats = ['ann', 'ben'].reduce((state, id) => ({ ...state, seats: put(state.seats, id, { ...seat('participant'), id }) }), fresh());
  const team = (id: string, members: string[]) => ({ id, number: 1, room: null, members });
  const drawn: State = { ...seats, teams: { single: [team('s', ['ann', 'ben'])], mixed: [team('one', ['ann', 'ben']), team('two', [])] } };
  const move = (seatId: string, to: string): Operation => ({ kind: 'move', of: 'mixed', seat: seatId, team: to });
  const refused = (operation: Operation, role: Seat['role'] = 'facilitator') => check(drawn, operation, { seat: seat(role), by: by(seat(role)) }, 0);
  expect([refused(move('ann', 'two')), refused(move('ann', 'two'), 'participant'), refused(move('nobody', 'two')), refused(move('ann', 's'))]).toEqual([null, 'not_yours', 'unknown', 'unknown']);
  const { state } = apply(drawn, { seq: 1, at: 0, by: by(seat('facilitator')), operation: move('ann', 'two') });
  expect([state.teams.mixed.map(({ members }) => members), state.teams.single.map(({ members }) => members)]).toEqual([[['ben'], ['ann']], [['ann', 'ben']]]);
});

test('a team marks three notes and no fourth; six disconnects stand at once and no seventh', () => {
  const noted = ['a', 'b', 'c', 'd'].reduce<State>((state, id, at) => apply(state, { seq: 90 + at, at: null, by: { ...by(seat('participant')), team: 'team' }, operation: { kind: 'note', note: id, step: 'step-10', channel: 'disconnect', text: 'A', about: null, late: false } }).state, { ...played(start, [30, { kind: 'go', to: 9 }]), teams: { single: [], mixed: [{ id: 'team', number: 1, room: null, members: ['participant'] }] } });
  const mark = (state: State, note: string, top = true) => { const operation: Operation = { kind: 'top', note, top }; return { refusal: check(state, operation, { seat: seat('participant'), by: { ...by(seat('participant')), team: 'team' } }, 31 * MINUTE), after: apply(state, { seq: state.seq + 1, at: 0, by: by(seat('participant')), operation }).state }; };
  const three = ['a', 'b', 'c'].reduce<State>((state, note) => { const { refusal, after } = mark(state, note); expect(refusal).toBe(null); return after; }, noted);
  expect([mark(three, 'd').refusal, mark(mark(three, 'a', false).after, 'd').refusal]).toEqual(['too_many', null]);
  const found = (id: string, removed = false): Operation => ({ kind: 'disconnect', disconnect: id, text: 'Found', from: [], removed });
  const six = played(start, ...['1', '2', '3', '4', '5', '6'].map((id): [number, Operation] => [30, found(id)]));
  const asked = (operation: Operation) => check(six, operation, { seat: seat('facilitator'), by: by(seat('facilitator')) }, 31 * MINUTE);
  expect([asked(found('7')), asked(found('6')), asked(found('1', true))]).toEqual(['too_many', null, null]);
});

test('an action is whole with an owner, a date and the three criteria', () => {
  const whole = { owner: 'Ann', dueOn: '2026-12-01', easy: true, visible: true, direct: true };
  expect([isWhole(whole), missingOf({ ...whole, owner: ' ', direct: false }), missingOf({ ...whole, dueOn: null })]).toEqual([true, ['owner', 'direct'], ['date']]);
});
