import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';

/** Leads are read and remembered in so many portions, by the last byte of their ids, which is drawn by lot: whoever changes one lead changes one portion. */
export const PORTIONS = 256;
/** Stands for all of them; and for the records and events behind them, which nobody changes who only moves leads. */
const WHOLE = -1;
const RECORDS = -2;

/** The portions these leads are in, among others. */
export const portionsOf = (ids: readonly string[], among = new Set<number>()): Set<number> => {
  for (const id of ids) among.add(Number.parseInt(id.slice(-2), 16) % PORTIONS);
  return among;
};

/**
 * Says that leads of these portions may have changed. The last thing a transaction does with them: until it ends, nobody else can say so. Everybody takes the
 * whole first, so that no two wait for each other.
 */
export const noteChange = (tx: WorkspaceTx, workspaceId: string, portions: ReadonlySet<number>, what: 'leads' | 'records' = 'leads') =>
  tx.execute(sql`
    insert into lead_revision (workspace_id, portion, revision) select ${workspaceId}::uuid, p, gen_random_uuid() from unnest(${sql.param([WHOLE, ...(what === 'records' ? [RECORDS] : []), ...[...portions].toSorted((a, b) => a - b)])}::int2[]) as p
    on conflict (workspace_id, portion) do update set revision = excluded.revision`);

/** Of the whole, empty before the first lead; and of each portion that ever changed. */
export type Revisions = { whole: string; portions: readonly (string | undefined)[] };

export const portionRevisions = async (tx: WorkspaceTx): Promise<Revisions> => {
  const portions: string[] = [];
  let whole = '';
  for (const { portion, revision } of (await tx.execute<{ portion: number; revision: string }>(sql`select portion, revision from lead_revision`)).rows) {
    if (portion === WHOLE) whole = revision;
    else if (portion >= 0) portions[portion] = revision;
  }
  return { whole, portions };
};

export const revisionOf = async (tx: WorkspaceTx, of: 'leads' | 'records' = 'leads'): Promise<string> =>
  (await tx.execute<{ revision: string }>(sql`select revision from lead_revision where portion = ${of === 'leads' ? WHOLE : RECORDS}`)).rows[0]?.revision ?? '';

/** False before the first lead: then nobody reads past all those that a first import is writing, page after page. */
export const anyLeadEver = async (tx: WorkspaceTx): Promise<boolean> => (await revisionOf(tx)) !== '';

/** Figures kept at most; each is some kilobytes. */
const MOST = 500;

const figures = new Map<string, { revision: string; value: unknown }>();

/**
 * What was counted of all leads of a workspace, for as long as none of them changes. The revision is read before anything is counted: a figure
 * may be newer than it, never older.
 * @param what names the figure and everything it depends on besides the leads
 * @param of `records`: it depends on no lead, only on what systems brought
 */
export const countedOnce = async <T>(tx: WorkspaceTx, workspaceId: string, what: string, count: () => Promise<T>, of: 'leads' | 'records' = 'leads'): Promise<T> => {
  const revision = await revisionOf(tx, of);
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
