import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { refuse } from '../../platform/http/refusal';
import type { FieldTimes } from './domain/arrival';
import type { EventKind, RecordKind } from './domain/fields';
import type { RecordData } from './domain/read-row';
import { lockRecords } from './import-repo';
import { intakeBatch, intakeHook } from './intake-schema';
import { EVENT_SEARCHED, eventSearched, keptIn, searched, SEARCHED } from './merge-sql';
import { source } from './schema';

export type HookRow = typeof intakeHook.$inferSelect;
export type BatchRow = typeof intakeBatch.$inferSelect;

/** How long a message is recognised again. */
const KEPT_MS = 30 * 24 * 3_600_000;

export const findHook = async (tx: WorkspaceTx, id: string): Promise<HookRow | undefined> => (await tx.select().from(intakeHook).where(and(eq(intakeHook.id, id), isNull(intakeHook.revokedAt))))[0];

export const listHooks = async (tx: WorkspaceTx) => {
  const rows = await tx.select({ row: intakeHook, sourceName: source.name }).from(intakeHook).innerJoin(source, eq(source.id, intakeHook.sourceId)).where(isNull(intakeHook.revokedAt)).orderBy(desc(intakeHook.createdAt));
  const { rows: last } = await tx.execute<{ id: string; at: Date }>(sql`select hook_id as id, max(received_at) as at from intake_batch where hook_id is not null group by 1`);
  const lastAt = new Map(last.map(({ id, at }) => [id, new Date(at)]));
  return rows.map(({ row, sourceName }) => ({ ...row, sourceName, lastReceivedAt: lastAt.get(row.id) ?? null }));
};

export const listBatches = (tx: WorkspaceTx, limit: number) =>
  tx.select({ row: intakeBatch, sourceName: source.name }).from(intakeBatch).innerJoin(source, eq(source.id, intakeBatch.sourceId)).orderBy(desc(intakeBatch.receivedAt), desc(intakeBatch.id)).limit(limit);

export const findBatch = async (tx: WorkspaceTx, sourceId: string, messageId: string): Promise<BatchRow | undefined> =>
  (await tx.select().from(intakeBatch).where(and(eq(intakeBatch.sourceId, sourceId), eq(intakeBatch.messageId, messageId))))[0];

export const addBatch = async (tx: WorkspaceTx, row: BatchRow): Promise<void> => {
  await tx.delete(intakeBatch).where(lt(intakeBatch.receivedAt, new Date(row.receivedAt.getTime() - KEPT_MS)));
  await tx.insert(intakeBatch).values(row);
};

const isLockTimeout = (error: unknown): boolean => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause && cause.code === '55P03';
};

/** Takes its turn among those who write records; a file of a million rows is not waited for. @throws 503 after five seconds */
export const takeTurn = async (tx: WorkspaceTx, workspaceId: string): Promise<void> => {
  await tx.execute(sql`set local lock_timeout = '5s'`);
  await lockRecords(tx, workspaceId).catch((error: unknown) => {
    throw isLockTimeout(error) ? refuse.busy() : error;
  });
  await tx.execute(sql`set local lock_timeout = 0`);
};

export type KeptRecord = { id: string; key: string; version: number; data: RecordData; timesVersion: number | null; times: FieldTimes | null };

export const recordsByKey = async (tx: WorkspaceTx, sourceId: string, kind: RecordKind, keys: readonly string[]): Promise<KeptRecord[]> =>
  (await tx.execute<KeptRecord>(sql`
    select r.id, r.key, r.version, r.data, t.version as "timesVersion", t.times from record r left join record_times t on t.workspace_id = r.workspace_id and t.record_id = r.id
     where r.source_id = ${sourceId}::uuid and r.kind = ${kind} and r.key = any(${sql.param([...keys])}::text[])`)).rows;

export type Putting = { workspaceId: string; sourceId: string; batchId: string; now: Date };
export type RecordToWrite = { id: string; key: string; data: RecordData; times: FieldTimes; version: number; fresh: boolean };

