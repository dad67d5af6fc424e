import type { Channel, Draw, Room, Step } from './agenda';
import type { Action, Anonymity, Seat, ShownTool, Team } from './operation';
import { emptyShelf, type Shelf } from './shelf';

export type Note = {
  id: string; seq: number; step: string; channel: Channel; text: string;
  room: Room | null; team: string | null;
  /** Set only where names are kept. */
  author: string | null;
  /** What the author's seat makes again for this note. */
  key: string;
  /** The note a question is about. */
  about: string | null;
  /** Typed without a connection, and here after its step had ended. */
  late: boolean;
  removed: boolean;
  hidden: boolean;
  top: boolean;
  /** The note at the head of the group it lies in; itself for the head. */
  group: string | null;
  /** A head's name for its group. */
  groupName: string;
  /** Typed in from a sheet of paper, which was read aloud in its room: open to all from the start. */
  paper: boolean;
  /** Dots on it that were counted on paper. */
  dots: number;
  /** As whoever leads put it right for the record; `text` stays what was written. */
  corrected: string | null;
};

export type Disconnect = { id: string; text: string; from: readonly string[]; removed: boolean };

export type Remark = { id: string; step: string | null; text: string; removed: boolean };

/** A round of dot votes, the `nth` of its step; placements by the key of the seat. */
export type Round = { open: boolean; tokens: number; nth: number; placed: Readonly<Record<string, readonly string[]>> };

/** Running: `endsAt`. Paused: `left`, milliseconds. */
export type Clock = { endsAt: number } | { left: number };

export type State = {
  seq: number;
  name: string;
  code: string;
  rehearsal: boolean;
  inRoom: boolean;
  anonymity: Anonymity;
  phase: 'planned' | 'running' | 'finished';
  steps: readonly Step[];
  /** When it is planned to begin, ISO 8601. */
  startsAt: string | null;
  /** Place in `steps`; -1 before the start. */
  at: number;
  clock: Clock | null;
  /** When a step was last left, milliseconds since 1970. */
  left: Readonly<Record<string, number>>;
  /** Steps that were entered at least once. */
  entered: Readonly<Record<string, true>>;
  revealed: Readonly<Record<string, true>>;
  seats: Shelf<Seat>;
  /** Whoever comes by the code waits to be let in. */
  asks: boolean;
  /** Seats that wait to be let in. */
  waiting: Readonly<Record<string, true>>;
  teams: Readonly<Record<Draw, readonly Team[]>>;
  notes: Shelf<Note>;
  /** Notes by step and team, for "how much is there" without what. */
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  rounds: Readonly<Record<string, Round>>;
  disconnects: Readonly<Record<string, Disconnect>>;
  actions: Readonly<Record<string, Action>>;
  /** By step, the teams that said they are. */
  ready: Readonly<Record<string, Readonly<Record<string, true>>>>;
  shown: ShownTool | null;
  /** By step, the results that were shown in it. */
  shownIn: Readonly<Record<string, readonly { tool: string; wave: string }[]>>;
  remarks: Readonly<Record<string, Remark>>;
  /** Sheets of paper are being typed in. */
  typing: boolean;
  /** People who were in the room, as somebody counted them. */
  attended: number | null;
};

/** What a change touched: names of entities, or everything, when who sees what has changed. */
export type Touched = readonly string[] | 'all';
export type Applied = { state: State; touched: Touched };

export type Plan = { name: string; code: string; rehearsal: boolean; anonymity: Anonymity; steps: readonly Step[]; startsAt: string | null };

export const beginning = (plan: Plan): State => ({
  ...plan, seq: 0, inRoom: false, phase: 'planned', at: -1, clock: null, left: {}, entered: {}, revealed: {}, seats: emptyShelf(), asks: false, waiting: {}, teams: { single: [], mixed: [] }, notes: emptyShelf(), counts: {}, rounds: {}, disconnects: {}, actions: {}, ready: {}, shown: null, shownIn: {}, remarks: {}, typing: false, attended: null,
});

export const stepNow = (state: State): Step | undefined => state.steps[state.at];
export const stepById = (state: State, id: string): Step | undefined => state.steps.find((step) => step.id === id);

/** The team a seat sits in for this draw; a scribe's is its own. */
export const teamOf = (state: State, seat: Pick<Seat, 'id' | 'team'>, draw: Draw): Team | undefined => state.teams[draw].find(({ id, members }) => id === seat.team || members.includes(seat.id));

/** Before the reveal this belongs to whom it is written by. */
export const isRevealed = (state: State, step: string): boolean => state.revealed[step] === true;
