import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createServices } from '../../src/app/services';
import { member, workspace } from '../../src/features/workspace/schema';
import { emptySeat } from '../../src/features/huddle/commands/join';
import type { Operation, Seat } from '../../src/features/huddle/domain/operation';
import { everything } from '../../src/features/huddle/domain/shelf';
import { createRooms } from '../../src/features/huddle/live/rooms';
import type { Room } from '../../src/features/huddle/live/room';
import { template } from '../../src/features/huddle/domain/agenda';
import { newCode, newHuddleSecret, passFor, readPass, type Pass } from '../../src/features/huddle/pass';
import { huddle as huddleTable } from '../../src/features/huddle/schema';
import { purposeOf } from '../../src/features/huddle/live/standing';
import { append } from '../../src/features/huddle/repo';
import { readConfig } from '../../src/platform/config/config';
import { sealerOf } from '../../src/platform/crypto/server-key';
import { openDatabase } from '../../src/platform/db/database';
import { createLog } from '../../src/platform/log/log';
import { createMailer } from '../../src/platform/mail/mail';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapMb = (): number => { collect(); collect(); return Number((process.memoryUsage().heapUsed / 1024 ** 2).toFixed(1)); };

type Day = { room: Room; lead: Pass; people: Pass[] };

/** A Huddle in its open talk with everybody seated, written into the log directly. */
const prepare = async (services: ReturnType<typeof createServices>, rooms: ReturnType<typeof createRooms>, people: number): Promise<Day> => {
  const [workspaceId, id, userId, secret] = [randomUUID(), randomUUID(), randomUUID(), newHuddleSecret()];
  const now = new Date();
  const seats: Seat[] = Array.from({ length: people }, (_, at) => ({ ...emptySeat, id: randomUUID(), role: 'participant', name: `Person ${at}`, function: at % 5 < 3 ? 'sales' : 'marketing', joined: true }));
  const lead: Seat = { ...emptySeat, id: randomUUID(), role: 'facilitator', name: 'Bench', userId, joined: true };
  await services.db.inWorkspace(workspaceId, async (tx) => {
    await tx.insert(workspace).values({ workspaceId, name: 'Day', timeZone: 'UTC', leftSide: 'sales', createdAt: now });
    await tx.insert(member).values({ workspaceId, userId, name: 'Bench', email: 'day@example.com', role: 'facilitator', joinedAt: now });
    await tx.insert(huddleTable).values({ workspaceId, id, name: 'Day', rehearsal: false, anonymity: 'nobody', steps: template(randomUUID), code: newCode(), sealedSecret: sealerOf(services.config).seal(secret, purposeOf(id)), createdBy: userId, createdAt: now });
    await append(tx, workspaceId, id, [{ id: randomUUID(), seq: 1, at: now.getTime(), by: { seat: null, role: 'facilitator', room: null, team: null, key: '' }, operation: { kind: 'seats', seats: [lead, ...seats] } }]);
  });
  const pass = (seat: Seat): Pass => readPass(passFor(secret, { workspace: workspaceId, huddle: id, seat: seat.id })) as Pass;
  const room = await rooms.room(workspaceId, id);
  return { room, lead: pass(lead), people: seats.map(pass) };
};

/** What one person does at a moment of the day: mostly new thoughts, then changes to one's own, groups and votes. */
const doing = (at: number, step: string, own: string[]): Operation => {
  const mine = own[at % own.length];
  if (mine && at % 10 === 7) return { kind: 'write', note: mine, text: `Thought again at moment ${at} of a long day` };
  if (mine && at % 10 === 8) return { kind: 'group', note: mine, with: own[(at * 7) % own.length] ?? null };
  if (mine && at % 10 === 9) return { kind: 'remove', note: mine, removed: at % 20 === 9 };
  const note = randomUUID();
  own.push(note);
  return { kind: 'note', note, step, channel: 'link', text: `A thought that somebody had at moment ${at} of a long day`, about: null, late: false };
};

/**
 * A day and a half of a Huddle, replayed as fast as it is saved, in this process, with everybody's stream open; the heap after a collection at five
 * points. What is written has to be kept; beyond that the memory should not grow.
 */
export async function* replayDay(appUrl: string, ownerUrl: string, operations: number, people: number): AsyncGenerator<Record<string, unknown>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-day-'));
  const config = readConfig({ DATA_DIR: dataDir, BASE_URL: 'http://localhost:4560', LOG_LEVEL: 'silent' }, null);
  const db = openDatabase(appUrl, () => undefined);
  const services = createServices({ config, db, ownerUrl, log: createLog('silent'), jobs: { send: async () => undefined, stop: async () => undefined }, mail: createMailer(config), version: 'bench' });
  const rooms = createRooms(services);
  try {
    const before = heapMb();
    const { room, lead, people: passes } = await prepare(services, rooms, people);
    const received = { bytes: 0 };
    const out = { send: (bytes: Uint8Array) => { received.bytes += bytes.length; return true; }, end: () => undefined };
    const leave = passes.map((pass) => room.attach(pass, -1, out));
    await room.submit(lead, [{ id: randomUUID(), operation: { kind: 'start' } }]);
    const synthesis = room.state().steps.findIndex(({ kind }) => kind === 'synthesis');
    await room.submit(lead, [{ id: randomUUID(), operation: { kind: 'go', to: synthesis } }]);
    const step = room.state().steps[synthesis]?.id ?? '';
    const points: { operations: number; notes: number; heapMb: number }[] = [];
    const look = () => points.push({ operations: room.state().seq, notes: everything(room.state().notes).length, heapMb: heapMb() });
    const own = passes.map((): string[] => []);
    const began = performance.now();
    look();
    for (let at = 0; at < operations; at += passes.length) {
      await Promise.all(passes.slice(0, operations - at).map((pass, person) => room.submit(pass, [{ id: randomUUID(), operation: doing(at / passes.length + person, step, own[person] as string[]) }])));
      // People come and go all day.
      for (let person = (at / passes.length) % 10; person < passes.length; person += 10) { leave[person]?.(); leave[person] = room.attach(passes[person] as Pass, room.state().seq, out); }
      if (Math.floor((at * 4) / operations) !== Math.floor(((at + passes.length) * 4) / operations)) look();
    }
    const seconds = (performance.now() - began) / 1_000;
    const [first, middle, last] = [points[0], points[Math.floor(points.length / 2)], points.at(-1)];
    for (const each of leave) each();
    const perOperation = (from = first, to = last) => Math.round((((to?.heapMb ?? 0) - (from?.heapMb ?? 0)) * 1024 ** 2) / Math.max(1, (to?.operations ?? 0) - (from?.operations ?? 0)));
    yield {
      figure: `a day's Huddle of ${people} replayed in ${operations.toLocaleString('en')} operations: heap at its end over its beginning`, value: Number(((last?.heapMb ?? 0) - (first?.heapMb ?? 0)).toFixed(1)), unit: 'MB', heapBeforeMb: before, points, bytesPerOperation: perOperation(), bytesPerOperationFirstHalf: perOperation(first, middle), bytesPerOperationSecondHalf: perOperation(middle, last),
      saved: room.state().seq - 3, seconds: Number(seconds.toFixed(1)), megabytesSent: Math.round(received.bytes / 1024 ** 2), n: 1, load: Number((loadavg()[0] ?? 0).toFixed(1)),
    };
  } finally {
    await rooms.stop();
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
