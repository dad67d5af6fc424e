import { implement } from '@orpc/server';
import { refuse } from '../../platform/http/refusal';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { actOnImport, remapImport } from './commands/act-on-import';
import { acceptAbove, decideLinks, partRecord, undecideLinks } from './commands/decide-links';
import { importDetailOf, sampleRows } from './commands/look-at-import';
import { addNote, changeNote } from './commands/notes';
import { viewCustomer } from './commands/view-customer';
import { customersContract } from './contract';
import { findImport, findSource, listImports, listSources } from './import-repo';
import { intakeCalls } from './intake-http';
import { findRun, noteRun } from './links-repo';
import { can, type CustomersAction } from './policy';
import { presentImport, presentSource } from './present';
import { presentPair } from './present-links';
import { countOpen, openQueue } from './queue-repo';
import { searchRecords, sourceFacts } from './records-repo';
import { source } from './schema';
import type { Projection } from './touched';

const os = implement(customersContract).$context<Context>();

const WORDS: Readonly<Record<CustomersAction, string>> = {
  'records:read': 'see the records', 'records:export': 'take records away', 'records:link': 'link records', 'notes:write': 'write notes about customers', 'records:import': 'import records', 'sources:manage': 'manage the systems records come from',
};

const reading = <T>(context: Context, workspace: string, action: CustomersAction, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, 'customers:read', (scope) => {
    allow(can(scope.me, action), WORDS[action]);
    return work(scope);
  });

const writing = <T>(context: Context, workspace: string, action: CustomersAction, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, 'customers:write', (scope) => {
    allow(can(scope.me, action), WORDS[action]);
    return work(scope);
  });

const sources = async (scope: Scope) => {
  const facts = await sourceFacts(scope.tx);
  return (await listSources(scope.tx)).map((row) => presentSource(row, facts.get(row.id) ?? { records: 0, lastImportAt: null }));
};

const oneImport = async (scope: Scope, id: string) => {
  const row = await findImport(scope.tx, id);
  if (!row) throw refuse.notFound('import');
  return presentImport(row, (await findSource(scope.tx, row.sourceId))?.name ?? '');
};

const matchingOf = async (scope: Scope) => {
  const run = await findRun(scope.tx);
  return { state: run?.state ?? ('never' as const), finishedAt: run?.finishedAt?.toISOString() ?? null, records: run?.records ?? 0, linked: run?.linked ?? 0, review: run?.review ?? 0 };
};

/** Pairs accepted in one go. */
const MOST_ACCEPTED = 1_000;

/** @param projections what other features make of records, in the same transaction */
export const customersRouter = (projections: readonly Projection[]) => os.router({
  ...intakeCalls(projections),
  sources: os.sources.handler(({ context, input }) => reading(context, input.workspace, 'records:read', sources)),
  createSource: os.createSource.handler(({ context, input: { workspace, ...wanted } }) =>
    writing(context, workspace, 'sources:manage', async (scope) => {
      if ((await listSources(scope.tx)).some((row) => row.name.toLowerCase() === wanted.name.toLowerCase())) throw refuse.conflict(`A system called "${wanted.name}" is here already. Nothing was saved.`, 'Choose it in the list, or take another name.');
      const row = { workspaceId: workspace, id: scope.newId(), ...wanted, createdAt: scope.now, archivedAt: null };
      await scope.tx.insert(source).values(row);
      await scope.audit({ action: 'customers.source-added', subjectKind: 'source', subjectId: row.id, details: { name: wanted.name } });
      return presentSource(row, { records: 0, lastImportAt: null });
    }),
  ),
  imports: os.imports.handler(({ context, input }) =>
    reading(context, input.workspace, 'records:import', async (scope) => {
      const names = new Map((await listSources(scope.tx)).map((row) => [row.id, row.name]));
      return (await listImports(scope.tx)).map((row) => presentImport(row, names.get(row.sourceId) ?? ''));
    }),
  ),
  importState: os.importState.handler(({ context, input }) => reading(context, input.workspace, 'records:import', (scope) => importDetailOf(scope, input.id))),
  importRows: os.importRows.handler(({ context, input }) => reading(context, input.workspace, 'records:import', (scope) => sampleRows(scope, input.id, input.outcome, input.limit))),
  remap: os.remap.handler(({ context, input }) =>
    writing(context, input.workspace, 'records:import', async (scope) => {
      await remapImport(scope, input.id, input.mapping, input.confirmed);
      return oneImport(scope, input.id);
    }),
  ),
  applyImport: os.applyImport.handler(({ context, input }) => writing(context, input.workspace, 'records:import', async (scope) => (await actOnImport(scope, input.id, 'apply', input.confirmed), oneImport(scope, input.id)))),
  cancelImport: os.cancelImport.handler(({ context, input }) => writing(context, input.workspace, 'records:import', async (scope) => (await actOnImport(scope, input.id, 'cancel'), oneImport(scope, input.id)))),
  revertImport: os.revertImport.handler(({ context, input }) => writing(context, input.workspace, 'records:import', async (scope) => (await actOnImport(scope, input.id, 'revert'), oneImport(scope, input.id)))),
  records: os.records.handler(({ context, input: { workspace, ...wanted } }) => reading(context, workspace, 'records:read', (scope) => searchRecords(scope.tx, wanted))),
  links: os.links.handler(({ context, input: { workspace, acrossSides, above, ...page } }) =>
    reading(context, workspace, 'records:read', async (scope) => {
      const filter = { acrossSides, above };
      return { total: await countOpen(scope.tx, workspace, filter), rows: (await openQueue(scope.tx, workspace, filter, page)).map(presentPair), matching: await matchingOf(scope) };
    }),
  ),
  decide: os.decide.handler(({ context, input }) => writing(context, input.workspace, 'records:link', async (scope) => ({ before: await decideLinks(scope, input.pairs, input.decision, projections), left: 0 }))),
  acceptLinks: os.acceptLinks.handler(({ context, input }) => writing(context, input.workspace, 'records:link', (scope) => acceptAbove(scope, input, MOST_ACCEPTED, projections))),
  undecide: os.undecide.handler(({ context, input }) => writing(context, input.workspace, 'records:link', async (scope) => (await undecideLinks(scope, input.before, projections), { undone: input.before.length }))),
  match: os.match.handler(({ context, input }) =>
    writing(context, input.workspace, 'records:link', async (scope) => {
      await noteRun(scope.tx, scope.workspaceId, { state: 'waiting' });
      await scope.audit({ action: 'customers.match-asked', subjectKind: 'workspace', subjectId: scope.workspaceId });
      scope.afterwards(() => scope.services.jobs.send('customers.match', { workspaceId: scope.workspaceId }));
      return matchingOf(scope);
    }),
  ),
  customer: os.customer.handler(({ context, input }) => reading(context, input.workspace, 'records:read', (scope) => viewCustomer(scope, input.id))),
  addNote: os.addNote.handler(({ context, input }) => writing(context, input.workspace, 'notes:write', (scope) => addNote(scope, input.id, input.text))),
  changeNote: os.changeNote.handler(({ context, input: { workspace, id, ...change } }) => writing(context, workspace, 'notes:write', (scope) => changeNote(scope, id, change))),
  partRecord: os.partRecord.handler(({ context, input }) => writing(context, input.workspace, 'records:link', async (scope) => ({ before: await partRecord(scope, input.id, projections), left: 0 }))),
});
