import type { EndedWhy, Message } from '../live-contract';
import type { Seat } from '../domain/operation';
import { audienceKey, audienceOf, changes, snapshot } from '../domain/present';
import { taken } from '../domain/shelf';
import type { State, Touched } from '../domain/state';

/** Where messages for one device go. `send` is false when the device cannot keep up or is away. */
export type Out = { send(bytes: Uint8Array): boolean; end(why: EndedWhy): void };
/** `line`: what the device's page calls its own stream, so that a newer one takes the place of one that hangs. `unanswered`: signs of life it was given since it last gave one. */
export type Stream = Out & { seat: string; line: string; seq: number; unanswered: number };

const encoder = new TextEncoder();

/** One message as an event of a text/event-stream (WHATWG HTML, 9.2). */
export const asEvent = (message: Message): Uint8Array => encoder.encode(`data: ${JSON.stringify(message)}\n\n`);

/** What was touched after a place in the sequence; 'all' when who sees what has changed, or when it is not known. */
export const touchedSince = (history: readonly Touched[], seq: number, until: number): Set<string> | 'all' => {
  const union = new Set<string>();
  for (const touched of history.slice(seq, until)) {
    if (touched === 'all') return 'all';
    for (const key of touched) union.add(key);
  }
  return union;
};

/** The same for a device that comes with the last place it knows; 'all' when it knows none. */
export const touchedFrom = (state: State, history: readonly Touched[], from: number): Set<string> | 'all' => (from < 0 || from > state.seq ? 'all' : touchedSince(history, from, state.seq));

/** Whether a stream is given everything: who sees what has changed, or its own seat has, and stands in another room now, or was let in. */
const isWhole = (touched: Set<string> | 'all', seat: string): touched is 'all' => touched === 'all' || touched.has(`seat/${seat}`);

const whole = (state: State, seat: Seat, now: number): Message => ({ t: 'snapshot', seq: state.seq, entities: snapshot(state, audienceOf(state, seat)), now });

/** Brings one newly come device to where the state is. */
export const catchUp = (state: State, history: readonly Touched[], seat: Seat, from: number, now: number): Uint8Array => {
  const touched = touchedFrom(state, history, from);
  return asEvent(isWhole(touched, seat.id) ? whole(state, seat, now) : { t: 'delta', from, seq: state.seq, changed: changes(state, touched, audienceOf(state, seat)), now });
};

/**
 * Sends what is new to everybody. Streams of one audience that stand at the same place get the same bytes, made once.
 * @param last the state that was sent last, for telling what an audience never had
 */
export const sendNews = (streams: ReadonlySet<Stream>, state: State, history: readonly Touched[], last: State, now: number): void => {
  const made = new Map<string, Uint8Array>();
  const since = new Map<number, Set<string> | 'all'>();
  for (const stream of [...streams]) {
    if (stream.seq >= state.seq) continue;
    const seat = taken(state.seats, stream.seat);
    if (!seat || seat.gone) {
      stream.end('left');
      continue;
    }
    const from = stream.seq;
    const touched = since.get(from) ?? touchedSince(history, from, state.seq);
    since.set(from, touched);
    const audience = audienceOf(state, seat);
    const key = `${isWhole(touched, seat.id) ? 'whole' : from} ${audienceKey(audience)}`;
    const bytes = made.get(key) ?? asEvent(isWhole(touched, seat.id) ? whole(state, seat, now) : { t: 'delta', from, seq: state.seq, changed: changes(state, touched, audience, from === last.seq ? last : undefined), now });
    made.set(key, bytes);
    stream.seq = state.seq;
    if (!stream.send(bytes)) stream.end('slow');
  }
};
