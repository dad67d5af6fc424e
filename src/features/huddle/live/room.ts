import type { Services } from '../../../platform/rpc/context';
import { refuse } from '../../../platform/http/refusal';
import type { Seat } from '../domain/operation';
import { audienceKey, audienceOf } from '../domain/present';
import { everything, taken } from '../domain/shelf';
import type { State } from '../domain/state';
import type { Mine } from '../live-contract';
import { signerOf, type Pass } from '../pass';
import { voteThing } from '../domain/acting';
import { huddleById, operationsAfter } from '../repo';
import { mayLead } from './may-lead';
import { asEvent, catchUp as missedBy, sendNews, touchedFrom, type Out, type Stream } from './audience-out';
import { advanced, readStanding, type Standing } from './standing';
import { entriesIn, type News } from './words';
import { createWriter, type Sent } from './writer';
import type { Outcome } from '../live-contract';

/** Milliseconds over which news are gathered: one message instead of many (measured: naive fan-out took nine times as long). */
const GATHER = 25;
/** Where sending takes long, of many devices or on a busy machine, they are gathered for so many times as long: what is sent leaves time for what comes in. */
const TIMES_SENDING = 3;
const GATHER_AT_MOST = 50;
/** Streams of one seat at a time: some pages, some walls. */
export const MOST_STREAMS = 12;
/** Signs of life, ten seconds apart, after which a device that answered none has vanished. It answers every other, so that two answers may be lost. */
const UNANSWERED = 6;

export type Room = {
  state(): State;
  secret(): string;
  /** Sends what is new, and goes on until the stream is ended. @param after the last place the device knows; -1 for none */
  attach(pass: Pass, after: number, out: Out, line?: string): () => void;
  /** Whether a pass still has a seat, and who leads by it an account that may. */
  mayListen(pass: Pass): Promise<boolean>;
  submit(pass: Pass, sent: readonly Sent[]): Promise<Outcome[]>;
  /** Something was saved, here or by another process. @param seq how far, where it is known */
  news(said?: News): void;
  /** Brings along what was saved elsewhere, such as a seat that was given a moment ago. */
  catchUp(): Promise<void>;
  /** Lets go of whoever leads by an account that may not any more. */
  askAccounts(): Promise<void>;
  presence(): number;
  tellPresence(online: number): void;
  /** Gives every stream a sign of life, and lets go of those that answer none: TCP alone would hold on to a phone without a network for a quarter of an hour. */
  beat(): void;
  /** A page heard the sign of life. @param line without one, whatever has no name is meant @returns whether its stream is at this process */
  answered(line: string, seat?: string): boolean;
  isIdle(): boolean;
  end(why: 'stopping' | 'left'): void;
};

export const mineOf = ({ id, role, name, function: does, team }: Seat): Mine => ({ id, role, name, function: does, team });

