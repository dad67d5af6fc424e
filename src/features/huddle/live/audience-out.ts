import type { Message } from '../live-contract';
import type { Seat } from '../domain/operation';
import { audienceKey, audienceOf, changes, snapshot } from '../domain/present';
import { taken } from '../domain/shelf';
import type { State, Touched } from '../domain/state';

/** Where messages for one device go. `send` is false when the device cannot keep up or is away. */
export type Out = { send(text: string): boolean; end(why: 'left' | 'stopping' | 'slow'): void };
export type Stream = Out & { seat: string; seq: number };

/** One message as an event of a text/event-stream (WHATWG HTML, 9.2). */
export const asEvent = (message: Message): string => `data: ${JSON.stringify(message)}\n\n`;

/** What was touched after a place in the sequence; 'all' when who sees what has changed, or when it is not known. */
export const touchedSince = (history: readonly Touched[], seq: number, until: number): Set<string> | 'all' => {
  const union = new Set<string>();
  for (const touched of history.slice(seq, until)) {
    if (touched === 'all') return 'all';
    for (const key of touched) union.add(key);
  }
  return union;
};

/** What a stream is sent so that it stands where the state does. */
const messageFor = (state: State, history: readonly Touched[], seat: Seat, from: number, now: number, before?: State): Message | null => {
  const audience = audienceOf(state, seat);
  const touched = from < 0 || from > state.seq ? 'all' : touchedSince(history, from, state.seq);
  if (touched === 'all') return { t: 'snapshot', seq: state.seq, entities: snapshot(state, audience), now };
  const changed = changes(state, touched, audience, before);
  return { t: 'delta', from, seq: state.seq, changed, now };
};

/** Brings one newly come device to where the state is. */
export const catchUpText = (state: State, history: readonly Touched[], seat: Seat, from: number, now: number): string => asEvent(messageFor(state, history, seat, from, now) ?? { t: 'beat', now });

/**
 * Sends what is new to everybody. Streams of one audience that stand at the same place get the same text, made once.
 * @param last the state that was sent last, for telling what an audience never had
 */
export const sendNews = (streams: ReadonlySet<Stream>, state: State, history: readonly Touched[], last: State, now: number): void => {
  const made = new Map<string, string>();
  for (const stream of [...streams]) {
    if (stream.seq >= state.seq) continue;
    const seat = taken(state.seats, stream.seat);
    if (!seat || seat.gone) {
      stream.end('left');
      continue;
    }
    const key = `${stream.seq} ${audienceKey(audienceOf(state, seat))}`;
    const text = made.get(key) ?? asEvent(messageFor(state, history, seat, stream.seq, now, stream.seq === last.seq ? last : undefined) ?? { t: 'beat', now });
    made.set(key, text);
    stream.seq = state.seq;
    if (!stream.send(text)) stream.end('slow');
  }
};
