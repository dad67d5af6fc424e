import { and, eq, sql, type Column } from 'drizzle-orm';
import { plain } from '../../lib/plain';
import type { WorkspaceTx } from '../../platform/db/database';
import { heldFacts, partyFacts, type Held, type PartyHistory, type PartyRecord, type Projection } from '../customers/public';
import { ensurePipeline } from './commands/ensure-pipeline';
import { replay, withoutRepeats, inOrder, type LogEntry, type StageInfo } from './domain/log';
import { projectLead, type Projection as LeadProjection, type StageFinder } from './domain/project-lead';
import { usualRole } from './domain/stage-words';
import { endOf, type StageRole } from './domain/stages';
import { lead, stage, stageEvent, stageWord } from './schema';
import { writeLeads, type NewLead } from './write-leads';

type Process = { pipelineId: string; held: Held; finder: StageFinder; stages: ReadonlyMap<string, StageInfo> };

const loadProcess = async (tx: WorkspaceTx, of: { workspaceId: string; now: Date }): Promise<Process> => {
  const pipelineId = await ensurePipeline(tx, of);
  const rows = await tx.select().from(stage).where(eq(stage.pipelineId, pipelineId));
  const words = new Map((await tx.select().from(stageWord)).flatMap((row) => (row.stageId ? [[`${row.sourceId}|${row.word}`, row.stageId] as const] : [])));
  const byName = new Map(rows.map((row) => [plain(row.name), row.id]));
  const byRole = new Map(rows.flatMap((row) => (row.role ? [[row.role, row.id] as const] : [])));
  const finder: StageFinder = {
    byRole: (role: StageRole) => byRole.get(role),
    byWord: (sourceId, word) => {
      const folded = plain(word);
      const role = usualRole(word);
      return words.get(`${sourceId}|${folded}`) ?? byName.get(folded) ?? (role ? byRole.get(role) : undefined);
    },
  };
  return { pipelineId, held: await heldFacts(tx, of.workspaceId), finder, stages: new Map(rows.map((row) => [row.id, { id: row.id, position: row.position, end: endOf(row.role) }])) };
};

const grouped = <T extends { partyId: string }>(rows: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.partyId);
    if (group) group.push(row);
    else groups.set(row.partyId, [row]);
  }
  return groups;
};

/** A contact is in the process once a system says so; a mere address is not a lead. */
const PROCESS_FIELDS = ['stage', 'status', 'qualifiedAt', 'passedAt', 'acceptedAt', 'returnedAt', 'entered'] as const;
const inProcess = (records: readonly PartyRecord[], deals: readonly PartyRecord[], history: readonly PartyHistory[]): boolean =>
  deals.length > 0 || history.length > 0 || records.some((row) => row.kind === 'lead' || PROCESS_FIELDS.some((field) => row.data[field] !== undefined));

/** What its system has deleted or merged into another is no longer in the process. */
const isThere = ({ data }: PartyRecord): boolean => data.deleted !== true;

type Made = { id: string; projection: LeadProjection; log: LogEntry[]; recordId: string };

const instantOrNull = (at: number | null): Date | null => (at === null ? null : new Date(at));

const leadRow = ({ id, projection, log }: Made, process: Process): NewLead | undefined => {
  const state = replay(log, process.stages);
  if (!state) return undefined;
  return {
    id, pipelineId: process.pipelineId, sourceId: projection.sourceId, origin: projection.origin, name: projection.name, company: projection.company, channel: projection.channel,
    owner: projection.owner, stageId: state.stageId, stageSince: new Date(state.since), enteredAt: new Date(state.enteredAt), end: state.end, endedAt: instantOrNull(state.endedAt), reason: state.reason,
    furthest: state.furthest, amount: projection.amount, passedAt: instantOrNull(projection.passedAt), arrivedAt: instantOrNull(projection.arrivedAt), contactedAt: instantOrNull(projection.contactedAt),
    returnedAt: instantOrNull(projection.returnedAt), returnReason: projection.returnReason, marketingRecords: projection.marketingRecords, salesRecords: projection.salesRecords,
    passes: projection.passes.map((at) => new Date(at)), marketingEntries: projection.marketingEntries.map((at) => new Date(at)), salesOwner: projection.salesOwner,
  };
};

