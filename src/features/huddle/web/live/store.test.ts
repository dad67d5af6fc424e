import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Message, SentOperation } from '../../live-contract';
import { createLive, type LiveStore } from './store';

/** The page's line to a Huddle against a server made of two functions; time is the test's. */
const PASS = `lsp_${'w'.repeat(43)}${'s'.repeat(21)}${'m'.repeat(22)}`;
const SILENCE = 25_000;
const kept = new Map<string, string>();
const onWindow = new Map<string, () => void>();
const onPage = new Map<string, () => void>();

type Stream = { after: string; line: string; aborted: boolean; say(...messages: Message[]): Promise<void>; end(): Promise<void> };
let streams: Stream[];
let streamStatus: number;
let posts: { ids: string[]; bytes: number }[];
/** By which lines it said that it hears; whether that arrives. */
let answers: string[];
let reaches: boolean;
/** What the server answers to what is sent: outcomes, a status, or nothing at all. */
let answer: (sent: { id: string; operation: SentOperation }[]) => object | number | 'away' | 'never';
const stores: LiveStore[] = [];

const settle = () => vi.advanceTimersByTimeAsync(0);
const streamOf = (url: string, signal: AbortSignal): Response => {
  const query = new URL(url, 'http://h').searchParams;
  let out: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => { out = controller; } });
  const stream: Stream = {
    after: query.get('after') ?? '', line: query.get('line') ?? '', aborted: false,
    say: async (...messages) => { for (const message of messages) out.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(message)}\n\n`)); await settle(); },
    end: async () => { out.close(); await settle(); },
  };
  signal.addEventListener('abort', () => { if (!stream.aborted) out.error(new Error('aborted')); stream.aborted = true; });
  streams.push(stream);
  return new Response(body);
};

beforeEach(() => {
  vi.useFakeTimers();
  [streams, posts, streamStatus, answer] = [[], [], 200, (sent) => ({ saved: sent.map(({ id }, at) => ({ id, saved: true, seq: at })) })];
  [answers, reaches] = [[], true];
  kept.clear();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) });
  vi.stubGlobal('addEventListener', (name: string, work: () => void) => void onWindow.set(name, work));
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: (name: string, work: () => void) => void onPage.set(name, work), removeEventListener: () => undefined });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url.includes('/stream')) return streamStatus === 200 ? streamOf(url, init.signal as AbortSignal) : new Response('{}', { status: streamStatus });
    if (url.includes('/here')) {
      answers.push(new URL(url, 'http://h').searchParams.get('line') ?? '');
      if (!reaches) throw new TypeError('network');
      return new Response(null, { status: 204 });
    }
    const { operations } = JSON.parse(init.body as string) as { operations: { id: string; operation: SentOperation }[] };
    posts.push({ ids: operations.map(({ id }) => id), bytes: (init.body as string).length });
    const given = answer(operations);
    if (given === 'away') throw new TypeError('network');
    if (given === 'never') return new Promise<Response>(() => undefined);
    return typeof given === 'number' ? new Response('{}', { status: given }) : Response.json(given);
  });
});
afterEach(() => {
  for (const store of stores.splice(0)) store.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const open = async (pass = PASS): Promise<LiveStore> => { const store = createLive(pass); stores.push(store); await settle(); return store; };
const hello: Message = { t: 'hello', seat: { id: 's', role: 'participant', name: 'Sam', function: 'sales', team: null }, votes: {}, own: [], now: 0 };
const whole = (seq: number, ...texts: string[]): Message => ({ t: 'snapshot', seq, entities: Object.fromEntries(texts.map((text, at) => [`note/${text}`, { id: text, seq: at, text }])), now: 0 });
const more = (from: number, seq: number, text: string): Message => ({ t: 'delta', from, seq, changed: { [`note/${text}`]: { id: text, seq, text } }, now: 0 });
const texts = (store: LiveStore) => store.get().view.notes.map(({ text }) => text);
const last = (): Stream => streams.at(-1) as Stream;
const thought = (text: string): SentOperation => ({ kind: 'note', note: '11111111-1111-4111-8111-111111111111', step: '11111111-1111-4111-8111-111111111112', channel: 'link', text, about: null });

describe('what it is told', () => {
  test('a snapshot, then what follows on it; one thing left out and it asks for the whole', async () => {
    const store = await open();
    expect([streams.length, last().after]).toEqual([1, '-1']);
    await last().say(hello, whole(4, 'a'), more(4, 5, 'b'));
    expect([texts(store), store.get().status]).toEqual([['a', 'b'], 'live']);
    await last().say(more(7, 8, 'd'));
    expect(texts(store)).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([streams.length, last().after]).toEqual([2, '-1']);
    await last().say(hello, whole(8, 'a', 'b', 'c', 'd'));
    expect(texts(store)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a line that ends, or is silent for too long, is opened again from the last number, as the same page', async () => {
    const store = await open();
    await last().say(hello, whole(4, 'a'));
    await last().end();
    expect(store.get().status).toBe('away');
    await vi.advanceTimersByTimeAsync(1_000);
    expect([streams.length, last().after, new Set(streams.map(({ line }) => line)).size]).toEqual([2, '4', 1]);
    await last().say(hello, more(4, 5, 'b'));
    await vi.advanceTimersByTimeAsync(SILENCE - 1_000);
    await last().say({ t: 'beat', now: 0 });
    await vi.advanceTimersByTimeAsync(SILENCE - 1_000);
    expect([streams.length, last().aborted]).toEqual([2, false]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect([streams.length, streams[1]?.aborted, last().after]).toEqual([3, true, '5']);
    expect(texts(store)).toEqual(['a', 'b']);
  });

  test('it answers every other sign of life by the name of its line; where the answer does not arrive, it lets go and comes again', async () => {
    await open();
    await last().say(hello, whole(4, 'a'));
    for (let beat = 0; beat < 4; beat += 1) await last().say({ t: 'beat', now: 0 });
    expect(answers).toEqual([last().line, last().line]);
    reaches = false;
    await last().say({ t: 'beat', now: 0 });
    expect([answers.length, last().aborted]).toEqual([3, true]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([streams.length, last().after]).toEqual([2, '4']);
  });

  test('a page that comes to the front after its phone slept asks anew at once; one that has just heard something does not', async () => {
    await open();
    await last().say(hello, whole(4, 'a'));
    vi.setSystemTime(Date.now() + 5_000);
    onPage.get('visibilitychange')?.();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([streams.length, last().aborted]).toEqual([1, false]);
    // A page that sleeps has no timers: only the clock goes on.
    vi.setSystemTime(Date.now() + 600_000);
    onPage.get('visibilitychange')?.();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([streams[0]?.aborted, streams.length, last().after]).toEqual([true, 2, '4']);
  });

  test('the device says that it is offline and online again: it lets go at once, and comes back without waiting its turn', async () => {
    const store = await open();
    await last().say(hello, whole(4));
    streamStatus = 503;
    onWindow.get('offline')?.();
    await settle();
    expect([last().aborted, store.get().status]).toEqual([true, 'away']);
    await vi.advanceTimersByTimeAsync(60_000);
    streamStatus = 200;
    onWindow.get('online')?.();
    await vi.advanceTimersByTimeAsync(1);
    expect([streams.length, last().after]).toEqual([2, '4']);
  });

  test('a place that has ended is not asked for again', async () => {
    const store = await open();
    await last().say(hello, whole(1), { t: 'end', why: 'left' });
    await last().end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([store.get().status, streams.length]).toEqual(['shut', 1]);
  });
});

describe('what it sends', () => {
  test('typed without a server, it is kept on the device, sent with the same id until it is acknowledged, and then once', async () => {
    const store = await open();
    await last().say(hello, whole(1));
    answer = () => 'away';
    store.act(thought('In the tunnel'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect([store.get().waiting.length, posts.length > 2, new Set(posts.flatMap(({ ids }) => ids)).size]).toEqual([1, true, 1]);
    expect([...kept.values()].join('')).toContain('In the tunnel');
    // The page is loaded again; what was typed is still there.
    store.stop();
    const again = await open();
    expect(again.get().waiting.length).toBe(1);
    answer = (sent) => ({ saved: sent.map(({ id }) => ({ id, saved: true, seq: 2 })) });
    await vi.advanceTimersByTimeAsync(3_000);
    const sent = posts.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([again.get().waiting.length, posts.length, new Set(posts.flatMap(({ ids }) => ids)).size, kept.get([...kept.keys()][0] ?? '')]).toEqual([0, sent, 1, '[]']);
  });

  test('two pages of one seat keep what the other has typed', async () => {
    const [one, other] = [await open(), await open()];
    answer = () => 'never';
    one.act(thought('Of the first'));
    other.act(thought('Of the second'));
    one.act(thought('Again of the first'));
    expect(['Of the first', 'Of the second', 'Again of the first'].every((text) => [...kept.values()].join('').includes(text))).toBe(true);
  });

  test('a pass given anew for the seat finds what was typed under the old one', async () => {
    answer = () => 404;
    const store = await open();
    store.act(thought('Just as it ended'));
    await settle();
    expect(store.get().status).toBe('shut');
    const again = await open(PASS.replace(/m+$/u, 'n'.repeat(22)));
    expect(again.get().waiting.map(({ operation }) => (operation as { text: string }).text)).toEqual(['Just as it ended']);
  });

  test('one that the server cannot read is told apart and holds up no other; what is refused comes with its reason', async () => {
    const store = await open();
    answer = (sent) => (sent.some(({ operation }) => (operation as { text: string }).text === 'odd') ? 422 : { saved: sent.map(({ id, operation }) => ((operation as { text: string }).text === 'no' ? { id, saved: false, refusal: 'not_now' } : { id, saved: true, seq: 1 })) });
    store.act(thought('one'), thought('odd'), thought('no'), thought('two'));
    await vi.advanceTimersByTimeAsync(10);
    expect(store.get().refused.map(({ queued, refusal }) => [(queued.operation as { text: string }).text, refusal])).toEqual([['odd', 'unreadable'], ['no', 'not_now']]);
    expect(store.get().waiting).toEqual([]);
    store.forgive(store.get().refused[0]?.queued.id ?? '');
    expect(store.get().refused.length).toBe(1);
  });

  test('a server that is busy or has enough for a minute is asked again later', async () => {
    const store = await open();
    answer = () => 429;
    store.act(thought('Many'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(store.get().waiting.length).toBe(1);
    answer = (sent) => ({ saved: sent.map(({ id }) => ({ id, saved: true, seq: 1 })) });
    await vi.advanceTimersByTimeAsync(2_000);
    expect([store.get().waiting.length, store.get().refused.length]).toEqual([0, 0]);
  });
});
