import { eq } from 'drizzle-orm';
import { lookup } from '../../../platform/db/schema';
import { hashSecret } from '../../../platform/crypto/secrets';
import { sealerOf } from '../../../platform/crypto/server-key';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { shortened, template, type Step } from '../domain/agenda';
import type { Anonymity } from '../domain/operation';
import { everything, taken } from '../domain/shelf';
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

/** A pass for who leads, for the big screen, or for a team's scribe. The same asker gets the same seat again. */
export const enterHuddle = async (scope: Scope, id: string, as: 'facilitator' | 'screen' | 'scribe', team: string | null): Promise<{ pass: string; seat: string }> => {
  const { tx, workspaceId, services, me } = scope;
  const { state } = await readStanding(services, workspaceId, id);
  if (as === 'scribe' && ![...state.teams.single, ...state.teams.mixed].some((each) => each.id === team)) throw refuse.invalid('A scribe writes for a team that was drawn. Nothing was saved.', 'Draw the teams first, then say for which one.');
  const seat = uuidFor('huddle seat', id, as, as === 'facilitator' ? me.userId : (team ?? ''));
  const row = await seated(services, tx, workspaceId, id, { ...emptySeat, id: seat, role: as, name: as === 'facilitator' ? me.label : '', userId: as === 'facilitator' ? me.userId : null, team: as === 'scribe' ? team : null, joined: true },
    // Once taken out, a wall or a team's device comes in anew.
    taken(state.seats, seat)?.gone ? scope.newId() : uuidFor('huddle seated', id, seat));
  return { seat, pass: passFor(secretOf(services, row), { workspace: workspaceId, huddle: id, seat }) };
};

/** A ticket for each of those invited by name; the first device that opens it takes the place. */
export const linksOf = async (scope: Scope, id: string): Promise<{ seat: string; name: string; link: string }[]> => {
  const { state, secret } = await readStanding(scope.services, scope.workspaceId, id);
  return everything(state.seats).filter(({ role, gone }) => role === 'participant' && !gone)
    .map((seat) => ({ seat: seat.id, name: seat.name, link: `${scope.services.config.baseUrl}/h#${ticketFor(secret, { workspace: scope.workspaceId, huddle: id, seat: seat.id })}` }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
};