const writeLog = (tx: WorkspaceTx, workspaceId: string, made: readonly Made[]) => {
  const rows = made.flatMap(({ id, log, recordId }) => log.map((entry) => ({ lead: id, record: recordId, ...entry })));
  return tx.execute(sql`
    insert into stage_event (workspace_id, lead_id, id, at, stage_id, reason, actor, "from", record_id)
    select ${workspaceId}::uuid, l, gen_random_uuid(), to_timestamp(a / 1000.0), s, r, w, 'import', c from unnest(
      ${sql.param(rows.map((row) => row.lead))}::uuid[], ${sql.param(rows.map((row) => row.at))}::float8[], ${sql.param(rows.map((row) => row.stageId))}::uuid[],
      ${sql.param(rows.map((row) => row.reason))}::text[], ${sql.param(rows.map((row) => row.actor))}::text[], ${sql.param(rows.map((row) => row.record))}::uuid[]) as t(l, a, s, r, w, c)`);
};

const askForWords = async (tx: WorkspaceTx, workspaceId: string, made: readonly LeadProjection[]): Promise<void> => {
  const asked = new Map(made.flatMap(({ sourceId, unknown }) => unknown.map((spelling) => [`${sourceId}|${plain(spelling)}`, { workspaceId, sourceId, word: plain(spelling), spelling, stageId: null }] as const)));
  if (asked.size > 0) await tx.insert(stageWord).values([...asked.values()].slice(0, 500)).onConflictDoNothing();
};

/** One parameter however many ids. */
const oneOf = (column: Column, ids: readonly string[]) => sql`${column} = any(${sql.param([...ids])}::uuid[])`;

const projectBatch = async (tx: WorkspaceTx, of: { workspaceId: string; now: Date }, process: Process, parties: readonly string[]): Promise<void> => {
  const facts = await partyFacts(tx, of.workspaceId, parties, process.held);
  const [people, deals, history] = [grouped(facts.people.filter(isThere)), grouped(facts.deals.filter(isThere)), grouped(facts.history)];
  // What people did here stays; only what was read from records is made anew.
  await tx.delete(stageEvent).where(and(oneOf(stageEvent.leadId, parties), eq(stageEvent.from, 'import')));
  const byHand = await tx.select().from(stageEvent).where(oneOf(stageEvent.leadId, parties));
  const kept = new Map<string, LogEntry[]>();
  for (const row of byHand) kept.set(row.leadId, [...(kept.get(row.leadId) ?? []), { at: row.at.getTime(), stageId: row.stageId, reason: row.reason, actor: row.actor }]);
  const made = parties.flatMap((id): Made[] => {
    const [records, own, past] = [people.get(id) ?? [], deals.get(id) ?? [], history.get(id) ?? []];
    const recordId = (records[0] ?? own[0])?.recordId;
    if (!recordId || !inProcess(records, own, past)) return [];
    const projection = projectLead(records, own, past, facts.firstActivity.get(id) ?? null, process.finder);
    if (!projection) return [];
    return [{ id, projection, recordId, log: withoutRepeats(inOrder(projection.log, process.stages)) }];
  });
  const rows = made.flatMap((each) => leadRow({ ...each, log: [...each.log, ...(kept.get(each.id) ?? [])] }, process) ?? []);
  const there = new Set(rows.map((row) => row.id));
  const gone = parties.filter((id) => !there.has(id));
  if (gone.length > 0) await tx.delete(lead).where(oneOf(lead.id, gone));
  await writeLog(tx, of.workspaceId, made.filter((each) => there.has(each.id)));
  await writeLeads(tx, of.workspaceId, rows);
  await askForWords(tx, of.workspaceId, made.map((each) => each.projection));
};

/** Keeps leads and their logs in step with the records, batch by batch. */
export const leadProjection: Projection = async (tx, of, parties) => {
  const process = await loadProcess(tx, of);
  for await (const batch of parties()) await projectBatch(tx, of, process, batch);
};
