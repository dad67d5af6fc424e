import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { sentRows } from '../../platform/db/sent-rows';
import type { ImportMapping } from './domain/mapping';
import { importRow, recordImport, recordMapping, source } from './schema';
import type { StagedColumns } from './staged-rows';

export type ImportRecord = typeof recordImport.$inferSelect;
export type SourceRow = typeof source.$inferSelect;

export const findSource = async (tx: WorkspaceTx, id: string): Promise<SourceRow | undefined> => (await tx.select().from(source).where(eq(source.id, id)))[0];

export const listSources = (tx: WorkspaceTx) => tx.select().from(source).orderBy(asc(source.createdAt));

export const findImport = async (tx: WorkspaceTx, id: string): Promise<ImportRecord | undefined> => (await tx.select().from(recordImport).where(eq(recordImport.id, id)))[0];

export const lockImport = async (tx: WorkspaceTx, id: string): Promise<ImportRecord | undefined> => (await tx.select().from(recordImport).where(eq(recordImport.id, id)).for('no key update'))[0];

export const listImports = (tx: WorkspaceTx, limit = 100) => tx.select().from(recordImport).orderBy(desc(recordImport.createdAt)).limit(limit);

export const updateImport = (tx: WorkspaceTx, id: string, set: Partial<typeof recordImport.$inferInsert>) => tx.update(recordImport).set(set).where(eq(recordImport.id, id));

export const recallMapping = async (tx: WorkspaceTx, sourceId: string, signature: string): Promise<ImportMapping | undefined> =>
  (await tx.select().from(recordMapping).where(and(eq(recordMapping.sourceId, sourceId), eq(recordMapping.signature, signature))))[0]?.mapping;

export const rememberMapping = (tx: WorkspaceTx, row: typeof recordMapping.$inferInsert) =>
  tx.insert(recordMapping).values(row).onConflictDoUpdate({ target: [recordMapping.workspaceId, recordMapping.sourceId, recordMapping.signature], set: { mapping: row.mapping, savedAt: row.savedAt } });

export const dropRows = (tx: WorkspaceTx, importId: string, keepRejected: boolean) =>
  tx.delete(importRow).where(and(eq(importRow.importId, importId), keepRejected ? sql`outcome is distinct from 'rejected'` : undefined));

/** Serialises everything that writes records of a workspace until the transaction ends. */
export const lockRecords = (tx: WorkspaceTx, workspaceId: string) => tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`records:${workspaceId}`}, 0))`);

const matching = (workspaceId: string) => sql`hashtextextended(${`matching:${workspaceId}`}, 0)`;

/** Nobody else matches records of the workspace until the transaction ends; waits for whoever does, since two at once take twice the memory. */
export const lockMatching = (tx: WorkspaceTx, workspaceId: string) => tx.execute(sql`select pg_advisory_xact_lock(${matching(workspaceId)})`);

/** Whether nobody matches records of the workspace, or waits to; if so, nobody does until the transaction ends. */
export const nothingMatched = async (tx: WorkspaceTx, workspaceId: string): Promise<boolean> =>
  (await tx.execute<{ free: boolean }>(sql`select pg_try_advisory_xact_lock_shared(${matching(workspaceId)}) as free`)).rows[0]?.free === true;

const checking = (importId: string) => sql`hashtextextended(${`import:${importId}`}, 0)`;

/** Nobody else reads the file until the transaction ends; waits for whoever does. */
export const lockReading = (tx: WorkspaceTx, importId: string) => tx.execute(sql`select pg_advisory_xact_lock(${checking(importId)})`);

/** Whether nobody reads this file or writes records of the workspace; nobody does until the transaction ends, if so. */
export const nobodyWorks = async (tx: WorkspaceTx, workspaceId: string, importId: string): Promise<boolean> => {
  const { rows } = await tx.execute<{ free: boolean }>(sql`select pg_try_advisory_xact_lock(${checking(importId)}) and pg_try_advisory_xact_lock(hashtextextended(${`records:${workspaceId}`}, 0)) as free`);
  return rows[0]?.free === true;
};

/** Writes a batch of read rows: one parameter a column, since a statement takes 65,535 of those. */
export const stageRows = (tx: WorkspaceTx, workspaceId: string, importId: string, { lines, keys, outcomes, problems, details, data }: StagedColumns) => {
  const { values, from } = sentRows(['line', 'int', lines], [['key', 'text', keys], ['outcome', 'text', outcomes], ['problem', 'text', problems], ['detail', 'text', details], ['data', 'jsonb', data]]);
  return tx.execute(sql`insert into import_row (workspace_id, import_id, line, key, outcome, problem, detail, data) select ${workspaceId}::uuid, ${importId}::uuid, ${values} from ${from}`);
};

export const countRows = async (tx: WorkspaceTx, importId: string, outcome: 'rejected' | 'merged'): Promise<number> =>
  (await tx.select({ n: count() }).from(importRow).where(and(eq(importRow.importId, importId), eq(importRow.outcome, outcome))))[0]?.n ?? 0;

/** Rows that are neither rejected nor merged into a later one. */
export const countWanted = async (tx: WorkspaceTx, importId: string): Promise<number> =>
  (await tx.select({ n: count() }).from(importRow).where(and(eq(importRow.importId, importId), isNull(importRow.outcome))))[0]?.n ?? 0;

export const rowsByOutcome = (tx: WorkspaceTx, importId: string, outcome: 'rejected' | 'merged', limit: number, after = 0) =>
  tx.select().from(importRow).where(and(eq(importRow.importId, importId), eq(importRow.outcome, outcome), sql`line > ${after}`)).orderBy(asc(importRow.line)).limit(limit);

export const importsInState = (tx: WorkspaceTx, states: readonly ImportRecord['state'][]) => tx.select().from(recordImport).where(inArray(recordImport.state, [...states]));
