import pg from 'pg';
import { describeFault } from '../log/fault';
import type { Logger } from '../log/log';

/** One channel for the whole program: a payload is a topic, and a word after a blank where there is one. PostgreSQL takes up to 8,000 bytes. */
export const LIVE_CHANNEL = 'lockstep_live';
const AGAIN_MS = 1_000;

type Listener = (word: string) => void;

export type Changes = {
  /** Hears what any server process says about the topic; `''` also after the connection was away, when something may have been missed. */
  on(topic: string, listener: Listener): () => void;
  /** Resolves once words are heard. */
  listening(): Promise<void>;
  stop(): Promise<void>;
};

/** Words between server processes over LISTEN/NOTIFY. The connection is opened when somebody first listens, and opened again when it is lost. */
export const createChanges = (connectionString: string | undefined, log: Logger): Changes => {
  const listeners = new Map<string, Set<Listener>>();
  let client: Promise<pg.Client> | null = null;
  let stopped = false;

  const tell = (payload: string): void => {
    const blank = payload.indexOf(' ');
    const [topic, word] = blank < 0 ? [payload, ''] : [payload.slice(0, blank), payload.slice(blank + 1)];
    for (const listener of listeners.get(topic) ?? []) listener(word);
  };
  const lost = (error?: unknown): void => {
    if (client === null || stopped) return;
    client = null;
    log.warn({ fault: error ? describeFault(error).fault : 'ended' }, 'the connection that hears other servers was lost; it is opened again');
    setTimeout(() => void open().then(() => { for (const topic of listeners.keys()) tell(topic); }, () => undefined), AGAIN_MS).unref();
  };
  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({ connectionString, keepAlive: true });
    fresh.on('error', lost);
    fresh.on('end', () => lost());
    fresh.on('notification', ({ payload }) => tell(payload ?? ''));
    await fresh.connect();
    await fresh.query(`listen ${LIVE_CHANNEL}`);
    return fresh;
  };
  const open = (): Promise<pg.Client> => {
    if (stopped) return Promise.reject(new Error('stopped'));
    if (!client) {
      const trying = connect();
      client = trying;
      trying.catch((error: unknown) => lost(error));
    }
    return client;
  };
  return {
    on: (topic, listener) => {
      const of = listeners.get(topic) ?? new Set();
      listeners.set(topic, of.add(listener));
      return () => {
        of.delete(listener);
        if (of.size === 0) listeners.delete(topic);
      };
    },
    listening: async () => void (await open()),
    stop: async () => {
      stopped = true;
      const last = client;
      client = null;
      await last?.then((each) => each.end()).catch(() => undefined);
    },
  };
};
