import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { latestAsked } from '../../assessment/public';
import { openFromHuddle, type OpenAction } from '../../improvement/public';
import { peopleToAsk } from '../../people/public';
import { concludedOf } from '../domain/concluded';
import { nextHuddle, type Proposal } from '../domain/next';
import type { Action, Operation, Seat } from '../domain/operation';
import { everything } from '../domain/shelf';
import type { State } from '../domain/state';
import { keptStateOf } from '../live/kept';
import { stateOf } from '../live/standing';
import { append, huddleById, type Entry, type HuddleRow } from '../repo';
import { huddle, huddleOperation } from '../schema';
import { planHuddle } from './plan';

export type NextHuddle = Proposal & { last: { id: string; name: string }; people: number; actions: number };

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The Huddle of the whole company that ended last, with the day; of regional ones where there was none of the whole. */
const lastHeld = async (tx: WorkspaceTx): Promise<{ row: HuddleRow; on: string } | null> => {
  // A log ends soon after its end: read backwards, that is found without reading the Huddle.
  const end = tx.select({ at: huddleOperation.at }).from(huddleOperation)
    .where(and(eq(huddleOperation.workspaceId, huddle.workspaceId), eq(huddleOperation.huddleId, huddle.id), sql`${huddleOperation.operation}->>'kind' = 'finish'`)).orderBy(desc(huddleOperation.seq)).limit(1).as('ended');
  const [found] = await tx.select({ row: huddle, at: end.at }).from(huddle).innerJoinLateral(end, sql`true`)
    .where(and(eq(huddle.phase, 'finished'), eq(huddle.rehearsal, false))).orderBy(sql`${huddle.parentId} is not null`, desc(end.at), desc(huddle.createdAt), huddle.id).limit(1);
  return found ? { row: found.row, on: dayOf(found.at === null ? (found.row.startsAt ?? found.row.createdAt) : new Date(found.at)) } : null;
};

const isPlanned = async (tx: WorkspaceTx): Promise<boolean> =>
  (await tx.select({ id: huddle.id }).from(huddle).where(and(ne(huddle.phase, 'finished'), eq(huddle.rehearsal, false), isNull(huddle.parentId))).limit(1)).length > 0;

/** Whoever took part or was invited, and is still here. */
const comeAgain = async (tx: WorkspaceTx, state: State): Promise<Seat[]> => {
  const here = new Map((await peopleToAsk(tx)).map((each) => [each.id, each]));
  return everything(state.seats).filter(({ role, gone }) => role === 'participant' && !gone).flatMap((seat) => {
    const person = seat.personId === null ? null : here.get(seat.personId);
    return person === undefined ? [] : [person === null ? seat : { ...seat, name: person.name, function: person.function, level: person.level, territory: person.territory }];
  });
};

/** What is still to do of the last one: from the programme, where it was put there; else from its own plan. */
const stillOpen = async (tx: WorkspaceTx, row: HuddleRow, state: State): Promise<(OpenAction & { carried: boolean })[]> => {
  if (row.handedOverAt) return (await openFromHuddle(tx, row.id)).map((each) => ({ ...each, carried: true }));
  return Object.values(state.actions).filter(({ removed }) => !removed).map(({ text, owner, side, dueOn, easy, visible, direct }) => ({ text, owner, side, dueOn, easy, visible, direct, carried: false }));
};

/** What is proposed after the last Huddle; null before there was one, and once the next is planned. */
export const proposeNext = async ({ tx, now, me }: Scope): Promise<NextHuddle | null> => {
  const held = await lastHeld(tx);
  if (!held || (await isPlanned(tx))) return null;
  const { people, actions } = held.row.concluded ?? concludedOf(await keptStateOf(tx, held.row));
  const here = new Set((await peopleToAsk(tx)).map(({ id }) => id));
  const asked = await latestAsked(tx, me);
  const proposal = nextHuddle({ held: held.on, asked: asked ? asked.slice(0, 10) : null, today: dayOf(now) });
  return {
    ...proposal, last: { id: held.row.id, name: held.row.name }, people: people.filter((person) => person === null || here.has(person)).length,
    actions: held.row.handedOverAt ? (await openFromHuddle(tx, held.row.id)).length : actions,
  };
};

/**
 * Plans a Huddle as the last one was: its agenda and its anonymity, the people who are still here, and what is still to do of it.
 * @throws 404 for no such Huddle; 409 before it has ended
 */
export const planNext = async (scope: Scope, id: string, { name, startsAt }: { name: string; startsAt: string | null }): Promise<{ id: string }> => {
  const { tx, workspaceId, now, newId } = scope;
  const row = await huddleById(tx, id);
  if (!row) throw refuse.notFound('Huddle');
  if (row.phase !== 'finished' || row.rehearsal) throw refuse.conflict('The next Huddle follows one that has ended, and was no rehearsal. Nothing was saved.', 'End the Huddle first.');
  const state = await stateOf(tx, row);
  const steps = state.steps.map((step) => ({ ...step, id: newId() }));
  const next = await planHuddle(scope, { name, minutes: null, startsAt, anonymity: state.anonymity, rehearsal: false, parent: row.parentId, steps });
  const seats = (await comeAgain(tx, state)).map((seat): Seat => ({ ...seat, id: newId(), userId: null, team: null, joined: false, gone: false }));
  const actions = (await stillOpen(tx, row, state)).map((each): Action => ({ ...each, id: newId(), disconnect: null, activities: '', removed: false }));
  const operations: Operation[] = [...(seats.length > 0 ? [{ kind: 'seats' as const, seats }] : []), ...(state.inRoom ? [{ kind: 'in_room' as const, inRoom: true }] : []), ...actions.map((action) => ({ kind: 'action' as const, action }))];
  const by = { seat: null, role: 'facilitator' as const, room: null, team: null, key: '' };
  await append(tx, workspaceId, next.id, operations.map((operation, at): Entry => ({ id: newId(), seq: at + 1, at: now.getTime(), by, operation })));
  return next;
};

