import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from './database';

/**
 * How joins may be made until the transaction ends: row by row, and whole. The planner is told where it goes by statistics from before a large change.
 * Row by row alone follows indexes in their order: of a table whose statistics know nothing yet, each page of 2,000 rows else read and sorted all that were left.
 */
export const setJoins = (tx: WorkspaceTx, on: { rowByRow: boolean; whole: boolean }) =>
  tx.execute(sql`
    select set_config('enable_nestloop', ${on.rowByRow ? 'on' : 'off'}, true), set_config('enable_hashjoin', ${on.whole ? 'on' : 'off'}, true),
           set_config('enable_mergejoin', ${on.whole ? 'on' : 'off'}, true), set_config('enable_seqscan', ${on.whole ? 'on' : 'off'}, true),
           set_config('enable_bitmapscan', ${on.whole ? 'on' : 'off'}, true)`);

/** What the planner thinks best. */
export const joinAsUsual = (tx: WorkspaceTx) => setJoins(tx, { rowByRow: true, whole: true });

/** For work that reads all of what it joins, however new it is: not row by row on the word of old statistics. */
export const readWhole = async <T>(tx: WorkspaceTx, work: () => Promise<T>): Promise<T> => {
  await setJoins(tx, { rowByRow: false, whole: true });
  const done = await work();
  await joinAsUsual(tx);
  return done;
};
