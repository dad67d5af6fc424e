import { and, asc, count, desc, eq, gte, ilike, inArray, isNull, lt, or, sql, type Column, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { oneOf } from '../../platform/db/one-of';
import { leadsByStage } from './board-repo';
import { mediumOf, type MediumAsked } from './domain/media';
import type { CountedBy } from './domain/rule-bits';
import { heldLeads } from './held-leads';
import { asOfKey, leadsThen, type AsOf } from './leads-as-of';
import { leadsNaming } from './named-leads';
import { anyLeadEver, countedOnce } from './revision';
import { countsAt } from './rule-repo';
import type { LeadFilters } from './views-contract';
import { lead, pipeline, stage, stageEvent } from './schema';
import { cameUnder } from './term-repo';

export type LeadRow = typeof lead.$inferSelect;

/** With what a rule counts in the place of its name; `asOf`: leads as they stood then. */
export type LeadsWanted = Omit<LeadFilters, 'rule'> & { counts?: CountedBy | undefined; asOf: AsOf };
type Wanted = Omit<LeadsWanted, 'sort' | 'order'>;

export const pipelinesWithStages = async (tx: WorkspaceTx, workspaceId: string) => {
  const pipelines = await tx.select().from(pipeline).where(isNull(pipeline.archivedAt)).orderBy(desc(pipeline.isDefault), asc(pipeline.createdAt));
  const stages = await tx.select().from(stage).where(isNull(stage.archivedAt)).orderBy(asc(stage.position));
  const leads = await leadsByStage(tx, workspaceId);
  return pipelines.map((row) => ({ ...row, stages: stages.filter((each) => each.pipelineId === row.id).map((each) => ({ ...each, leads: leads.get(each.id) ?? 0 })) }));
};

/** LIKE's own signs in what somebody searches for mean themselves. */
const pattern = (search: string): string => `%${search.replace(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;

/** Blank: no record says. */
const said = (column: typeof lead.territory | typeof lead.industry, value: string): SQL => (value === '' ? isNull(column) : eq(column, value));

const between = (workspaceId: string, filters: Wanted): SQL | undefined =>
  and(
    filters.underWay === undefined ? undefined : filters.underWay === 'true' ? inArray(lead.end, ['open', 'recycled']) : inArray(lead.end, ['won', 'lost']),
    filters.enteredFrom ? gte(lead.enteredAt, new Date(filters.enteredFrom)) : undefined,
    filters.enteredTo ? lt(lead.enteredAt, new Date(filters.enteredTo)) : undefined,
    filters.endedFrom ? gte(lead.endedAt, new Date(filters.endedFrom)) : undefined,
    filters.endedTo ? lt(lead.endedAt, new Date(filters.endedTo)) : undefined,
    filters.reached ? sql`exists (select 1 from (select s.pipeline_id, min(s.position) as position from ${stage} s where s.role = ${filters.reached} group by 1) m where m.pipeline_id = ${lead.pipelineId} and ${lead.furthest} >= m.position)` : undefined,
    filters.counts ? countsAt(filters.counts, workspaceId, filters.asOf) : undefined,
    filters.term && filters.termVersion ? cameUnder(filters.term, filters.termVersion) : undefined,
    filters.territory === undefined ? undefined : said(lead.territory, filters.territory),
    filters.industry === undefined ? undefined : said(lead.industry, filters.industry),
  );

const matching = (workspaceId: string, filters: Wanted): SQL | undefined =>
  and(
    filters.pipeline ? eq(lead.pipelineId, filters.pipeline) : undefined,
    filters.stage ? eq(lead.stageId, filters.stage) : undefined,
    filters.end ? eq(lead.end, filters.end) : undefined,
    filters.origin ? eq(lead.origin, filters.origin) : undefined,
    filters.channel === undefined ? undefined : filters.channel === '' ? isNull(lead.channel) : eq(lead.channel, filters.channel),
    filters.owner === undefined ? undefined : filters.owner === '' ? isNull(lead.owner) : eq(lead.owner, filters.owner),
    filters.search ? or(ilike(lead.name, pattern(filters.search)), ilike(lead.company, pattern(filters.search))) : undefined,
    between(workspaceId, filters),
  );

/** Sources of a medium, by the names that leads here have. */
const ofMedium = async (tx: WorkspaceTx, workspaceId: string, medium: MediumAsked): Promise<SQL> => {
  const { channels } = await heldLeads(tx, workspaceId);
  const among = (chosen: readonly string[]): SQL => sql`${lead.channel} = any(${sql.param([...chosen])}::text[])`;
  return medium === 'unknown' ? sql`(${isNull(lead.channel)} or not ${among(channels.filter((name) => mediumOf(name) !== null))})` : among(channels.filter((name) => mediumOf(name) === medium));
};

/** @param workspaceId whose leads are searched */
const wanted = async (tx: WorkspaceTx, workspaceId: string, filters: Wanted): Promise<SQL | undefined> => {
  const named = filters.search ? await leadsNaming(tx, workspaceId, filters.search) : undefined;
  return and(named && oneOf(lead.id, named), filters.medium && (await ofMedium(tx, workspaceId, filters.medium)), matching(workspaceId, filters));
};

export type LeadPage = { limit: number; offset: number; /** The last lead of the page before. */ after?: string | undefined };

/** What comes after a lead in this order. A row comparison, which the indexes of the dates serve; names and amounts may be missing, and missing ones come last. */
const beyond = (filters: LeadsWanted, column: Column, after: string): SQL => {
  const down = filters.order === 'desc';
  const than = sql.raw(down ? '<' : '>');
  const last = sql`(select ${column} from lead where id = ${after}::uuid)`;
  const step = sql`(${column}, ${lead.id}) ${than} (${last}, ${after}::uuid)`;
  if (filters.sort !== 'name' && filters.sort !== 'amount') return step;
  return sql`case when ${last} is null then ${column} is null and ${lead.id} ${than} ${after}::uuid else ${column} is null or ${step} end`;
};

export const listLeads = async (tx: WorkspaceTx, workspaceId: string, filters: LeadsWanted, page: LeadPage): Promise<LeadRow[]> => {
  if (!(await anyLeadEver(tx))) return [];
  const column = { enteredAt: lead.enteredAt, stageSince: lead.stageSince, name: lead.name, amount: lead.amount }[filters.sort];
  const down = filters.order === 'desc';
  // Names and amounts may be missing; the dates never are, and without a word about nulls their indexes serve.
  const first = filters.sort === 'name' || filters.sort === 'amount' ? (down ? sql`${column} desc nulls last` : sql`${column} asc nulls last`) : down ? desc(column) : asc(column);
  return tx.with(...leadsThen(tx, workspaceId, filters.asOf)).select().from(lead).where(and(await wanted(tx, workspaceId, filters), page.after ? beyond(filters, column, page.after) : undefined)).orderBy(first, down ? desc(lead.id) : asc(lead.id)).limit(page.limit).offset(page.offset);
};

export const countLeads = (tx: WorkspaceTx, workspaceId: string, { sort: _, order: __, ...filters }: LeadsWanted): Promise<number> =>
  countedOnce(tx, workspaceId, `total ${JSON.stringify(filters)}${asOfKey(filters.asOf)}`, async () =>
    ((await anyLeadEver(tx)) ? await tx.with(...leadsThen(tx, workspaceId, filters.asOf)).select({ n: count() }).from(lead).where(await wanted(tx, workspaceId, filters)) : [])[0]?.n ?? 0);

export const findLead = async (tx: WorkspaceTx, id: string): Promise<LeadRow | undefined> => (await tx.select().from(lead).where(eq(lead.id, id)))[0];

/** In order of time; at one instant the later stage is the later entry, as the log is replayed. */
export const logOf = async (tx: WorkspaceTx, id: string) =>
  (await tx.select({ entry: stageEvent }).from(stageEvent).leftJoin(stage, and(eq(stage.workspaceId, stageEvent.workspaceId), eq(stage.id, stageEvent.stageId))).where(eq(stageEvent.leadId, id)).orderBy(asc(stageEvent.at), asc(stage.position), asc(stageEvent.id))).map(({ entry }) => entry);
