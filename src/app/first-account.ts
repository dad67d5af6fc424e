import { isFirstAccount } from '../features/workspace/public';
import type { Database } from '../platform/db/database';

/**
 * Opens accounts one after another while there is none yet: the first needs no invitation, and of several that arrive together
 * only one may be the first. Waits in this process before it takes a connection, so that waiting takes up no more than one; the
 * lock in the database holds against other processes.
 */
export const oneFirstAccount = (db: Database): (<T>(open: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  const alone = async <T>(open: () => Promise<T>): Promise<T> => {
    if (!(await isFirstAccount(db))) return open();
    const client = await db.pool.connect();
    try {
      await client.query('select pg_advisory_lock(4400, 2)');
      return await open();
    } finally {
      await client.query('select pg_advisory_unlock(4400, 2)').then(() => client.release(), (error: Error) => client.release(error));
    }
  };
  return (open) => {
    const mine = last.then(() => alone(open));
    last = mine.catch(() => undefined);
    return mine;
  };
};
