import type { By, Operation } from './operation';
import { headOf } from './groups';
import { put, taken } from './shelf';
import type { Applied, Note, State } from './state';

const WITHOUT_TEAM = '';

const counted = (state: State, note: Pick<Note, 'step' | 'team' | 'room'>, by: number): State['counts'] => {
  const of = state.counts[note.step] ?? {};
  const team = note.team ?? note.room ?? WITHOUT_TEAM;
  return { ...state.counts, [note.step]: { ...of, [team]: (of[team] ?? 0) + by } };
};

const written = (state: State, op: Extract<Operation, { kind: 'note' }>, by: By, seq: number): Applied => {
  const note: Note = {
    id: op.note, seq, step: op.step, channel: op.channel, text: op.text, room: by.room, team: by.team, author: by.seat, key: by.key, about: op.about, late: op.late,
    removed: false, hidden: false, top: false, group: null, groupName: '', paper: op.paper ?? false, dots: 0, corrected: null,
  };
  return { state: { ...state, notes: put(state.notes, op.note, note), counts: counted(state, note, 1) }, touched: [`note/${op.note}`, 'counts'] };
};

/** Whoever heads a group takes it along; put onto what lies in its own group, a note stays where it is. */
const grouped = (state: State, op: Extract<Operation, { kind: 'group' }>): Applied => {
  const [note, other] = [taken(state.notes, op.note), op.with === null ? undefined : taken(state.notes, op.with)];
  if (!note) return { state, touched: [] };
  const head = other && headOf(other, (id) => taken(state.notes, id));
  if (head?.id === note.id) return { state, touched: [] };
  const joined = put(state.notes, op.note, { ...note, group: head?.id ?? null });
  const withHead = head?.group === null ? put(joined, head.id, { ...head, group: head.id }) : joined;
  return { state: { ...state, notes: withHead }, touched: [`note/${op.note}`, ...(head ? [`note/${head.id}`] : [])] };
};

/** Notes, votes, readiness, actions: what everybody works on. */
export const applyNote = (state: State, op: Operation, by: By, seq: number): Applied => {
  const change = (id: string, make: (note: Note) => Partial<Note>): Applied => {
    const note = taken(state.notes, id);
    return note ? { state: { ...state, notes: put(state.notes, id, { ...note, ...make(note) }) }, touched: [`note/${id}`] } : { state, touched: [] };
  };
  switch (op.kind) {
    case 'note': return written(state, op, by, seq);
    case 'write': return change(op.note, () => ({ text: op.text }));
    case 'remove': {
      const note = taken(state.notes, op.note);
      const { state: next, touched } = change(op.note, () => ({ removed: op.removed }));
      const by = !note || note.removed === op.removed ? 0 : op.removed ? -1 : 1;
      return { state: note ? { ...next, counts: counted(next, note, by) } : next, touched: [...touched, 'counts'] };
    }
    case 'correct': return change(op.note, () => ({ corrected: op.text }));
    case 'dots': return change(op.note, () => ({ dots: op.count }));
    case 'hide': return change(op.note, () => ({ hidden: op.hidden }));
    case 'top': return change(op.note, () => ({ top: op.top }));
    case 'name': return change(op.note, () => ({ groupName: op.text }));
    case 'group': return grouped(state, op);
    case 'ready': {
      const { [by.team ?? WITHOUT_TEAM]: _, ...others } = state.ready[op.step] ?? {};
      return { state: { ...state, ready: { ...state.ready, [op.step]: op.ready ? { ...others, [by.team ?? WITHOUT_TEAM]: true } : others } }, touched: ['counts'] };
    }
    case 'vote': {
      const round = state.rounds[op.step];
      if (!round) return { state, touched: [] };
      return { state: { ...state, rounds: { ...state.rounds, [op.step]: { ...round, placed: { ...round.placed, [by.key]: op.targets } } } }, touched: [`round/${op.step}`] };
    }
    case 'action': return { state: { ...state, actions: { ...state.actions, [op.action.id]: op.action } }, touched: [`action/${op.action.id}`] };
    default: return { state, touched: [] };
  }
};
