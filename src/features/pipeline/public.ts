import { asc, inArray, sql, type SQL } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import type { StageEnd, StageRole } from './domain/stages';
import { countedOnce } from './revision';
import { saidOut } from './said-out';
import { lead, stage } from './schema';

export { leadCycles, leadDays, leadStanding, leadSums, metricStages, moneySums, usualCurrency, type MoneySums, type Stretch } from './metrics-repo';
export { customerSums, forecastSums, ratesByActivity, satisfactionScores } from './customer-metrics-repo';
export { marketSums, workSums } from './market-metrics-repo';
export { mediumOf } from './domain/media';
export { CASE_KINDS, metricCases, type CaseKind } from './metric-cases-repo';
export { endedStays } from './stays-repo';
export { asOfDay } from './asked-day';
export type { AsOf } from './leads-as-of';
export type { Stays } from './domain/stays';
export type { DayCounts, LeadSums } from './domain/sum-leads';
export { customersReached } from './reach-repo';
export { revisionOf } from './revision';
export { announce, hearsOf, wakeWebhooks, type ActionNews, type ProblemNews } from './announce';
export * as metrics from './domain/metrics';
export type { Metric, MetricDefinition, MetricId } from './domain/metrics';

/** What a commitment's clock needs of a lead. Times are milliseconds since 1970. */
export type LeadTimes = {
  id: string; version: number; origin: Side; channel: string | null; owner: string | null; end: StageEnd; endedAt: number | null;
  passedAt: number | null; arrivedAt: number | null; contactedAt: number | null; returnedAt: number | null;
};

export type LeadStart = 'passed' | 'arrived' | 'returned';
const STARTS = { passed: lead.passedAt, arrived: lead.arrivedAt, returned: lead.returnedAt } as const;

const ms = (at: Date | null): number | null => at?.getTime() ?? null;

/**
 * Leads that started in a span of time and are not, as they are now, among those already known, in the order of their ids.
 * @param known a query with columns `id` and `version`
 * @param after the last id of the page before; null for the first page
 */
export const leadsNotYet = async (tx: WorkspaceTx, known: SQL, span: { start: LeadStart; from: Date; to: Date | null }, after: string | null, limit: number): Promise<LeadTimes[]> => {
  const started = STARTS[span.start];
  const [behind, knownBehind] = after === null ? [sql`true`, sql`true`] : [sql`${lead.id} > ${after}::uuid`, sql`known.id > ${after}::uuid`];
  const rows = await tx
    .select({ id: lead.id, version: lead.version, origin: lead.origin, channel: lead.channel, owner: lead.owner, end: lead.end, endedAt: lead.endedAt, passedAt: lead.passedAt, arrivedAt: lead.arrivedAt, contactedAt: lead.contactedAt, returnedAt: lead.returnedAt })
    .from(lead)
    .where(sql`${behind} and ${started} >= ${span.from} and ${span.to ? sql`${started} < ${span.to}` : sql`true`} and not exists (select 1 from (${known}) as known where known.id = ${lead.id} and known.version = ${lead.version} and ${knownBehind})`)
    .orderBy(asc(lead.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, endedAt: ms(row.endedAt), passedAt: ms(row.passedAt), arrivedAt: ms(row.arrivedAt), contactedAt: ms(row.contactedAt), returnedAt: ms(row.returnedAt) }));
};

export type LeadStep = { at: number; stageId: string; role: StageRole | null };

/** The stages these leads came to, in order of time. */
export const stageSteps = async (tx: WorkspaceTx, ids: readonly string[]): Promise<Map<string, LeadStep[]>> => {
  const roles = new Map((await tx.select({ id: stage.id, role: stage.role }).from(stage)).map((row) => [row.id, row.role]));
  // Hundreds of thousands of them are asked for at once: as numbers they pass unread, as dates each is parsed.
  const { rows } = await tx.execute<{ leadId: string; stageId: string; at: number }>(sql`
    select lead_id as "leadId", stage_id as "stageId", floor(extract(epoch from at) * 1000)::float8 as at from stage_event where lead_id = any(${sql.param([...ids])}::uuid[]) order by lead_id, stage_event.at`);
  const steps = new Map<string, LeadStep[]>();
  for (const { leadId, at, stageId } of rows) {
    const step = { at, stageId, role: roles.get(stageId) ?? null };
    const own = steps.get(leadId);
    if (own) own.push(step);
    else steps.set(leadId, [step]);
  }
  return steps;
};

/** What leads are called, whose they are, and whether they opted out. */
export const leadNames = async (tx: WorkspaceTx, ids: readonly string[]): Promise<Map<string, { name: string | null; company: string | null; owner: string | null; optedOut: boolean }>> => {
  if (ids.length === 0) return new Map();
  const rows = await tx.select({ id: lead.id, workspaceId: lead.workspaceId, name: lead.name, company: lead.company, owner: lead.owner }).from(lead).where(inArray(lead.id, [...ids]));
  return new Map((await saidOut(tx, rows)).map(({ id, name, company, owner, optedOut }) => [id, { name, company, owner, optedOut }]));
};

