import type { FunctionName, Level } from '../../../lib/vocabulary';
import type { Channel, Draw, Room, Step } from './agenda';

/** From the loosest: with names; with the team; with neither. Chosen at the start, it can only be tightened. */
export const ANONYMITY = ['named', 'team', 'nobody'] as const;
export type Anonymity = (typeof ANONYMITY)[number];

/** A typist writes for a team what stands on its sheets, and reads no more of the team than everybody does. */
export const SEAT_ROLES = ['facilitator', 'participant', 'scribe', 'typist', 'screen'] as const;
export type SeatRole = (typeof SEAT_ROLES)[number];

/** Somebody, or a device, that takes part. */
export type Seat = {
  id: string;
  role: SeatRole;
  name: string;
  function: FunctionName | null;
  level: Level | null;
  territory: string;
  /** The person of the workspace it is, where known, and whom that person reports to. */
  personId: string | null;
  managerId: string | null;
  /** Account of a facilitator. */
  userId: string | null;
  /** A scribe's or a typist's team. */
  team: string | null;
  joined: boolean;
  /** Taken out by who leads; what it wrote stays. */
  gone: boolean;
};

/** Members are seats. A single-function team has its function's room. */
export type Team = { id: string; number: number; room: Room | null; members: readonly string[] };

export type Action = {
  id: string; disconnect: string | null; text: string; activities: string; owner: string; side: FunctionName | null; dueOn: string | null;
  /** Easy to do; seen by both functions; acts directly on the interface (MB appendix). */
  easy: boolean; visible: boolean; direct: boolean; removed: boolean;
  /** Brought along from the Huddle before, and in the programme already. */
  carried?: boolean | undefined;
};

/** Gated figures of one tool, frozen when the facilitator shows them. */
export type ShownTool = {
  tool: string; wave: string; closedAt: string;
  sections: { id: string; groups: { function: FunctionName; mean: number | null; n: number }[]; verdict: 'real' | 'none' | 'unclear' | null; difference: number | null }[];
};

type Planning =
  | { kind: 'rename'; name: string }
  | { kind: 'agenda'; steps: Step[]; startsAt: string | null }
  | { kind: 'in_room'; inRoom: boolean }
  | { kind: 'tighten'; to: Anonymity }
  /** `waiting`: they came by the code while the door asks, and are let in by who leads. */
  | { kind: 'seats'; seats: Seat[]; waiting?: true }
  | { kind: 'admit'; seat: string }
  | { kind: 'door'; asks: boolean }
  | { kind: 'leave'; seat: string }
  /** Sheets of paper are typed in: notes are taken for any step, and stand open. `attended`: people who were in the room, where it is known. */
  | { kind: 'typing'; on: boolean; attended: number | null }
  | { kind: 'draw'; of: Draw; teams: Team[] }
  | { kind: 'move'; of: Draw; seat: string; team: string };

type Running =
  | { kind: 'start' } | { kind: 'go'; to: number } | { kind: 'extend'; minutes: number } | { kind: 'pause' } | { kind: 'resume' } | { kind: 'finish' }
  | { kind: 'reveal'; step: string }
  | { kind: 'hide'; note: string; hidden: boolean }
  | { kind: 'round'; step: string; open: boolean; tokens: number }
  | { kind: 'disconnect'; disconnect: string; text: string; from: string[]; removed: boolean }
  /** `figures` are the server's to fill in: what the disclosure gate lets out, or null to put them away. */
  | { kind: 'show'; tool: string | null; figures: ShownTool | null }
  /** A note as it stands in the record; what was written is kept. Null puts that back. */
  | { kind: 'correct'; note: string; text: string | null }
  /** Dots that were counted on paper. */
  | { kind: 'dots'; note: string; count: number }
  /** What whoever leads adds to the record, of one step or of the whole. */
  | { kind: 'remark'; remark: string; step: string | null; text: string; removed: boolean };

type Working =
  | { kind: 'note'; note: string; step: string; channel: Channel; text: string; about: string | null; late: boolean; paper?: boolean | undefined }
  | { kind: 'write'; note: string; text: string }
  | { kind: 'remove'; note: string; removed: boolean }
  | { kind: 'top'; note: string; top: boolean }
  | { kind: 'group'; note: string; with: string | null }
  | { kind: 'name'; note: string; text: string }
  | { kind: 'ready'; step: string; ready: boolean }
  /** The whole placement of one's tokens; a target may hold several. The latest counts. `nth`: of which round of the step, where it is known. */
  | { kind: 'vote'; step: string; nth: number | null; targets: string[] }
  | { kind: 'action'; action: Action };

/** What somebody does in a Huddle. Everything that happens is one of these. */
export type Operation = Planning | Running | Working;
export type OperationKind = Operation['kind'];

/** Theirs alone who lead. */
export const LEADING: readonly OperationKind[] = ['rename', 'agenda', 'in_room', 'tighten', 'seats', 'admit', 'door', 'leave', 'typing', 'draw', 'move', 'start', 'go', 'extend', 'pause', 'resume', 'finish', 'reveal', 'hide', 'round', 'disconnect', 'show', 'correct', 'dots', 'remark'];

/** Who did it, as far as it is kept: without names neither the seat is, only a key that the same seat makes again for the same thing. */
export type By = { seat: string | null; role: SeatRole; room: Room | null; team: string | null; key: string };

/** @property at milliseconds since 1970; null where a time could tell who wrote */
export type Saved = { seq: number; at: number | null; by: By; operation: Operation };
