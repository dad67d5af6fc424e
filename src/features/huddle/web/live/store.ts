import type { Seen } from '../../domain/present';
import type { Message, Mine, Outcome, SentOperation } from '../../live-contract';
import { newId } from './new-id';
import { keptQueue, type Queue, type Queued } from './queue';
import { readEvents } from './read-events';
import { viewOf, type View } from './views';

export type Status = 'coming' | 'live' | 'away' | 'shut';
export type Live = {
  status: Status; view: View; seat: Mine | null; online: number;
  /** Operations that are not known to be saved. */
  waiting: readonly Queued[];
  savedAt: number | null;
  /** What the server did not take, with the reason; the text stays here. */
  refused: readonly { queued: Queued; refusal: string }[];
  /** One's own placements, by step and the number of its round. */
  votes: Readonly<Record<string, readonly string[]>>;
  own: ReadonlySet<string>;
  /** Milliseconds the server's clock is ahead of this device's. */
  ahead: number;
};

export type LiveStore = {
  subscribe(listener: () => void): () => void;
  get(): Live;
  act(...operations: SentOperation[]): void;
  forgive(id: string): void;
  stop(): void;
};

/** A connection that has been silent for this long is dead, whatever it looks like: the server gives a sign of life every ten seconds. */
const SILENCE = 25_000;
/** Silent for longer than this, a line is not worth waiting for by somebody who has just come back to the page: two signs of life are missing, or nearly. */
const STALE = 15_000;
/** Of the server's signs of life, how many to each answer. They are the page's clock: its own timers are held back where it is not in front. */
const PER_ANSWER = 2;
const SOONEST = 300;
const LATEST = 8_000;
const MOST_AT_ONCE = 50;
const TOO_MUCH_OR_UNREADABLE = [413, 422];

type Told = { entities: Record<string, Seen>; seq: number };

/** What a message makes of what is known; 'gap' when something in between is missing. */
const taught = (told: Told, message: Message): Told | 'gap' => {
  if (message.t === 'snapshot') return { entities: message.entities, seq: message.seq };
  if (message.t !== 'delta') return told;
  if (message.from !== told.seq) return 'gap';
  const entities = { ...told.entities };
  for (const [key, value] of Object.entries(message.changed)) if (value === null) delete entities[key]; else entities[key] = value;
  return { entities, seq: message.seq };
};

/** A second click on the way to a step that is on by now: what was wished is so, and there is nothing to tell. */
const isMoot = (operation: SentOperation, refusal: string): boolean => operation.kind === 'go' && refusal === 'not_now';

const noteOf = (operation: SentOperation): string[] => (operation.kind === 'note' ? [operation.note] : []);

