import type { Role } from '../../../lib/vocabulary';
import { hashSecret, newSecret } from '../../../platform/crypto/secrets';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { personExists } from '../../people/public';
import { canInvite } from '../policy';
import { addLookup, findWorkspace, listMembers } from '../repo';
import { outboxMail, workspaceInvitation } from '../schema';
import message from '../messages/en.json';

const DAYS = 14;

/** Invites by link. The mail lies in the outbox; without a mail server the inviter hands the link over. */
export const invite = async (scope: Scope, wanted: { email: string; role: Role; personId?: string | null }) => {
  allow(canInvite(scope.me, wanted.role), 'invite somebody with this role');
  const email = wanted.email.normalize('NFKC').trim().toLowerCase();
  if ((await listMembers(scope.tx)).some((member) => member.email === email))
    throw refuse.conflict(`${email} already belongs to this workspace. Nothing was sent.`, 'Change their role in the list of members.');
  if (wanted.personId && !(await personExists(scope.tx, wanted.personId))) throw refuse.notFound('person');
  const secret = newSecret('lsi');
  const row = {
    workspaceId: scope.workspaceId, id: scope.newId(), email, role: wanted.role, personId: wanted.personId ?? null, tokenHash: hashSecret(secret),
    invitedBy: scope.me.userId, createdAt: scope.now, expiresAt: new Date(scope.now.getTime() + DAYS * 86_400_000), acceptedAt: null, revokedAt: null,
  };
  await scope.tx.insert(workspaceInvitation).values(row);
  await addLookup(scope.tx, 'invitation', row.tokenHash, scope.workspaceId);
  const workspace = await findWorkspace(scope.tx);
  const link = `${scope.services.config.baseUrl}/join#${secret}`;
  const fill = (text: string) => text.replaceAll('{workspace}', workspace?.name ?? '').replaceAll('{inviter}', scope.me.label).replaceAll('{link}', link).replaceAll('{days}', String(DAYS));
  await scope.tx.insert(outboxMail).values({
    workspaceId: scope.workspaceId, id: scope.newId(), kind: 'member-invitation', recipient: email, link, createdAt: scope.now,
    subject: fill(message['mail.invitation.subject']), body: fill(message['mail.invitation.body']),
  });
  scope.afterwards(() => scope.services.jobs.send('outbox-send', { workspaceId: scope.workspaceId }));
  await scope.audit({ action: 'member.invited', subjectKind: 'invitation', subjectId: row.id, details: { email, role: wanted.role } });
  return { ...row, link };
};
