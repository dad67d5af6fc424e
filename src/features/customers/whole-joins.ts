import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';

/** From so many rows on it is cheaper to read a table once than to look up every row. */
const MANY = 5_000;

const setEach = (tx: WorkspaceTx, on: { nestloop: boolean; others: boolean }) =>
  tx.execute(sql`
    select set_config('enable_nestloop', ${on.nestloop ? 'on' : 'off'}, true), set_config('enable_hashjoin', ${on.others ? 'on' : 'off'}, true),
           set_config('enable_mergejoin', ${on.others ? 'on' : 'off'}, true), set_config('enable_seqscan', ${on.others ? 'on' : 'off'}, true)`);

/**
 * Until the transaction ends, joins read both sides once. A file of many rows meets tables whose statistics are from before it, sometimes empty
 * ones; a planner that believes those looks up row after row in what has grown meanwhile, and takes hours instead of seconds.
 */
export const preferWholeJoins = (tx: WorkspaceTx, rows: number) => setEach(tx, { nestloop: rows < MANY, others: true });

/** The opposite, for batches that look up a few thousand ids in tables of any size. */
export const preferLookUps = (tx: WorkspaceTx) => setEach(tx, { nestloop: true, others: false });

/** What the planner thinks best. */
export const preferAsUsual = (tx: WorkspaceTx) => setEach(tx, { nestloop: true, others: true });
