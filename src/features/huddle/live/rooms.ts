import { randomUUID } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import { sql } from 'drizzle-orm';
import type { Services } from '../../../platform/rpc/context';
import { createChanges, LIVE_CHANNEL, type Changes } from '../../../platform/live/changes';
import { taken } from '../domain/shelf';
import { holds, type Pass } from '../pass';
import { createRoom, MOST_STREAMS, type Room } from './room';
import { huddleById, type HuddleRow } from '../repo';
import { readStanding, secretOf } from './standing';
import { readWord } from './words';

/** Milliseconds between two signs of life, and between two looks at how many are there. */
export const PACE = { beat: 10_000, presence: 1_000 };
/** Lines that are told of in one word: PostgreSQL takes 8,000 bytes. */
const LINES_AT_ONCE = 150;
/** A process that has not said for this long how many it serves is gone. */
const FORGET = 45_000;

export type Rooms = {
  /** The room a pass, or with its own proof a ticket, leads to; undefined when it does not hold. */
  enter(pass: Pass, proof?: typeof holds): Promise<Room | undefined>;
  room(workspaceId: string, huddleId: string): Promise<Room>;
  /** The page of a pass heard a sign of life; its stream may be at another process. */
  answered(pass: Pass, room: Room, line: string): void;
  stop(): Promise<void>;
};

type Held = { room: Room; workspaceId: string; entered: number; others: Map<string, { online: number; at: number }>; told: number; /** Lines of streams at other processes that answered here, by seat. */ elsewhere: Map<string, Set<string>>; off(): void };

