import { and, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import { hashSecret } from '../../../platform/crypto/secrets';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { secretIn } from '../domain/link';
import { expectMail, type OutboxRow } from '../outbox';
import { can, canInvite } from '../policy';
import { listInvitations } from '../repo';
import { outboxMail } from '../schema';

const unsent = and(isNull(outboxMail.sentAt), eq(outboxMail.spent, false), ne(outboxMail.kind, 'survey-reminder'));

/** Puts one unsent mail, or every failed one, at the head of the queue, as if it had never been tried. @returns how many */
export const sendAgain = async (scope: Scope, mailId: string | null): Promise<number> => {
  allow(can(scope.me, 'outbox:read'), 'send mails again');
  const { tx, workspaceId, now } = scope;
  const wanted = mailId === null ? await tx.select().from(outboxMail).where(and(unsent, isNotNull(outboxMail.failure))) : [await oneMail(scope, mailId)];
  if (!scope.services.mail) throw refuse.conflict('No mail server is set up, so nothing was sent.', 'Copy the link from the outbox and hand it over yourself.');
  const rows = await sendable(scope, wanted);
  if (rows.length === 0 && mailId !== null) throw refuse.conflict('Its link leads nowhere any more, or only somebody with a higher role may send it. Nothing was sent.', 'Invite the person again on the members page.');
  for (let at = 0; at < rows.length; at += 5_000)
    await tx.update(outboxMail).set({ failure: null, delay: null, tries: 0, notBefore: now }).where(inArray(outboxMail.id, rows.slice(at, at + 5_000).map((row) => row.id)));
  if (rows.length > 0) {
    await expectMail(tx, workspaceId);
    scope.afterwards(() => scope.services.jobs.send('outbox-send', { workspaceId }));
    await scope.audit({ action: 'outbox.resent', subjectKind: 'mail', subjectId: mailId, details: { queued: rows.length } });
  }
  return rows.length;
};

const oneMail = async ({ tx }: Scope, id: string): Promise<OutboxRow> => {
  const [row] = await tx.select().from(outboxMail).where(eq(outboxMail.id, id));
  if (!row) throw refuse.notFound('mail');
  if (row.sentAt || row.spent) throw refuse.conflict('This mail was sent already, or leads nowhere any more. Nothing was sent.', 'Reload the outbox to see how it stands.');
  return row;
};

/** Invitations to the workspace only by those who could have given their role, and only while they can be used. */
const sendable = async ({ tx, me, now }: Scope, rows: OutboxRow[]): Promise<OutboxRow[]> => {
  const open = new Map((await listInvitations(tx)).filter((each) => !each.acceptedAt && !each.revokedAt && each.expiresAt > now).map((each) => [each.tokenHash, each.role]));
  return rows.filter(({ kind, link }) => {
    if (kind !== 'member-invitation' || link === null) return true;
    const role = open.get(hashSecret(secretIn(link)));
    return role !== undefined && canInvite(me, role);
  });
};
