import { and, asc, count, desc, eq, gte, isNotNull, isNull, lt, lte, sql, type SQL } from 'drizzle-orm';
import { bareArray } from '../../platform/db/array-literal';
import type { WorkspaceTx } from '../../platform/db/database';
import type { ClockState } from './domain/clock';
import type { Tally } from './domain/attainment';
import type { Per } from './domain/periods';
import { agreement, commitmentClock, workCalendar, type NOTICE_STEPS } from './schema';

export type ClockRow = typeof commitmentClock.$inferSelect;
export type NewClock = typeof commitmentClock.$inferInsert;
export type NoticeStep = (typeof NOTICE_STEPS)[number];

/** Leads whose clock is worked out already, as they were then. */
export const knownClocks = (agreementId: string, basis: string): SQL =>
  sql`select ${commitmentClock.leadId} as id, ${commitmentClock.leadVersion} as version from ${commitmentClock} where ${commitmentClock.agreementId} = ${agreementId} and ${commitmentClock.basis} = ${basis}`;

type Cell = string | number | boolean | Date | null;
const column = (rows: readonly NewClock[], pick: (row: NewClock) => Cell): string =>
  bareArray(rows.map((row) => { const cell = pick(row); return typeof cell === 'boolean' ? String(cell) : (cell instanceof Date ? cell.getTime() : cell); }));
/** Sent as milliseconds: to write each as text is what took the time. */
const instant = (name: string) => sql.raw(`to_timestamp(${name} / 1000.0)`);

export const putClocks = async (tx: WorkspaceTx, rows: readonly NewClock[]): Promise<void> => {
  const [first] = rows;
  if (!first) return;
  await tx.execute(sql`
    insert into commitment_clock (workspace_id, agreement_id, basis, version, lead_id, lead_version, counts, started_at, due_at, warn_at, escalate_at, met_at, stopped)
    select ${first.workspaceId}::uuid, ${first.agreementId}::uuid, ${first.basis}, ${first.version}, l, v, c, ${instant('s')}, ${instant('d')}, ${instant('w')}, ${instant('e')}, ${instant('m')}, o from unnest(
      ${column(rows, (row) => row.leadId)}::uuid[], ${column(rows, (row) => row.leadVersion)}::int[], ${column(rows, (row) => row.counts)}::bool[], ${column(rows, (row) => row.startedAt)}::float8[],
      ${column(rows, (row) => row.dueAt ?? null)}::float8[], ${column(rows, (row) => row.warnAt ?? null)}::float8[], ${column(rows, (row) => row.escalateAt ?? null)}::float8[],
      ${column(rows, (row) => row.metAt ?? null)}::float8[], ${column(rows, (row) => row.stopped)}::bool[]) as t(l, v, c, s, d, w, e, m, o)
    on conflict (workspace_id, agreement_id, lead_id) do update set basis = excluded.basis, version = excluded.version, lead_version = excluded.lead_version, counts = excluded.counts, started_at = excluded.started_at,
      due_at = excluded.due_at, warn_at = excluded.warn_at, escalate_at = excluded.escalate_at, met_at = excluded.met_at, stopped = excluded.stopped`);
};

/** Clocks of these leads, and those that were worked out under other terms than these. */
export const dropStale = (tx: WorkspaceTx, agreementId: string, bases: readonly string[], leads: readonly string[]) =>
  tx.execute(sql`
    delete from commitment_clock where agreement_id = ${agreementId}
      and (not basis = any(${sql.param([...bases])}::text[]) or lead_id = any(${sql.param([...leads])}::uuid[]))`);

export const noteSeen = (tx: WorkspaceTx, id: string, seen: string, seenAt: Date) => tx.update(agreement).set({ seen, seenAt }).where(eq(agreement.id, id));

const kept = sql`(met_at is not null and met_at <= due_at)`;
const relevant = sql`counts and not stopped`;

/** Kept of due by the period in which a clock came due; what is paused belongs to no period and stands under null. */
export const tallies = async (tx: WorkspaceTx, agreementId: string, wanted: { from: Date; now: Date; zone: string; per: Per }): Promise<Map<string | null, Tally>> => {
  const name = wanted.per === 'month' ? sql`to_char(due_at at time zone ${wanted.zone}, 'YYYY-MM')` : sql`to_char(due_at at time zone ${wanted.zone}, 'YYYY-"Q"Q')`;
  const { rows } = await tx.execute<Tally & { period: string | null }>(sql`
    select ${name} as period, (count(*) filter (where due_at <= ${wanted.now}))::int as due, (count(*) filter (where due_at <= ${wanted.now} and ${kept}))::int as kept,
      (count(*) filter (where due_at > ${wanted.now}))::int as "notYetDue", (count(*) filter (where due_at > ${wanted.now} and ${kept}))::int as early, (count(*) filter (where due_at is null))::int as paused
    from commitment_clock where agreement_id = ${agreementId} and ${relevant} and (due_at >= ${wanted.from} or due_at is null) group by 1`);
  return new Map(rows.map(({ period, ...tally }) => [period, tally]));
};

