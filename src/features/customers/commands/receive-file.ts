import { rename } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import { FileFault } from '../../../platform/files/limits';
import { refuse } from '../../../platform/http/refusal';
import type { Context } from '../../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../../platform/rpc/with-workspace';
import { lookAt } from '../domain/look';
import { mappingFault, type Sample } from '../domain/mapping';
import type { RowKind } from '../domain/fields';
import { findSource, recallMapping } from '../import-repo';
import { openTable } from '../open-table';
import { can } from '../policy';
import { recordImport } from '../schema';
import { dropUpload, keepUpload, partPath, uploadPath } from '../upload-files';
import { fileRefusal } from '../../../platform/files/file-refusal';
import { headingDigest } from './apply-import';

/** Rows that are looked at to understand a file. */
const SAMPLE_ROWS = 2_000;

/** The headings of a file on disk and its first rows. @throws FileFault */
export const sampleOf = async (path: string): Promise<{ headings: string[]; rows: string[][] }> => {
  const { headings, batches } = await openTable(path, SAMPLE_ROWS);
  for await (const batch of batches) return { headings, rows: batch.map((row) => row.cells) };
  return { headings, rows: [] };
};

export type Upload = { id: string; source: string; kind?: RowKind | undefined; fileName: string; body: AsyncIterable<Uint8Array> };

const mayImport = (scope: Scope): void => allow(can(scope.me, 'records:import'), 'import records');

const isHere = () => refuse.conflict('This file is here already.', 'Open it in the list of imports.');

/**
 * Keeps an uploaded export and proposes what its columns mean; checking then runs in the background. The same id again is refused.
 * @throws 422 when it is no table; nothing is kept then
 */
export const receiveFile = async (context: Context, workspace: string, upload: Upload): Promise<{ id: string }> => {
  const { services } = context;
  await withWorkspace(context, workspace, 'customers:write', async (scope) => {
    mayImport(scope);
    if (!(await findSource(scope.tx, upload.source))) throw refuse.notFound('source');
    if ((await scope.tx.select({ id: recordImport.id }).from(recordImport).where(eq(recordImport.id, upload.id))).length > 0) throw isHere();
  });
  const path = uploadPath(services.config.dataDir, workspace, upload.id);
  // Two uploads of one id must not write into each other's file.
  const part = partPath(path, services.newId());
  try {
    const { bytes, hash } = await keepUpload(part, upload.body);
    const sample: Sample = await sampleOf(part);
    return await withWorkspace(context, workspace, 'customers:write', async (scope) => {
      mayImport(scope);
      const headings = [...sample.headings];
      const remembered = await recallMapping(scope.tx, upload.source, headingDigest(headings));
      const { mapping, looked } = lookAt(sample, { fileName: upload.fileName, ...(upload.kind ? { kind: upload.kind } : {}), ...(remembered ? { remembered } : {}) });
      const usable = mappingFault(mapping, headings) === null;
      const made = await scope.tx.insert(recordImport).values({
        workspaceId: workspace, id: upload.id, sourceId: upload.source, kind: mapping.kind, fileName: upload.fileName, fileHash: hash, fileBytes: bytes, headings, mapping, looked, state: 'uploaded',
        madeBy: scope.me.userId, createdAt: scope.now, changedAt: scope.now,
      }).onConflictDoNothing().returning({ id: recordImport.id });
      if (made.length === 0) throw isHere();
      await scope.audit({ action: 'customers.file-received', subjectKind: 'import', subjectId: upload.id, details: { file: upload.fileName } });
      // Last, and only by whoever holds the row: a file without a row is dropped later, a row without its file would be a fault.
      await rename(part, path);
      if (usable) scope.afterwards(() => services.jobs.send('customers.check-import', { workspaceId: workspace, importId: upload.id }));
      return { id: upload.id };
    });
  } catch (error) {
    await dropUpload(part);
    throw error instanceof FileFault ? fileRefusal(error) : error;
  }
};
