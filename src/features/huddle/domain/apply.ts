import { CHANNEL, RULE, type Draw } from './agenda';
import { applyNote } from './apply-note';
import { everything, put, taken } from './shelf';
import type { Operation, Saved, Seat, ShownTool, Team } from './operation';
import { stepNow, type Applied, type Clock, type Round, type State } from './state';

const MINUTE = 60_000;

const clockFor = (state: State, to: number, at: number): Clock => ({ endsAt: at + (state.steps[to]?.minutes ?? 0) * MINUTE });

/** Entering a step opens what was written in steps it looks back on. */
const enter = (state: State, to: number, at: number): Applied => {
  const [from, step] = [stepNow(state), state.steps[to]];
  if (!step) return { state, touched: [] };
  const opens = state.steps.filter(({ id, kind }) => RULE[step.kind].opens.includes(kind) && state.revealed[id] !== true && (state.entered[id] || id === step.id)).map(({ id }) => id);
  const next: State = {
    // From the first step in separate rooms on, a made-up name of the other function would be a way in.
    ...state, phase: 'running', asks: state.asks || RULE[step.kind].teams !== null, at: to, clock: clockFor(state, to, at), shown: null, entered: { ...state.entered, [step.id]: true }, left: from ? { ...state.left, [from.id]: at } : state.left,
    revealed: { ...state.revealed, ...Object.fromEntries(opens.map((id) => [id, true as const])) },
  };
  return { state: next, touched: opens.length > 0 ? 'all' : ['head', 'counts', 'shown'] };
};

const extended = (clock: Clock | null, minutes: number, at: number): Clock | null => {
  if (!clock) return null;
  return 'left' in clock ? { left: Math.max(0, clock.left + minutes * MINUTE) } : { endsAt: Math.max(clock.endsAt, at) + minutes * MINUTE };
};

/** Opened again, a vote begins anew: the difference between two tallies of one round would tell what a single voter changed. */
const roundAfter = (before: Round | undefined, { open, tokens }: { open: boolean; tokens: number }): Round => {
  const anew = open && !before?.open;
  return { open, tokens, nth: (before?.nth ?? 0) + (anew ? 1 : 0), placed: anew ? {} : (before?.placed ?? {}) };
};

/** What was shown in a step stays known when it has been put away. */
const showing = (state: State, figures: ShownTool | null): Partial<State> => {
  const step = stepNow(state)?.id;
  if (!figures || step === undefined) return { shown: figures };
  const { tool, wave } = figures;
  const before = (state.shownIn[step] ?? []).filter((each) => each.tool !== tool || each.wave !== wave);
  return { shown: figures, shownIn: { ...state.shownIn, [step]: [...before, { tool, wave }] } };
};

const running = (state: State, op: Operation, at: number): Applied | null => {
  const head = (change: Partial<State>): Applied => ({ state: { ...state, ...change }, touched: ['head'] });
  const { clock } = state;
  switch (op.kind) {
    case 'start': return enter(state, 0, at);
    case 'go': return enter(state, op.to, at);
    case 'extend': return head({ clock: extended(clock, op.minutes, at) });
    case 'pause': return head({ clock: clock && 'endsAt' in clock ? { left: Math.max(0, clock.endsAt - at) } : clock });
    case 'resume': return head({ clock: clock && 'left' in clock ? { endsAt: at + clock.left } : clock });
    case 'finish': { const step = stepNow(state)?.id; return head({ phase: 'finished', clock: null, typing: false, ...(step === undefined ? {} : { left: { ...state.left, [step]: at } }) }); }
    case 'reveal': return { state: { ...state, revealed: { ...state.revealed, [op.step]: true } }, touched: 'all' };
    case 'show': return { state: { ...state, ...showing(state, op.figures) }, touched: ['shown'] };
    case 'round': return { state: { ...state, rounds: { ...state.rounds, [op.step]: roundAfter(state.rounds[op.step], op) } }, touched: [`round/${op.step}`] };
    case 'disconnect': return { state: { ...state, disconnects: { ...state.disconnects, [op.disconnect]: { id: op.disconnect, text: op.text, from: op.from, removed: op.removed } } }, touched: [`disconnect/${op.disconnect}`] };
    default: return null;
  }
};

