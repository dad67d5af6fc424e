import { and, asc, between, ne, sql, type SQL } from 'drizzle-orm';
import { plain } from '../../lib/plain';
import { bareArray, textArray } from '../../platform/db/array-literal';
import type { WorkspaceTx } from '../../platform/db/database';
import { oneOf } from '../../platform/db/one-of';
import { heldFacts, partyFacts, type Held, type PartyHistory, type PartyRecord, type Projection } from '../customers/public';
import { ensurePipeline } from './commands/ensure-pipeline';
import { withHandoffs, type HandoffFacts } from './domain/handoffs';
import { stateColumns } from './domain/lead-state';
import { replay, withoutRepeats, inOrder, type LogEntry, type StageInfo } from './domain/log';
import { projectLead, type Projection as LeadProjection, type StageFinder } from './domain/project-lead';
import { usualRole } from './domain/stage-words';
import { endOf, type StageRole } from './domain/stages';
import { handoff } from './handoff-schema';
import { noteChange, portionsOf } from './revision';
import { lead, stage, stageEvent, stageWord } from './schema';
import { leadsStatement, type NewLead } from './write-leads';

type Place = StageInfo & { pipelineId: string; archivedAt: number | null; movesTo: string | null };
type Process = { held: Held; finder: StageFinder; stages: ReadonlyMap<string, Place> };

const loadProcess = async (tx: WorkspaceTx, of: { workspaceId: string; now: Date }): Promise<Process> => {
  const pipelineId = await ensurePipeline(tx, of);
  const rows = await tx.select().from(stage);
  const words = new Map((await tx.select().from(stageWord)).flatMap((row) => (row.stageId ? [[`${row.sourceId}|${row.word}`, row.stageId] as const] : [])));
  // Where nobody said otherwise, a system's words mean stages of the main pipeline; of two for one thing, the one still in use.
  const main = rows.filter((row) => row.pipelineId === pipelineId).toSorted((a, b) => Number(a.archivedAt === null) - Number(b.archivedAt === null));
  const byName = new Map(main.map((row) => [plain(row.name), row.id]));
  const byRole = new Map(main.flatMap((row) => (row.role ? [[row.role, row.id] as const] : [])));
  const finder: StageFinder = {
    byRole: (role: StageRole) => byRole.get(role),
    byWord: (sourceId, word) => {
      const folded = plain(word);
      const role = usualRole(word);
      return words.get(`${sourceId}|${folded}`) ?? byName.get(folded) ?? (role ? byRole.get(role) : undefined);
    },
  };
  return {
    held: await heldFacts(tx, of.workspaceId),
    finder,
    stages: new Map(rows.map((row) => [row.id, { id: row.id, pipelineId: row.pipelineId, position: row.position, end: endOf(row.role), archivedAt: row.archivedAt?.getTime() ?? null, movesTo: row.movesTo }])),
  };
};

