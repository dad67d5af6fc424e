import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import { isChangeable, isRecordKind } from '../domain/fields';
import { rememberGoing } from '../gone-records';
import { findImport, lockImport, lockRecords, updateImport, type ImportRecord } from '../import-repo';
import { Stopped, whileStill } from '../import-progress';
import { keptIn } from '../merge-sql';
import { noteRun } from '../links-repo';
import { regroup } from '../regroup';
import { markTouched, project, type Projection } from '../touched';
import { dropUpload, uploadPath } from '../upload-files';
import { preferWholeJoins } from '../whole-joins';

const restoreChanged = async (tx: WorkspaceTx, workspaceId: string, { id: importId, kind }: ImportRecord, at: Date): Promise<void> => {
  const { table, writeOver } = keptIn(kind);
  await tx.execute(sql`
    update ${table} r set ${writeOver(sql`c.before`, sql`c.changed_by_before`, at)}
      from record_change c
     where c.workspace_id = ${workspaceId}::uuid and c.import_id = ${importId}::uuid and r.workspace_id = c.workspace_id and r.id = c.record_id and r.changed_by = c.import_id`);
};

/**
 * Files may be taken back in any order. One that came before this one and was taken back already had to leave values that this one had written
 * over; what it said comes to light again now, and goes as well.
 */
const restoreFurther = async (tx: WorkspaceTx, workspaceId: string, { id: importId, kind }: ImportRecord, at: Date): Promise<void> => {
  const { table, writeOver } = keptIn(kind);
  for (let restored = 1; restored > 0; ) {
    const { rowCount } = await tx.execute(sql`
      update ${table} r set ${writeOver(sql`c.before`, sql`c.changed_by_before`, at)}
        from record_change own join record_change c on c.workspace_id = own.workspace_id and c.record_id = own.record_id
             join record_import gone on gone.workspace_id = c.workspace_id and gone.id = c.import_id and gone.state = 'reverted'
       where own.workspace_id = ${workspaceId}::uuid and own.import_id = ${importId}::uuid and r.workspace_id = c.workspace_id and r.id = c.record_id and r.changed_by = c.import_id`);
    restored = rowCount ?? 0;
  }
};

/** Records that this import made, or another one that is taken back already, and that say nothing any more but what it said. */
const madeBy = (workspaceId: string, importId: string) => sql`
  select m.id from record m where m.workspace_id = ${workspaceId}::uuid and m.created_by = ${importId}::uuid and m.changed_by = ${importId}::uuid
  union all
  select m.id from record_change own join record m on m.workspace_id = own.workspace_id and m.id = own.record_id join record_import gone on gone.workspace_id = m.workspace_id and gone.id = m.created_by and gone.state = 'reverted'
   where own.workspace_id = ${workspaceId}::uuid and own.import_id = ${importId}::uuid and m.changed_by = m.created_by`;

/** Records that stand in one party with such as will go: they may be parted, or need another id for their party. */
const leftBehind = async (tx: WorkspaceTx, workspaceId: string): Promise<string[]> => {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select distinct r.id from going_record g join record m on m.workspace_id = ${workspaceId}::uuid and m.id = g.id join record r on r.workspace_id = m.workspace_id and r.party_id = m.party_id
     where not exists (select 1 from going_record other where other.id = r.id)`);
  return rows.map((row) => row.id);
};

/** Records that the import made and nobody changed since go, with what was linked to them. */
const removeMade = async (tx: WorkspaceTx, workspaceId: string): Promise<void> => {
  await tx.execute(sql`delete from record_link l where l.workspace_id = ${workspaceId}::uuid and (l.a_id in (select id from going_record) or l.b_id in (select id from going_record))`);
  await tx.execute(sql`delete from record r where r.workspace_id = ${workspaceId}::uuid and r.id in (select id from going_record)`);
};

/** Events that the import made and nobody put right since go, and those of a file taken back before it that only its own words still stood over. */
const removeEvents = async (tx: WorkspaceTx, workspaceId: string, importId: string): Promise<void> => {
  await tx.execute(sql`delete from event where workspace_id = ${workspaceId}::uuid and created_by = ${importId}::uuid and (changed_by is null or changed_by = created_by)`);
  await tx.execute(sql`
    delete from event e using record_change own, record_import gone
     where own.workspace_id = ${workspaceId}::uuid and own.import_id = ${importId}::uuid and e.workspace_id = own.workspace_id and e.id = own.record_id and e.changed_by = e.created_by
       and gone.workspace_id = e.workspace_id and gone.id = e.created_by and gone.state = 'reverted'`);
};

/** What somebody changed since. */
const countKept = async (tx: WorkspaceTx, workspaceId: string, { id: importId, kind }: ImportRecord): Promise<number> => {
  if (!isChangeable(kind)) return 0;
  const { table, writer } = keptIn(kind);
  const { rows } = await tx.execute<{ n: number }>(sql`
    select (select count(*) from ${table} r where r.workspace_id = ${workspaceId}::uuid and r.created_by = ${importId}::uuid and ${writer} is distinct from ${importId}::uuid)::int
         + (select count(*) from record_change c join ${table} r on r.workspace_id = c.workspace_id and r.id = c.record_id
             where c.workspace_id = ${workspaceId}::uuid and c.import_id = ${importId}::uuid and ${writer} is distinct from c.import_id and r.created_by is distinct from c.import_id)::int as n`);
  return rows[0]?.n ?? 0;
};

/** Takes an applied file back, changed values too. What was changed since is kept, counted, and can be listed. */
export const revertImport = async (services: Services, workspaceId: string, importId: string, projections: readonly Projection[]): Promise<void> => {
  const done = await services.db.inWorkspace(workspaceId, async (tx) => {
    await lockRecords(tx, workspaceId);
    const row = await findImport(tx, importId);
    if (row?.state !== 'reverting') return false;
    const now = services.now();
    const still = whileStill(services, workspaceId, importId, 'reverting');
    const rows = (row.counts.new ?? 0) + (row.counts.changed ?? 0) + (row.counts.same ?? 0);
    await preferWholeJoins(tx, rows);
    await markTouched(tx, workspaceId, row);
    const kept = await countKept(tx, workspaceId, row);
    await restoreChanged(tx, workspaceId, row, now);
    await restoreFurther(tx, workspaceId, row, now);
    await tx.execute(sql`create temporary table going_record on commit drop as ${madeBy(workspaceId, importId)}`);
    await tx.execute(sql`analyze going_record`);
    const left = await leftBehind(tx, workspaceId);
    await rememberGoing(tx, workspaceId, projections);
    await removeMade(tx, workspaceId);
    if (!isRecordKind(row.kind)) await removeEvents(tx, workspaceId, importId);
    if (left.length > 0) await regroup(tx, workspaceId, left);
    await still(Math.floor(rows * 0.3));
    await project(tx, { workspaceId, now }, projections, (share) => still(Math.floor(rows * (0.35 + 0.65 * share))));
    if (isRecordKind(row.kind)) await noteRun(tx, workspaceId, { state: 'waiting' });
    if ((await lockImport(tx, importId))?.state !== 'reverting') throw new Stopped();
    await updateImport(tx, importId, { state: 'reverted', fault: null, revertedAt: now, changedAt: now, counts: { ...row.counts, ...(kept > 0 ? { kept } : {}) } });
    return true;
  });
  if (done) await dropUpload(uploadPath(services.config.dataDir, workspaceId, importId));
};
