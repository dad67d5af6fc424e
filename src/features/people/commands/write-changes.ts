import { and, eq, inArray, sql } from 'drizzle-orm';
import { readWhole } from '../../../platform/db/joins';
import type { Scope } from '../../../platform/rpc/with-workspace';
import type { ChangeKind } from '../domain/person';
import { STORED_FIELDS, type Snapshot, type StoredValues } from '../domain/revert';
import { storedValues, type PersonRow } from '../repo';
import { peopleChange, peopleChangeSet, person, type RuleChange } from '../schema';

/** Somebody new; the manager may be new as well. */
export type NewPerson = { id: string; email: string; values: StoredValues; byRule: PersonRow['byRule'] };
/** What changes about somebody known. */
export type Edit = { row: PersonRow; set: Snapshot };
export type ChangeSet = { id?: string; kind: ChangeKind; label: string; counts?: Record<string, number>; rules?: RuleChange[] };

const AT_ONCE = 2_000;

const chunks = <T>(all: readonly T[]): T[][] => Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => all.slice(index * AT_ONCE, (index + 1) * AT_ONCE));

/** Says what share of the work is done, and may end it by throwing. */
export type Step = (share: number) => Promise<void>;
const nobodyAsks: Step = async () => undefined;

const inChunks = async <T>(all: readonly T[], done: (rows: number) => Promise<void>, work: (chunk: readonly T[]) => Promise<unknown>): Promise<void> => {
  for (const chunk of chunks(all)) {
    await work(chunk);
    await done(chunk.length);
  }
};

/** Managers before those they manage, whom the table refuses without them. The plan has left no circles. */
const managersFirst = (people: readonly NewPerson[]): NewPerson[] => {
  const byId = new Map(people.map((each) => [each.id, each]));
  const ordered = new Set<NewPerson>();
  for (const each of people) {
    const chain: NewPerson[] = [];
    for (let at: NewPerson | undefined = each; at && !ordered.has(at) && chain.length < people.length; at = byId.get(at.values.managerId ?? '')) chain.push(at);
    for (const one of chain.toReversed()) ordered.add(one);
  }
  return [...ordered];
};

/** One parameter a chunk, since a statement takes its time over each. */
const insertPeople = ({ tx, workspaceId, now }: Scope, people: readonly NewPerson[], done: (rows: number) => Promise<void>): Promise<void> => {
  const at = sql`${now.toISOString()}::timestamptz`;
  return inChunks(managersFirst(people), done, (chunk) => tx.execute(sql`
    insert into person (workspace_id, id, name, email, email_key, function, level, territory, manager_id, start_date, worked_in_other_function, department, site, by_rule, created_at, updated_at)
    select ${workspaceId}::uuid, v.id, v.name, v.email, v.email, v.function, v.level, v.territory, v."managerId", v."startDate", v."workedInOtherFunction", v.department, v.site, v."byRule", ${at}, ${at}
      from jsonb_to_recordset(${JSON.stringify(chunk.map(({ id, email, values, byRule }) => ({ ...values, id, email, byRule })))}::jsonb) as v(id uuid, name text, email text, function text, level text, territory text,
           "managerId" uuid, "startDate" date, "workedInOtherFunction" boolean, department text, site text, "byRule" jsonb)`));
};

const afterEdit = ({ row, set }: Edit, now: Date) => {
  const { archived, byRule, ...values } = set;
  const archivedAt = archived === undefined ? row.archivedAt : archived ? (row.archivedAt ?? now) : null;
  return { id: row.id, ...storedValues(row), ...values, byRule: byRule ?? row.byRule, archivedAt };
};

/** From so many on everybody is read once a chunk: the statistics of a list that has just grown let the planner compare each with each. */
const MANY = 500;

const updatePeople = async ({ tx, workspaceId, now }: Scope, edits: readonly Edit[], done: (rows: number) => Promise<void> = async () => undefined): Promise<void> => {
  const update = () => inChunks(edits, done, (chunk) => {
    const rows = JSON.stringify(chunk.map((edit) => afterEdit(edit, now)));
    return tx.execute(sql`
      update person p set name = v.name, function = v.function, level = v.level, territory = v.territory, manager_id = v."managerId", start_date = v."startDate",
             worked_in_other_function = v."workedInOtherFunction", department = v.department, site = v.site, by_rule = v."byRule", archived_at = v."archivedAt",
             version = p.version + 1, updated_at = ${now.toISOString()}::timestamptz
        from jsonb_to_recordset(${rows}::jsonb) as v(id uuid, name text, function text, level text, territory text, "managerId" uuid, "startDate" date,
             "workedInOtherFunction" boolean, department text, site text, "byRule" jsonb, "archivedAt" timestamptz)
       where p.workspace_id = ${workspaceId}::uuid and p.id = v.id`);
  });
  await (edits.length > MANY ? readWhole(tx, update) : update());
};

