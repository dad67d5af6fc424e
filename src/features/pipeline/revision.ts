import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';

/** Says that leads may have changed. The last thing a transaction does with them: until it ends, nobody else can say so. */
export const noteChange = (tx: WorkspaceTx, workspaceId: string) =>
  tx.execute(sql`insert into lead_revision (workspace_id, revision) values (${workspaceId}::uuid, gen_random_uuid()) on conflict (workspace_id) do update set revision = excluded.revision`);

/** Empty before the first lead. */
export const revisionOf = async (tx: WorkspaceTx): Promise<string> => (await tx.execute<{ revision: string }>(sql`select revision from lead_revision`)).rows[0]?.revision ?? '';

/** Figures kept at most; each is some kilobytes. */
const MOST = 500;

const figures = new Map<string, { revision: string; value: unknown }>();

/**
 * What was counted of all leads of a workspace, for as long as none of them changes. The revision is read before anything is counted: a figure
 * may be newer than it, never older.
 * @param what names the figure and everything it depends on besides the leads
 */
export const countedOnce = async <T>(tx: WorkspaceTx, workspaceId: string, what: string, count: () => Promise<T>): Promise<T> => {
  const revision = await revisionOf(tx);
  const key = `${workspaceId} ${what}`;
  const known = figures.get(key);
  if (known?.revision === revision && revision !== '') return known.value as T;
  const value = await count();
  figures.delete(key);
  figures.set(key, { revision, value });
  const [oldest] = figures.keys();
  if (figures.size > MOST && oldest !== undefined) figures.delete(oldest);
  return value;
};
