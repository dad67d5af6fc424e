import { hashSecret } from '../../platform/crypto/secrets';
import type { WorkspaceTx } from '../../platform/db/database';
import type { Job } from '../../platform/jobs/jobs';
import { faultKind } from '../../platform/log/fault';
import type { Services } from '../../platform/rpc/context';
import { secretIn } from './domain/link';
import message from './messages/en.json';
import { deliver, settleOutbox, workspacesWithMail, type OutboxRow, type Written } from './outbox';
import { findInvitation } from './repo';

/** A link that leads nowhere any more is not sent. */
const writeMail = (now: Date) => async (row: OutboxRow, tx: WorkspaceTx): Promise<Written> => {
  const letter = { subject: row.subject, text: row.body };
  if (row.kind !== 'member-invitation' || row.link === null) return letter;
  const invitation = await findInvitation(tx, hashSecret(secretIn(row.link)));
  return invitation && !invitation.acceptedAt && !invitation.revokedAt && invitation.expiresAt > now ? letter : { never: message['outbox.void'] };
};

/** Sends what the outbox of one workspace holds. Survey mails are sent by their own feature, which alone can compute their links. */
export const sendOutbox = (services: Services, workspaceId: string): Promise<number> => deliver(services, workspaceId, null, writeMail(services.now()));

/** Looks after every workspace that has mail to send: what was put off, and what a killed server left behind. */
const tendOutboxes = async (services: Services): Promise<void> => {
  if (!services.mail) return;
  const faults: string[] = [];
  for (const workspaceId of await workspacesWithMail(services)) {
    await sendOutbox(services, workspaceId).then(() => settleOutbox(services, workspaceId)).catch((error: unknown) => faults.push(faultKind(error)));
  }
  if (faults.length > 0) throw new Error(`the outbox of ${faults.length} workspace(s) could not be looked after: ${[...new Set(faults)].join(', ')}`);
};

export const workspaceJobs: Job<Services>[] = [
  { name: 'outbox-tend', cron: '* * * * *', run: (_data, services) => tendOutboxes(services) },
  {
    name: 'outbox-send',
    run: async (data, services) => {
      if (typeof data.workspaceId === 'string') await sendOutbox(services, data.workspaceId);
    },
  },
];
