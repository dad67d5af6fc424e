import { and, asc, count, eq, gt, ilike, max, or, sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { RecordKind } from './domain/fields';
import { record, recordImport, source } from './schema';
import { optedOut } from './view-repo';

/** How many records each source holds, and when its last file went in. */
export const sourceFacts = async (tx: WorkspaceTx): Promise<Map<string, { records: number; lastImportAt: Date | null }>> => {
  const counts = await tx.select({ id: record.sourceId, n: count() }).from(record).groupBy(record.sourceId);
  const last = await tx.select({ id: recordImport.sourceId, at: max(recordImport.appliedAt) }).from(recordImport).groupBy(recordImport.sourceId);
  const facts = new Map(last.map((row) => [row.id, { records: 0, lastImportAt: row.at }]));
  for (const row of counts) facts.set(row.id, { records: row.n, lastImportAt: facts.get(row.id)?.lastImportAt ?? null });
  return facts;
};

/** LIKE's own signs in what somebody searches for mean themselves. */
const pattern = (search: string): string => `%${search.replace(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;

export type RecordSearch = { search?: string | undefined; kind?: RecordKind | undefined; source?: string | undefined; limit: number; after?: string | undefined };

/** `Shoe size: 41` asks one column; anything else asks all that nobody named. */
const columnAsked = (search: string): { heading: string; value: string } | undefined => {
  const found = /^([^:=]+?)\s*[:=]\s*(.+)$/u.exec(search);
  return found?.[1] && found[2] ? { heading: found[1], value: found[2] } : undefined;
};

const inCustom = (search: string) => {
  const asked = columnAsked(search);
  return sql`exists (select 1 from jsonb_each_text(${record.data} -> 'custom') c where c.value ilike ${pattern(search)} ${asked ? sql`or (c.key ilike ${pattern(asked.heading)} and c.value ilike ${pattern(asked.value)})` : sql``})`;
};

const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

/** The column that nobody named in which the text was found, when no named one holds it. */
const foundIn = (row: typeof record.$inferSelect, search: string | undefined): { field: string; value: string } | null => {
  if (!search || row.key === search || [row.name, row.emailKey, row.company].some((text) => text !== null && holds(text, search))) return null;
  const asked = columnAsked(search);
  const found = Object.entries(row.data.custom ?? {}).find(([heading, value]) => holds(value, search) || (asked && holds(heading, asked.heading) && holds(value, asked.value)));
  return found ? { field: found[0], value: found[1].slice(0, 200) } : null;
};

export const searchRecords = async (tx: WorkspaceTx, { search, kind, source: from, limit, after }: RecordSearch) => {
  const where = and(
    kind ? eq(record.kind, kind) : undefined,
    from ? eq(record.sourceId, from) : undefined,
    search ? or(ilike(record.name, pattern(search)), ilike(record.emailKey, pattern(search)), ilike(record.company, pattern(search)), eq(record.key, search), inCustom(search)) : undefined,
  );
  const rows = await tx
    .select({ row: record, sourceName: source.name, side: source.side })
    .from(record)
    .innerJoin(source, and(eq(source.workspaceId, record.workspaceId), eq(source.id, record.sourceId)))
    .where(and(where, after ? gt(record.id, after) : undefined))
    .orderBy(asc(record.id))
    .limit(limit);
  const [first] = rows;
  const out = first ? await optedOut(tx, first.row.workspaceId, rows.map(({ row }) => row.partyId)) : new Set();
  const [total] = await tx.select({ n: count() }).from(record).where(where);
  return {
    total: total?.n ?? 0,
    rows: rows.map(({ row, sourceName, side }) => ({
      id: row.id, party: row.partyId, kind: row.kind, key: row.key, sourceId: row.sourceId, sourceName, side, name: row.name, email: row.emailKey, company: row.company, owner: row.owner,
      channel: row.channel, status: row.status, enteredAt: row.enteredAt?.toISOString() ?? null, optedOut: out.has(row.partyId), foundIn: foundIn(row, search),
    })),
  };
};
