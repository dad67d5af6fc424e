import { implement } from '@orpc/server';
import { eq } from 'drizzle-orm';
import { refuse } from '../../platform/http/refusal';
import { isReadOnly } from '../../platform/db/database';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { headOf, peopleById } from '../people/public';
import { acceptInvitation, openInvitation } from './commands/accept-invitation';
import { changeMember, removeMember } from './commands/change-member';
import { createWorkspace } from './commands/create-workspace';
import { invite } from './commands/invite';
import { readOutbox } from './commands/read-outbox';
import { sendAgain } from './commands/send-again';
import { removeWorkspace } from './commands/remove-workspace';
import { createToken, revokeToken } from './commands/tokens';
import { workspaceContract } from './contract';
import { can } from './policy';
import { presentAudit, presentInvitation, presentMail, presentMember, presentToken } from './present';
import { findMember, findWorkspace, listAudit, listInvitations, listMembers, listTokens, noteVisit, removeLookup, workspacesOf } from './repo';
import { workspace, workspaceInvitation } from './schema';
import { demoWorkspace, isFirstAccount } from './installation';

const os = implement(workspaceContract).$context<Context>();
const done = { done: true as const };

const account = (context: Context) => {
  if (context.actor?.kind !== 'account') throw refuse.notSignedIn();
  return { userId: context.actor.userId, name: context.actor.name, email: context.actor.email };
};

const view = async (scope: Scope) => {
  const found = await findWorkspace(scope.tx);
  const me = await findMember(scope.tx, scope.me.userId);
  if (!found || !me) throw refuse.notFound('workspace');
  return {
    id: found.workspaceId, name: found.name, role: me.role, isDemo: found.isDemo, timeZone: found.timeZone, leftSide: found.leftSide, createdAt: found.createdAt.toISOString(),
    me: { userId: me.userId, name: me.name, email: me.email, role: me.role, personId: me.personId, headOf: scope.me.headOf }, mail: scope.services.config.smtp !== null,
  };
};

const memberViews = async ({ tx }: Scope, rows: Awaited<ReturnType<typeof listMembers>>) => {
  const people = await peopleById(tx, rows.flatMap((row) => row.personId ?? []));
  return Promise.all(rows.map(async (row) => presentMember(row, (row.personId && people.get(row.personId)?.name) || null, await headOf(tx, row.personId))));
};

const auditViews = async ({ tx }: Scope, rows: Awaited<ReturnType<typeof listAudit>>) => {
  const people = await peopleById(tx, rows.flatMap((row) => (row.subjectKind === 'person' && row.subjectId ? [row.subjectId] : [])));
  const members = new Map((await listMembers(tx)).map((row) => [row.userId, row]));
  return rows.map((row) => presentAudit(row, (people.get(row.subjectId ?? '') ?? members.get(row.subjectId ?? ''))?.name ?? null));
};

