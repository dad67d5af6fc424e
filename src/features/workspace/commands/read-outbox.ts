import { hashSecret } from '../../../platform/crypto/secrets';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { secretIn } from '../domain/link';
import { can, canInvite } from '../policy';
import { listInvitations, listMails } from '../repo';
import type { outboxMail } from '../schema';

type MailRow = typeof outboxMail.$inferSelect;

/**
 * The outbox as its reader may see it. An invitation's link makes whoever opens it a member with the invited role, so it
 * is shown only to those who could have given that role themselves; for others the mail stands there without it.
 */
export const readOutbox = async ({ tx, me }: Scope, limit: number): Promise<MailRow[]> => {
  allow(can(me, 'outbox:read'), 'see the outbox');
  const roles = new Map((await listInvitations(tx)).map((row) => [row.tokenHash, row.role]));
  return (await listMails(tx, limit)).map((mail) => {
    if (mail.kind !== 'member-invitation' || mail.link === null) return mail;
    const role = roles.get(hashSecret(secretIn(mail.link)));
    return role && canInvite(me, role) ? mail : { ...mail, link: null, body: mail.body.replaceAll(mail.link, '[…]') };
  });
};