/** One seat's line to a Huddle: it comes back by itself, resumes where it was, and keeps what is unsaved until it is saved. */
export const createLive = (pass: string, base = '/api/huddle'): LiveStore => {
  let told: Told = { entities: {}, seq: -1 };
  let live: Live = { status: 'coming', view: viewOf({}), seat: null, online: 0, waiting: [], savedAt: null, refused: [], votes: {}, own: new Set(), ahead: 0 };
  let away = new AbortController();
  let [stopped, sending, pause, atOnce] = [false, false, SOONEST, MOST_AT_ONCE];
  let [beats, heardAt] = [0, Date.now()];
  let hurry: () => void = () => undefined;
  // One stream for this page: a newer one takes the place of one that hangs.
  const line = newId();
  const listeners = new Set<() => void>();
  const queue: Queue = keptQueue(pass);
  const headers = { authorization: `Bearer ${pass}`, 'content-type': 'application/json' };

  const set = (change: Partial<Live>): void => {
    live = { ...live, ...change };
    for (const listener of listeners) listener();
  };
  const settle = (outcomes: readonly (Outcome | { id: string; saved: false; refusal: 'unreadable' })[]): void => {
    const refused = outcomes.flatMap((outcome) => { const queued = queue.list().find(({ id }) => id === outcome.id); return !outcome.saved && queued && !isMoot(queued.operation, outcome.refusal) ? [{ queued, refusal: outcome.refusal }] : []; });
    queue.drop(outcomes.map(({ id }) => id));
    set({ waiting: queue.list(), refused: [...live.refused, ...refused], ...(outcomes.some(({ saved }) => saved) ? { savedAt: Date.now() } : {}) });
  };
  const send = async (): Promise<void> => {
    if (sending || stopped || queue.list().length === 0) return;
    sending = true;
    let reached = false;
    try {
      const batch = queue.list().slice(0, atOnce);
      const response = await fetch(`${base}/operations`, { method: 'POST', headers, body: JSON.stringify({ operations: batch }) });
      reached = true;
      if (response.ok) settle(((await response.json()) as { saved: Outcome[] }).saved);
      else if (response.status === 404) set({ status: 'shut' });
      // One that cannot be read must not hold up the others: sent alone, it is told apart.
      else if (TOO_MUCH_OR_UNREADABLE.includes(response.status) && batch.length === 1) settle(batch.map(({ id }) => ({ id, saved: false, refusal: 'unreadable' })));
      else if (!TOO_MUCH_OR_UNREADABLE.includes(response.status)) throw new Error(`answered ${response.status}`);
      atOnce = TOO_MUCH_OR_UNREADABLE.includes(response.status) ? 1 : MOST_AT_ONCE;
      sending = false;
      if (response.status !== 404) void send();
    } catch {
      sending = false;
      // Where nothing arrives, nothing comes either, however open the stream looks.
      if (!reached) away.abort();
      setTimeout(() => void send(), 1_500);
    }
  };
  /** Says that the line carries: a server that is not told lets go of it. */
  const answer = (): void => {
    beats += 1;
    if (beats % PER_ANSWER === 1) fetch(`${base}/here?line=${line}`, { method: 'POST', headers }).catch(() => away.abort());
  };
  const hear = (message: Message): void => {
    heardAt = Date.now();
    if (message.t === 'beat') answer();
    const next = taught(told, message);
    if (next === 'gap') {
      told = { entities: told.entities, seq: -1 };
      away.abort();
      return;
    }
    if (next !== told) {
      told = next;
      set({ view: viewOf(told.entities) });
    }
    if ('now' in message) set({ ahead: message.now - Date.now() });
    if (message.t === 'hello') set({ seat: message.seat, votes: message.votes, own: new Set([...message.own, ...live.own]), status: 'live' });
    if (message.t === 'presence') set({ online: message.online });
    if (message.t === 'end' && message.why === 'left') set({ status: 'shut' });
  };
  const listen = async (): Promise<void> => {
    away = new AbortController();
    [beats, heardAt] = [0, Date.now()];
    let silent = setTimeout(() => away.abort(), SILENCE);
    try {
      const response = await fetch(`${base}/stream?after=${told.seq}&line=${line}`, { headers, signal: away.signal, cache: 'no-store' });
      if (response.status === 404) return set({ status: 'shut' });
      if (!response.ok || !response.body) throw new Error(`answered ${response.status}`);
      void send();
      for await (const event of readEvents(response.body)) {
        clearTimeout(silent);
        silent = setTimeout(() => away.abort(), SILENCE);
        pause = SOONEST;
        hear(JSON.parse(event) as Message);
      }
    } finally {
      clearTimeout(silent);
    }
  };
  const keep = async (): Promise<void> => {
    while (!stopped && live.status !== 'shut') {
      await listen().catch(() => undefined);
      if (stopped || (live.status as Status) === 'shut') return;
      set({ status: 'away' });
      await new Promise<void>((done) => { hurry = done; setTimeout(done, pause * (0.5 + Math.random())); });
      pause = Math.min(LATEST, pause * 2);
    }
  };
  // The device says that it is connected again: no need to wait for the next try.
  const online = (): void => { pause = SOONEST; hurry(); };
  const offline = (): void => away.abort();
  // A phone that slept: its line may be gone without its having been told.
  const front = (): void => {
    if (globalThis.document?.visibilityState === 'hidden') return;
    if (Date.now() - heardAt > STALE) away.abort();
    online();
  };
  globalThis.addEventListener?.('online', online);
  globalThis.addEventListener?.('offline', offline);
  globalThis.addEventListener?.('pageshow', front);
  globalThis.document?.addEventListener?.('visibilitychange', front);
  set({ waiting: queue.list() });
  void keep();
  return {
    subscribe: (listener) => { listeners.add(listener); return () => void listeners.delete(listener); },
    get: () => live,
    act: (...operations) => {
      queue.add(operations);
      const votes = Object.fromEntries(operations.flatMap((each) => (each.kind === 'vote' ? [[`${each.step} ${each.nth ?? 1}`, each.targets]] : [])));
      set({ waiting: queue.list(), votes: { ...live.votes, ...votes }, own: new Set([...live.own, ...operations.flatMap(noteOf)]) });
      void send();
    },
    forgive: (id) => set({ refused: live.refused.filter(({ queued }) => queued.id !== id) }),
    stop: () => { stopped = true; globalThis.removeEventListener?.('online', online); globalThis.removeEventListener?.('offline', offline); globalThis.removeEventListener?.('pageshow', front); globalThis.document?.removeEventListener?.('visibilitychange', front); away.abort(); },
  };
};
