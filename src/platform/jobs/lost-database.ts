import { isPassingFault } from '../db/passing-fault';
import type { Logger } from '../log/log';

/**
 * What becomes of a promise nobody waits for. The queue does not wait for its own note that a job has ended (pg-boss issue 577), so that a
 * database lost in that moment would end the whole server. That one is logged: the queue gives the job out again, and a job may run twice.
 * @throws whatever else it is, which ends the process as ever
 */
export const onUnhandled = (log: Logger) => (reason: unknown): void => {
  if (!isPassingFault(reason)) throw reason;
  log.error({ fault: reason instanceof Error ? reason.message : 'unknown' }, 'queue: the database was lost before the end of a job was noted; it runs again');
};
