import { and, asc, desc, eq, isNull, sql, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { SIGNS, type CountGroup, type CountRow, type Frame, type Sign } from './domain/reconcile';
import { countedOnce } from './revision';
import { countDispute } from './schema';

export type Counted = { workspaceId: string; frame: Frame };

const instant = (at: number | null): SQL => (at === null ? sql`null::timestamptz` : sql`${new Date(at).toISOString()}::timestamptz`);

/** The signs of `signsOf`, said in SQL; a test holds both against each other. `l` is the lead, `p` its passings in the period. */
const signs = ({ from, to, now, rule }: Frame): Record<Sign, SQL> => {
  const started = rule.passedOn === 'arrived' ? sql`case when p.first is not null then greatest(l.arrived_at, p.first) end` : sql`p.first`;
  const arrived = sql`(l.sales_records > 0 or l.contacted_at is not null or t.lead_id is not null)`;
  const came = sql`coalesce(l.arrived_at, l.entered_at)`;
  return {
    passed: sql`p.n > 0`,
    everPassed: sql`p.ever > 0`,
    arrived,
    cameInPeriod: sql`(${instant(from)} is null or ${came} >= ${instant(from)}) and (${instant(to)} is null or ${came} < ${instant(to)})`,
    owned: sql`l.sales_owner is not null or t.lead_id is not null`,
    contacted: sql`l.contacted_at is not null`,
    accepted: sql`${arrived} and (l.furthest >= s.accepted or t.lead_id is not null)`,
    deal: sql`${arrived} and l.furthest >= s.deal`,
    returned: sql`l."end" = 'recycled'`,
    closed: sql`l."end" = 'lost'`,
    due: sql`(${started}) + make_interval(days => 0, hours => 24 * ${rule.dueDays}::int) <= ${instant(now)}`,
    marketing: sql`l.marketing_records > 0`,
    sales: sql`l.sales_records > 0`,
  };
};

/** Every lead of the workspace, or those among them, with its signs as one number, and its passings in the period. */
const counted = ({ workspaceId, frame }: Counted, columns: SQL, among?: readonly string[]): SQL => {
  const { from, to } = frame;
  const dates = frame.by === 'passes' ? sql`l.passes` : sql`l.marketing_entries`;
  const within = (at: SQL) => sql`(${instant(from)} is null or ${at} >= ${instant(from)}) and (${instant(to)} is null or ${at} < ${instant(to)})`;
  const only = sql`(${dates})[1]`;
  // Nearly every lead was passed on once or never; only of the others is an array taken apart.
  const passing = (of: SQL, one: SQL, none: SQL) => sql`case cardinality(${dates}) when 0 then ${none} when 1 then case when ${within(only)} then ${one} else ${none} end else (select ${of} from unnest(${dates}) as at where ${within(sql`at`)}) end`;
  const told = signs(frame);
  const code = sql.join(SIGNS.map((sign, bit) => sql`(case when ${told[sign]} then ${sql.raw(String(2 ** bit))} else 0 end)`), sql` + `);
  return sql`
    select ${columns}, (${code}) as code, p.n as passes, p.first as passed_at, p.last as passed_last
      from lead l
      join (select pipeline_id, min(position) filter (where role in ('accepted', 'sales_qualified', 'opportunity', 'proposal', 'won')) as accepted, min(position) filter (where role in ('opportunity', 'proposal', 'won')) as deal
              from stage where workspace_id = ${workspaceId}::uuid group by 1) s on s.pipeline_id = l.pipeline_id
      left join (select lead_id from (select distinct on (lead_id) lead_id, state from handoff where workspace_id = ${workspaceId}::uuid order by lead_id, offered_at desc) h where state = 'accepted') t on t.lead_id = l.id
     cross join lateral (select ${passing(sql`count(*)::int`, sql`1`, sql`0`)} as n, cardinality(${dates}) as ever, ${passing(sql`min(at)`, only, sql`null`)} as first, ${passing(sql`max(at)`, only, sql`null`)} as last) p
     where l.workspace_id = ${workspaceId}::uuid ${among ? sql`and l.id = any(${sql.param([...among])}::uuid[])` : sql``}`;
};

const frameKey = ({ frame }: Counted): string => JSON.stringify(frame);

type Groups = { groups: CountGroup[]; first: Date | null; last: Date | null };

/** Leads by their signs: a few hundred rows at most, however many leads there are. `first` and `last` as instants of passing on. */
export const countGroups = (tx: WorkspaceTx, of: Counted): Promise<Groups> =>
  countedOnce(tx, of.workspaceId, `groups ${frameKey(of)}`, async () => {
    const { rows } = await tx.execute<{ code: number; leads: number; passes: number; first: Date | string | null; last: Date | string | null }>(
      sql`select code, count(*)::int as leads, sum(passes)::int as passes, min(passed_at) as first, max(passed_last) as last from (${counted(of, sql`l.id`)}) c group by code`,
    );
    const times = (field: 'first' | 'last'): number[] => rows.flatMap((row) => (row[field] === null ? [] : [new Date(row[field]).getTime()]));
    const edge = (all: number[], pick: (...values: number[]) => number): Date | null => (all.length === 0 ? null : new Date(pick(...all)));
    return { groups: rows.map(({ code, leads, passes }) => ({ code, leads, passes })), first: edge(times('first'), Math.min), last: edge(times('last'), Math.max) };
  });

/** Whether any record of marketing's says when it was qualified or passed on. */
export const anyPasses = (tx: WorkspaceTx, workspaceId: string): Promise<boolean> =>
  countedOnce(tx, workspaceId, 'passes', async () => (await tx.execute<{ there: boolean }>(sql`select exists (select 1 from lead where workspace_id = ${workspaceId}::uuid and passes <> '{}') as there`)).rows[0]?.there ?? false);

export type CountedLead = { id: string; name: string | null; company: string | null; channel: string | null; owner: string | null; reason: string | null; passes: number; passedAt: Date | null; arrivedAt: Date | null; contactedAt: Date | null; returnedAt: Date | null };

const LEAD_COLUMNS = sql`l.id, l.name, l.company, l.channel, l.sales_owner as owner, coalesce(l.return_reason, l.reason) as reason, l.arrived_at as "arrivedAt", l.contacted_at as "contactedAt", l.returned_at as "returnedAt"`;

type Opened = { row: CountRow; codes: readonly number[] };

const ofRow = (of: Counted, { row, codes }: Opened, columns: SQL): SQL =>
  sql`(select * from (${counted(of, columns)}) every where code = any(${sql.param([...codes])}::int[]) ${row === 'same_person' ? sql`and passes > 1` : sql``}) c`;

const asDate = (at: Date | string | null): Date | null => (at === null ? null : new Date(at));

/** Leads of a row whose order is kept while nothing changes: a person who turns pages does not count all leads again. */
const ORDERED = 400;

const LATEST_FIRST = sql`order by passed_at desc nulls last, id`;

type Split = { reason: string | null; leads: number; total: number };

const idsOfRow = async (tx: WorkspaceTx, of: Counted, opened: Opened, page: { limit: number; offset: number }): Promise<string[]> =>
  (await tx.execute<{ id: string }>(sql`select id from ${ofRow(of, opened, sql`l.id`)} ${LATEST_FIRST} limit ${page.limit} offset ${page.offset}`)).rows.map((row) => row.id);

/** The leads of one row, latest passed on first, and how many there are by reason or by channel. */
export const leadsOfRow = async (tx: WorkspaceTx, of: Counted, { row, codes, limit, offset }: { row: CountRow; codes: readonly number[]; limit: number; offset: number }) => {
  const by = row === 'returned' ? 'reason' : 'channel';
  const [opened, key] = [{ row, codes }, `${frameKey(of)} ${row} ${codes.join()}`];
  const split = await countedOnce(tx, of.workspaceId, `split ${key}`, async () =>
    (await tx.execute<Split>(sql`select ${sql.raw(by)} as reason, count(*)::int as leads, (sum(count(*)) over ())::int as total from ${ofRow(of, opened, LEAD_COLUMNS)} group by 1 order by 2 desc, 1 limit 200`)).rows);
  const ids = offset + limit > ORDERED
    ? await idsOfRow(tx, of, opened, { limit, offset })
    : (await countedOnce(tx, of.workspaceId, `order ${key}`, () => idsOfRow(tx, of, opened, { limit: ORDERED, offset: 0 }))).slice(offset, offset + limit);
  const { rows } = await tx.execute<Omit<CountedLead, 'passedAt'> & { passed_at: Date | string | null }>(sql`select * from (${counted(of, LEAD_COLUMNS, ids)}) c ${LATEST_FIRST}`);
  const leads = rows.map(({ passed_at, ...lead }): CountedLead => ({ ...lead, passedAt: asDate(passed_at), arrivedAt: asDate(lead.arrivedAt), contactedAt: asDate(lead.contactedAt), returnedAt: asDate(lead.returnedAt) }));
  return { by, reasons: split.map(({ reason, leads: n }) => ({ reason, leads: n })), total: split[0]?.total ?? 0, leads } as const;
};

export type DisputeRow = typeof countDispute.$inferSelect;

export const listDisputes = (tx: WorkspaceTx): Promise<DisputeRow[]> => tx.select().from(countDispute).orderBy(desc(countDispute.madeAt), asc(countDispute.id)).limit(500);
/** The same objection of the same person that is still open: a request that was sent again after its answer got lost. */
export const sameDispute = async (tx: WorkspaceTx, { row, note, madeBy }: Pick<DisputeRow, 'row' | 'note' | 'madeBy'>): Promise<DisputeRow | undefined> =>
  (await tx.select().from(countDispute).where(and(eq(countDispute.row, row), eq(countDispute.note, note), eq(countDispute.madeBy, madeBy), isNull(countDispute.settledAt))))[0];
export const addDispute = async (tx: WorkspaceTx, row: DisputeRow): Promise<DisputeRow> => (await tx.insert(countDispute).values(row).returning())[0] ?? row;
export const settle = async (tx: WorkspaceTx, id: string, change: Pick<DisputeRow, 'settledAt' | 'settledByName' | 'answer'>): Promise<DisputeRow | undefined> => (await tx.update(countDispute).set(change).where(eq(countDispute.id, id)).returning())[0];
export const openDisputes = (tx: WorkspaceTx) => tx.select({ row: countDispute.row, disputes: sql<number>`count(*)::int` }).from(countDispute).where(isNull(countDispute.settledAt)).groupBy(countDispute.row);