/** What a system puts at a stage after it was archived stands at the stage that took its leads; what it said before stays where it was. */
const afterArchiving = (entry: LogEntry, stages: Process['stages']): LogEntry => {
  let place = stages.get(entry.stageId);
  for (let left = stages.size; left > 0 && place && place.archivedAt !== null && place.movesTo && entry.at >= place.archivedAt; left -= 1) place = stages.get(place.movesTo);
  return place && place.id !== entry.stageId ? { ...entry, stageId: place.id } : entry;
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

type Made = { id: string; projection: LeadProjection; log: LogEntry[]; handoffs: HandoffFacts[]; recordId: string };

const instantOrNull = (at: number | null): Date | null => (at === null ? null : new Date(at));

const leadRow = ({ id, projection, log, handoffs }: Made, { stages }: Process): NewLead | undefined => {
  const state = replay(log, stages);
  const place = stages.get(state?.stageId ?? '');
  if (!state || !place) return undefined;
  const passing = withHandoffs(projection, handoffs);
  return {
    id, pipelineId: place.pipelineId, sourceId: projection.sourceId, origin: projection.origin, name: projection.name, company: projection.company, channel: projection.channel,
    owner: projection.owner, ...stateColumns(state), amount: projection.amount, passedAt: instantOrNull(passing.passedAt), arrivedAt: instantOrNull(projection.arrivedAt), contactedAt: instantOrNull(projection.contactedAt),
    returnedAt: instantOrNull(passing.returnedAt), returnReason: passing.returnReason, nurtureUntil: state.end === 'recycled' ? instantOrNull(passing.nurtureUntil) : null,
    marketingRecords: projection.marketingRecords, salesRecords: projection.salesRecords,
    passes: passing.passes.map((at) => new Date(at)), marketingEntries: projection.marketingEntries.map((at) => new Date(at)), salesOwner: projection.salesOwner,
  };
};

const logStatement = (workspaceId: string, made: readonly Made[]): SQL => {
  const rows = made.flatMap(({ id, log, recordId }) => log.map(({ at, stageId, reason, actor }) => ({ lead: id, record: recordId, at, stageId, reason, actor })));
  return sql`
    insert into stage_event (workspace_id, lead_id, id, at, stage_id, reason, actor, "from", record_id)
    select ${workspaceId}::uuid, l, gen_random_uuid(), to_timestamp(a / 1000.0), s, r, w, 'import', c from unnest(
      ${bareArray(rows.map((row) => row.lead))}::uuid[], ${bareArray(rows.map((row) => row.at))}::float8[], ${bareArray(rows.map((row) => row.stageId))}::uuid[],
      ${textArray(rows.map((row) => row.reason))}::text[], ${textArray(rows.map((row) => row.actor))}::text[], ${bareArray(rows.map((row) => row.record))}::uuid[]) as t(l, a, s, r, w, c)`;
};

type UnknownWord = { sourceId: string; word: string; spelling: string };

/** Words for stages that nobody has given a meaning yet, once each. */
const unknownWords = (made: readonly Made[]): UnknownWord[] => {
  const words = new Map<string, UnknownWord>();
  for (const { projection: { sourceId, unknown } } of made) for (const spelling of unknown) words.set(`${sourceId}|${plain(spelling)}`, { sourceId, word: plain(spelling), spelling });
  return [...words.values()].slice(0, 500);
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

type Kept = readonly [Map<string, (LogEntry & { leadId: string })[]>, Map<string, (HandoffFacts & { leadId: string })[]>];
const NOTHING_KEPT: Kept = [new Map(), new Map()];

/** Whether anybody did anything here at all; asked anew for every batch, since somebody may meanwhile. */
const anythingHere = async (tx: WorkspaceTx, workspaceId: string): Promise<boolean> =>
  (await tx.execute<{ acted: boolean }>(sql`
    select exists (select 1 from stage_event where workspace_id = ${workspaceId}::uuid and "from" <> 'import') or exists (select 1 from handoff where workspace_id = ${workspaceId}::uuid) as acted`)).rows[0]?.acted ?? true;

type Batch = { of: { workspaceId: string; now: Date }; process: Process; parties: readonly string[]; there: readonly string[]; facts: Awaited<ReturnType<typeof partyFacts>>; kept: Kept };

/**
 * Which of these leads are there. Whoever moves one of them meanwhile waits, or is waited for: neither overwrites what the other wrote.
 * @param parties in ascending order; those of a first import lie beyond all that are there, and none needs to be looked for
 */
const lockLeads = async (tx: WorkspaceTx, parties: readonly string[]): Promise<string[]> => {
  const [first, last] = [parties[0] ?? '', parties.at(-1) ?? ''];
  if (parties.length === 0 || (await tx.select({ id: lead.id }).from(lead).where(between(lead.id, first, last)).limit(1)).length === 0) return [];
  return (await tx.select({ id: lead.id }).from(lead).where(oneOf(lead.id, parties)).orderBy(asc(lead.id)).for('update')).map((row) => row.id);
};

const gather = async (tx: WorkspaceTx, of: Batch['of'], process: Process, parties: readonly string[]): Promise<Batch> => {
  const there = await lockLeads(tx, parties);
  const facts = await partyFacts(tx, of.workspaceId, parties, process.held);
  const acted = await anythingHere(tx, of.workspaceId);
  if (acted) await followRecords(tx, of.workspaceId, parties);
  return { of, process, parties, there, facts, kept: acted ? await keptOf(tx, parties) : NOTHING_KEPT };
};

/** What is to be sent, put together already, so that the database waits for nothing between two batches. */
type Worked = { of: Batch['of']; statement: SQL; unknown: readonly UnknownWord[] };

/** What people did here stays; only what was read from records is made anew. Without a lead there is none of it. */
const writing = ({ of: { workspaceId }, there }: Batch, stay: ReadonlySet<string>, made: readonly Made[], rows: readonly NewLead[]): SQL => {
  const gone = there.filter((id) => !stay.has(id));
  const logged = sql`logged as (${logStatement(workspaceId, made)})`;
  const cleared = sql`cleared as (delete from stage_event where workspace_id = ${workspaceId}::uuid and lead_id = any(${bareArray(there)}::uuid[]) and "from" = 'import')`;
  const parted = sql`parted as (delete from lead where workspace_id = ${workspaceId}::uuid and id = any(${bareArray(gone)}::uuid[]))`;
  return sql`with ${there.length > 0 ? sql`${cleared}, ` : sql``}${gone.length > 0 ? sql`${parted}, ` : sql``}${logged} ${leadsStatement(workspaceId, rows, there.length === 0)}`;
};

const work = (batch: Batch): Worked => {
  const { of, process, parties, facts, kept: [kept, handoffs] } = batch;
  const [people, deals, history] = [grouped(facts.people.filter(isThere)), grouped(facts.deals.filter(isThere)), grouped(facts.history)];
  const made = parties.flatMap((id): Made[] => {
    const [records, own, past] = [people.get(id) ?? [], deals.get(id) ?? [], history.get(id) ?? []];
    const recordId = (records[0] ?? own[0])?.recordId;
    if (!recordId || !inProcess(records, own, past)) return [];
    const projection = projectLead(records, own, past, facts.firstActivity.get(id) ?? null, process.finder);
    if (!projection) return [];
    return [{ id, projection, recordId, handoffs: handoffs.get(id) ?? [], log: withoutRepeats(inOrder(projection.log.map((entry) => afterArchiving(entry, process.stages)), process.stages)) }];
  });
  const rows = made.flatMap((each) => leadRow({ ...each, log: [...each.log, ...(kept.get(each.id) ?? [])] }, process) ?? []);
  const stay = new Set(rows.map((row) => row.id));
  const staying = made.filter((each) => stay.has(each.id));
  return { of, statement: writing(batch, stay, staying, rows), unknown: unknownWords(staying) };
};

const write = async (tx: WorkspaceTx, { of, statement, unknown }: Worked): Promise<void> => {
  await tx.execute(statement);
  await askForWords(tx, of.workspaceId, unknown);
};

type FollowLeads = (...given: Parameters<Projection>) => Promise<void>;

const actedOn = (workspaceId: string) =>
  sql`select record_id from stage_event where workspace_id = ${workspaceId}::uuid and "from" <> 'import' union select record_id from handoff where workspace_id = ${workspaceId}::uuid`;

/** Keeps leads and their logs in step with the records, batch by batch; while the database writes one, the next is worked out. */
export const leadProjection: Projection = Object.assign<FollowLeads, Pick<Projection, 'actedOn'>>(async (tx, of, parties) => {
  const process = await loadProcess(tx, of);
  let worked: Worked | undefined;
  const changed = new Set<number>();
  for await (const ids of parties()) {
    portionsOf(ids, changed);
    const batch = await gather(tx, of, process, ids);
    const writing = worked ? write(tx, worked) : Promise.resolve();
    const [next] = await Promise.all([new Promise<Worked>((resolve) => resolve(work(batch))), writing]);
    worked = next;
  }
  if (worked) await write(tx, worked);
  await noteChange(tx, of.workspaceId, changed, 'records');
}, { actedOn });

/** The same for these leads alone: an act of a person here adds to the log or to the handoffs and lets the lead follow from all there is. */
export const projectLeads = async (tx: WorkspaceTx, of: { workspaceId: string; now: Date }, ids: readonly string[]): Promise<void> => {
  const process = await loadProcess(tx, of);
  for (let at = 0; at < ids.length; at += 1_000) await write(tx, work(await gather(tx, of, process, ids.slice(at, at + 1_000).toSorted())));
  await noteChange(tx, of.workspaceId, portionsOf(ids));
};
