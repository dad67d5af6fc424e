import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { anyGone, forgetReturned, goneId } from './gone-records';
import type { ImportRecord } from './import-repo';
import { existing, searched, SEARCHED } from './merge-sql';
import type { Touched } from './touched';
import { preferLookUps } from './whole-joins';

const BATCH = 2_000;

type Of = { workspaceId: string; now: Date };

/** In the order of lines, which is that of the staged rows, so that indexes grow at their end; the first 48 bits are the time (RFC 9562, version 7), then the line. */
export const orderedId = (now: Date) => {
  const time = now.getTime().toString(16).padStart(12, '0');
  return sql`(${`${time.slice(0, 8)}-${time.slice(8)}-7`} || lpad(to_hex(i.line >> 20), 3, '0') || '-8' || lpad(to_hex((i.line >> 8) & 4095), 3, '0') || '-' || lpad(to_hex(i.line & 255), 2, '0') || right(gen_random_uuid()::text, 10))::uuid`;
};

/** Whether there is any record of this source and kind, so that rows have to be compared at all. */
export const anyKept = async (tx: WorkspaceTx, workspaceId: string, { sourceId, kind }: Pick<ImportRecord, 'sourceId' | 'kind'>): Promise<boolean> =>
  (await tx.execute<{ there: boolean }>(sql`select exists (select 1 from record where workspace_id = ${workspaceId}::uuid and source_id = ${sourceId}::uuid and kind = ${kind}) as there`)).rows[0]?.there ?? true;

/** How far the writing of a file's new records has got. */
export type Fresh = { soFar: { read: number; written: number }; batches: AsyncGenerator<Touched, void> };

type Wrote = { last: number | null; read: number; written: number; ids: string | null; data: string | null };

/**
 * Writes the rows that no record is known for, batch by batch in the order of lines, and hands each on as projections read it: a million records
 * that had just been written took as long to note and read back as to write. While one batch is written, the one before is worked out.
 * @param compare whether there are records that a row may be about
 */
export const freshRecords = (tx: WorkspaceTx, { workspaceId, now }: Of, row: ImportRecord, compare: boolean): Fresh => {
  const at = sql`${now.toISOString()}::timestamptz`;
  const told = row.kind === 'lead' || row.kind === 'contact' ? row.kind : undefined;
  // A query of its own for each row, which asks the one index that knows all of it.
  const unknown = compare ? sql`and not exists (select 1 from record r where ${existing({ workspaceId, sourceId: row.sourceId, kind: row.kind })} offset 0)` : sql``;
  const write = async (after: number, newId: ReturnType<typeof orderedId>): Promise<Wrote | undefined> =>
    (await tx.execute<Wrote>(sql`
      with chunk as materialized (
        select i.line, i.key, i.data from import_row i where i.workspace_id = ${workspaceId}::uuid and i.import_id = ${row.id}::uuid and i.outcome is null and i.line > ${after} order by i.line limit ${BATCH}),
      fresh as (
        insert into record (workspace_id, id, party_id, source_id, kind, key, ${SEARCHED}, data, created_by, changed_by, created_at, changed_at)
        select ${workspaceId}::uuid, n.id, n.id, ${row.sourceId}::uuid, ${row.kind}, n.key, ${searched(sql`n.data`)}, n.data, ${row.id}::uuid, ${row.id}::uuid, ${at}, ${at}
          from (select ${newId} as id, i.key, i.data from chunk i where not i.data @> '{"deleted": true}' ${unknown} offset 0) n
        returning id, data)
      select (select max(line) from chunk) as last, (select count(*)::int from chunk) as read, count(*)::int as written, string_agg(f.id::text, ',' order by f.id) as ids,
             ${told ? sql`'[' || string_agg(f.data::text, ',' order by f.id) || ']'` : sql`null`} as data
        from fresh f`)).rows[0];
  const soFar = { read: 0, written: 0 };
  const batches = async function* (): AsyncGenerator<Touched, void> {
    const back = await anyGone(tx, { workspaceId, sourceId: row.sourceId });
    const newId = back ? sql`coalesce(${goneId({ workspaceId, sourceId: row.sourceId, kind: row.kind }, sql`i.key`)}, ${orderedId(now)})` : orderedId(now);
    await preferLookUps(tx);
    for (let wrote = await write(-1, newId); wrote && wrote.last !== null; wrote = await write(wrote.last, newId)) {
      soFar.read += wrote.read;
      soFar.written += wrote.written;
      if (!told || wrote.ids === null || wrote.data === null) continue;
      const ids = wrote.ids.split(',');
      yield { ids, people: { sourceId: row.sourceId, kind: told, ids, data: wrote.data } };
    }
    if (back) await forgetReturned(tx, { workspaceId, sourceId: row.sourceId });
  };
  return { soFar, batches: batches() };
};
