import { sql } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { mayAct, type ImportAct } from '../domain/import-state';
import { mappingFault, type ImportMapping } from '../domain/mapping';
import { findImport, updateImport, type ImportRecord } from '../import-repo';
import { dropUpload, uploadPath } from '../upload-files';
import words from '../messages/import-acts.en.json';

/** The row for changing, unless a job is writing it this very moment. @throws 404; 409 while it is being written */
const take = async (scope: Scope, id: string): Promise<ImportRecord> => {
  if (!(await findImport(scope.tx, id))) throw refuse.notFound('import');
  const { rows } = await scope.tx.execute(sql`select 1 from record_import where workspace_id = ${scope.workspaceId}::uuid and id = ${id}::uuid for update skip locked`);
  if (rows.length === 0) throw refuse.conflict(words.busy, words['busy.todo']);
  const row = await findImport(scope.tx, id);
  if (!row) throw refuse.notFound('import');
  return row;
};

/** Sets the file on its way; a job does the work. @throws 404, 409 when it does not stand where the act begins */
export const actOnImport = async (scope: Scope, id: string, act: Exclude<ImportAct, 'check'>): Promise<void> => {
  const row = await take(scope, id);
  if (!mayAct(act, row.state)) throw refuse.conflict(words[`${act}.no`], words['state.todo']);
  const state = ({ apply: 'applying', cancel: 'cancelled', revert: 'reverting' } as const)[act];
  await updateImport(scope.tx, id, { state, changedAt: scope.now });
  await scope.audit({ action: `customers.import-${act}`, subjectKind: 'import', subjectId: id, details: { file: row.fileName } });
  scope.afterwards(() =>
    act === 'cancel'
      ? dropUpload(uploadPath(scope.services.config.dataDir, scope.workspaceId, id))
      : scope.services.jobs.send(act === 'apply' ? 'customers.apply-import' : 'customers.revert-import', { workspaceId: scope.workspaceId, importId: id }),
  );
};

/** Another meaning of the columns; the file is read again. @throws 422 when a file cannot be read so */
export const remapImport = async (scope: Scope, id: string, mapping: ImportMapping): Promise<void> => {
  const row = await take(scope, id);
  if (!mayAct('check', row.state) || row.state === 'cancelled' || row.state === 'reverted') throw refuse.conflict(words['remap.no'], words['state.todo']);
  const fault = mappingFault(mapping, row.headings);
  if (fault) throw refuse.invalid(words[`fault.${fault.code}`].replace('{fields}', fault.fields.join(', ')), words['fault.todo']);
  await updateImport(scope.tx, id, { mapping, kind: mapping.kind, state: 'uploaded', counts: {}, progress: 0, fault: null, changedAt: scope.now });
  scope.afterwards(() => scope.services.jobs.send('customers.check-import', { workspaceId: scope.workspaceId, importId: id }));
};
