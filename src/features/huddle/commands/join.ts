import type { FunctionName, Level } from '../../../lib/vocabulary';
import { refuse } from '../../../platform/http/refusal';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import type { Seat } from '../domain/operation';
import { everything, taken } from '../domain/shelf';
import type { Joined } from '../live-contract';
import { mineOf, type Room } from '../live/room';
import { readStanding, secretOf } from '../live/standing';
import { hashSecret } from '../../../platform/crypto/secrets';
import { passFor, uuidFor, type Pass } from '../pass';
import { append, huddleByCode, keyOf, lockHuddle, savedAmong, type HuddleRow } from '../repo';

/** People that fit into one Huddle. */
export const MOST_SEATS = 400;

export const emptySeat: Omit<Seat, 'id' | 'role'> = { name: '', function: null, level: null, territory: '', personId: null, managerId: null, userId: null, team: null, joined: false, gone: false };

/** Writes down that somebody sits here now; the same operation id does it once. */
export const seated = async (services: Services, tx: WorkspaceTx, workspaceId: string, huddleId: string, seat: Seat, operationId: string, key = ''): Promise<HuddleRow> => {
  const row = await lockHuddle(tx, huddleId);
  if (!row) throw refuse.notFound('Huddle');
  if ((await savedAmong(tx, huddleId, [operationId])).size > 0) return row;
  const by = { seat: null, role: 'facilitator' as const, room: null, team: null, key };
  await append(tx, workspaceId, huddleId, [{ id: operationId, seq: row.seq + 1, at: services.now().getTime(), by, operation: { kind: 'seats', seats: [seat] } }]);
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

/** Somebody who typed the code from the wall. @throws 404 for no such code; 409 when the Huddle is full or over */
export const joinByCode = async (services: Services, workspaceId: string, code: string, given: { name: string; function: FunctionName; level: Level | null; territory: string }): Promise<Joined> => {
  const found = await services.db.inWorkspace(workspaceId, (tx) => huddleByCode(tx, code));
  if (!found || found.phase === 'finished') throw refuse.notFound('Huddle');
  const { state } = await readStanding(services, workspaceId, found.id);
  if (everything(state.seats).length >= MOST_SEATS) throw refuse.conflict('This Huddle is full.', 'Ask whoever leads it for a place.');
  const seat: Seat = { ...emptySeat, id: services.newId(), role: 'participant', name: given.name, function: given.function, level: given.level, territory: given.territory, joined: true };
  const row = await services.db.inWorkspace(workspaceId, (tx) => seated(services, tx, workspaceId, found.id, seat, services.newId()));
  return answer(row, state.name, seat, passFor(secretOf(services, row), { workspace: workspaceId, huddle: found.id, seat: seat.id }));
};
