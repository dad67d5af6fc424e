import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { NONE, type MappingInput } from '../contract';
import { headingSignature } from '../domain/headings';
import type { Mapping } from '../domain/mapping';
import { EMPTY_VALUES, type PersonValues } from '../domain/person';
import type { PlannedRow, RowStatus } from '../domain/plan';
import type { Snapshot, StoredValues } from '../domain/revert';
import type { Known, PreviewView } from '../planning/plan-session';
import { can } from '../policy';
import type { Upload } from './read-upload';
import { allPeople, knownPeople, loadRules, lockPeople, recallMapping, rememberMapping, type PersonRow } from '../repo';
import { peopleChangeSet } from '../schema';
import { writeChanges, type Edit, type NewPerson, type Step } from './write-changes';

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

export const mappingFrom = (input: MappingInput): Mapping => ({
  columns: input.columns.map((field) => (field === NONE ? null : field)),
  dateOrder: input.dateOrder,
  words: input.words.map((entry) =>
    entry.field === 'function' ? { ...entry, meaning: entry.meaning === NONE ? null : entry.meaning } : { ...entry, meaning: entry.meaning === NONE ? null : entry.meaning },
  ),
});

const today = (scope: Scope): string => scope.now.toISOString().slice(0, 10);

const knownNow = async (scope: Scope, rows: readonly PersonRow[]): Promise<Known> => ({ known: knownPeople(rows), rules: await loadRules(scope.tx), today: today(scope) });

/** What importing the file that the planner holds would do. Without a mapping, the remembered or the probable one is taken. */
export const previewImport = async (scope: Scope, { planner, headings }: Upload, input?: MappingInput): Promise<PreviewView> => {
  allow(can(scope.me, 'people:import'), 'import people');
  const mapping = input ? mappingFrom(input) : await recallMapping(scope.tx, hash(headingSignature(headings)));
  return planner.preview(mapping, input !== undefined, await knownNow(scope, await allPeople(scope.tx)));
};

/** Who is told how far the writing is, and can end it by throwing; `end` is the last thing in its transaction. */
export type Run = { step: Step; end(scope: Scope): Promise<void> };

export type ImportOutcome = { changeSet: string; counts: Record<RowStatus, number>; skipped: number };

const done = async (scope: Scope, id: string): Promise<ImportOutcome | undefined> => {
  const [found] = await scope.tx.select().from(peopleChangeSet).where(eq(peopleChangeSet.id, id));
  if (!found) return undefined;
  const { skipped = 0, ...counts } = found.counts;
  return { changeSet: id, counts: { new: 0, changed: 0, same: 0, merged: 0, rejected: 0, ...counts }, skipped };
};

/** Values by e-mail key as values by id; a manager who was left out is nobody. */
const stored = (values: Partial<PersonValues>, ids: ReadonlyMap<string, string>): Partial<StoredValues> => {
  const { managerKey, ...rest } = values;
  return managerKey === undefined ? rest : { ...rest, managerId: managerKey === null ? null : (ids.get(managerKey) ?? null) };
};

const newPerson = (row: PlannedRow & { key: string }, ids: ReadonlyMap<string, string>): NewPerson => {
  const { managerKey: _, ...empty } = EMPTY_VALUES;
  return { id: ids.get(row.key) ?? '', email: row.key, byRule: row.byRule, values: { ...empty, managerId: null, ...stored(row.set, ids) } };
};

const edit = (row: PlannedRow, person: PersonRow, ids: ReadonlyMap<string, string>): Edit => {
  const set: Snapshot = { ...stored(row.set, ids), byRule: row.byRule };
  if (row.restore) set.archived = false;
  return { row: person, set };
};

/**
 * Imports the file as previewed, in one transaction: after a crash it is wholly there or not at all. The same id again answers with what
 * the first call did.
 * @throws 409 when people changed since the preview, or somebody stopped it; 422 when the mapping cannot be used
 */
export const importPeople = async (scope: Scope, { planner, headings }: Upload, wanted: { id: string; label: string; mapping: MappingInput; fingerprint: string; skipLines: readonly number[] }, run: Run): Promise<ImportOutcome> => {
  allow(can(scope.me, 'people:import'), 'import people');
  await lockPeople(scope.tx, scope.workspaceId);
  const before = await done(scope, wanted.id);
  if (before) return before;
  await run.step(0);
  const mapping = mappingFrom(wanted.mapping);
  const rows = await allPeople(scope.tx);
  const { fault, plan, fingerprint } = await planner.plan(mapping, await knownNow(scope, rows));
  if (fault || !plan) throw refuse.invalid('The columns of this file are not assigned in a way that can be imported. Nothing was saved.', 'Preview the file, assign the e-mail column, and use every field once.');
  if (fingerprint !== wanted.fingerprint) throw refuse.changedMeanwhile('list of people');
  const skip = new Set(wanted.skipLines);
  const taken = plan.rows.filter((row) => !skip.has(row.line));
  const fresh = taken.flatMap((row) => (row.status === 'new' && row.key !== null ? [{ ...row, key: row.key }] : []));
  const ids = new Map([...rows.map((row): [string, string] => [row.emailKey, row.id]), ...fresh.map((row): [string, string] => [row.key, scope.newId()])]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const edits = taken.flatMap((row) => {
    const person = row.personId === null ? undefined : byId.get(row.personId);
    return row.status === 'changed' && person ? [edit(row, person, ids)] : [];
  });
  const counts: Record<RowStatus, number> = { new: 0, changed: 0, same: 0, merged: 0, rejected: 0 };
  for (const row of taken) counts[row.status]++;
  const skipped = plan.rows.length - taken.length;
  await writeChanges(scope, { id: wanted.id, kind: 'import', label: wanted.label, counts: { ...counts, skipped } }, fresh.map((row) => newPerson(row, ids)), edits, run.step);
  await rememberMapping(scope.tx, { workspaceId: scope.workspaceId, signature: hash(headingSignature(headings)), mapping, savedAt: scope.now });
  await run.end(scope);
  return { changeSet: wanted.id, counts, skipped };
};
