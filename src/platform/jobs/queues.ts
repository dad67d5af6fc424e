import type pg from 'pg';
import PgBoss from 'pg-boss';

/** The queue's tables stand in their own schema and hold ids only, never texts or tokens. */
export const QUEUE_SCHEMA = 'pgboss';

/** The library's own queue, through which work by the clock goes. It makes it itself and passes over a refusal in silence, so that under the application role nothing would ever run by the clock. */
const CLOCK_QUEUE = '__pgboss__send-it';

/** Starts the queue once as the owner, creates every queue, and lets the application role work them. */
export const createQueues = async (ownerUrl: string, queues: readonly string[], appRole: string, owner: pg.ClientBase): Promise<void> => {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: QUEUE_SCHEMA, schedule: false, supervise: false, max: 2 });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    for (const queue of [CLOCK_QUEUE, ...queues]) if (!(await boss.getQueue(queue))) await boss.createQueue(queue, { name: queue, policy: 'standard', retryLimit: 5, retryBackoff: true });
  } finally {
    await boss.stop({ graceful: false, wait: true });
  }
  const role = owner.escapeIdentifier(appRole);
  await owner.query(`grant usage on schema ${QUEUE_SCHEMA} to ${role}`);
  await owner.query(`grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${role}`);
  await owner.query(`grant execute on all functions in schema ${QUEUE_SCHEMA} to ${role}`);
};
