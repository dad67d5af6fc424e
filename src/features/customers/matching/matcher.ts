import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { talkingThread, type TalkingThread } from '../../../platform/threads/talking-thread';
import type { RecordKind } from '../domain/matching/record';
import type { Pair } from '../domain/parties';
import { matchSession } from './match-session';

export type Ask = { what: 'begin'; kind: RecordKind } | { what: 'add'; rows: string } | { what: 'run'; never: readonly Pair[] } | { what: 'next' };

/** A matching off the main thread, so that comparing hundreds of thousands of records delays nobody's request. */
export type Matcher = {
  /** @param rows a JSON array of pairs of an id and what its record says */
  add(rows: string): Promise<void>;
  run(never: readonly Pair[]): Promise<void>;
  /** Pairs in batches, each a JSON array of them as they are kept; an empty text is the end. */
  next(): Promise<string>;
  stop(): Promise<void>;
};

const besideBundle = (): string => fileURLToPath(new URL('./match.worker.mjs', import.meta.url));

/** A matching that takes all memory ends its own thread, and nothing else. A million leads may need more than 2 GB, below which the engine would let less garbage stand. */
const MOST_MEMORY_MB = 3_072;

/** The thread begins with the first record: where no system tells of organisations, nothing is held for them. */
const inThread = (file: string, kind: RecordKind): Matcher => {
  let thread: TalkingThread | undefined;
  let begun: Promise<unknown> = Promise.resolve();
  const ask = async (what: Ask): Promise<unknown> => {
    await begun;
    return (await thread?.ask(what))?.given;
  };
  return {
    add: async (rows) => {
      if (!thread) {
        thread = talkingThread(file, MOST_MEMORY_MB);
        begun = thread.ask({ what: 'begin', kind });
      }
      await ask({ what: 'add', rows });
    },
    run: async (never) => void (await ask({ what: 'run', never })),
    next: async () => ((await ask({ what: 'next' })) ?? '') as string,
    stop: async () => thread?.stop(),
  };
};

/** @param file the built worker; without one (running from source) the matching is done in this thread */
export const createMatcher = (kind: RecordKind, file: string = besideBundle()): Matcher => {
  if (existsSync(file)) return inThread(file, kind);
  const session = matchSession(kind);
  return { add: async (rows) => session.add(rows), run: async (never) => session.run(never), next: async () => session.next(), stop: async () => undefined };
};
