import { eq } from 'drizzle-orm';
import { lookup } from '../../../platform/db/schema';
import { hashSecret } from '../../../platform/crypto/secrets';
import { sealerOf } from '../../../platform/crypto/server-key';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { shortened, template, type Step } from '../domain/agenda';
import type { Anonymity } from '../domain/operation';
import { everything, taken } from '../domain/shelf';
import type { State } from '../domain/state';
import { readStanding, secretOf, purposeOf } from '../live/standing';
import { newCode, newHuddleSecret, passFor, ticketFor, uuidFor } from '../pass';
import { huddleById, tell } from '../repo';
import { huddle } from '../schema';
import { emptySeat, seated } from './join';

type Plan = { name: string; minutes: number | null; startsAt: string | null; anonymity: Anonymity; rehearsal: boolean; parent: string | null; steps?: Step[] };

export const planHuddle = async (scope: Scope, { name, minutes, startsAt, anonymity, rehearsal, parent, steps: given }: Plan): Promise<{ id: string }> => {
  const { tx, workspaceId, services } = scope;
  if (parent !== null && !(await huddleById(tx, parent))) throw refuse.notFound('Huddle');
  const id = scope.newId();
  const code = newCode();
  const steps = given ?? template(scope.newId);
  const sealedSecret = sealerOf(services.config).seal(newHuddleSecret(), purposeOf(id));
  await tx.insert(huddle).values({ workspaceId, id, name, parentId: parent, rehearsal, anonymity, steps: minutes === null ? steps : shortened(steps, minutes), startsAt: startsAt ? new Date(startsAt) : null, code, sealedSecret, createdBy: scope.me.userId, createdAt: scope.now });
  await tx.insert(lookup).values({ kind: 'huddle', key: hashSecret(code), workspace: workspaceId });
  await scope.audit({ action: 'huddle.planned', subjectKind: 'huddle', subjectId: id, details: { name } });
  return { id };
};

export const removeHuddle = async (scope: Scope, id: string): Promise<{ removed: true }> => {
  const row = await huddleById(scope.tx, id);
  if (!row) throw refuse.notFound('Huddle');
  await scope.tx.update(huddle).set({ parentId: null }).where(eq(huddle.parentId, id));
  await scope.tx.delete(lookup).where(eq(lookup.key, hashSecret(row.code)));
  await scope.tx.delete(huddle).where(eq(huddle.id, id));
  // Whoever is in it is told, by whichever server.
  await tell(scope.tx, id, row.seq + 1);
  await scope.audit({ action: 'huddle.removed', subjectKind: 'huddle', subjectId: id, details: { name: row.name } });
  return { removed: true };
};

type Team = string | null;
const isDrawn = ({ teams }: State, team: Team): boolean => [...teams.single, ...teams.mixed].some(({ id }) => id === team);
const noTeam = () => refuse.invalid('This team was not drawn, or not any more. Nothing was saved.', 'Draw the teams first, then say for which one.');

/** A pass for who leads, for the big screen, or for whoever types a team's sheets in. The same asker gets the same seat again. */
export const enterHuddle = async (scope: Scope, id: string, as: 'facilitator' | 'screen' | 'typist', team: Team): Promise<{ pass: string; seat: string }> => {
  const { tx, workspaceId, services, me } = scope;
  const { state } = await readStanding(services, workspaceId, id);
  if (as === 'typist' && !isDrawn(state, team)) throw noTeam();
  const seat = uuidFor('huddle seat', id, as, as === 'facilitator' ? me.userId : (team ?? ''));
  const row = await seated(services, tx, workspaceId, id, { ...emptySeat, id: seat, role: as, name: as === 'facilitator' ? me.label : '', userId: as === 'facilitator' ? me.userId : null, team: as === 'typist' ? team : null, joined: true },
    // Once taken out, a wall comes in anew.
    taken(state.seats, seat)?.gone ? scope.newId() : uuidFor('huddle seated', id, seat));
  return { seat, pass: passFor(secretOf(services, row), { workspace: workspaceId, huddle: id, seat }) };
};

const linkFor = ({ services, workspaceId }: Scope, secret: string, huddleId: string, seat: string): string => `${services.config.baseUrl}/h#${ticketFor(secret, { workspace: workspaceId, huddle: huddleId, seat })}`;

/**
 * A ticket for a team's one device, as for a person's link: what the team writes before the reveal is told to the first device that opens it, and the team
 * sees that there is one. Once that was taken out, another gets a seat and a ticket of its own.
 * @throws 409 where people write on their own phones, 422 for a team that was not drawn
 */
export const scribeLink = async (scope: Scope, id: string, team: string): Promise<{ seat: string; link: string }> => {
  const { state, secret } = await readStanding(scope.services, scope.workspaceId, id);
  if (!isDrawn(state, team)) throw noTeam();
  if (!state.inRoom) throw refuse.conflict('In this Huddle everybody writes on a phone of their own. Nothing was saved.', 'Choose one scribe’s device for each team first.');
  const usual = uuidFor('huddle seat', id, 'scribe', team);
  const there = everything(state.seats).find((each) => each.role === 'scribe' && each.team === team && !each.gone);
  const seat = there?.id ?? (taken(state.seats, usual) ? scope.newId() : usual);
  if (!there) await seated(scope.services, scope.tx, scope.workspaceId, id, { ...emptySeat, id: seat, role: 'scribe', team }, uuidFor('huddle seated', id, seat));
  return { seat, link: linkFor(scope, secret, id, seat) };
};

/** A ticket for each of those invited by name; the first device that opens it takes the place. */
export const linksOf = async (scope: Scope, id: string): Promise<{ seat: string; name: string; link: string }[]> => {
  const { state, secret } = await readStanding(scope.services, scope.workspaceId, id);
  return everything(state.seats).filter(({ role, gone }) => role === 'participant' && !gone)
    .map((seat) => ({ seat: seat.id, name: seat.name, link: linkFor(scope, secret, id, seat.id) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
};
