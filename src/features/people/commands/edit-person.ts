import { eq } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { foldEmail } from '../../../lib/email';
import { closesCycle } from '../domain/manager-tree';
import { RULE_FIELDS } from '../domain/person';
import { oneLine } from '../../../lib/plain';
import type { Snapshot, StoredValues } from '../domain/revert';
import { can } from '../policy';
import { allPeople, findByKey, findPerson, loadRules, lockPeople, peopleByIds, type ListedPerson } from '../repo';
import { applyRules } from '../domain/rules';
import { person } from '../schema';
import { writeChanges, type Edit } from './write-changes';

const field = (path: string, message: string) => [{ path, message }];

const keyOf = (email: string): string => {
  const folded = foldEmail(email);
  if (!folded.ok) throw refuse.invalid(`“${email.slice(0, 80)}” is not an e-mail address. Nothing was saved.`, 'Write one address such as ann@example.org.', field('email', 'not an e-mail address'));
  return folded.key;
};

const assertFree = async (scope: Scope, key: string, self?: string): Promise<void> => {
  const taken = await findByKey(scope.tx, key);
  if (!taken || taken.id === self) return;
  throw refuse.conflict(
    taken.archivedAt ? `${taken.name} has this address and is archived. Nothing was saved.` : `${taken.name} has this address already. Nothing was saved.`,
    taken.archivedAt ? 'Bring the archived person back instead.' : 'Change that person, or use another address.',
  );
};

/** @throws 422 when the manager is unknown or would end up reporting to the person */
const assertManager = async (scope: Scope, id: string | null, manager: string | null | undefined): Promise<void> => {
  if (manager === null || manager === undefined) return;
  const rows = await allPeople(scope.tx);
  const found = rows.find((row) => row.id === manager);
  if (!found || found.archivedAt) throw refuse.invalid('This manager is not among the people here. Nothing was saved.', 'Choose somebody from the list.', field('managerId', 'unknown'));
  if (id !== null && closesCycle(new Map(rows.map((row) => [row.id, row.managerId])), id, manager))
    throw refuse.invalid(`${found.name} reports to this person, directly or through others. Nothing was saved.`, 'Choose a manager who stands higher, or change their manager first.', field('managerId', 'closes a circle'));
};

const tidy = (values: Partial<StoredValues>): Partial<StoredValues> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined).map(([key, value]) => [key, typeof value === 'string' ? oneLine(value) : value]));

const present = async (scope: Scope, id: string): Promise<ListedPerson> => {
  const found = await findPerson(scope.tx, id);
  if (!found) throw refuse.notFound('person');
  return found;
};

/** Adds one person by hand or by API; `revertChanges` with the person's id takes it back. Rules about the department and the site fill what was not said. */
export const createPerson = async (scope: Scope, wanted: Partial<StoredValues> & { name: string; email: string }): Promise<ListedPerson> => {
  allow(can(scope.me, 'people:edit'), 'add people');
  await lockPeople(scope.tx, scope.workspaceId);
  const { email, ...rest } = wanted;
  const key = keyOf(email);
  await assertFree(scope, key);
  await assertManager(scope, null, rest.managerId);
  const said = tidy(rest);
  const values: StoredValues = { function: null, level: null, territory: null, managerId: null, startDate: null, workedInOtherFunction: null, department: null, site: null, ...said, name: said.name ?? '' };
  const saidSomething = new Set(Object.entries(said).filter(([, value]) => value !== null).map(([name]) => name));
  const ruled = applyRules({ ...values, managerKey: null }, [], saidSomething, await loadRules(scope.tx));
  const id = scope.newId();
  // The change is named like the person, so that whoever added them can take it back.
  await writeChanges(scope, { id, kind: 'added', label: values.name.slice(0, 200), counts: { new: 1 } }, [{ id, email: key, values: { ...values, ...ruled.set }, byRule: ruled.byRule }], []);
  return present(scope, id);
};

/** Changes one person. @throws 409 when somebody changed them since `version`, or the address is taken */
export const updatePerson = async (scope: Scope, id: string, wanted: Partial<StoredValues> & { email?: string; version: number }): Promise<ListedPerson> => {
  allow(can(scope.me, 'people:edit'), 'change people');
  await lockPeople(scope.tx, scope.workspaceId);
  const before = await present(scope, id);
  if (before.version !== wanted.version) throw refuse.changedMeanwhile('person');
  const { email, version: _, ...rest } = wanted;
  const said = tidy(rest);
  const key = email === undefined ? before.emailKey : keyOf(email);
  await assertFree(scope, key, id);
  if (said.managerId !== before.managerId) await assertManager(scope, id, said.managerId);
  const changed = RULE_FIELDS.filter((name) => name in said && said[name] !== before[name]);
  const byRule = before.byRule.filter((name) => !changed.includes(name));
  await scope.tx.update(person).set({ ...said, email: key, emailKey: key, byRule, version: before.version + 1, updatedAt: scope.now }).where(eq(person.id, id));
  await scope.audit({ action: 'person.changed', subjectKind: 'person', subjectId: id, details: { fields: Object.keys(said) } });
  return present(scope, id);
};

/** Takes somebody out of lists and surveys to come, or brings them back. Surveys that run keep them. */
export const setArchived = async (scope: Scope, id: string, archived: boolean): Promise<ListedPerson> => {
  allow(can(scope.me, 'people:edit'), archived ? 'archive people' : 'bring people back');
  await lockPeople(scope.tx, scope.workspaceId);
  const before = await present(scope, id);
  if ((before.archivedAt !== null) === archived) return before;
  await scope.tx.update(person).set({ archivedAt: archived ? scope.now : null, version: before.version + 1, updatedAt: scope.now }).where(eq(person.id, id));
  await scope.audit({ action: archived ? 'person.archived' : 'person.restored', subjectKind: 'person', subjectId: id });
  return present(scope, id);
};

/** Sets one thing for many people, or archives them, as one change that can be taken back. @throws 404 when one of them is not here */
export const bulkEdit = async (scope: Scope, ids: readonly string[], set: Partial<StoredValues>, archive: boolean | undefined) => {
  allow(can(scope.me, 'people:edit'), 'change people');
  await lockPeople(scope.tx, scope.workspaceId);
  const rows = await peopleByIds(scope.tx, ids);
  if (rows.length !== new Set(ids).size) throw refuse.notFound('person');
  const said = tidy(set);
  for (const row of rows) if (said.managerId !== undefined && said.managerId !== row.managerId) await assertManager(scope, row.id, said.managerId);
  const edits = rows.flatMap((row): Edit[] => {
    const differs = Object.entries(said).some(([name, value]) => row[name as keyof typeof row] !== value) || (archive !== undefined && archive !== (row.archivedAt !== null));
    const change: Snapshot = { ...said, byRule: row.byRule.filter((name) => !(name in said)) };
    if (archive !== undefined) change.archived = archive;
    return differs ? [{ row, set: change }] : [];
  });
  const changeSet = await writeChanges(scope, { kind: 'edit', label: Object.keys({ ...said, ...(archive === undefined ? {} : { archived: archive }) }).join(', ') }, [], edits);
  return { changed: edits.length, changeSet };
};
