import { actingAs, keepsTime, seatNow, stamped } from './domain/acting';
import { apply } from './domain/apply';
import { check } from './domain/check';
import type { By, Operation, Seat } from './domain/operation';
import type { State } from './domain/state';
import { passFor, readPass, signerOf } from './pass';
import type { Entry } from './repo';

const MINUTE = 60_000;

export type Play = {
  state(): State;
  entries(): readonly Entry[];
  /** Somebody takes their place, as a link or the code has it. */
  sit(seat: Seat): void;
  does(seat: string, ...operations: Operation[]): void;
  wait(minutes: number): void;
  now(): number;
};

type Of = { workspace: string; huddle: string; secret: string; newId: () => string; from: number };

/** A Huddle played by the rules of a live one, without anybody connected: each operation is checked, kept as its seat, and applied. */
export const createPlay = (begun: State, { workspace, huddle, secret, newId, from }: Of): Play => {
  let [state, now] = [begun, from];
  const entries: Entry[] = [];
  const signers = new Map<string, (thing: string) => string>();
  const signer = (seat: string) => {
    const known = signers.get(seat) ?? signerOf(readPass(passFor(secret, { workspace, huddle, seat }))?.mac ?? Buffer.alloc(0));
    signers.set(seat, known);
    return known;
  };
  const keep = (by: By, operation: Operation): void => {
    const entry: Entry = { id: newId(), seq: state.seq + 1, at: keepsTime(state, operation, by) ? now : null, by, operation };
    entries.push(entry);
    ({ state } = apply(state, entry));
  };
  return {
    state: () => state,
    entries: () => entries,
    sit: (seat) => keep({ seat: null, role: 'facilitator', room: null, team: null, key: '' }, { kind: 'seats', seats: [seat] }),
    does: (id, ...operations) => {
      for (const wished of operations) {
        const seat = seatNow(state, id);
        if (!seat) throw new Error('nobody sits here');
        const operation = stamped(state, wished, seat.role);
        const by = actingAs(state, seat, operation, signer(id));
        const refusal = check(state, operation, { seat, by }, now);
        if (refusal) throw new Error(`${operation.kind} was refused: ${refusal}`);
        keep(by, operation);
      }
    },
    wait: (minutes) => { now += minutes * MINUTE; },
    now: () => now,
  };
};
