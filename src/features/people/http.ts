import { implement } from '@orpc/server';
import { count, desc, eq } from 'drizzle-orm';
import { LEVELS, type Level } from '../../lib/vocabulary';
import { refuse } from '../../platform/http/refusal';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { bulkEdit, createPerson, setArchived, updatePerson } from './commands/edit-person';
import { importPeople, previewImport, type ImportOutcome } from './commands/import-people';
import { beginRun, dropRun, importRun, readRun, stopRun } from './commands/import-run';
import { withUpload } from './commands/read-upload';
import { revertChanges } from './commands/revert-changes';
import { setDepartments, setLevels, setSites } from './commands/set-rules';
import { NONE, peopleContract } from './contract';
import { deriveLevels } from './domain/levels';
import { labelKey } from '../../lib/plain';
import { storableText } from '../../lib/storable-text';
import { groupsOf } from './domain/rules';
import { exportPeople } from './export-file';
import { can, type PeopleAction } from './policy';
import { presentChangeSet, presentPerson } from './present';
import { allPeople, countPeople, facetCounts, findPerson, knownPeople, listPeople, loadRules } from './repo';
import { peopleChange, peopleChangeSet } from './schema';

const os = implement(peopleContract).$context<Context>();

const WORDS: Readonly<Record<PeopleAction, string>> = { 'people:read': 'see the people', 'people:export': 'take the list of people away', 'people:edit': 'change people', 'people:import': 'import people' };

const reading = <T>(context: Context, workspace: string, action: PeopleAction, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, 'people:read', (scope) => {
    allow(can(scope.me, action), WORDS[action]);
    return work(scope);
  });

const writing = <T>(context: Context, workspace: string, work: (scope: Scope) => Promise<T>): Promise<T> => withWorkspace(context, workspace, 'people:write', work);

/** A file is read only for those who may import, and before any transaction is open. */
const mayImport = (context: Context, workspace: string): Promise<void> =>
  withWorkspace(context, workspace, 'people:write', async (scope) => allow(can(scope.me, 'people:import'), WORDS['people:import']));

const changeSets = async (scope: Scope, limit: number, id?: string) => {
  const rows = await scope.tx.select().from(peopleChangeSet).where(id === undefined ? undefined : eq(peopleChangeSet.id, id)).orderBy(desc(peopleChangeSet.madeAt)).limit(limit);
  const sizes = await scope.tx.select({ id: peopleChange.changeSetId, people: count() }).from(peopleChange).groupBy(peopleChange.changeSetId);
  const people = new Map(sizes.map((row) => [row.id, row.people]));
  return rows.map((row) => presentChangeSet(row, people.get(row.id) ?? 0));
};

/** From the top down, names in order. */
const byLevel = <T extends { name: string }>(level: (row: T) => Level) => (a: T, b: T): number => LEVELS.indexOf(level(a)) - LEVELS.indexOf(level(b)) || a.name.localeCompare(b.name);

const levels = async (scope: Scope) => {
  const people = knownPeople(await allPeople(scope.tx));
  const { changes, kept, notes } = deriveLevels(people, false);
  const functionOf = new Map(people.map((person) => [person.id, person.values.function]));
  return {
    changes: changes
      .flatMap(({ id, name, before, set }) => {
        const does = functionOf.get(id);
        return does && set.level ? [{ id, name, function: does, before: before.level ?? null, after: set.level }] : [];
      })
      .toSorted(byLevel((change) => change.after)),
    kept: kept.toSorted(byLevel((entry) => entry.derived)),
    notes,
    withoutFunction: people.filter((person) => !person.archived && person.values.function === null).length,
  };
};

type Import = { workspace: string; file: File } & Omit<Parameters<typeof importPeople>[2], 'label'>;

const importing = async (context: Context, { workspace, file, ...wanted }: Import): Promise<ImportOutcome> => {
  const of = { services: context.services, workspaceId: workspace, id: wanted.id };
  await writing(context, workspace, async (scope) => {
    allow(can(scope.me, 'people:import'), WORDS['people:import']);
    await beginRun(scope, wanted.id);
  });
  try {
    return await withUpload(file, (upload) => writing(context, workspace, (scope) => importPeople(scope, upload, { ...wanted, label: storableText(file.name.slice(0, 200)) }, importRun(of))));
  } finally {
    await dropRun(of).catch(() => undefined);
  }
};

