import { inArray, sql } from 'drizzle-orm';
import type { Role } from '../../../lib/vocabulary';
import { hashSecret, newSecret } from '../../../platform/crypto/secrets';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { personExists } from '../../people/public';
import { canInvite } from '../policy';
import { fill } from '../domain/link';
import { postMails } from '../outbox';
import { addLookup, findWorkspace, listMembers, openInvitationsTo, removeLookup } from '../repo';
import { workspaceInvitation } from '../schema';
import message from '../messages/en.json';

const DAYS = 14;

/**
 * Invites by link. The mail lies in the outbox; without a mail server the inviter hands the link over. Somebody whose
 * invitation is still open has it renewed: one invitation, a new link, and the old one void.
 */
export const invite = async (scope: Scope, wanted: { email: string; role: Role; personId?: string | null }) => {
  allow(canInvite(scope.me, wanted.role), 'invite somebody with this role');
  const { tx, workspaceId, now } = scope;
  const email = wanted.email.normalize('NFKC').trim().toLowerCase();
  if ((await listMembers(tx)).some((member) => member.email === email))
    throw refuse.conflict(`${email} already belongs to this workspace. Nothing was sent.`, 'Change their role in the list of members.');
  if (wanted.personId && !(await personExists(tx, wanted.personId))) throw refuse.notFound('person');
  const secret = newSecret('lsi');
  // Two inviting the same person at once must meet the same row.
  await tx.execute(sql`select pg_advisory_xact_lock(4402, hashtext(${`${workspaceId}|${email}`}))`);
  const earlier = await openInvitationsTo(tx, email);
  const row = {
    workspaceId, id: earlier[0]?.id ?? scope.newId(), email, role: wanted.role, personId: wanted.personId ?? null, tokenHash: hashSecret(secret),
    invitedBy: scope.me.userId, createdAt: now, expiresAt: new Date(now.getTime() + DAYS * 86_400_000), acceptedAt: null, revokedAt: null,
  };
  for (const { tokenHash } of earlier) await removeLookup(tx, 'invitation', tokenHash, workspaceId);
  if (earlier.length > 0) await tx.delete(workspaceInvitation).where(inArray(workspaceInvitation.id, earlier.map(({ id }) => id)));
  await tx.insert(workspaceInvitation).values(row);
  await addLookup(tx, 'invitation', row.tokenHash, workspaceId);
  const link = `${scope.services.config.baseUrl}/join#${secret}`;
  await mailInvitation(scope, email, link);
  const renewed = earlier.length > 0;
  await scope.audit({ action: renewed ? 'invitation.renewed' : 'member.invited', subjectKind: 'invitation', subjectId: row.id, details: { email, role: wanted.role } });
  return { ...row, link, renewed };
};

const mailInvitation = async (scope: Scope, recipient: string, link: string): Promise<void> => {
  const { tx, workspaceId, now } = scope;
  const values = { workspace: (await findWorkspace(tx))?.name ?? '', inviter: scope.me.label, days: String(DAYS) };
  await postMails(tx, [{
    workspaceId, id: scope.newId(), kind: 'member-invitation', recipient, link, createdAt: now, waveId: null, invitationId: null,
    subject: fill(message['mail.invitation.subject'], values), body: fill(message['mail.invitation.body'], { ...values, link }),
  }]);
  scope.afterwards(() => scope.services.jobs.send('outbox-send', { workspaceId }));
};
