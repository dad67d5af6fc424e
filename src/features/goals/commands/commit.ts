import { and, eq } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { moneyText } from '../domain/format';
import { isPeriodStart, type PeriodUnit } from '../domain/periods';
import { cannotSign, waiting, waitingFor, type CannotSign } from '../domain/signing';
import { can } from '../policy';
import { listGoals, lockGoal, type Goal, type SignedVersion } from '../repo';
import { goal, goalSignature, goalVersion } from '../schema';

type Proposal = { unit: PeriodUnit; startsOn: string; amount: number; currency: string; quota: number | null; margin: number | null; note: string };

const REFUSALS: Readonly<Record<CannotSign, () => Error>> = {
  not_head: () => refuse.forbidden('sign; the heads of sales and of marketing sign for their sides'),
  already: () => refuse.conflict('Your side has signed this version already.', 'It waits for the other head. Nothing was changed.'),
  same_person: () => refuse.conflict('You have signed this version for the other side.', 'Two people sign: ask the other head. Nothing was changed.'),
};

const nameOf = (row: { unit: string; startsOn: string }, version: { amount: number; currency: string }): string => `${moneyText(version.amount, version.currency)}, ${row.unit} from ${row.startsOn}`;

const loaded = async (scope: Scope, id: string): Promise<Goal> => {
  const [row] = await listGoals(scope.tx, { id });
  if (!row) throw refuse.notFound('goal');
  return row;
};

const setVersion = (scope: Scope, id: string, version: number, change: { signedAt: Date } | { withdrawnAt: Date }) =>
  scope.tx.update(goalVersion).set(change).where(and(eq(goalVersion.goalId, id), eq(goalVersion.version, version)));

const putSignature = async (scope: Scope, id: string, version: SignedVersion): Promise<void> => {
  const { tx, workspaceId, me, now } = scope;
  const refusal = cannotSign(me, version.signatures);
  if (refusal || !me.headOf) throw REFUSALS[refusal ?? 'not_head']();
  await tx.insert(goalSignature).values({ workspaceId, goalId: id, version: version.version, side: me.headOf, userId: me.userId, personId: me.personId, name: me.label, signedAt: now });
  if (waitingFor([...version.signatures, { side: me.headOf }]).length === 0) await setVersion(scope, id, version.version, { signedAt: now });
};

/** The goal of a period, held; made when nobody proposed one yet. */
const goalOf = async (scope: Scope, { unit, startsOn }: Proposal): Promise<Goal> => {
  const { tx, workspaceId, now } = scope;
  await tx.insert(goal).values({ workspaceId, id: scope.newId(), unit, startsOn, createdAt: now }).onConflictDoNothing();
  return loaded(scope, (await lockGoal(tx, { unit, startsOn })) ?? '');
};

/**
 * Proposes a period's shared target. A head who proposes has signed for their side; what a facilitator or a script prepares waits for both.
 * A counter-proposal takes the place of the version that waits.
 * @throws 403, 422 for a day that begins no such period
 */
export const propose = async (scope: Scope, proposal: Proposal, byToken: boolean): Promise<Goal> => {
  const { tx, workspaceId, me, now } = scope;
  allow(can(me, 'goals:propose'), 'propose the shared target');
  if (!isPeriodStart(proposal.unit, proposal.startsOn)) throw refuse.invalid(`No ${proposal.unit} begins on ${proposal.startsOn}.`, 'Choose the first day of the period. Nothing was saved.', [{ path: 'startsOn', message: `not the first day of a ${proposal.unit}` }]);
  const row = await goalOf(scope, proposal);
  const before = waiting(row.versions);
  if (before) await setVersion(scope, row.id, before.version, { withdrawnAt: now });
  const version = Math.max(0, ...row.versions.map((each) => each.version)) + 1;
  const signs = me.headOf !== null && !byToken;
  const { amount, currency, quota, margin, note } = proposal;
  const [made] = await tx.insert(goalVersion).values({ workspaceId, goalId: row.id, version, amount, currency, quota, margin, note, proposedSide: signs ? me.headOf : null, proposedBy: me.userId, proposedByName: me.label, proposedAt: now }).returning();
  if (made && signs) await putSignature(scope, row.id, { ...made, signatures: [] });
  await scope.audit({ action: 'goals.proposed', subjectKind: 'goal', subjectId: row.id, details: { name: nameOf(row, proposal), version: String(version) } });
  return loaded(scope, row.id);
};

const waitingVersion = async (scope: Scope, id: string, version: number): Promise<{ row: Goal; found: SignedVersion }> => {
  if (!(await lockGoal(scope.tx, { id }))) throw refuse.notFound('goal');
  const row = await loaded(scope, id);
  if (!row.versions.some((each) => each.version === version)) throw refuse.notFound('version');
  const found = waiting(row.versions);
  if (found?.version !== version) throw refuse.conflict('This version does not wait for a signature any more.', 'Reload to see which version counts. Nothing was changed.');
  return { row, found };
};

/** @throws 403 for everybody but the two heads in person, 404, 409 when it does not wait for this side */
export const sign = async (scope: Scope, id: string, version: number, byToken: boolean): Promise<Goal> => {
  allow(can(scope.me, 'goals:sign') && !byToken, 'sign; the heads of sales and of marketing sign for their sides, in person');
  const { row, found } = await waitingVersion(scope, id, version);
  await putSignature(scope, id, found);
  await scope.audit({ action: 'goals.signed', subjectKind: 'goal', subjectId: id, details: { name: nameOf(row, found), version: String(version) } });
  return loaded(scope, id);
};

/** Whoever may propose may take a waiting version back; what both signed stays. */
export const withdraw = async (scope: Scope, id: string, version: number): Promise<Goal> => {
  allow(can(scope.me, 'goals:propose'), 'withdraw a proposal');
  const { row, found } = await waitingVersion(scope, id, version);
  await setVersion(scope, id, version, { withdrawnAt: scope.now });
  await scope.audit({ action: 'goals.withdrawn', subjectKind: 'goal', subjectId: id, details: { name: nameOf(row, found), version: String(version) } });
  return loaded(scope, id);
};