/** What the fields of `set` were before. */
const beforeEdit = ({ row, set }: Edit): Snapshot => {
  const values = storedValues(row);
  const before: Snapshot = Object.fromEntries(STORED_FIELDS.filter((field) => field in set).map((field) => [field, values[field]]));
  if (set.archived !== undefined) before.archived = row.archivedAt !== null;
  if (set.byRule !== undefined) before.byRule = row.byRule;
  return before;
};

/**
 * Writes people and, with them, what is needed to take it back. The caller holds the people lock.
 * @returns the change set, or null when nothing changed
 */
export const writeChanges = async (scope: Scope, changeSet: ChangeSet, fresh: readonly NewPerson[], edits: readonly Edit[], step = nobodyAsks): Promise<string | null> => {
  if (fresh.length + edits.length === 0 && changeSet.id === undefined && !changeSet.rules?.length) return null;
  const { tx, workspaceId, now, me } = scope;
  const id = changeSet.id ?? scope.newId();
  const counts = changeSet.counts ?? { changed: edits.length };
  await tx.insert(peopleChangeSet).values({ workspaceId, id, kind: changeSet.kind, label: changeSet.label, counts, madeBy: me.userId, madeAt: now, rules: changeSet.rules ?? null });
  const steps = 2 * (fresh.length + edits.length);
  let taken = 0;
  const done = (rows: number): Promise<void> => step((taken += rows) / steps);
  await insertPeople(scope, fresh, done);
  await updatePeople(scope, edits, done);
  const changes = [
    ...fresh.map(({ id: person, values }) => ({ person, before: null, after: { ...values, archived: false } })),
    ...edits.map((edit) => ({ person: edit.row.id, before: beforeEdit(edit), after: edit.set })),
  ];
  await inChunks(changes, done, (chunk) => tx.execute(sql`
    insert into people_change (workspace_id, change_set_id, person_id, before, after)
    select ${workspaceId}::uuid, ${id}::uuid, v.person, v.before, v.after from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as v(person uuid, before jsonb, after jsonb)`));
  if (changeSet.kind === 'added') await scope.audit({ action: 'person.added', subjectKind: 'person', subjectId: fresh[0]?.id ?? null });
  else await scope.audit({ action: `people.${changeSet.kind}`, subjectKind: 'people_change_set', subjectId: id, details: counts });
  return id;
};

/** Takes edits back in bulk; no change set of its own, the old one says that it was reverted. */
export const restorePeople = (scope: Scope, edits: readonly Edit[]): Promise<void> => updatePeople(scope, edits);

/**
 * Removes people whom nothing names; a foreign key that objects keeps that one person.
 * @returns ids that had to stay
 */
export const removePeople = async ({ tx }: Scope, ids: readonly string[]): Promise<string[]> => {
  const removeAll = (chunk: readonly string[]) =>
    tx.transaction(async (inner) => {
      await inner.update(person).set({ managerId: null }).where(inArray(person.managerId, [...chunk]));
      await inner.delete(person).where(inArray(person.id, [...chunk]));
    });
  const kept: string[] = [];
  for (const chunk of chunks(ids)) {
    try {
      await removeAll(chunk);
    } catch (error) {
      if (!isInUse(error)) throw error;
      for (const id of chunk) {
        try {
          await removeAll([id]);
        } catch (single) {
          if (!isInUse(single)) throw single;
          kept.push(id);
        }
      }
    }
  }
  return kept;
};

const FOREIGN_KEY = '23503';

const isInUse = (error: unknown): boolean => {
  for (let at: unknown = error; typeof at === 'object' && at !== null; at = (at as { cause?: unknown }).cause) if ((at as { code?: unknown }).code === FOREIGN_KEY) return true;
  return false;
};

/** One change set with its row locked, so that two reverts at once do not both run. */
export const lockChangeSet = async ({ tx }: Scope, id: string) => (await tx.select().from(peopleChangeSet).where(eq(peopleChangeSet.id, id)).for('update'))[0];

export const changesOf = ({ tx, workspaceId }: Scope, id: string) => tx.select().from(peopleChange).where(and(eq(peopleChange.workspaceId, workspaceId), eq(peopleChange.changeSetId, id)));
