import { ORPCError } from '@orpc/server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isStorable } from '../../lib/storable-text';
import { hashSecret } from '../../platform/crypto/secrets';
import { refuse } from '../../platform/http/refusal';
import { createRateLimit } from '../../platform/http/rate-limit';
import { describeFault } from '../../platform/log/fault';
import type { Services } from '../../platform/rpc/context';
import { workspacesBehind } from '../workspace/public';
import { joinByCode, joinByPass, joinByTicket } from './commands/join';
import { asEvent } from './live/audience-out';
import { createRooms, type Rooms } from './live/rooms';
import type { Room } from './live/room';
import { asOperation, joinShape, sendShape } from './live-contract';
import { asCode, holdsTicket, readPass, readTicket, type Pass } from './pass';

/** Bytes that may lie unsent for one device before it is let go; it comes back and resumes. */
const BACKLOG = 4 * 1024 * 1024;
const BODY = 512 * 1024;
/** Milliseconds a stream that was ended may take to be read to its end. */
const GRACE = 5_000;
/** What a page calls its own stream. */
const LINE = /^[\w-]{1,40}$/u;
/** Tries with a code that leads nowhere, by everybody together in a minute: 40 bits are not found that way. */
const WRONG_CODES = 600;
/** Operations of one seat in a minute: nobody types so many, and a flood is everybody's. */
const FROM_ONE_SEAT = 600;

const noPass = () => refuse.notFound('place in a Huddle');

/** The answer as Node's server writes it; none where no socket is behind the request. */
const socketOf = (c: Context): { destroy(): void; writableFinished: boolean } | undefined => (c.env as { outgoing?: { destroy(): void; writableFinished: boolean } } | undefined)?.outgoing;

const streamFor = (c: Context, room: Room, pass: Pass, after: number, line: string): Response => {
  let detach: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        detach = room.attach(pass, after, {
          send: (bytes) => {
            // Null: the device left just now.
            if (controller.desiredSize === null || -controller.desiredSize > BACKLOG) return false;
            controller.enqueue(bytes);
            return true;
          },
          end: (why) => {
            if (controller.desiredSize === null) return;
            const socket = socketOf(c);
            // Of a line that carries nothing any more the end would never be read, and what lies in it would stay.
            const cut = (): void => { if (socket && !socket.writableFinished) socket.destroy(); };
            controller.enqueue(asEvent({ t: 'end', why }));
            controller.close();
            if (why === 'silent' || why === 'slow') cut();
            else setTimeout(cut, GRACE).unref();
          },
        }, line);
      },
      cancel: () => detach(),
    },
    { highWaterMark: 0, size: (chunk) => chunk.byteLength },
  );
  // A proxy that gathers what it passes on would hold everything back.
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' } });
};

/**
 * The live calls of a Huddle, under `/api/huddle`: joining, the stream of what happens, and what one does. They read no cookie; a seat's pass is the key.
 * Plain requests and a streamed answer are enough, so that they work where WebSockets are blocked.
 */
export const huddleLive = (services: Services, rooms: Rooms = createRooms(services)): Hono => {
  const app = new Hono();
  const wrongCodes = createRateLimit(WRONG_CODES);
  const fromOneSeat = createRateLimit(FROM_ONE_SEAT);
  const fault = (c: Context, error: unknown) => {
    if (error instanceof ORPCError) return c.json({ code: String(error.code), status: error.status, message: error.message, data: error.data as object }, error.status as 404);
    services.log.error(describeFault(error), 'a live call failed');
    return c.json({ code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'Something went wrong here. What you typed is kept on this device and is sent again.', data: { saved: false, todo: 'Wait a moment.' } }, 500);
  };
  const entered = async (c: Context): Promise<{ pass: Pass; room: Room }> => {
    const pass = readPass(/^Bearer (\S+)$/u.exec(c.req.header('authorization') ?? '')?.[1] ?? '');
    const room = pass && (await rooms.enter(pass));
    if (!pass || !room) throw noPass();
    return { pass, room };
  };
  const join = async (c: Context) => {
    const asked = joinShape.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success || !isStorable(asked.data)) throw refuse.invalid('A code and a name are needed. Nothing was saved.', 'Type the code as it stands on the wall, and your name.');
    if ('pass' in asked.data) {
      const pass = readPass(asked.data.pass);
      const room = pass && (await rooms.enter(pass));
      if (!pass || !room) throw noPass();
      return joinByPass(services, pass, room);
    }
    if ('ticket' in asked.data) {
      const ticket = readTicket(asked.data.ticket);
      const room = ticket && (await rooms.enter(ticket, holdsTicket));
      if (!ticket || !room) throw noPass();
      return joinByTicket(services, ticket, asked.data.device, room);
    }
    const code = asCode(asked.data.code);
    const workspaceId = await workspacesBehind(services.db, 'huddle', hashSecret(code));
    if (!workspaceId) {
      if (!wrongCodes.allows('', services.now())) throw refuse.tooMany('Wait a minute, then try again.');
      throw refuse.notFound('Huddle');
    }
    return joinByCode(services, workspaceId, code, asked.data, (huddle) => rooms.room(workspaceId, huddle));
  };
  const lineOf = (c: Context): string => LINE.exec(c.req.query('line') ?? '')?.[0] ?? '';
  const limit = bodyLimit({ maxSize: BODY, onError: (c) => fault(c, refuse.tooLarge('This is too much at once. Nothing was saved.', 'Send less at a time.')) });
  app.post('/join', limit, (c) => join(c).then((joined) => c.json(joined), (error: unknown) => fault(c, error)));
  app.get('/stream', async (c) => {
    try {
      const { pass, room } = await entered(c);
      if (!(await room.mayListen(pass))) throw noPass();
      const after = Number(c.req.query('after') ?? -1);
      return streamFor(c, room, pass, Number.isInteger(after) ? after : -1, lineOf(c));
    } catch (error) {
      return fault(c, error);
    }
  });
  app.post('/here', limit, async (c) => {
    try {
      const { pass, room } = await entered(c);
      rooms.answered(pass, room, lineOf(c));
      return c.body(null, 204);
    } catch (error) {
      return fault(c, error);
    }
  });
  app.post('/operations', limit, async (c) => {
    try {
      const { pass, room } = await entered(c);
      const sent = sendShape.safeParse(await c.req.json().catch(() => undefined));
      if (!sent.success || !isStorable(sent.data)) throw refuse.invalid('This could not be read. Nothing was saved.', 'Load the page again; what you typed is kept on this device.');
      const now = services.now();
      if (!sent.data.operations.every(() => fromOneSeat.allows(pass.seat, now))) throw refuse.tooMany('Wait a minute; what you typed is kept on this device and is sent again.');
      const saved = await room.submit(pass, sent.data.operations.map(({ id, operation }) => ({ id, operation: asOperation(operation) })));
      return c.json({ saved });
    } catch (error) {
      return fault(c, error);
    }
  });
  return app;
};