export const peopleRouter = os.router({
  list: os.list.handler(({ context, input: { workspace, page, pageSize, ...filters } }) =>
    reading(context, workspace, 'people:read', async (scope) => ({
      total: await countPeople(scope.tx, filters),
      rows: (await listPeople(scope.tx, filters, { number: page, size: pageSize })).map(presentPerson),
    })),
  ),
  facets: os.facets.handler(({ context, input }) => reading(context, input.workspace, 'people:read', (scope) => facetCounts(scope.tx))),
  read: os.read.handler(({ context, input }) =>
    reading(context, input.workspace, 'people:read', async (scope) => {
      const found = await findPerson(scope.tx, input.id);
      if (!found) throw refuse.notFound('person');
      return presentPerson(found);
    }),
  ),
  create: os.create.handler(({ context, input: { workspace, ...wanted } }) => writing(context, workspace, async (scope) => presentPerson(await createPerson(scope, wanted)))),
  update: os.update.handler(({ context, input: { workspace, id, ...wanted } }) => writing(context, workspace, async (scope) => presentPerson(await updatePerson(scope, id, wanted)))),
  archive: os.archive.handler(({ context, input }) => writing(context, input.workspace, async (scope) => presentPerson(await setArchived(scope, input.id, true)))),
  restore: os.restore.handler(({ context, input }) => writing(context, input.workspace, async (scope) => presentPerson(await setArchived(scope, input.id, false)))),
  bulk: os.bulk.handler(({ context, input }) => writing(context, input.workspace, (scope) => bulkEdit(scope, input.ids, input.set ?? {}, input.archive))),
  departments: os.departments.handler(({ context, input }) =>
    reading(context, input.workspace, 'people:read', async (scope) => {
      const { departments } = await loadRules(scope.tx);
      return groupsOf(knownPeople(await allPeople(scope.tx)), 'department').map((group) => {
        const rule = departments.get(labelKey(group.label));
        return { ...group, rule: rule === undefined ? null : (rule ?? NONE) };
      });
    }),
  ),
  setDepartments: os.setDepartments.handler(({ context, input }) => writing(context, input.workspace, (scope) => setDepartments(scope, input.rules))),
  sites: os.sites.handler(({ context, input }) =>
    reading(context, input.workspace, 'people:read', async (scope) => {
      const { sites } = await loadRules(scope.tx);
      return groupsOf(knownPeople(await allPeople(scope.tx)), 'site').map((group) => ({ ...group, territory: sites.get(labelKey(group.label)) ?? null }));
    }),
  ),
  setSites: os.setSites.handler(({ context, input }) => writing(context, input.workspace, (scope) => setSites(scope, input.rules))),
  levels: os.levels.handler(({ context, input }) => reading(context, input.workspace, 'people:read', levels)),
  setLevels: os.setLevels.handler(({ context, input }) => writing(context, input.workspace, (scope) => setLevels(scope, input.overrule))),
  preview: os.preview.handler(async ({ context, input }) => {
    await mayImport(context, input.workspace);
    return withUpload(input.file, (upload) => writing(context, input.workspace, (scope) => previewImport(scope, upload, input.mapping)));
  }),
  import: os.import.handler(({ context, input }) => importing(context, input)),
  importProgress: os.importProgress.handler(({ context, input }) => writing(context, input.workspace, (scope) => readRun(scope, input.id))),
  stopImport: os.stopImport.handler(({ context, input }) => writing(context, input.workspace, (scope) => stopRun(scope, input.id))),
  changes: os.changes.handler(({ context, input }) => reading(context, input.workspace, 'people:edit', (scope) => changeSets(scope, input.limit))),
  change: os.change.handler(({ context, input }) =>
    reading(context, input.workspace, 'people:edit', async (scope) => {
      const [found] = await changeSets(scope, 1, input.id);
      if (!found) throw refuse.notFound('change');
      return found;
    }),
  ),
  revert: os.revert.handler(({ context, input }) => writing(context, input.workspace, (scope) => revertChanges(scope, input.id))),
  export: os.export.handler(({ context, input: { workspace, format, ...filters } }) =>
    reading(context, workspace, 'people:export', async (scope) => {
      const emails = new Map((await allPeople(scope.tx)).map((row) => [row.id, row.email]));
      const file = await exportPeople(await listPeople(scope.tx, filters), emails, format, scope.now.toISOString().slice(0, 10));
      await scope.audit({ action: 'people.exported', subjectKind: 'workspace', subjectId: scope.workspaceId, details: { format } });
      return file;
    }),
  ),
});