/** Which of these are stages here. */
export const knownStages = async (tx: WorkspaceTx, ids: readonly string[]): Promise<Set<string>> =>
  new Set(ids.length === 0 ? [] : (await tx.select({ id: stage.id }).from(stage).where(inArray(stage.id, [...ids]))).map((row) => row.id));

/** Leads passed on (or arrived) by month of a zone, owner, origin and channel: "2026-03". */
export const passedByMonth = async (tx: WorkspaceTx, wanted: { start: LeadStart; from: Date; zone: string; credible: boolean }) => {
  const started = STARTS[wanted.start];
  const { rows } = await tx.execute<{ month: string; owner: string | null; origin: Side; channel: string | null; n: number }>(sql`
    select to_char(began, 'YYYY-MM') as month, owner, origin, channel, n from (
      select date_trunc('month', ${started} at time zone ${wanted.zone}) as began, ${lead.owner} as owner, ${lead.origin} as origin, ${lead.channel} as channel, count(*)::int as n
      from ${lead} where ${started} >= ${wanted.from} and ${wanted.credible ? sql`${lead.returnedAt} is null` : sql`true`} group by 1, 2, 3, 4) as months`);
  return rows;
};

/** Why leads were returned in a span of time, commonest first; '' where no reason was given. */
export const returnReasons = async (tx: WorkspaceTx, from: Date, to: Date): Promise<{ reason: string; n: number }[]> =>
  (await tx.execute<{ reason: string; n: number }>(sql`
    select coalesce(${lead.returnReason}, '') as reason, count(*)::int as n from ${lead} where ${lead.returnedAt} >= ${from} and ${lead.returnedAt} < ${to} group by 1 order by 2 desc, 1 limit 20`)).rows;

/** Of leads known as they once were (`known` as above), those that have changed. */
export const leadsChanged = async (tx: WorkspaceTx, known: SQL): Promise<string[]> =>
  (await tx.execute<{ id: string }>(sql`select known.id from (${known}) as known join ${lead} on ${lead.id} = known.id where ${lead.version} <> known.version`)).rows.map((row) => row.id);

/** Of the leads passed on in a span of time, how many were contacted, returned or settled since; and how many leads there are at all. */
export const answeredOf = (tx: WorkspaceTx, workspaceId: string, from: Date, to: Date): Promise<{ passed: number; answered: number; leads: number }> =>
  countedOnce(tx, workspaceId, `answered ${from.toISOString()} ${to.toISOString()}`, () => countAnswered(tx, from, to));

const countAnswered = async (tx: WorkspaceTx, from: Date, to: Date): Promise<{ passed: number; answered: number; leads: number }> => {
  const { rows } = await tx.execute<{ passed: number; answered: number; leads: number }>(sql`
    select count(*) filter (where ${lead.passedAt} >= ${from} and ${lead.passedAt} < ${to})::int as passed, count(*)::int as leads,
           count(*) filter (where ${lead.passedAt} >= ${from} and ${lead.passedAt} < ${to} and (${lead.contactedAt} is not null or ${lead.returnedAt} is not null or ${lead.end} <> 'open'))::int as answered from ${lead}`);
  return rows[0] ?? { passed: 0, answered: 0, leads: 0 };
};

/** Leads passed on since a day: with an owner, those of the owner who holds most, and those nobody owns. */
export const tiesOf = (tx: WorkspaceTx, workspaceId: string, from: Date): Promise<{ passed: number; owned: number; top: number }> =>
  countedOnce(tx, workspaceId, `ties ${from.toISOString()}`, async () => {
    const { rows } = await tx.execute<{ passed: number; owned: number; top: number }>(sql`
      select coalesce(sum(n), 0)::int as passed, coalesce(sum(n) filter (where owner is not null), 0)::int as owned, coalesce(max(n) filter (where owner is not null), 0)::int as top
        from (select ${lead.owner} as owner, count(*) as n from ${lead} where ${lead.passedAt} >= ${from} group by 1) as owners`);
    return rows[0] ?? { passed: 0, owned: 0, top: 0 };
  });

/** Why leads were lost in a span of time, commonest first; those without a reason are left out. */
export const lossReasons = (tx: WorkspaceTx, workspaceId: string, from: Date, to: Date): Promise<{ reason: string; n: number }[]> =>
  countedOnce(tx, workspaceId, `losses ${from.toISOString()} ${to.toISOString()}`, async () =>
    (await tx.execute<{ reason: string; n: number }>(sql`
      select ${lead.reason} as reason, count(*)::int as n from ${lead}
       where ${lead.end} = 'lost' and ${lead.endedAt} >= ${from} and ${lead.endedAt} < ${to} and coalesce(${lead.reason}, '') <> '' group by 1 order by 2 desc, 1 limit 500`)).rows);
