import { and, asc, between, ne, sql, type SQL } from 'drizzle-orm';
import { plain } from '../../lib/plain';
import type { WorkspaceTx } from '../../platform/db/database';
import { oneOf } from '../../platform/db/one-of';
import { sentRows } from '../../platform/db/sent-rows';
import { heldFacts, partyFacts, type Held, type Projection, type Touched } from '../customers/public';
import { ensurePipeline } from './commands/ensure-pipeline';
import type { HandoffFacts } from './domain/handoffs';
import type { LogEntry } from './domain/log';
import { endOf } from './domain/stages';
import { handoff } from './handoff-schema';
import { batchProjector, type Batch, type Kept, type Process, type Projected, type UnknownWord } from './projecting/project-batch';
import { openProjector } from './projecting/projector';
import { noteChange, portionsOf } from './revision';
import { lead, stage, stageEvent, stageWord } from './schema';
import { leadsStatement } from './write-leads';

type Of = { workspaceId: string; now: Date };

const loadProcess = async (tx: WorkspaceTx, of: Of): Promise<Process> => {
  const pipelineId = await ensurePipeline(tx, of);
  const rows = await tx.select().from(stage);
  // Where nobody said otherwise, a system's words mean stages of the main pipeline; of two for one thing, the one still in use.
  const main = rows.filter((row) => row.pipelineId === pipelineId).toSorted((a, b) => Number(a.archivedAt === null) - Number(b.archivedAt === null));
  return {
    words: new Map((await tx.select().from(stageWord)).flatMap((row) => (row.stageId ? [[`${row.sourceId}|${row.word}`, row.stageId] as const] : []))),
    byName: new Map(main.map((row) => [plain(row.name), row.id])),
    byRole: new Map(main.flatMap((row) => (row.role ? [[row.role, row.id] as const] : []))),
    stages: new Map(rows.map((row) => [row.id, { id: row.id, pipelineId: row.pipelineId, position: row.position, end: endOf(row.role), archivedAt: row.archivedAt?.getTime() ?? null, movesTo: row.movesTo }])),
  };
};

const askForWords = async (tx: WorkspaceTx, workspaceId: string, words: readonly UnknownWord[]): Promise<void> => {
  if (words.length > 0) await tx.insert(stageWord).values(words.map((word) => ({ workspaceId, ...word, stageId: null }))).onConflictDoNothing();
};

/**
 * What people did here follows the record it was said about, when records are linked as one person or parted again: to these parties, and away
 * from them, so that no batch reads what belongs to a party of another.
 */
const followRecords = async (tx: WorkspaceTx, workspaceId: string, parties: readonly string[]): Promise<void> => {
  const ids = sql`any(${sql.param([...parties])}::uuid[])`;
  for (const side of [sql`r.party_id = ${ids}`, sql`t.lead_id = ${ids}`]) {
    const moved = sql`set lead_id = r.party_id from record r where t.workspace_id = ${workspaceId}::uuid and r.workspace_id = ${workspaceId}::uuid and t.record_id = r.id and t.lead_id <> r.party_id and ${side}`;
    await tx.execute(sql`update stage_event t ${moved} and t."from" <> 'import'`);
    await tx.execute(sql`update handoff t ${moved}`);
  }
};

const gathered = <T extends { leadId: string }>(rows: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.leadId, [...(groups.get(row.leadId) ?? []), row]);
  return groups;
};

const keptOf = async (tx: WorkspaceTx, parties: readonly string[]): Promise<Kept> => {
  const log = await tx.select().from(stageEvent).where(and(oneOf(stageEvent.leadId, parties), ne(stageEvent.from, 'import')));
  const handoffs = await tx.select().from(handoff).where(oneOf(handoff.leadId, parties));
  return [
    gathered(log.map((row): LogEntry & { leadId: string } => ({ leadId: row.leadId, id: row.id, at: row.at.getTime(), stageId: row.stageId, reason: row.reason, actor: row.actor, withdraws: row.withdraws }))),
    gathered(handoffs.map((row): HandoffFacts & { leadId: string } => ({ leadId: row.leadId, state: row.state, offeredAt: row.offeredAt.getTime(), decidedAt: row.decidedAt?.getTime() ?? null, reason: row.reason, nurtureUntil: row.nurtureUntil?.getTime() ?? null }))),
  ];
};

const NOTHING_KEPT: Kept = [new Map(), new Map()];

/** Whether anybody did anything here at all; asked anew for every batch, since somebody may meanwhile. */
const anythingHere = async (tx: WorkspaceTx, workspaceId: string): Promise<boolean> =>
  (await tx.execute<{ acted: boolean }>(sql`
    select exists (select 1 from stage_event where workspace_id = ${workspaceId}::uuid and "from" <> 'import') or exists (select 1 from handoff where workspace_id = ${workspaceId}::uuid) as acted`)).rows[0]?.acted ?? true;

