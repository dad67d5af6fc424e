import type { FunctionName, Level } from '../../../lib/vocabulary';
import { refuse } from '../../../platform/http/refusal';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import type { Seat } from '../domain/operation';
import { here, MOST_SEATS } from '../domain/check';
import { taken } from '../domain/shelf';
import type { Joined } from '../live-contract';
import { mineOf, type Room } from '../live/room';
import { secretOf } from '../live/standing';
import { hashSecret } from '../../../platform/crypto/secrets';
import { passFor, uuidFor, type Pass } from '../pass';
import { append, huddleByCode, keyOf, lockHuddle, savedAmong, type HuddleRow } from '../repo';

export const emptySeat: Omit<Seat, 'id' | 'role'> = { name: '', function: null, level: null, territory: '', personId: null, managerId: null, userId: null, team: null, joined: false, gone: false };

/** Writes down that somebody sits here now; the same operation id does it once. */
export const seated = async (services: Services, tx: WorkspaceTx, workspaceId: string, huddleId: string, seat: Seat, operationId: string, key = '', waiting = false): Promise<HuddleRow> => {
  const row = await lockHuddle(tx, huddleId);
  if (!row) throw refuse.notFound('Huddle');
  if ((await savedAmong(tx, huddleId, [operationId])).size > 0) return row;
  const by = { seat: null, role: 'facilitator' as const, room: null, team: null, key };
  await append(tx, workspaceId, huddleId, [{ id: operationId, seq: row.seq + 1, at: services.now().getTime(), by, operation: { kind: 'seats', seats: [seat], ...(waiting ? { waiting } : {}) } }]);
  return row;
};

const answer = (row: Pick<HuddleRow, 'id'>, name: string, seat: Seat, pass: string): Joined => ({ pass, huddle: { id: row.id, name }, seat: mineOf(seat) });

/**
 * Somebody with a link of their own. The first device that opens it takes the place, and only that one comes back by it: whoever made the link could
 * otherwise sit down beside its owner and read what is theirs alone.
 * @param device what the device calls itself; only a digest of it is kept
 * @throws 410 when another device has it
 */
export const joinByTicket = async (services: Services, ticket: Pass, device: string, room: Room): Promise<Joined> => {
  const seat = taken(room.state().seats, ticket.seat);
  if (!seat || seat.gone) throw refuse.notFound('place in a Huddle');
  const now = { ...seat, joined: true };
  const [operation, key] = [uuidFor('huddle ticket', ticket.huddle, seat.id), hashSecret(device)];
  const holder = await services.db.inWorkspace(ticket.workspace, async (tx) => {
    await seated(services, tx, ticket.workspace, ticket.huddle, now, operation, key);
    return keyOf(tx, ticket.huddle, operation);
  });
  if (holder !== key) throw refuse.gone('This link has been opened on another device. Nothing was changed.', 'Go on there, or join with the code from the wall.');
  return answer({ id: ticket.huddle }, room.state().name, now, passFor(room.secret(), ticket));
};

/** Back on a device that has its pass. */
export const joinByPass = async (services: Services, pass: Pass, room: Room): Promise<Joined> => {
  const seat = taken(room.state().seats, pass.seat);
  if (!seat || seat.gone) throw refuse.notFound('place in a Huddle');
  const now = { ...seat, joined: true };
  if (!seat.joined) await services.db.inWorkspace(pass.workspace, (tx) => seated(services, tx, pass.workspace, pass.huddle, now, services.newId()));
  return answer({ id: pass.huddle }, room.state().name, now, passFor(room.secret(), pass));
};

type Given = { name: string; function: FunctionName; level: Level | null; territory: string; device?: string | undefined };

/**
 * Somebody who typed the code from the wall. The same person on the same device gets the same seat again, whether an answer was lost or a page closed.
 * @param room opens the Huddle it leads to
 * @throws 404 for no such code; 409 when the Huddle is full or over
 */
export const joinByCode = async (services: Services, workspaceId: string, code: string, given: Given, open: (huddle: string) => Promise<Room>): Promise<Joined> => {
  const found = await services.db.inWorkspace(workspaceId, (tx) => huddleByCode(tx, code));
  if (!found || found.phase === 'finished') throw refuse.notFound('Huddle');
  const room = await open(found.id);
  await room.catchUp();
  const state = room.state();
  const usual = given.device === undefined ? services.newId() : uuidFor('huddle guest', found.id, hashSecret(given.device), given.name, given.function);
  const before = taken(state.seats, usual);
  if (before && !before.gone) return answer(found, state.name, before, passFor(secretOf(services, found), { workspace: workspaceId, huddle: found.id, seat: usual }));
  if (here(state) >= MOST_SEATS) throw refuse.conflict('This Huddle is full.', 'Ask whoever leads it for a place.');
  const id = before ? services.newId() : usual;
  const seat: Seat = { ...emptySeat, id, role: 'participant', name: given.name, function: given.function, level: given.level, territory: given.territory, joined: true };
  const row = await services.db.inWorkspace(workspaceId, (tx) => seated(services, tx, workspaceId, found.id, seat, uuidFor('huddle guest seated', found.id, id), '', state.asks));
  return answer(row, state.name, seat, passFor(secretOf(services, row), { workspace: workspaceId, huddle: found.id, seat: seat.id }));
};
