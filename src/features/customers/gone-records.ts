import { createHash } from 'node:crypto';
import { sql, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { RecordKind } from './domain/fields';
import type { Projection } from './touched';

type Of = { workspaceId: string; sourceId: string; kind: string };

const digest = (key: SQL): SQL => sql`encode(sha256(convert_to(${key}, 'UTF8')), 'hex')`;

/** Remembers which of the records that go (`going_record`) people had done something with. */
export const rememberGoing = async (tx: WorkspaceTx, workspaceId: string, projections: readonly Projection[]): Promise<void> => {
  const acted = [sql`select record_id from customer_note where workspace_id = ${workspaceId}::uuid`, ...projections.flatMap((projection) => projection.actedOn?.(workspaceId) ?? [])];
  await tx.execute(sql`
    insert into record_gone (workspace_id, source_id, kind, key_digest, record_id)
    select r.workspace_id, r.source_id, r.kind, ${digest(sql`r.key`)}, r.id
      from (${sql.join(acted, sql` union `)}) a(id) join going_record g on g.id = a.id join record r on r.workspace_id = ${workspaceId}::uuid and r.id = g.id
    on conflict (workspace_id, source_id, kind, key_digest) do update set record_id = excluded.record_id`);
};

/** Whether anything is remembered of a system at all; for nearly every file it is not, and nothing is looked up. */
export const anyGone = async (tx: WorkspaceTx, { workspaceId, sourceId }: Omit<Of, 'kind'>): Promise<boolean> =>
  (await tx.execute<{ there: boolean }>(sql`select exists (select 1 from record_gone where workspace_id = ${workspaceId}::uuid and source_id = ${sourceId}::uuid) as there`)).rows[0]?.there ?? false;

/** The id that a record with this key had, or null. */
export const goneId = ({ workspaceId, sourceId, kind }: Of, key: SQL): SQL =>
  sql`(select g.record_id from record_gone g where g.workspace_id = ${workspaceId}::uuid and g.source_id = ${sourceId}::uuid and g.kind = ${kind} and g.key_digest = ${digest(key)})`;

/** The ids that records with these keys had. */
export const goneIds = async (tx: WorkspaceTx, of: Of & { kind: RecordKind }, keys: readonly string[]): Promise<Map<string, string>> => {
  if (keys.length === 0 || !(await anyGone(tx, of))) return new Map();
  const digests = new Map(keys.map((key) => [createHash('sha256').update(key).digest('hex'), key]));
  const { rows } = await tx.execute<{ digest: string; id: string }>(sql`
    select key_digest as digest, record_id as id from record_gone where workspace_id = ${of.workspaceId}::uuid and source_id = ${of.sourceId}::uuid and kind = ${of.kind} and key_digest = any(${sql.param([...digests.keys()])}::text[])`);
  return new Map(rows.map((row) => [digests.get(row.digest) ?? '', row.id]));
};

/** Forgets those that are back. */
export const forgetReturned = async (tx: WorkspaceTx, { workspaceId, sourceId }: Omit<Of, 'kind'>): Promise<void> =>
  void (await tx.execute(sql`delete from record_gone g using record r where g.workspace_id = ${workspaceId}::uuid and g.source_id = ${sourceId}::uuid and r.workspace_id = g.workspace_id and r.id = g.record_id`));