/** A Huddle that somebody of this process takes part in. One thing changes its state at a time. */
export const createRoom = (services: Services, workspaceId: string, huddleId: string, begun: Standing, gone: () => void): Room => {
  let standing = begun;
  let sentState = begun.state;
  let queue: Promise<unknown> = Promise.resolve();
  let gathering = false;
  const streams = new Set<Stream>();
  const millis = () => services.now().getTime();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work);
    queue = next.catch(() => undefined);
    return next;
  };
  let gather = GATHER;
  const adopt = (next: Standing): void => {
    standing = next;
    if (gathering) return;
    gathering = true;
    setTimeout(() => {
      gathering = false;
      const began = performance.now();
      sendNews(streams, standing.state, standing.history, sentState, millis());
      sentState = standing.state;
      // What is written goes out before this is called.
      setImmediate(() => { gather = Math.min(GATHER_AT_MOST, Math.max(GATHER, TIMES_SENDING * (performance.now() - began))); });
    }, gather);
  };
  const catchUp = ({ seq: until, sealed }: News = { seq: Infinity, sealed: null }) =>
    inTurn(async () => {
      // Mostly it is one's own writing that one hears of.
      if (until <= standing.state.seq) return;
      const told = sealed === null ? null : entriesIn(standing.secret, sealed, standing.state.seq);
      if (told) return adopt(advanced(standing, told));
      const entries = await services.db.inWorkspace(workspaceId, async (tx) => {
        const after = await operationsAfter(tx, huddleId, standing.state.seq);
        return after.length === 0 && !(await huddleById(tx, huddleId)) ? null : after;
      });
      if (entries === null) gone();
      else if (entries.some(({ operation }) => operation.kind === 'finish')) adopt(await readStanding(services, workspaceId, huddleId));
      else if (entries.length > 0) adopt(advanced(standing, entries));
    });
  const writer = createWriter(services, workspaceId, huddleId, { inTurn, standing: () => standing, adopt });

  return {
    state: () => standing.state,
    secret: () => standing.secret,
    attach: (pass, after, out, line = '') => {
      const seat = taken(standing.state.seats, pass.seat);
      if (!seat || seat.gone) throw refuse.notFound('seat');
      const { send, end } = out;
      const others = [...streams].filter((each) => each.seat === seat.id);
      // The one it had before may hang without either end knowing; and nobody needs ever more of them.
      for (const each of line === '' ? [] : others.filter((other) => other.line === line)) each.end('replaced');
      if (others.length >= MOST_STREAMS) others[0]?.end('replaced');
      const stream: Stream = { seat: seat.id, line, seq: standing.state.seq, unanswered: 0, send, end: (why) => { streams.delete(stream); end(why); } };
      streams.add(stream);
      const sign = signerOf(pass.mac);
      const votes = Object.fromEntries(Object.entries(standing.state.rounds).flatMap(([step, { placed, nth }]) => { const own = placed[sign(voteThing(standing.state, step))]; return own ? [[`${step} ${nth}`, own]] : []; }));
      // A page that resumes knows which notes were its own so far; to tell each of three hundred anew of all would keep everybody waiting.
      const touched = touchedFrom(standing.state, standing.history, after);
      const notes = touched === 'all' ? everything(standing.state.notes) : [...touched].flatMap((entity) => (entity.startsWith('note/') ? (taken(standing.state.notes, entity.slice(5)) ?? []) : []));
      const own = notes.flatMap(({ id, key, seq }) => ((after > standing.state.seq || seq > after) && key === sign(`note ${id}`) ? [id] : []));
      stream.send(asEvent({ t: 'hello', seat: mineOf(seat), votes, own, now: millis() }));
      stream.send(missedBy(standing.state, standing.history, seat, after, millis()));
      return () => void streams.delete(stream);
    },
    mayListen: async (pass) => {
      const seat = taken(standing.state.seats, pass.seat);
      if (!seat || seat.gone) return false;
      return seat.role !== 'facilitator' || services.db.inWorkspace(workspaceId, (tx) => mayLead(services, tx, seat));
    },
    submit: (pass, sent) => writer.submit(pass, sent),
    catchUp: () => catchUp(),
    askAccounts: async () => {
      const leading = [...streams].flatMap((stream) => { const seat = taken(standing.state.seats, stream.seat); return seat?.role === 'facilitator' ? [{ stream, seat }] : []; });
      if (leading.length === 0) return;
      const may = await services.db.inWorkspace(workspaceId, async (tx) => { const known = new Map<string, boolean>(); for (const { seat } of leading) if (!known.has(seat.id)) known.set(seat.id, await mayLead(services, tx, seat)); return known; });
      for (const { stream, seat } of leading) if (!may.get(seat.id)) stream.end('left');
    },
    news: (said) => void catchUp(said).catch((error: unknown) => services.log.warn({ fault: error instanceof Error ? error.message : '' }, 'a Huddle could not catch up; the next word brings it along')),
    presence: () => streams.size,
    tellPresence: (online) => { const bytes = asEvent({ t: 'presence', online }); for (const stream of [...streams]) stream.send(bytes); },
    beat: () => {
      const bytes = asEvent({ t: 'beat', now: millis() });
      for (const stream of [...streams]) {
        stream.unanswered += 1;
        if (stream.unanswered > UNANSWERED) stream.end('silent');
        else if (!stream.send(bytes)) stream.end('slow');
      }
    },
    answered: (line, seat) => {
      const heard = [...streams].filter((each) => (seat === undefined || each.seat === seat) && each.line === line);
      for (const each of heard) each.unanswered = 0;
      return heard.length > 0;
    },
    isIdle: () => streams.size === 0,
    end: (why) => { for (const stream of [...streams]) stream.end(why); },
  };
};

/** How many different audiences listen now, for measuring. */
export const audiencesOf = (state: State): number => new Set(everything(state.seats).map((seat) => audienceKey(audienceOf(state, seat)))).size;
