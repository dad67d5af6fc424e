import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import { FileFault } from '../../../platform/files/limits';
import type { Services } from '../../../platform/rpc/context';
import { isChangeable } from '../domain/fields';
import { mappingFault } from '../domain/mapping';
import { UNNAMED_SPEND } from '../event-key';
import { countRows, dropRows, findImport, findSource, lockImport, lockReading, stageRows, updateImport, type ImportRecord } from '../import-repo';
import { existing, keptIn, merged } from '../merge-sql';
import { openReader } from '../reading/reader';
import type { Settled } from '../reading/read-session';
import type { StagedColumns } from '../staged-rows';
import { uploadPath } from '../upload-files';
import { preferWholeJoins } from '../whole-joins';

/**
 * Rows of one file with one key become one: the later line's values over the earlier ones', but the earliest contact by sales. What repeats is gathered first and once
 * (`materialized`), and joined as a whole: freshly staged rows have no statistics, and the planner would gather and look it up for every row.
 */
export const foldRepeats = async (tx: WorkspaceTx, importId: string): Promise<void> => {
  await preferWholeJoins(tx, Number.POSITIVE_INFINITY);
  await tx.execute(sql`
    with twice as materialized (select key, max(line) as last from import_row where import_id = ${importId}::uuid and outcome is null group by key having count(*) > 1)
    update import_row i set outcome = 'merged' from twice where i.import_id = ${importId}::uuid and i.outcome is null and i.key = twice.key and i.line < twice.last`);
  await tx.execute(sql`
    with early as materialized (
      select i.key, jsonb_object_agg(e.key, e.value order by case when e.key = 'contactedAt' then e.value #>> '{}' end desc, i.line) as data from import_row i, jsonb_each(i.data) e where i.import_id = ${importId}::uuid and i.outcome = 'merged' group by i.key)
    update import_row keep set data = ${merged(sql`early.data`, sql`keep.data`)} from early where keep.import_id = ${importId}::uuid and keep.outcome is null and keep.key = early.key`);
};

/** Spend that nothing tells apart is spent again: the second and later rows are numbered in the order of lines, which sums the same in whatever order they come again. */
const numberRepeats = (tx: WorkspaceTx, importId: string) =>
  tx.execute(sql`
    update import_row i set key = n.key || '#' || n.no
      from (select line, key, row_number() over (partition by key order by line) as no from import_row where import_id = ${importId}::uuid and outcome is null and starts_with(key, ${UNNAMED_SPEND})) n
     where i.import_id = ${importId}::uuid and i.line = n.line and n.no > 1`);

/** How many of the rows are new, changed and the same, compared with what is kept now. */
const compareRows = async (tx: WorkspaceTx, row: ImportRecord): Promise<{ new: number; changed: number; same: number }> => {
  const kept = keptIn(row.kind).table;
  const changed = isChangeable(row.kind) ? sql`r.id is not null and ${merged(sql`r.data`, sql`i.data`)} <> r.data` : sql`false`;
  const { rows } = await tx.execute<{ fresh: number; changed: number; total: number }>(sql`
    select count(*) filter (where r.id is null)::int as fresh, count(*) filter (where ${changed})::int as changed, count(*)::int as total
      from import_row i left join ${kept} r on ${existing(row)} where i.import_id = ${row.id}::uuid and i.outcome is null`);
  const found = rows[0] ?? { fresh: 0, changed: 0, total: 0 };
  return { new: found.fresh, changed: found.changed, same: found.total - found.fresh - found.changed };
};

/** What is gone in its system is not brought in; what is here of it is marked. Of what happened, which nobody changes, nothing is kept. */
const leaveOutDeleted = (tx: WorkspaceTx, row: ImportRecord) =>
  tx.execute(sql`
    update import_row i set outcome = 'rejected', problem = 'deleted'
     where i.import_id = ${row.id}::uuid and i.outcome is null and i.data @> '{"deleted": true}'
       and ${isChangeable(row.kind) ? sql`not exists (select 1 from ${keptIn(row.kind).table} r where ${existing(row)})` : sql`true`}`);

