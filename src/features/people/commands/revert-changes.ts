import { eq } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import type { ChangeKind } from '../domain/person';
import { planRevert, type KeptReason, type StandingPerson } from '../domain/revert';
import { can } from '../policy';
import { allPeople, lockPeople, storedValues } from '../repo';
import { peopleChangeSet, type RuleChange } from '../schema';
import { departmentRule, sayDepartment, saySite, siteRule } from './set-rules';
import { changesOf, lockChangeSet, removePeople, restorePeople } from './write-changes';

export type Reverted = { removed: number; restored: number; kept: { id: string; name: string; reason: KeptReason }[] };

/**
 * Takes an import or a bulk act back. People who were changed since are kept as they are, and named.
 * @throws 404 for an unknown change, 409 when it was taken back already
 */
export const revertChanges = async (scope: Scope, id: string): Promise<Reverted> => {
  allow(can(scope.me, 'people:edit'), 'take changes to people back');
  await lockPeople(scope.tx, scope.workspaceId);
  const changeSet = await lockChangeSet(scope, id);
  if (!changeSet) throw refuse.notFound('change');
  if (changeSet.revertedAt) throw refuse.conflict('This was taken back already. Nothing was changed.', 'Reload the list of changes.');
  const rows = new Map((await allPeople(scope.tx)).map((row) => [row.id, row]));
  const people = new Map([...rows].map(([key, row]): [string, StandingPerson] => [key, { id: key, archived: row.archivedAt !== null, values: storedValues(row), inUse: false }]));
  const plan = planRevert(await changesOf(scope, id), people);
  await restorePeople(scope, plan.restore.flatMap(({ personId, set }) => {
    const row = rows.get(personId);
    return row ? [{ row, set }] : [];
  }));
  const inUse = await removePeople(scope, plan.remove);
  await takeRulesBack(scope, changeSet.kind, changeSet.rules ?? []);
  await scope.tx.update(peopleChangeSet).set({ revertedAt: scope.now }).where(eq(peopleChangeSet.id, id));
  const kept = [...plan.kept.map(({ personId, ...rest }) => ({ id: personId, ...rest })), ...inUse.map((personId) => ({ id: personId, name: rows.get(personId)?.name ?? '', reason: 'in_use' as const }))];
  const result = { removed: plan.remove.length - inUse.length, restored: plan.restore.length, kept };
  await scope.audit({ action: 'people.reverted', subjectKind: 'people_change_set', subjectId: id, details: { removed: result.removed, restored: result.restored, kept: kept.length } });
  return result;
};

/** What was said about departments or sites is unsaid as well, or the next import would bring it back; what was said since stays. */
const takeRulesBack = async (scope: Scope, kind: ChangeKind, rules: readonly RuleChange[]): Promise<void> => {
  for (const { label, before, after } of rules) {
    const now = kind === 'departments' ? await departmentRule(scope.tx, label) : await siteRule(scope.tx, label);
    if (now !== after) continue;
    if (kind === 'departments') await sayDepartment(scope, label, before);
    else await saySite(scope, label, before);
  }
};