const moved = (teams: readonly Team[], seat: string, to: string): Team[] => teams.map((team) => ({ ...team, members: [...team.members.filter((id) => id !== seat), ...(team.id === to ? [seat] : [])] }));
const inDraw = (state: State, of: Draw, teams: readonly Team[]): Applied => ({ state: { ...state, teams: { ...state.teams, [of]: teams } }, touched: 'all' });

const teamsWith = (state: State, seats: readonly Seat[]): string[] => [...state.teams.single, ...state.teams.mixed].filter(({ id, members }) => seats.some((seat) => seat.team === id || members.includes(seat.id))).map(({ id }) => `team/${id}`);

const without = (waiting: State['waiting'], seat: string): State['waiting'] => Object.fromEntries(Object.entries(waiting).filter(([id]) => id !== seat));

const planning = (state: State, op: Operation): Applied | null => {
  switch (op.kind) {
    case 'rename': return { state: { ...state, name: op.name }, touched: ['head'] };
    case 'agenda': return { state: { ...state, steps: op.steps, startsAt: op.startsAt }, touched: ['head'] };
    case 'typing': return { state: { ...state, typing: op.on, attended: op.attended }, touched: ['head'] };
    case 'remark': return { state: { ...state, remarks: { ...state.remarks, [op.remark]: { id: op.remark, step: op.step, text: op.text, removed: op.removed } } }, touched: [`remark/${op.remark}`] };
    case 'in_room': return { state: { ...state, inRoom: op.inRoom }, touched: ['head'] };
    case 'tighten': {
      // Whose names were kept so far are forgotten, not merely not shown.
      const notes = everything(state.notes).reduce((shelf, each) => (each.author !== null && CHANNEL[each.channel].by !== 'facilitators' ? put(shelf, each.id, { ...each, author: null }) : shelf), state.notes);
      return { state: { ...state, anonymity: op.to, notes: op.to === 'named' ? state.notes : notes }, touched: 'all' };
    }
    case 'seats': return { state: { ...state, seats: op.seats.reduce((shelf, seat) => put(shelf, seat.id, seat), state.seats), waiting: op.waiting ? { ...state.waiting, ...Object.fromEntries(op.seats.map(({ id }) => [id, true as const])) } : state.waiting }, touched: [...op.seats.map(({ id }) => `seat/${id}`), ...teamsWith(state, op.seats), 'counts'] };
    case 'door': return { state: { ...state, asks: op.asks }, touched: ['head'] };
    case 'admit': return { state: { ...state, waiting: without(state.waiting, op.seat) }, touched: [`seat/${op.seat}`, 'counts'] };
    case 'leave': {
      const seat = taken(state.seats, op.seat);
      if (!seat) return { state, touched: [] };
      const left = (teams: readonly Team[]) => teams.map((team) => ({ ...team, members: team.members.filter((id) => id !== op.seat) }));
      return { state: { ...state, seats: put(state.seats, op.seat, { ...seat, gone: true, joined: false, team: null }), waiting: without(state.waiting, op.seat), teams: { single: left(state.teams.single), mixed: left(state.teams.mixed) } }, touched: 'all' };
    }
    case 'draw': return inDraw(state, op.of, op.teams);
    case 'move': return inDraw(state, op.of, moved(state.teams[op.of], op.seat, op.team));
    default: return null;
  }
};

/** What a saved operation makes of the state. It was checked before it was saved; nothing here refuses. */
export const apply = (state: State, saved: Saved): Applied => {
  const { operation: op, by } = saved;
  const at = saved.at ?? 0;
  const done = running(state, op, at) ?? planning(state, op) ?? applyNote(state, op, by, saved.seq);
  return { state: { ...done.state, seq: saved.seq }, touched: done.touched };
};