const inState = (state: ClockState | 'broken', now: Date): SQL | undefined => {
  const open = and(isNull(commitmentClock.metAt), eq(commitmentClock.stopped, false));
  const met = and(isNotNull(commitmentClock.metAt), lte(commitmentClock.metAt, now));
  switch (state) {
    case 'kept': return and(met, sql`met_at <= due_at`);
    case 'late': return and(met, sql`met_at > due_at`);
    case 'missed': return and(open, lte(commitmentClock.dueAt, now));
    case 'warned': return and(open, sql`due_at > ${now}`, lte(commitmentClock.warnAt, now));
    case 'running': return and(open, sql`due_at > ${now}`, sql`(warn_at is null or warn_at > ${now})`);
    case 'paused': return and(open, isNull(commitmentClock.dueAt));
    case 'broken': return and(eq(commitmentClock.stopped, false), lte(commitmentClock.dueAt, now), sql`(met_at is null or met_at > due_at)`);
    case 'stopped': return eq(commitmentClock.stopped, true);
  }
};

export type ClockFilter = { agreementId?: string; /** `broken`: missed, or kept too late. */ state?: ClockState | 'broken' | undefined; from?: Date; to?: Date; now: Date };

const matching = ({ agreementId, state, from, to, now }: ClockFilter) =>
  and(agreementId ? eq(commitmentClock.agreementId, agreementId) : undefined, eq(commitmentClock.counts, true), state ? inState(state, now) : undefined, from ? gte(commitmentClock.dueAt, from) : undefined, to ? lt(commitmentClock.dueAt, to) : undefined);

export const listClocks = (tx: WorkspaceTx, filter: ClockFilter, page: { limit: number; offset: number; order: 'nearest' | 'latest' }): Promise<ClockRow[]> =>
  tx.select().from(commitmentClock).where(matching(filter)).orderBy(page.order === 'nearest' ? asc(commitmentClock.dueAt) : desc(commitmentClock.dueAt), asc(commitmentClock.leadId)).limit(page.limit).offset(page.offset);

export const countClocks = async (tx: WorkspaceTx, filter: ClockFilter): Promise<number> => (await tx.select({ n: count() }).from(commitmentClock).where(matching(filter)))[0]?.n ?? 0;

/** Clocks that will be due, nearest first, of commitments in force. */
export const nextDue = (tx: WorkspaceTx, now: Date, limit: number): Promise<ClockRow[]> =>
  tx.select().from(commitmentClock)
    .where(and(isNull(commitmentClock.metAt), sql`${commitmentClock.counts}`, sql`not ${commitmentClock.stopped}`, sql`due_at > ${now}`, sql`agreement_id in (select id from agreement where ended_at is null)`))
    .orderBy(asc(commitmentClock.dueAt), asc(commitmentClock.leadId)).limit(limit);

/**
 * Open clocks that reached a step and have no notice of it yet; each is noted once, whoever else runs this at the same time. Every notice is
 * looked up by its key: of thousands that were just written the planner knows nothing, and would read them all for each clock.
 */
export const noteStep = async (tx: WorkspaceTx, workspaceId: string, agreementId: string, step: NoticeStep, now: Date): Promise<{ leadId: string; at: Date }[]> => {
  const reached = { warned: sql`c.warn_at <= ${now} and c.due_at > ${now}`, missed: sql`c.due_at <= ${now}`, passed_on: sql`c.escalate_at <= ${now}` }[step];
  const { rows } = await tx.execute<{ lead_id: string }>(sql`
    insert into commitment_notice (workspace_id, agreement_id, lead_id, step, at)
    select ${workspaceId}::uuid, c.agreement_id, c.lead_id, ${step}, ${now} from commitment_clock c
      left join lateral (select true as noted from commitment_notice n where n.workspace_id = ${workspaceId}::uuid and n.agreement_id = c.agreement_id and n.lead_id = c.lead_id and n.step = ${step} offset 0) n on true
    where c.agreement_id = ${agreementId} and c.counts and not c.stopped and c.met_at is null and ${reached} and n.noted is null
    on conflict do nothing returning lead_id`);
  if (rows.length === 0) return [];
  const due = await tx.execute<{ lead_id: string; due_at: Date }>(sql`select lead_id, due_at from commitment_clock where agreement_id = ${agreementId} and lead_id = any(${sql.param(rows.map((row) => row.lead_id))}::uuid[]) order by due_at`);
  return due.rows.map((row) => ({ leadId: row.lead_id, at: new Date(row.due_at) }));
};

export const calendarRows = (tx: WorkspaceTx) => tx.select().from(workCalendar).orderBy(asc(workCalendar.territory));

export const putCalendar = (tx: WorkspaceTx, row: typeof workCalendar.$inferInsert) =>
  tx.insert(workCalendar).values(row).onConflictDoUpdate({ target: [workCalendar.workspaceId, workCalendar.territoryKey], set: { territory: row.territory, calendar: row.calendar, changedAt: row.changedAt } });
