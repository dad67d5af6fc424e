import { eq } from 'drizzle-orm';
import { hashSecret } from '../../../platform/crypto/secrets';
import { refuse } from '../../../platform/http/refusal';
import type { Services } from '../../../platform/rpc/context';
import type { WorkspaceTx } from '../../../platform/db/database';
import { addMember, findInvitation, findWorkspace, workspacesOf } from '../repo';
import { workspaceInvitation } from '../schema';
import type { Founder } from './create-workspace';

const gone = () => refuse.gone('This invitation was used, taken back or replaced by a newer one, or has run out. Nothing was changed.', 'Ask the person who invited you for a new link.');

/** Runs `work` with the invitation a secret leads to, if it can still be used. @throws 410 when it cannot. */
export const withInvitation = async <T>(services: Services, secret: string, work: (tx: WorkspaceTx, invitation: typeof workspaceInvitation.$inferSelect) => Promise<T>): Promise<T> => {
  const hash = hashSecret(secret);
  const [workspaceId] = await services.db.outside((tx) => workspacesOf(tx, 'invitation', hash));
  if (!workspaceId) throw gone();
  return services.db.inWorkspace(workspaceId, async (tx) => {
    const invitation = await findInvitation(tx, hash);
    if (!invitation || invitation.acceptedAt || invitation.revokedAt || invitation.expiresAt <= services.now()) throw gone();
    return work(tx, invitation);
  });
};

/** What the link leads to, shown before one signs in. */
export const openInvitation = (services: Services, secret: string) =>
  withInvitation(services, secret, async (tx, invitation) => ({ workspaceName: (await findWorkspace(tx))?.name ?? '', email: invitation.email, role: invitation.role }));

/** Joins the workspace. The link is the proof, so the account's e-mail may differ from the one it was sent to; both are in the audit trail. */
export const acceptInvitation = (services: Services, account: Founder, secret: string): Promise<string> =>
  withInvitation(services, secret, async (tx, invitation) => {
    const now = services.now();
    await addMember(tx, { workspaceId: invitation.workspaceId, ...account, role: invitation.role, personId: invitation.personId, joinedAt: now });
    await tx.update(workspaceInvitation).set({ acceptedAt: now }).where(eq(workspaceInvitation.id, invitation.id));
    await services.recordAudit(tx, invitation.workspaceId, now, { id: account.userId, label: account.name }, {
      action: 'member.joined', subjectKind: 'invitation', subjectId: invitation.id, details: { invited: invitation.email, joined: account.email, role: invitation.role },
    });
    return invitation.workspaceId;
  });