export const writeArrived = async (tx: WorkspaceTx, { workspaceId, sourceId, batchId, now }: Putting, kind: RecordKind, rows: readonly RecordToWrite[]): Promise<void> => {
  const at = sql`${now.toISOString()}::timestamptz`;
  const given = (wanted: readonly RecordToWrite[]) =>
    sql`unnest(${sql.param(wanted.map((row) => row.id))}::uuid[], ${sql.param(wanted.map((row) => row.key))}::text[], ${sql.param(wanted.map((row) => JSON.stringify(row.data)))}::jsonb[]) as n(id, key, data)`;
  const [fresh, changed] = [rows.filter((row) => row.fresh), rows.filter((row) => !row.fresh)];
  await tx.execute(sql`
    update record r set data = n.data, (${SEARCHED}) = (select ${searched(sql`n.data`)}), version = r.version + 1, changed_by = ${batchId}::uuid, changed_at = ${at}
      from ${given(changed)} where r.workspace_id = ${workspaceId}::uuid and r.id = n.id`);
  await tx.execute(sql`
    insert into record (workspace_id, id, party_id, source_id, kind, key, ${SEARCHED}, data, created_by, changed_by, created_at, changed_at)
    select ${workspaceId}::uuid, n.id, n.id, ${sourceId}::uuid, ${kind}, n.key, ${searched(sql`n.data`)}, n.data, ${batchId}::uuid, ${batchId}::uuid, ${at}, ${at} from ${given(fresh)}`);
  await tx.execute(sql`
    insert into record_times (workspace_id, record_id, version, times)
    select ${workspaceId}::uuid, * from unnest(${sql.param(rows.map((row) => row.id))}::uuid[], ${sql.param(rows.map((row) => row.version))}::int[], ${sql.param(rows.map((row) => JSON.stringify(row.times)))}::jsonb[])
    on conflict (workspace_id, record_id) do update set version = excluded.version, times = excluded.times`);
};

/** Adds events that are not there yet. @returns the keys of those that were added */
export const addEvents = async (tx: WorkspaceTx, { workspaceId, sourceId, batchId }: Putting, kind: EventKind, rows: readonly { key: string; data: RecordData }[]): Promise<Set<string>> => {
  const added = await tx.execute<{ key: string }>(sql`
    insert into event (workspace_id, id, source_id, kind, key, ${EVENT_SEARCHED}, data, created_by)
    select ${workspaceId}::uuid, gen_random_uuid(), ${sourceId}::uuid, ${kind}, n.key, ${eventSearched(sql`n.data`)}, n.data, ${batchId}::uuid
      from unnest(${sql.param(rows.map((row) => row.key))}::text[], ${sql.param(rows.map((row) => JSON.stringify(row.data)))}::jsonb[]) as n(key, data)
    on conflict (workspace_id, source_id, kind, key) do nothing returning key`);
  return new Set(added.rows.map((row) => row.key));
};

/** Orders, spend or activities of these keys, as they stand. */
export const eventsByKey = async (tx: WorkspaceTx, sourceId: string, kind: EventKind, keys: readonly string[]): Promise<{ id: string; key: string; data: RecordData }[]> =>
  (await tx.execute<{ id: string; key: string; data: RecordData }>(sql`select id, key, data from event where source_id = ${sourceId}::uuid and kind = ${kind} and key = any(${sql.param([...keys])}::text[])`)).rows;

/** Puts events right that are there. */
export const changeEvents = async (tx: WorkspaceTx, { workspaceId, batchId, now }: Putting, kind: EventKind, rows: readonly { id: string; data: RecordData }[]): Promise<void> => {
  const { table, writeOver } = keptIn(kind);
  await tx.execute(sql`
    update ${table} r set ${writeOver(sql`n.data`, sql`${batchId}::uuid`, now)}
      from unnest(${sql.param(rows.map((row) => row.id))}::uuid[], ${sql.param(rows.map((row) => JSON.stringify(row.data)))}::jsonb[]) as n(id, data) where r.workspace_id = ${workspaceId}::uuid and r.id = n.id`);
};
