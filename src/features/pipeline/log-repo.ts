import { asc, desc, eq, sql } from 'drizzle-orm';
import { refuse } from '../../platform/http/refusal';
import type { WorkspaceTx } from '../../platform/db/database';
import { oneOf } from '../../platform/db/one-of';
import { announceMoves } from './announce';
import { endOf } from './domain/stages';
import type { StagePlace } from './domain/moves';
import { lead, stage, stageEvent, type LOG_ORIGINS } from './schema';

export type LeadRow = typeof lead.$inferSelect;
export type LogOrigin = (typeof LOG_ORIGINS)[number];

/** Holds these leads against every other change until the transaction ends. @throws 404 unless all of them are here */
export const lockLeads = async (tx: WorkspaceTx, ids: readonly string[]): Promise<LeadRow[]> => {
  const wanted = [...new Set(ids)];
  const rows = await tx.select().from(lead).where(oneOf(lead.id, wanted)).orderBy(asc(lead.id)).for('update');
  if (rows.length !== wanted.length) throw refuse.notFound(wanted.length === 1 ? 'lead' : 'lead among those chosen');
  return rows;
};

export const stagePlaces = async (tx: WorkspaceTx) =>
  new Map((await tx.select().from(stage)).map((row) => [row.id, { id: row.id, pipelineId: row.pipelineId, position: row.position, end: endOf(row.role), role: row.role, name: row.name, archivedAt: row.archivedAt }]));

export type Place = StagePlace & { name: string; archivedAt: Date | null };

export type NewEntry = { leadId: string; stageId: string; reason: string | null; withdraws?: string | null };

type Last = { at: Date; recordId: string };

const lastEntries = async (tx: WorkspaceTx, ids: readonly string[]): Promise<Map<string, Last>> => {
  const rows = await tx.selectDistinctOn([stageEvent.leadId], { id: stageEvent.leadId, at: stageEvent.at, recordId: stageEvent.recordId }).from(stageEvent).where(oneOf(stageEvent.leadId, ids)).orderBy(asc(stageEvent.leadId), desc(stageEvent.at));
  return new Map(rows.map(({ id, ...last }) => [id, last]));
};

/**
 * Adds to the log of leads that the caller holds. An entry comes after everything said before, even where a system's clock runs ahead of ours:
 * then it is a millisecond later than the last one. Programs that listen hear of it.
 */
export const appendEntries = async (tx: WorkspaceTx, of: { workspaceId: string; now: Date; act: string; actor: string; from: LogOrigin }, entries: readonly NewEntry[]): Promise<void> => {
  if (entries.length === 0) return;
  const last = await lastEntries(tx, [...new Set(entries.map((entry) => entry.leadId))]);
  const rows = entries.map((entry) => {
    const before = last.get(entry.leadId);
    return { ...entry, at: Math.max(of.now.getTime(), (before?.at.getTime() ?? 0) + 1), record: before?.recordId ?? entry.leadId };
  });
  await tx.execute(sql`
    insert into stage_event (workspace_id, lead_id, id, at, stage_id, reason, actor, "from", record_id, act, withdraws)
    select ${of.workspaceId}::uuid, l, gen_random_uuid(), to_timestamp(a / 1000.0), s, r, ${of.actor}, ${of.from}, c, ${of.act}::uuid, w from unnest(
      ${sql.param(rows.map((row) => row.leadId))}::uuid[], ${sql.param(rows.map((row) => row.at))}::float8[], ${sql.param(rows.map((row) => row.stageId))}::uuid[],
      ${sql.param(rows.map((row) => row.reason))}::text[], ${sql.param(rows.map((row) => row.record))}::uuid[], ${sql.param(rows.map((row) => row.withdraws ?? null))}::uuid[]) as t(l, a, s, r, c, w)`);
  await announceMoves(tx, of, of, rows.map(({ leadId, stageId, at, reason }) => ({ leadId, stageId, at: new Date(at), reason })));
};

export const entriesOfAct = (tx: WorkspaceTx, act: string) => tx.select().from(stageEvent).where(eq(stageEvent.act, act));

export const recordIdsOf = async (tx: WorkspaceTx, ids: readonly string[]): Promise<Map<string, string>> => new Map([...(await lastEntries(tx, ids))].map(([id, { recordId }]) => [id, recordId]));
