import { randomUUID } from 'node:crypto';
import { Agent, get, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Seen } from '../../features/huddle/domain/present';
import type { Joined, Message, Outcome, SentOperation } from '../../features/huddle/live-contract';

/** One agent for what devices send; each stream has a socket of its own. */
const agent = new Agent({ keepAlive: true, maxSockets: 512 });
const AGAIN_MS = 100;
const PATIENCE_MS = 20_000;

type Answer = { status: number; body: unknown };

export const postTo = (url: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((done, failed) => {
    const text = JSON.stringify(body);
    const sent = request(`${url}${path}`, { agent, method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers } }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (part: string) => (answer += part)).on('error', failed).on('end', () => {
        try {
          done({ status: response.statusCode ?? 0, body: JSON.parse(answer) });
        } catch (error) {
          failed(error instanceof Error ? error : new Error('no answer'));
        }
      });
    });
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error('no answer in time'))).on('error', failed).end(text);
  });

export const joinHuddle = async (url: string, code: string, name: string, does: string): Promise<Joined> => {
  const { status, body } = await postTo(url, '/api/huddle/join', { code, name, function: does });
  if (status !== 200) throw new Error(`joining was answered ${status}`);
  return body as Joined;
};

export type HuddleDevice = {
  entities: Record<string, Seen>; seq: number;
  /** Messages that did not follow on what was known, snapshots and times it came back. */
  gaps: number; snapshots: number; times: number; /** Messages of all kinds. */ messages: number;
  /** How many streams the servers say there are. */
  online: number;
  /** Why servers ended its streams, as far as it was told. */
  ended: string[];
  /** Called with each entity that comes in, and with what it was before. */
  heard: (key: string, now: Seen, before: Seen | undefined) => void;
  /** Everything it was sent, where asked for. */
  bytes: string[] | null;
  /** Sent with an id of its own until it is acknowledged, whatever happens to the server meanwhile. @param id to send one again */
  act(operation: SentOperation, id?: string): Promise<Outcome>;
  /** The socket is cut at once; it comes back after so long. */
  drop(ms: number): Promise<void>;
  /** Vanishes as a phone without a network does: its socket is still open, nothing is read, answered or sent by it, and it does not know. */
  vanish(): void;
  /** Is there again, as a phone that is woken: it asks by another socket for what it missed. */
  wake(): void;
  /** Its socket stays open and carries nothing any more; after so long it comes by another. */
  hang(ms: number): Promise<void>;
  seen(what: (device: HuddleDevice) => boolean, ms?: number): Promise<void>;
  stop(): void;
};

const take = (device: HuddleDevice, message: Message): boolean => {
  if (message.t === 'snapshot') {
    device.snapshots += 1;
    for (const [key, value] of Object.entries(message.entities)) device.heard(key, value, device.entities[key]);
    [device.entities, device.seq] = [message.entities, message.seq];
  }
  if (message.t === 'presence') device.online = message.online;
  if (message.t === 'end') device.ended.push(message.why);
  if (message.t !== 'delta') return true;
  if (message.from !== device.seq) {
    device.gaps += 1;
    device.seq = -1;
    return false;
  }
  device.seq = message.seq;
  for (const [key, value] of Object.entries(message.changed)) {
    if (value === null) delete device.entities[key];
    else {
      device.heard(key, value, device.entities[key]);
      device.entities[key] = value;
    }
  }
  return true;
};

/** A device of a Huddle over real sockets, as the page is one: it comes back by itself, resumes from its last number and resends what is not known to be saved. */
export const openDevice = async (url: () => string, pass: string, { keep = false, start = -1 } = {}): Promise<HuddleDevice> => {
  const authorization = `Bearer ${pass}`;
  const line = randomUUID();
  let [stopped, awayUntil] = [false, 0];
  const hanging: ClientRequest[] = [];
  let stream: { request: ClientRequest; response: IncomingMessage | null } | null = null;
  const device: HuddleDevice = {
    entities: {}, seq: start, gaps: 0, snapshots: 0, times: 0, messages: 0, online: 0, ended: [], heard: () => undefined, bytes: keep ? [] : null,
    act: async (operation, id = randomUUID()) => {
      for (;;) {
        const answer = stopped || Date.now() < awayUntil ? null : await postTo(url(), '/api/huddle/operations', { operations: [{ id, operation }] }, { authorization }).catch(() => null);
        if (answer?.status === 200) return ((answer.body as { saved: Outcome[] }).saved[0] as Outcome);
        if (stopped || (answer && answer.status < 500 && answer.status !== 429)) throw new Error(`not taken: ${answer ? answer.status : 'stopped'}`);
        await pause(AGAIN_MS);
      }
    },
    drop: async (ms) => {
      awayUntil = Date.now() + ms;
      stream?.request.destroy();
      await pause(ms);
    },
    vanish: () => {
      awayUntil = Number.POSITIVE_INFINITY;
      stream?.response?.pause();
      if (stream) hanging.push(stream.request);
      stream = null;
    },
    wake: () => {
      awayUntil = 0;
      listen();
    },
    hang: async (ms) => {
      device.vanish();
      awayUntil = Date.now() + ms;
      await pause(ms);
      device.wake();
    },
    seen: async (what, ms = PATIENCE_MS) => {
      for (const late = Date.now() + ms; !what(device); await pause(10)) if (Date.now() > late) throw new Error(`never seen; at ${device.seq}`);
    },
    stop: () => {
      stopped = true;
      for (const each of hanging) each.destroy();
      stream?.request.destroy();
    },
  };
  const again = (mine: ClientRequest): void => {
    if (stopped || stream?.request !== mine) return;
    setTimeout(() => void (stream?.request === mine && listen()), Math.max(AGAIN_MS * Math.random(), awayUntil - Date.now()));
  };
  const listen = (): void => {
    if (stopped) return;
    const mine = get(`${url()}/api/huddle/stream?after=${device.seq}&line=${line}`, { agent: false, headers: { authorization } }, (response) => {
      let rest = '';
      if (stream?.request === mine) stream.response = response;
      if (response.statusCode !== 200) return void response.resume().on('end', () => again(mine));
      device.times += 1;
      response.setEncoding('utf8').on('data', (part: string) => {
        if (stream?.request !== mine) return;
        device.bytes?.push(part);
        const events = (rest + part).split('\n\n');
        rest = events.pop() ?? '';
        const messages = events.map((event) => JSON.parse(event.slice(6)) as Message);
        device.messages += messages.length;
        if (messages.some(({ t }) => t === 'beat')) void postTo(url(), `/api/huddle/here?line=${line}`, {}, { authorization }).catch(() => undefined);
        if (!messages.every((message) => take(device, message))) mine.destroy();
      }).on('close', () => again(mine)).on('error', () => undefined);
    });
    stream = { request: mine, response: null };
    mine.on('error', () => again(mine));
  };
  listen();
  await device.seen(({ seq, times }) => seq >= 0 && times > 0, 60_000);
  return device;
};
