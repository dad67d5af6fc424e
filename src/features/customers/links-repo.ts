import { and, eq, or, sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { Pair } from './domain/parties';
import { matchRun, record, recordLink } from './schema';

export type LinkRow = typeof recordLink.$inferSelect;
export type MatchRunRow = typeof matchRun.$inferSelect;

/** What people said about pairs; the matching never changes it. */
export const decidedByPeople = (tx: WorkspaceTx) =>
  tx.select({ a: recordLink.aId, b: recordLink.bId, state: recordLink.state }).from(recordLink).where(sql`decided_by is not null`);

export const findLink = async (tx: WorkspaceTx, { a, b }: Pair): Promise<LinkRow | undefined> =>
  (await tx.select().from(recordLink).where(and(eq(recordLink.aId, a), eq(recordLink.bId, b))))[0];

export const linksOfRecord = (tx: WorkspaceTx, id: string) => tx.select().from(recordLink).where(or(eq(recordLink.aId, id), eq(recordLink.bId, id)));

export const partyOf = async (tx: WorkspaceTx, id: string) => (await tx.select({ party: record.partyId, kind: record.kind }).from(record).where(eq(record.id, id)))[0];

export const membersOf = (tx: WorkspaceTx, party: string) => tx.select({ id: record.id, kind: record.kind, name: record.name }).from(record).where(eq(record.partyId, party)).orderBy(record.id);

/** Pairs that somebody said are never one customer, between two parties. */
export const neverBetween = async (tx: WorkspaceTx, workspaceId: string, one: string, other: string): Promise<Pair[]> =>
  (await tx.execute<Pair>(sql`
    select l.a_id as a, l.b_id as b from record_link l join record a on a.workspace_id = l.workspace_id and a.id = l.a_id join record b on b.workspace_id = l.workspace_id and b.id = l.b_id
     where l.workspace_id = ${workspaceId}::uuid and l.state = 'never' and a.party_id in (${one}::uuid, ${other}::uuid) and b.party_id in (${one}::uuid, ${other}::uuid) and a.party_id <> b.party_id`)).rows;

export const findRun = async (tx: WorkspaceTx): Promise<MatchRunRow | undefined> => (await tx.select().from(matchRun))[0];

export const noteRun = (tx: WorkspaceTx, workspaceId: string, set: Partial<typeof matchRun.$inferInsert> & { state: MatchRunRow['state'] }) =>
  tx.insert(matchRun).values({ workspaceId, ...set }).onConflictDoUpdate({ target: matchRun.workspaceId, set });

/** Where the matching's pairs wait until they are compared with what is there. */
export const prepareFound = (tx: WorkspaceTx) =>
  tx.execute(sql`create temporary table found_pair (a uuid, b uuid, state text, probability float8, evidence jsonb, reasons text[], primary key (a, b)) on commit drop`);

/** @param pairs a JSON array of pairs (`FoundPair`) */
export const addFound = (tx: WorkspaceTx, pairs: string) =>
  tx.execute(sql`
    insert into found_pair
    select a, b, state, probability, evidence, reasons from json_to_recordset(${pairs}::json) as t(a uuid, b uuid, state text, probability float8, evidence jsonb, reasons text[])
    on conflict do nothing`);

/** The pairs that would be linked, the surest first. */
export const foundLinks = async (tx: WorkspaceTx): Promise<Pair[]> => (await tx.execute<Pair>(sql`select a, b from found_pair where state = 'linked' order by probability desc, a, b`)).rows;

export const holdFound = (tx: WorkspaceTx, pairs: readonly Pair[]) =>
  tx.execute(sql`
    update found_pair f set state = 'review', reasons = array_append(reasons, 'never_link')
      from unnest(${sql.param(pairs.map(({ a }) => a))}::uuid[], ${sql.param(pairs.map(({ b }) => b))}::uuid[]) h(a, b) where f.a = h.a and f.b = h.b`);

/** Writes what the matching found: its own earlier word goes where it no longer holds, what people said stays. */
export const keepFound = async (tx: WorkspaceTx, workspaceId: string, now: Date): Promise<void> => {
  const ours = sql`l.workspace_id = ${workspaceId}::uuid`;
  await tx.execute(sql`delete from found_pair f where not exists (select 1 from record r where r.workspace_id = ${workspaceId}::uuid and r.id = f.a) or not exists (select 1 from record r where r.workspace_id = ${workspaceId}::uuid and r.id = f.b)`);
  await tx.execute(sql`analyze found_pair`);
  await tx.execute(sql`delete from record_link l where ${ours} and l.decided_by is null and not exists (select 1 from found_pair f where f.a = l.a_id and f.b = l.b_id)`);
  await tx.execute(sql`
    update record_link l set matched = f.state, probability = f.probability, evidence = f.evidence, reasons = f.reasons, state = case when l.decided_by is null then f.state else l.state end,
           decided_at = case when l.decided_by is null and l.state <> f.state then ${now.toISOString()}::timestamptz else l.decided_at end
      from found_pair f where ${ours} and f.a = l.a_id and f.b = l.b_id
       and (l.matched, l.probability, l.evidence, l.reasons) is distinct from (f.state, f.probability, f.evidence, f.reasons)`);
  await tx.execute(sql`
    insert into record_link (workspace_id, a_id, b_id, state, matched, probability, evidence, reasons, decided_at)
    select ${workspaceId}::uuid, a, b, state, state, probability, evidence, reasons, ${now.toISOString()}::timestamptz from found_pair on conflict do nothing`);
};
