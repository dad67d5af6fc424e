import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Job } from '../../platform/jobs/jobs';
import type { Services } from '../../platform/rpc/context';
import { outboxMail } from './schema';

const BATCH = 50;

/** Sends what the outbox of one workspace holds. Survey mails are sent by their own feature, which alone can compute their links. */
export const sendOutbox = async (services: Services, workspaceId: string): Promise<number> => {
  if (!services.mail) return 0;
  const { mail } = services;
  return services.db.inWorkspace(workspaceId, async (tx) => {
    const waiting = await tx
      .select()
      .from(outboxMail)
      .where(and(isNull(outboxMail.sentAt), isNull(outboxMail.failure), isNull(outboxMail.invitationId)))
      .orderBy(asc(outboxMail.createdAt))
      .limit(BATCH)
      .for('update', { skipLocked: true });
    for (const row of waiting) {
      const failure = await mail.send({ to: row.recipient, subject: row.subject, text: row.body }).then(() => null, (error: Error) => error.message.slice(0, 300));
      await tx.update(outboxMail).set(failure ? { failure } : { sentAt: services.now() }).where(eq(outboxMail.id, row.id));
    }
    return waiting.length;
  });
};

export const workspaceJobs: Job<Services>[] = [
  {
    name: 'outbox-send',
    run: async (data, services) => {
      if (typeof data.workspaceId === 'string') while ((await sendOutbox(services, data.workspaceId)) === BATCH);
    },
  },
];
