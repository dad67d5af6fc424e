import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { setJoins } from '../../platform/db/joins';

/** From so many rows on it is cheaper to read a table once than to look up every row; below the second never. */
const MANY = 5_000;
const FEW = 100;
/** Rows of a table that are read whole as soon as looked up. */
const SMALL = 50_000;

/** What statistics say the smaller of the two tables holds that imports write; -1 before there are any. */
const knownRows = async (tx: WorkspaceTx): Promise<number> =>
  (await tx.execute<{ n: number }>(sql`select min(reltuples)::float8 as n from pg_class where oid in ('record'::regclass, 'event'::regclass)`)).rows[0]?.n ?? -1;

/**
 * Until the transaction ends, joins read both sides once. A file of many rows meets tables whose statistics are from before it, sometimes empty
 * ones; a planner that believes those looks up row after row in what has grown meanwhile, and takes hours instead of seconds. For a file of some
 * rows looking up is trusted only where statistics know of a large table: one they call small is small, and read in no time, or they are out of date.
 */
export const preferWholeJoins = async (tx: WorkspaceTx, rows: number) => setJoins(tx, { rowByRow: rows < FEW || (rows < MANY && (await knownRows(tx)) > SMALL), whole: true });

/** The opposite, for batches that look up a few thousand ids in tables of any size. */
export const preferLookUps = (tx: WorkspaceTx) => setJoins(tx, { rowByRow: true, whole: false });
