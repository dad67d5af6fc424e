import { FileFault } from '../../../platform/files/limits';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { mayAct, type ImportAct } from '../domain/import-state';
import { lookAt, toConfirm } from '../domain/look';
import { mappingFault, type ImportMapping } from '../domain/mapping';
import { lockImport, updateImport, type ImportRecord } from '../import-repo';
import { dropUpload, markUpload, uploadPath } from '../upload-files';
import { fileRefusal } from '../../../platform/files/file-refusal';
import { sampleOf } from './receive-file';
import words from '../messages/import-acts.en.json';

/** The row for changing; a job holds it for a moment only. @throws 404 */
const take = async (scope: Scope, id: string): Promise<ImportRecord> => {
  const row = await lockImport(scope.tx, id);
  if (!row) throw refuse.notFound('import');
  return row;
};

/** Sets the file on its way; a job does the work. @throws 404, 409 when it does not stand where the act begins, or could be read in two ways and nobody said which */
export const actOnImport = async (scope: Scope, id: string, act: Exclude<ImportAct, 'check'>, confirmed = false): Promise<void> => {
  const row = await take(scope, id);
  if (!mayAct(act, row.state)) throw refuse.conflict(words[`${act}.no`], words['state.todo']);
  if (act === 'apply' && !confirmed && toConfirm(row.looked).length > 0) throw refuse.conflict(words['apply.unclear'], words['apply.unclear.todo']);
  const state = ({ apply: 'applying', cancel: 'cancelled', revert: 'reverting' } as const)[act];
  await updateImport(scope.tx, id, { state, ...(act === 'cancel' ? {} : { progress: 0 }), changedAt: scope.now });
  await scope.audit({ action: `customers.import-${act}`, subjectKind: 'import', subjectId: id, details: { file: row.fileName } });
  const path = uploadPath(scope.services.config.dataDir, scope.workspaceId, id);
  if (act === 'cancel') {
    scope.afterwards(() => dropUpload(path));
    return;
  }
  if (act === 'revert') await markUpload(path);
  scope.afterwards(() => scope.services.jobs.send(act === 'apply' ? 'customers.apply-import' : 'customers.revert-import', { workspaceId: scope.workspaceId, importId: id }));
};

/** The file's own cells. @throws 409 when it is no longer kept */
const firstRows = async (scope: Scope, row: ImportRecord): Promise<string[][]> => {
  try {
    return (await sampleOf(uploadPath(scope.services.config.dataDir, scope.workspaceId, row.id))).rows;
  } catch (error) {
    if (error instanceof FileFault) throw fileRefusal(error);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw refuse.conflict(words['remap.gone'], words['remap.gone.todo']);
    throw error;
  }
};

/** Another meaning of the columns; the file is read again. @throws 422 when a file cannot be read so */
export const remapImport = async (scope: Scope, id: string, mapping: ImportMapping, confirmed = false): Promise<void> => {
  const row = await take(scope, id);
  if (!mayAct('check', row.state) || row.state === 'cancelled' || row.state === 'reverted') throw refuse.conflict(words['remap.no'], words['state.todo']);
  const fault = mappingFault(mapping, row.headings);
  if (fault) throw refuse.invalid(words[`fault.${fault.code}`].replace('{fields}', fault.fields.join(', ')), words['fault.todo']);
  const rows = await firstRows(scope, row);
  const { looked } = lookAt({ headings: row.headings, rows }, { kind: mapping.kind, remembered: mapping });
  await updateImport(scope.tx, id, { looked: { ...looked, samples: row.looked.samples, confirmed: confirmed || row.looked.confirmed }, mapping, kind: mapping.kind, state: 'uploaded', counts: {}, progress: 0, fault: null, changedAt: scope.now });
  scope.afterwards(() => scope.services.jobs.send('customers.check-import', { workspaceId: scope.workspaceId, importId: id }));
};
