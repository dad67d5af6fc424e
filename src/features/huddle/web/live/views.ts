import type { FunctionName, Level } from '../../../../lib/vocabulary';
import type { Channel, Draw, Room, Step } from '../../domain/agenda';
import type { Action, Anonymity, SeatRole, ShownTool } from '../../domain/operation';
import type { Seen } from '../../domain/present';
import type { Clock } from '../../domain/state';

export type HeadView = { name: string; code: string; rehearsal: boolean; inRoom: boolean; asks: boolean; anonymity: Anonymity; phase: 'planned' | 'running' | 'finished'; steps: Step[]; startsAt: string | null; at: number; clock: Clock | null; entered: string[]; revealed: string[]; typing: boolean; attended: number | null };
export type CountsView = { notes: Record<string, Record<string, number>>; ready: Record<string, string[]>; joined: number; invited: number };
export type NoteView = { id: string; seq: number; step: string; channel: Channel; text: string; about: string | null; late: boolean; hidden: boolean; top: boolean; dots: number; group: string | null; groupName: string; room: Room | null; team: string | null; author: string | null };
export type SeatView = { id: string; role: SeatRole; name: string; function: FunctionName | null; level: Level | null; territory: string; personId: string | null; managerId: string | null; team: string | null; joined: boolean; waiting: boolean };
export type TeamView = { id: string; draw: Draw; number: number; room: Room | null; /** A scribe's device writes for it. */ device: boolean; members: { seat: string; name: string }[] };
export type RoundView = { step: string; open: boolean; tokens: number; nth: number; voters: number; few: boolean; tally: Record<string, number> | null };
export type DisconnectView = { id: string; text: string; from: string[] };

/** Everything this device was told, by kind. */
export type View = {
  head: HeadView | null; counts: CountsView; shown: ShownTool | null;
  /** This seat waits to be let in. */
  waiting: boolean;
  seats: SeatView[]; teams: TeamView[]; notes: NoteView[]; rounds: Record<string, RoundView>; disconnects: DisconnectView[]; actions: Action[];
};

const NO_COUNTS: CountsView = { notes: {}, ready: {}, joined: 0, invited: 0 };

/** The server presented each entity by its kind; here they are put back under their types. */
export const viewOf = (entities: Readonly<Record<string, Seen>>): View => {
  const of = <T>(kind: string): T[] => Object.entries(entities).flatMap(([key, value]) => (key.startsWith(`${kind}/`) && value ? [value as T] : []));
  const rounds = of<RoundView>('round');
  return {
    head: (entities['head'] ?? null) as HeadView | null,
    counts: (entities['counts'] ?? NO_COUNTS) as CountsView,
    shown: (entities['shown'] ?? null) as ShownTool | null,
    waiting: entities['waiting'] !== undefined,
    seats: of<SeatView>('seat').toSorted((a, b) => a.name.localeCompare(b.name)),
    teams: of<TeamView>('team').toSorted((a, b) => a.draw.localeCompare(b.draw) || a.number - b.number),
    notes: of<NoteView>('note').toSorted((a, b) => a.seq - b.seq),
    rounds: Object.fromEntries(rounds.map((round) => [round.step, round])),
    disconnects: of<DisconnectView>('disconnect'),
    actions: of<Action>('action'),
  };
};
