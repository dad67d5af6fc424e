import { and, asc, desc, eq, gte, inArray, isNotNull, ne, sql, type SQL } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { optedOut } from '../customers/public';
import { peopleById } from '../people/public';
import { DEFAULT_RETURN_REASONS, type HandoffState } from './domain/handoffs';
import { handoff, pipelineSetting } from './handoff-schema';
import { lead } from './schema';

export type HandoffRow = typeof handoff.$inferSelect;

export const handoffsById = (tx: WorkspaceTx, ids: readonly string[]): Promise<HandoffRow[]> => tx.select().from(handoff).where(inArray(handoff.id, [...ids])).orderBy(asc(handoff.id));

export const openOffersOf = (tx: WorkspaceTx, leadIds: readonly string[]): Promise<HandoffRow[]> => tx.select().from(handoff).where(and(inArray(handoff.leadId, [...leadIds]), eq(handoff.state, 'offered')));

/** The versions of terms a lead was qualified under: those that counted when it was last offered. */
export const versionsOf = async (tx: WorkspaceTx, leadId: string): Promise<Record<string, number>> => {
  const [row] = await tx.select({ versions: handoff.termVersions }).from(handoff).where(and(eq(handoff.leadId, leadId), ne(handoff.state, 'withdrawn'))).orderBy(desc(handoff.offeredAt), desc(handoff.id)).limit(1);
  return row?.versions ?? {};
};

export const settingOf = async (tx: WorkspaceTx): Promise<{ returnReasons: readonly string[]; personViews: boolean }> => {
  const [row] = await tx.select().from(pipelineSetting);
  return row ?? { returnReasons: DEFAULT_RETURN_REASONS, personViews: false };
};

export type HandoffFilters = { state?: HandoffState | undefined; person?: string | undefined; lead?: string | undefined; disputed?: boolean | undefined };

const matching = (filters: HandoffFilters): SQL | undefined =>
  and(
    filters.state ? eq(handoff.state, filters.state) : undefined,
    filters.person ? eq(handoff.toPersonId, filters.person) : undefined,
    filters.lead ? eq(handoff.leadId, filters.lead) : undefined,
    filters.disputed ? and(isNotNull(handoff.disputedAt), sql`${handoff.settledAt} is null`) : undefined,
  );

const listed = (tx: WorkspaceTx, where: SQL | undefined) =>
  tx
    .select({ handoff, leadName: lead.name, company: lead.company, channel: lead.channel, amount: lead.amount, stageId: lead.stageId })
    .from(handoff)
    .leftJoin(lead, and(eq(lead.workspaceId, handoff.workspaceId), eq(lead.id, handoff.leadId)))
    .where(where);

const withFacts = async <T extends { handoff: HandoffRow }>(tx: WorkspaceTx, rows: readonly T[]) => {
  const people = await peopleById(tx, rows.flatMap((row) => row.handoff.toPersonId ?? []));
  const out = await optedOut(tx, rows[0]?.handoff.workspaceId ?? '', rows.map((row) => row.handoff.leadId));
  return rows.map((row) => ({ ...row, toName: people.get(row.handoff.toPersonId ?? '')?.name ?? null, optedOut: out.has(row.handoff.leadId) }));
};

export const listHandoffs = async (tx: WorkspaceTx, filters: HandoffFilters, page: { limit: number; offset: number }) => {
  const rows = await listed(tx, matching(filters)).orderBy(desc(handoff.offeredAt), desc(handoff.id)).limit(page.limit).offset(page.offset);
  const [total] = await tx.select({ n: sql<number>`count(*)::int` }).from(handoff).where(matching(filters));
  return { rows: await withFacts(tx, rows), total: total?.n ?? 0 };
};
export type ListedHandoff = Awaited<ReturnType<typeof listHandoffs>>['rows'][number];

export const findHandoff = async (tx: WorkspaceTx, id: string): Promise<ListedHandoff | undefined> => (await withFacts(tx, await listed(tx, eq(handoff.id, id))))[0];

/** How offers ended, by where the lead came from and by the reason given; withdrawn ones are no offers, handed-on ones go on as another. */
export const outcomeCounts = (tx: WorkspaceTx, since: Date | undefined) =>
  tx
    .select({ channel: lead.channel, state: handoff.state, reason: handoff.reason, n: sql<number>`count(*)::int` })
    .from(handoff)
    .leftJoin(lead, and(eq(lead.workspaceId, handoff.workspaceId), eq(lead.id, handoff.leadId)))
    .where(and(ne(handoff.state, 'withdrawn'), ne(handoff.state, 'handed_on'), since ? gte(handoff.offeredAt, since) : undefined))
    .groupBy(lead.channel, handoff.state, handoff.reason);

export const outcomesByPerson = async (tx: WorkspaceTx, since: Date | undefined) => {
  const rows = await tx
    .select({ person: handoff.toPersonId, state: handoff.state, n: sql<number>`count(*)::int` })
    .from(handoff)
    .where(and(ne(handoff.state, 'withdrawn'), ne(handoff.state, 'handed_on'), since ? gte(handoff.offeredAt, since) : undefined))
    .groupBy(handoff.toPersonId, handoff.state);
  const people = await peopleById(tx, rows.flatMap((row) => row.person ?? []));
  return rows.map((row) => ({ ...row, person: people.get(row.person ?? '')?.name ?? null }));
};