/** @returns how the file turned out to be written; nothing once somebody stopped it */
const readAll = async (services: Services, workspaceId: string, row: ImportRecord, timeZone: string): Promise<Settled | undefined> => {
  const reader = openReader({ path: uploadPath(services.config.dataDir, workspaceId, row.id), mapping: row.mapping, looked: row.looked, headings: row.headings, timeZone });
  let progress = 0;
  const write = async (batch: StagedColumns): Promise<boolean> =>
    services.db.inWorkspace(workspaceId, async (tx) => {
      const now = await findImport(tx, row.id);
      if (now?.state !== 'checking') return false;
      // What a crash loses here is read again.
      await tx.execute(sql`set local synchronous_commit = off`);
      await stageRows(tx, workspaceId, row.id, batch);
      progress += batch.rows;
      await updateImport(tx, row.id, { progress, changedAt: services.now() });
      return true;
    });
  // The next rows are read while the last ones are written.
  let writing: Promise<boolean> = Promise.resolve(true);
  try {
    for (let batch = await reader.next(); batch; batch = await reader.next()) {
      if (!(await writing)) return undefined;
      writing = write(batch);
      // Heard below; until then it must not count as unheard.
      writing.catch(() => undefined);
    }
    return (await writing) ? await reader.settle() : undefined;
  } finally {
    await writing.catch(() => undefined);
    await reader.stop();
  }
};

const begin = (services: Services, workspaceId: string, importId: string) =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockImport(tx, importId);
    if (row?.state !== 'uploaded' && row?.state !== 'checking') return undefined;
    if (mappingFault(row.mapping, row.headings)) return undefined;
    const from = await findSource(tx, row.sourceId);
    await dropRows(tx, importId, false);
    await updateImport(tx, importId, { state: 'checking', progress: 0, counts: row.counts.tries === undefined ? {} : { tries: row.counts.tries }, fault: null, changedAt: services.now() });
    return from && { row, timeZone: from.timeZone };
  });

const conclude = (services: Services, workspaceId: string, importId: string): Promise<void> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await findImport(tx, importId);
    if (row?.state !== 'checking') return;
    if (row.kind === 'spend') await numberRepeats(tx, importId);
    await foldRepeats(tx, importId);
    await preferWholeJoins(tx, row.progress);
    await leaveOutDeleted(tx, row);
    const counts = { ...(await compareRows(tx, row)), merged: await countRows(tx, importId, 'merged'), rejected: await countRows(tx, importId, 'rejected') };
    if ((await lockImport(tx, importId))?.state === 'checking') await updateImport(tx, importId, { state: 'checked', counts, changedAt: services.now() });
  });

const readFile = async (services: Services, workspaceId: string, importId: string): Promise<void> => {
  const begun = await begin(services, workspaceId, importId);
  if (!begun) return;
  try {
    const read = await readAll(services, workspaceId, begun.row, begun.timeZone);
    if (!read) return;
    const { differs, ...settled } = read;
    await services.db.inWorkspace(workspaceId, (tx) => updateImport(tx, importId, settled));
    // What was settled cannot differ a second time.
    if (differs) await readFile(services, workspaceId, importId);
    else await conclude(services, workspaceId, importId);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    await services.db.inWorkspace(workspaceId, async (tx) => {
      if ((await lockImport(tx, importId))?.state === 'checking') await updateImport(tx, importId, { state: 'failed', fault: error.code, changedAt: services.now() });
    });
  }
};

/**
 * Reads the whole file and says what applying it would do; nothing but the staged rows is written. Harmless when repeated.
 * A file that cannot be read ends as `failed` with the fault's code.
 */
export const checkImport = (services: Services, workspaceId: string, importId: string): Promise<void> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    await lockReading(tx, importId);
    await readFile(services, workspaceId, importId);
  });