export const workspaceRouter = os.router({
  setup: os.setup.handler(async ({ context: { services } }) => ({
    firstAccount: await isFirstAccount(services.db), oidcLabel: services.config.oidc?.label ?? null, mail: services.config.smtp !== null,
    demo: await demoWorkspace(services.db), version: services.version,
  })),
  mine: os.mine.handler(async ({ context }) => {
    const { userId, name, email } = account(context);
    const ids = await context.services.db.outside((tx) => workspacesOf(tx, 'user', userId));
    const found = await Promise.all(ids.map((id) => context.services.db.inWorkspace(id, async (tx) => ({ own: await findWorkspace(tx), me: await findMember(tx, userId) }))));
    const workspaces = found.flatMap(({ own, me }) => (own && me ? [{ id: own.workspaceId, name: own.name, role: me.role, isDemo: own.isDemo }] : []));
    return { account: { name, email }, workspaces: workspaces.sort((a, b) => a.name.localeCompare(b.name)) };
  }),
  create: os.create.handler(({ context, input }) => createWorkspace(context.services, account(context), input)),
  read: os.read.handler(({ context, input }) => withWorkspace(context, input.workspace, 'workspace:read', view)),
  visit: os.visit.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:read', async (scope) => {
      const before = (await findMember(scope.tx, scope.me.userId))?.lastVisitAt ?? null;
      if (!(await isReadOnly(scope.tx))) await noteVisit(scope.tx, scope.me.userId, scope.now);
      return { before: before?.toISOString() ?? null };
    }),
  ),
  update: os.update.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:write', async (scope) => {
      allow(can(scope.me, 'workspace:update'), 'change this workspace');
      const change = { ...(input.name ? { name: input.name } : {}), ...(input.timeZone ? { timeZone: input.timeZone } : {}) };
      if (Object.keys(change).length > 0) {
        await scope.tx.update(workspace).set(change);
        await scope.audit({ action: 'workspace.changed', subjectKind: 'workspace', subjectId: scope.workspaceId, details: change });
      }
      return view(scope);
    }),
  ),
  remove: os.remove.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:write', async (scope) => {
      await removeWorkspace(scope, input.confirmName);
      return done;
    }),
  ),
  members: os.members.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:read', async (scope) => {
      allow(can(scope.me, 'member:list'), 'see the members');
      return memberViews(scope, await listMembers(scope.tx));
    }),
  ),
  updateMember: os.updateMember.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:write', async (scope) => {
      const [view] = await memberViews(scope, [await changeMember(scope, input.user, { role: input.role, personId: input.personId })]);
      if (!view) throw refuse.notFound('member');
      return view;
    }),
  ),
  removeMember: os.removeMember.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:write', async (scope) => {
      await removeMember(scope, input.user);
      return done;
    }),
  ),
  invitations: os.invitations.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:read', async (scope) => {
      allow(can(scope.me, 'member:manage'), 'see invitations');
      return (await listInvitations(scope.tx)).map(presentInvitation);
    }),
  ),
  invite: os.invite.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:write', async (scope) => {
      const made = await invite(scope, input);
      return { ...presentInvitation(made), link: made.link, renewed: made.renewed };
    }),
  ),
  revokeInvitation: os.revokeInvitation.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:write', async (scope) => {
      allow(can(scope.me, 'member:manage'), 'take an invitation back');
      const [row] = await scope.tx.update(workspaceInvitation).set({ revokedAt: scope.now }).where(eq(workspaceInvitation.id, input.id)).returning();
      if (!row) throw refuse.notFound('invitation');
      await removeLookup(scope.tx, 'invitation', row.tokenHash, scope.workspaceId);
      await scope.audit({ action: 'invitation.revoked', subjectKind: 'invitation', subjectId: input.id, details: { email: row.email } });
      return done;
    }),
  ),
  openInvitation: os.openInvitation.handler(({ context, input }) => openInvitation(context.services, input.secret)),
  acceptInvitation: os.acceptInvitation.handler(async ({ context, input }) => ({ workspace: await acceptInvitation(context.services, account(context), input.secret) })),
  tokens: os.tokens.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:read', async (scope) => {
      allow(can(scope.me, 'token:manage'), 'see API tokens');
      return (await listTokens(scope.tx)).map(presentToken);
    }),
  ),
  createToken: os.createToken.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:write', async (scope) => {
      const made = await createToken(scope, input);
      return { ...presentToken(made), secret: made.secret };
    }),
  ),
  revokeToken: os.revokeToken.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:write', async (scope) => {
      await revokeToken(scope, input.id);
      return done;
    }),
  ),
  audit: os.audit.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:read', async (scope) => {
      allow(can(scope.me, 'audit:read'), 'read the audit trail');
      return auditViews(scope, await listAudit(scope.tx, { before: input.before ? new Date(input.before) : null, about: input.about ?? null, limit: input.limit }));
    }),
  ),
  outbox: os.outbox.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'workspace:read', async (scope) => (await readOutbox(scope, input.limit)).map(presentMail(scope.now))),
  ),
  sendAgain: os.sendAgain.handler(({ context, input }) => withWorkspace(context, input.workspace, 'workspace:write', async (scope) => ({ queued: await sendAgain(scope, input.mail ?? null) }))),
});