/** All Huddles somebody of this process takes part in. Nothing runs and nothing is connected while there is none. */
export const createRooms = (services: Services, pace = PACE): Rooms => {
  const held = new Map<string, Promise<Held>>();
  const settled = new Map<string, Held>();
  /** Rows that are being read: three hundred who come back at once to a server that has just started wait for one. */
  const rows = new Map<string, Promise<HuddleRow | undefined>>();
  const me = randomUUID();
  let changes: Changes | null = null;
  let beating: NodeJS.Timeout | null = null;
  let counting: NodeJS.Timeout | null = null;

  const online = ({ room, others }: Held): number => [...others.values()].filter(({ at }) => services.now().getTime() - at < FORGET).reduce((sum, each) => sum + each.online, room.presence());
  const tell = (huddle: string, word: string) => services.db.outside((tx) => tx.execute(sql`select pg_notify(${LIVE_CHANNEL}, ${`${huddle} ${word}`})`)).catch(() => undefined);
  const say = (huddle: string, count: number) => tell(huddle, `${me}:${count}`);
  const sayAnswered = (huddle: string, { elsewhere }: Held): void => {
    const lines = [...elsewhere.values()].flatMap((each) => [...each]);
    elsewhere.clear();
    for (let at = 0; at < lines.length; at += LINES_AT_ONCE) void tell(huddle, `~${lines.slice(at, at + LINES_AT_ONCE).join(',')}`);
  };
  const hear = (huddle: string, word: string): void => {
    const found = settled.get(huddle);
    if (!found) return;
    const news = readWord(word);
    const [process = '', count] = word.split(':');
    if (news || word === '') found.room.news(news);
    else if (word.startsWith('~')) for (const line of word.slice(1).split(',')) found.room.answered(line);
    else if (process !== me) {
      found.others.set(process, { online: Number(count), at: services.now().getTime() });
      found.room.tellPresence(online(found));
    }
  };
  const release = (huddle: string, found: Held): void => {
    if (settled.get(huddle) !== found) return;
    found.off();
    held.delete(huddle);
    settled.delete(huddle);
  };
  const beat = (): void => {
    for (const [huddle, found] of settled) {
      found.room.beat();
      // A word may have been missed; then this is when it is noticed.
      found.room.news();
      void found.room.askAccounts().catch(() => undefined);
      void say(huddle, found.room.presence());
      sayAnswered(huddle, found);
      // Somebody may be on the way in.
      if (found.room.isIdle() && services.now().getTime() - found.entered > pace.beat) release(huddle, found);
    }
    if (settled.size === 0) rest();
  };
  const count = (): void => {
    for (const [huddle, found] of settled) {
      if (found.told === found.room.presence()) continue;
      found.told = found.room.presence();
      found.room.tellPresence(online(found));
      void say(huddle, found.told);
    }
  };
  const wake = (): void => {
    beating ??= setInterval(beat, pace.beat).unref();
    counting ??= setInterval(count, pace.presence).unref();
  };
  const rest = (): void => {
    if (beating) clearInterval(beating);
    if (counting) clearInterval(counting);
    [beating, counting] = [null, null];
    void changes?.stop();
    changes = null;
  };
  const open = async (workspaceId: string, huddle: string): Promise<Held> => {
    changes ??= createChanges(services.db.pool.options.connectionString, services.log);
    const off = changes.on(huddle, (word) => hear(huddle, word));
    try {
      // Heard before it is read, so that nothing falls between.
      await changes.listening();
      const gone = (): void => {
        const removed = settled.get(huddle);
        if (!removed) return;
        removed.room.end('left');
        release(huddle, removed);
      };
      const found: Held = { room: createRoom(services, workspaceId, huddle, await readStanding(services, workspaceId, huddle), gone), workspaceId, entered: services.now().getTime(), others: new Map(), told: 0, elsewhere: new Map(), off };
      settled.set(huddle, found);
      found.room.news();
      wake();
      return found;
    } catch (error) {
      off();
      held.delete(huddle);
      if (held.size === 0) rest();
      throw error;
    }
  };
  const roomOf = async (workspaceId: string, huddle: string): Promise<Held> => {
    const opening = held.get(huddle) ?? open(workspaceId, huddle);
    held.set(huddle, opening);
    const found = await opening;
    found.entered = services.now().getTime();
    return found;
  };
  const rowOf = (pass: Pass): Promise<HuddleRow | undefined> => {
    const which = `${pass.workspace} ${pass.huddle}`;
    const asking = rows.get(which) ?? services.db.inWorkspace(pass.workspace, (tx) => huddleById(tx, pass.huddle)).finally(() => rows.delete(which));
    rows.set(which, asking);
    return asking;
  };
  const isTrue = async (pass: Pass, proof: typeof holds): Promise<boolean> => {
    const row = await rowOf(pass);
    return row !== undefined && proof(secretOf(services, row), pass);
  };
  return {
    room: async (workspaceId, huddle) => (await roomOf(workspaceId, huddle)).room,
    enter: async (pass, proof = holds) => {
      // Only a pass that holds opens a Huddle here: anything else would cost a stranger nothing and the server a connection.
      if (!held.has(pass.huddle) && !(await isTrue(pass, proof))) return undefined;
      const found = await roomOf(pass.workspace, pass.huddle).catch((error: unknown) => {
        if (error instanceof ORPCError && error.status === 404) return undefined;
        throw error;
      });
      if (!found || found.workspaceId !== pass.workspace) return undefined;
      // A seat may have been given, or all passes ended, by another process a moment ago.
      if (!taken(found.room.state().seats, pass.seat) || !proof(found.room.secret(), pass)) await found.room.catchUp();
      return settled.get(pass.huddle) === found && proof(found.room.secret(), pass) ? found.room : undefined;
    },
    answered: (pass, room, line) => {
      const found = settled.get(pass.huddle);
      if (!found || found.room !== room || room.answered(line, pass.seat) || line === '') return;
      const lines = found.elsewhere.get(pass.seat) ?? new Set();
      if (lines.size < MOST_STREAMS) found.elsewhere.set(pass.seat, lines.add(line));
    },
    stop: async () => {
      for (const { room } of settled.values()) room.end('stopping');
      rest();
    },
  };
};
