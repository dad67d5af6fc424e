import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import { isRecordKind } from '../domain/fields';
import { dropRows, lockImport, lockRecords, rememberMapping, updateImport, type ImportRecord } from '../import-repo';
import { merged, searched, SEARCHED } from '../merge-sql';
import { noteRun } from '../links-repo';
import { dropUpload, uploadPath } from '../upload-files';
import { markTouched, project, type Projection } from '../touched';
import { compareRows } from './check-import';

export const headingDigest = (headings: readonly string[]): string => createHash('sha256').update(headings.join('\u001f')).digest('base64url');

const writeRecords = async (tx: WorkspaceTx, workspaceId: string, row: ImportRecord, now: Date): Promise<void> => {
  const at = sql`${now.toISOString()}::timestamptz`;
  const same = sql`r.workspace_id = ${workspaceId}::uuid and r.source_id = ${row.sourceId}::uuid and r.kind = ${row.kind} and r.key = i.key`;
  const wanted = sql`i.workspace_id = ${workspaceId}::uuid and i.import_id = ${row.id}::uuid and i.outcome is null`;
  const next = merged(sql`r.data`, sql`i.data`);
  await tx.execute(sql`
    insert into record_change (workspace_id, import_id, record_id, before, changed_by_before)
    select r.workspace_id, ${row.id}::uuid, r.id, r.data, r.changed_by from import_row i join record r on ${same} where ${wanted} and ${next} <> r.data`);
  await tx.execute(sql`
    with n as materialized (select r.id, ${next} as data from import_row i join record r on ${same} where ${wanted} and ${next} <> r.data)
    update record r set data = n.data, (${SEARCHED}) = (select ${searched(sql`n.data`)}), version = r.version + 1, changed_by = ${row.id}::uuid, changed_at = ${at}
      from n where r.workspace_id = ${workspaceId}::uuid and r.id = n.id`);
  await tx.execute(sql`
    insert into record (workspace_id, id, party_id, source_id, kind, key, ${SEARCHED}, data, created_by, changed_by, created_at, changed_at)
    select ${workspaceId}::uuid, n.id, n.id, ${row.sourceId}::uuid, ${row.kind}, n.key, ${searched(sql`n.data`)}, n.data, ${row.id}::uuid, ${row.id}::uuid, ${at}, ${at}
      from (select gen_random_uuid() as id, i.key, i.data from import_row i where ${wanted} and not exists (select 1 from record r where ${same})) n`);
};

const writeEvents = (tx: WorkspaceTx, workspaceId: string, row: ImportRecord) =>
  tx.execute(sql`
    insert into event (workspace_id, id, source_id, kind, key, at, lead_key, contact_key, account_key, deal_key, email_key, channel, type, amount, data, created_by)
    select ${workspaceId}::uuid, gen_random_uuid(), ${row.sourceId}::uuid, ${row.kind}, i.key, (i.data ->> 'at')::timestamptz, i.data ->> 'leadKey', i.data ->> 'contactKey',
           i.data ->> 'accountKey', i.data ->> 'dealKey', lower(i.data ->> 'email'), i.data ->> 'channel', i.data ->> 'type', (i.data ->> 'amount')::float8, i.data, ${row.id}::uuid
      from import_row i where i.workspace_id = ${workspaceId}::uuid and i.import_id = ${row.id}::uuid and i.outcome is null
    on conflict (workspace_id, source_id, kind, key) do nothing`);

/** Writes a file's staged rows, lets every projection follow, and notes what became of the rows. */
export const writeImport = async (tx: WorkspaceTx, workspaceId: string, row: ImportRecord, now: Date, projections: readonly Projection[]): Promise<void> => {
  const counts = { ...row.counts, ...(await compareRows(tx, row)) };
  if (isRecordKind(row.kind)) await writeRecords(tx, workspaceId, row, now);
  else await writeEvents(tx, workspaceId, row);
  await markTouched(tx, workspaceId, row.id);
  await project(tx, { workspaceId, now }, projections);
  await rememberMapping(tx, { workspaceId, sourceId: row.sourceId, signature: headingDigest(row.headings), mapping: row.mapping, savedAt: now });
  await dropRows(tx, row.id, true);
  await noteRun(tx, workspaceId, { state: 'waiting' });
  await updateImport(tx, row.id, { state: 'applied', counts, appliedAt: now, changedAt: now });
};

/**
 * Puts a checked file in, in one transaction: after a crash it is wholly there or not at all, and running again is harmless.
 * Two files at once wait for each other, so the counts are those of the moment of writing.
 */
export const applyImport = async (services: Services, workspaceId: string, importId: string, projections: readonly Projection[]): Promise<void> => {
  const done = await services.db.inWorkspace(workspaceId, async (tx) => {
    await lockRecords(tx, workspaceId);
    const row = await lockImport(tx, importId);
    if (row?.state !== 'applying') return false;
    await writeImport(tx, workspaceId, row, services.now(), projections);
    return true;
  });
  if (done) await dropUpload(uploadPath(services.config.dataDir, workspaceId, importId));
};
