import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import { isChangeable, isRecordKind } from '../domain/fields';
import { anyKept, freshRecords, orderedId, type Fresh } from '../fresh-records';
import { countWanted, dropRows, findImport, lockImport, lockRecords, rememberMapping, updateImport, type ImportRecord } from '../import-repo';
import { noteRun } from '../links-repo';
import { EVENT_SEARCHED, eventSearched, existing, keptIn, merged } from '../merge-sql';
import { Stopped, whileStill, type StillWanted } from '../import-progress';
import { dropUpload, uploadPath } from '../upload-files';
import { markTouched, noted, project, type Projection } from '../touched';
import { preferLookUps, preferWholeJoins } from '../whole-joins';

export const headingDigest = (headings: readonly string[]): string => createHash('sha256').update(headings.join('\u001f')).digest('base64url');

type Written = { new: number; changed: number };

/** Of what is there: what the file says otherwise. @returns how many changed */
const changeKept = async (tx: WorkspaceTx, workspaceId: string, row: ImportRecord, now: Date): Promise<number> => {
  const { table, writer, writeOver } = keptIn(row.kind);
  const wanted = sql`i.workspace_id = ${workspaceId}::uuid and i.import_id = ${row.id}::uuid and i.outcome is null`;
  const next = merged(sql`r.data`, sql`i.data`);
  const { rowCount: changed } = await tx.execute(sql`
    insert into record_change (workspace_id, import_id, record_id, before, changed_by_before)
    select r.workspace_id, ${row.id}::uuid, r.id, r.data, ${writer} from import_row i join ${table} r on ${existing(row)} where ${wanted} and ${next} <> r.data`);
  if ((changed ?? 0) > 0)
    await tx.execute(sql`
      update ${table} r set ${writeOver(sql`n.data`, sql`${row.id}::uuid`, now)}
        from (select r.id, ${next} as data from import_row i join ${table} r on ${existing(row)} where ${wanted} and ${next} <> r.data) n
       where r.workspace_id = ${workspaceId}::uuid and r.id = n.id`);
  return changed ?? 0;
};

type Writing = { tx: WorkspaceTx; workspaceId: string; row: ImportRecord; rows: number; now: Date; projections: readonly Projection[]; still: StillWanted };

const drained = async (batches: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of batches);
};

/** Leads and contacts are followed as they are written; whatever else they concern comes after. */
const writePeople = async ({ tx, workspaceId, row, rows, now, projections, still }: Writing, changed: number, fresh: Fresh): Promise<void> => {
  const marked = async (all: boolean): Promise<void> => {
    await preferWholeJoins(tx, rows);
    await markTouched(tx, workspaceId, row, all);
    await preferLookUps(tx);
  };
  const others = changed > 0 || (await anyKept(tx, workspaceId, { ...row, kind: 'deal' }));
  let first = true;
  await project(tx, { workspaceId, now }, projections, (share) => still(Math.floor(rows * share)), async function* (done) {
    // Written once, for whoever asks first; another one is told of the same people.
    const writes = first;
    first = false;
    if (writes)
      for await (const batch of fresh.batches) {
        yield batch;
        await done(fresh.soFar.read / rows);
      }
    if (writes && !others) return;
    await marked(!writes);
    yield* noted(tx, done);
  });
  await drained(fresh.batches);
};

const writeRecords = async (writing: Writing): Promise<Written> => {
  const { tx, workspaceId, row, rows, now, projections, still } = writing;
  const compare = await anyKept(tx, workspaceId, row);
  const changed = compare ? await changeKept(tx, workspaceId, row, now) : 0;
  await still(Math.floor(rows * 0.05));
  const fresh = freshRecords(tx, { workspaceId, now }, row, compare);
  if (row.kind === 'lead' || row.kind === 'contact') await writePeople(writing, changed, fresh);
  else {
    await drained(fresh.batches);
    await preferWholeJoins(tx, rows);
    await markTouched(tx, workspaceId, row);
    await project(tx, { workspaceId, now }, projections, (share) => still(Math.floor(rows * (0.35 + 0.65 * share))));
  }
  if (fresh.soFar.read !== rows) throw new Error('not every row of the file was written');
  return { new: fresh.soFar.written, changed };
};

const writeEvents = async ({ tx, workspaceId, row, rows, now, projections, still }: Writing): Promise<Written> => {
  const changed = isChangeable(row.kind) ? await changeKept(tx, workspaceId, row, now) : 0;
  const { rowCount } = await tx.execute(sql`
    insert into event (workspace_id, id, source_id, kind, key, ${EVENT_SEARCHED}, data, created_by)
    select ${workspaceId}::uuid, ${orderedId(now)}, ${row.sourceId}::uuid, ${row.kind}, i.key, ${eventSearched(sql`i.data`)}, i.data, ${row.id}::uuid
      from import_row i where i.workspace_id = ${workspaceId}::uuid and i.import_id = ${row.id}::uuid and i.outcome is null and not exists (select 1 from event r where ${existing(row)})`);
  await still(Math.floor(rows * 0.3));
  await markTouched(tx, workspaceId, row);
  await project(tx, { workspaceId, now }, projections, (share) => still(Math.floor(rows * (0.35 + 0.65 * share))));
  return { new: rowCount ?? 0, changed };
};

const nobodyAsks: StillWanted = async () => undefined;

/** Writes a file's staged rows, lets every projection follow, and notes what became of the rows. */
export const writeImport = async (tx: WorkspaceTx, workspaceId: string, row: ImportRecord, now: Date, projections: readonly Projection[], still = nobodyAsks): Promise<void> => {
  const rows = await countWanted(tx, row.id);
  await preferWholeJoins(tx, rows);
  const writing: Writing = { tx, workspaceId, row, rows, now, projections, still };
  const written = isRecordKind(row.kind) ? await writeRecords(writing) : await writeEvents(writing);
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
