import { eq } from 'drizzle-orm';
import { plain } from '../../../lib/plain';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { knownStages } from '../../pipeline/public';
import type { Commitment } from '../domain/commitment';
import { waiting } from '../domain/signing';
import type { TermText } from '../domain/terms';
import { can } from '../policy';
import { agreement, agreementVersion } from '../schema';
import { agreementCalled, agreements, lockAgreement, type AgreementKind, type Whole } from '../terms-repo';
import { putSignature } from './sign';

type Body = { term: TermText; commitment: null } | { term: null; commitment: Commitment };
type Proposal = Body & { id?: string | undefined; name: string; note: string };
/** A token prepares, it never signs: a signature is given by a person. */
type How = { byToken: boolean };

const kindOf = (body: Body): AgreementKind => (body.term ? 'term' : 'commitment');

const nameTaken = (name: string) => refuse.conflict(`There is an agreement called “${name}” already.`, 'Open it and propose a change, or choose another name. Nothing was saved.');

const created = async (scope: Scope, proposal: Proposal): Promise<Whole> => {
  const { tx, workspaceId, now } = scope;
  const [kind, nameKey] = [kindOf(proposal), plain(proposal.name) || proposal.name];
  if (await agreementCalled(tx, kind, nameKey)) throw nameTaken(proposal.name);
  const [row] = await tx.insert(agreement).values({ workspaceId, id: scope.newId(), kind, name: proposal.name, nameKey, createdAt: now }).onConflictDoNothing().returning();
  if (!row) throw nameTaken(proposal.name);
  return { ...row, versions: [] };
};

const existing = async (scope: Scope, id: string, kind?: AgreementKind): Promise<Whole> => {
  await lockAgreement(scope.tx, id);
  const [row] = await agreements(scope.tx, { id });
  if (!row || (kind && row.kind !== kind)) throw refuse.notFound('agreement');
  if (row.endedAt) throw refuse.conflict('This agreement has ended.', 'Propose a new one under another name. Nothing was saved.');
  if (waiting(row.versions)) throw refuse.conflict('A change of this agreement waits for a signature already.', 'Sign it or withdraw it first. Nothing was saved.');
  return row;
};

const addVersion = async (scope: Scope, row: Whole, version: Body & { note: string; ends: boolean }, { byToken }: How): Promise<{ id: string; version: number }> => {
  const { tx, workspaceId, me, now } = scope;
  const signs = me.headOf !== null && !byToken;
  const number = Math.max(0, ...row.versions.map((each) => each.version)) + 1;
  await tx.insert(agreementVersion).values({
    workspaceId, agreementId: row.id, version: number, term: version.term, commitment: version.commitment, ends: version.ends, note: version.note,
    proposedSide: signs ? me.headOf : null, proposedBy: me.userId, proposedByName: me.label, proposedAt: now,
  });
  if (signs) await putSignature(scope, row.id, number);
  return { id: row.id, version: number };
};

/**
 * Proposes a new agreement, or a new version of one. A head who proposes has signed for their side; what a facilitator prepares
 * waits for both.
 * @throws 404, 409 while a version waits or the name is taken, 422 for a stage that is not here
 */
export const propose = async (scope: Scope, proposal: Proposal, how: How): Promise<{ id: string; version: number }> => {
  allow(can(scope.me, 'agreements:propose'), 'propose agreements');
  const stages = proposal.commitment?.pauseStages ?? [];
  const known = await knownStages(scope.tx, stages);
  if (stages.some((stage) => !known.has(stage))) throw refuse.invalid('A stage that pauses this commitment is not in the pipeline.', 'Choose stages of your pipeline. Nothing was saved.');
  const row = proposal.id ? await existing(scope, proposal.id, kindOf(proposal)) : await created(scope, proposal);
  if (proposal.id && row.name !== proposal.name) {
    const nameKey = plain(proposal.name) || proposal.name;
    const other = await agreementCalled(scope.tx, row.kind, nameKey);
    if (other && other.id !== row.id) throw nameTaken(proposal.name);
    await scope.tx.update(agreement).set({ name: proposal.name, nameKey }).where(eq(agreement.id, row.id));
  }
  const made = await addVersion(scope, row, { ...proposal, ends: false }, how);
  await scope.audit({ action: proposal.term ? 'agreements.term_proposed' : 'agreements.commitment_proposed', subjectKind: 'agreement', subjectId: made.id, details: { name: proposal.name, version: String(made.version) } });
  return made;
};

/** Proposes that an agreement ends. What was never signed is withdrawn instead. */
export const proposeEnd = async (scope: Scope, id: string, note: string, how: How): Promise<{ id: string; version: number }> => {
  allow(can(scope.me, 'agreements:propose'), 'propose agreements');
  const row = await existing(scope, id);
  const last = row.versions.filter((each) => each.signedAt).at(-1);
  if (!last) throw refuse.conflict('This agreement was never signed, so there is nothing to end.', 'Withdraw the proposal instead. Nothing was saved.');
  const body: Body = last.term ? { term: last.term, commitment: null } : { term: null, commitment: last.commitment ?? missing() };
  const made = await addVersion(scope, row, { ...body, note, ends: true }, how);
  await scope.audit({ action: 'agreements.end_proposed', subjectKind: 'agreement', subjectId: id, details: { name: row.name } });
  return made;
};

const missing = (): never => {
  throw new Error('a version without wording');
};