/**
 * Which of these leads are there. Whoever moves one of them meanwhile waits, or is waited for: neither overwrites what the other wrote.
 * @param parties in ascending order; those of a first import lie beyond all that are there, and none needs to be looked for
 */
const lockLeads = async (tx: WorkspaceTx, parties: readonly string[]): Promise<string[]> => {
  const [first, last] = [parties[0] ?? '', parties.at(-1) ?? ''];
  if (parties.length === 0 || (await tx.select({ id: lead.id }).from(lead).where(between(lead.id, first, last)).limit(1)).length === 0) return [];
  return (await tx.select({ id: lead.id }).from(lead).where(oneOf(lead.id, parties)).orderBy(asc(lead.id)).for('update')).map((row) => row.id);
};

const gather = async (tx: WorkspaceTx, workspaceId: string, { ids: parties, people }: Touched, held?: Held): Promise<Batch> => {
  const there = await lockLeads(tx, parties);
  const facts = await partyFacts(tx, workspaceId, parties, held, people);
  const acted = await anythingHere(tx, workspaceId);
  if (acted) await followRecords(tx, workspaceId, parties);
  return { parties, there, facts, kept: acted ? await keptOf(tx, parties) : NOTHING_KEPT };
};

/** What people did here stays; only what was read from records is made anew. Without a lead there is none of it. */
const writing = (workspaceId: string, { there, gone, log, leads }: Projected): SQL => {
  const [at, stageId, reason, actor, record] = log.others;
  const { values, from } = sentRows(['lead_id', 'uuid', log.leads], [['at', 'instant', at], ['stage_id', 'uuid', stageId], ['reason', 'text', reason], ['actor', 'text', actor], ['record_id', 'uuid', record]]);
  const cleared = there === null ? sql`` : sql`cleared as (delete from stage_event where workspace_id = ${workspaceId}::uuid and lead_id = any(${there}::uuid[]) and "from" = 'import'), `;
  const parted = gone === null ? sql`` : sql`parted as (delete from lead where workspace_id = ${workspaceId}::uuid and id = any(${gone}::uuid[])), `;
  return sql`
    with ${cleared}${parted}logged as (
      insert into stage_event (workspace_id, lead_id, id, at, stage_id, reason, actor, "from", record_id)
      select ${workspaceId}::uuid, e.lead_id, gen_random_uuid(), e.at, e.stage_id, e.reason, e.actor, 'import', e.record_id
        from (select ${values} from ${from}) as e(lead_id, at, stage_id, reason, actor, record_id))
    ${leadsStatement(workspaceId, leads, there === null)}`;
};

const write = async (tx: WorkspaceTx, { workspaceId }: Of, projected: Projected): Promise<void> => {
  await tx.execute(writing(workspaceId, projected));
  await askForWords(tx, workspaceId, projected.unknown);
};

type FollowLeads = (...given: Parameters<Projection>) => Promise<void>;

const actedOn = (workspaceId: string) =>
  sql`select record_id from stage_event where workspace_id = ${workspaceId}::uuid and "from" <> 'import' union select record_id from handoff where workspace_id = ${workspaceId}::uuid`;

/** Keeps leads and their logs in step with the records, batch by batch; while the database reads one and writes another, a third is worked out. */
export const leadProjection: Projection = Object.assign<FollowLeads, Pick<Projection, 'actedOn'>>(async (tx, of, parties) => {
  const held = await heldFacts(tx, of.workspaceId);
  const projector = openProjector(await loadProcess(tx, of));
  const changed = new Set<number>();
  try {
    let projected: Promise<Projected> | undefined;
    for await (const touched of parties()) {
      portionsOf(touched.ids, changed);
      const batch = await gather(tx, of.workspaceId, touched, held);
      const last = await projected;
      projected = projector.project(batch);
      // Heard when it is written; until then it must not count as unheard.
      projected.catch(() => undefined);
      if (last) await write(tx, of, last);
    }
    const last = await projected;
    if (last) await write(tx, of, last);
  } finally {
    await projector.stop();
  }
  await noteChange(tx, of.workspaceId, changed, 'records');
}, { actedOn });

/** The same for these leads alone: an act of a person here adds to the log or to the handoffs and lets the lead follow from all there is. */
export const projectLeads = async (tx: WorkspaceTx, of: Of, ids: readonly string[]): Promise<void> => {
  const held = await heldFacts(tx, of.workspaceId);
  const project = batchProjector(await loadProcess(tx, of));
  for (let at = 0; at < ids.length; at += 1_000) await write(tx, of, project(await gather(tx, of.workspaceId, { ids: ids.slice(at, at + 1_000).toSorted() }, held)));
  await noteChange(tx, of.workspaceId, portionsOf(ids));
};
