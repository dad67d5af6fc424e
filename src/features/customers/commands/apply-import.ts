import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import { isRecordKind } from '../domain/fields';
import { anyGone, forgetReturned, goneId } from '../gone-records';
import { countWanted, dropRows, findImport, lockImport, lockRecords, rememberMapping, updateImport, type ImportRecord } from '../import-repo';
import { noteRun } from '../links-repo';
import { existing, merged, searched, SEARCHED } from '../merge-sql';
import { Stopped, whileStill, type StillWanted } from '../import-progress';
import { dropUpload, uploadPath } from '../upload-files';
import { markTouched, project, type Projection } from '../touched';
import { preferWholeJoins } from '../whole-joins';

export const headingDigest = (headings: readonly string[]): string => createHash('sha256').update(headings.join('\u001f')).digest('base64url');

type Written = { new: number; changed: number };

/** In the order of lines, which is that of the staged rows, so that indexes grow at their end; the first 48 bits are the time (RFC 9562, version 7), then the line. */
const orderedId = (now: Date) => {
  const time = now.getTime().toString(16).padStart(12, '0');
  return sql`(${`${time.slice(0, 8)}-${time.slice(8)}-7`} || lpad(to_hex(i.line >> 20), 3, '0') || '-8' || lpad(to_hex((i.line >> 8) & 4095), 3, '0') || '-' || lpad(to_hex(i.line & 255), 2, '0') || right(gen_random_uuid()::text, 10))::uuid`;
};

const writeRecords = async (tx: WorkspaceTx, workspaceId: string, row: ImportRecord, now: Date): Promise<Written> => {
  const at = sql`${now.toISOString()}::timestamptz`;
  const wanted = sql`i.workspace_id = ${workspaceId}::uuid and i.import_id = ${row.id}::uuid and i.outcome is null`;
  const next = merged(sql`r.data`, sql`i.data`);
  const { rowCount: changed } = await tx.execute(sql`
    insert into record_change (workspace_id, import_id, record_id, before, changed_by_before)
    select r.workspace_id, ${row.id}::uuid, r.id, r.data, r.changed_by from import_row i join record r on ${existing(row)} where ${wanted} and ${next} <> r.data`);
  if ((changed ?? 0) > 0)
    await tx.execute(sql`
      update record r set data = n.data, (${SEARCHED}) = (select ${searched(sql`n.data`)}), version = r.version + 1, changed_by = ${row.id}::uuid, changed_at = ${at}
        from (select r.id, ${next} as data from import_row i join record r on ${existing(row)} where ${wanted} and ${next} <> r.data) n
       where r.workspace_id = ${workspaceId}::uuid and r.id = n.id`);
  const back = await anyGone(tx, { workspaceId, sourceId: row.sourceId });
  const newId = back ? sql`coalesce(${goneId({ workspaceId, sourceId: row.sourceId, kind: row.kind }, sql`i.key`)}, ${orderedId(now)})` : orderedId(now);
  const { rowCount: fresh } = await tx.execute(sql`
    insert into record (workspace_id, id, party_id, source_id, kind, key, ${SEARCHED}, data, created_by, changed_by, created_at, changed_at)
    select ${workspaceId}::uuid, n.id, n.id, ${row.sourceId}::uuid, ${row.kind}, n.key, ${searched(sql`n.data`)}, n.data, ${row.id}::uuid, ${row.id}::uuid, ${at}, ${at}
      from (select ${newId} as id, i.key, i.data from import_row i
             where ${wanted} and not i.data @> '{"deleted": true}' and not exists (select 1 from record r where ${existing(row)})) n`);
  if (back) await forgetReturned(tx, { workspaceId, sourceId: row.sourceId });
  return { new: fresh ?? 0, changed: changed ?? 0 };
};

const writeEvents = async (tx: WorkspaceTx, workspaceId: string, row: ImportRecord, now: Date): Promise<Written> => {
  const { rowCount } = await tx.execute(sql`
    insert into event (workspace_id, id, source_id, kind, key, at, lead_key, contact_key, account_key, deal_key, email_key, channel, type, amount, data, created_by)
    select ${workspaceId}::uuid, ${orderedId(now)}, ${row.sourceId}::uuid, ${row.kind}, i.key, (i.data ->> 'at')::timestamptz, i.data ->> 'leadKey', i.data ->> 'contactKey',
           i.data ->> 'accountKey', i.data ->> 'dealKey', lower(i.data ->> 'email'), i.data ->> 'channel', i.data ->> 'type', (i.data ->> 'amount')::float8, i.data, ${row.id}::uuid
      from import_row i where i.workspace_id = ${workspaceId}::uuid and i.import_id = ${row.id}::uuid and i.outcome is null and not exists (select 1 from event r where ${existing(row)})`);
  return { new: rowCount ?? 0, changed: 0 };
};

const nobodyAsks: StillWanted = async () => undefined;

/** Writes a file's staged rows, lets every projection follow, and notes what became of the rows. */
export const writeImport = async (tx: WorkspaceTx, workspaceId: string, row: ImportRecord, now: Date, projections: readonly Projection[], still = nobodyAsks): Promise<void> => {
  const rows = await countWanted(tx, row.id);
  await preferWholeJoins(tx, rows);
  const written = isRecordKind(row.kind) ? await writeRecords(tx, workspaceId, row, now) : await writeEvents(tx, workspaceId, row, now);
  await still(Math.floor(rows * 0.3));
  await markTouched(tx, workspaceId, row);
  await project(tx, { workspaceId, now }, projections, (share) => still(Math.floor(rows * (0.35 + 0.65 * share))));
  await rememberMapping(tx, { workspaceId, sourceId: row.sourceId, signature: headingDigest(row.headings), mapping: row.mapping, savedAt: now });
  await dropRows(tx, row.id, true);
  if (isRecordKind(row.kind)) await noteRun(tx, workspaceId, { state: 'waiting' });
  if ((await lockImport(tx, row.id))?.state !== 'applying') throw new Stopped();
  await updateImport(tx, row.id, { state: 'applied', counts: { ...row.counts, ...written, same: rows - written.new - written.changed }, fault: null, appliedAt: now, changedAt: now });
};

/**
 * Puts a checked file in, in one transaction: after a crash it is wholly there or not at all, and running again is harmless.
 * Two files at once wait for each other, so the counts are those of the moment of writing. The file's own row is taken last, so that
 * somebody can stop it meanwhile.
 * @throws Stopped when somebody did; nothing was written then
 */
export const applyImport = async (services: Services, workspaceId: string, importId: string, projections: readonly Projection[]): Promise<void> => {
  const done = await services.db.inWorkspace(workspaceId, async (tx) => {
    await lockRecords(tx, workspaceId);
    const row = await findImport(tx, importId);
    if (row?.state !== 'applying') return false;
    await writeImport(tx, workspaceId, row, services.now(), projections, whileStill(services, workspaceId, importId, 'applying'));
    return true;
  });
  if (done) await dropUpload(uploadPath(services.config.dataDir, workspaceId, importId));
};
