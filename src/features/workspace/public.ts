import { and, eq, isNull, sql } from 'drizzle-orm';
import { isReadOnly, type WorkspaceTx } from '../../platform/db/database';
import type { Actor, AuditEntry, Services, Standing } from '../../platform/rpc/context';
import { headOf } from '../people/public';
import { addLookup, findMember, findToken, findWorkspace, listMembers, workspacesOf } from './repo';
import type { OutgoingMail } from './outbox';
import { apiToken, auditEvent, outboxMail } from './schema';

export { deliver, hasMailDue, postMails, type OutboxRow, type Written } from './outbox';
export { createWorkspace } from './commands/create-workspace';
export { addDemoMember, demoWorkspace, forgetDemo, isFirstAccount, maySignUp, registerDemo } from './installation';

/** Who somebody is here, or null for those who do not belong. A token stands where its maker stands now. */
export const standingOf = async (tx: WorkspaceTx, actor: Actor): Promise<Standing | null> => {
  const member = await findMember(tx, actor.kind === 'account' ? actor.userId : actor.createdBy);
  if (!member) return null;
  return {
    userId: member.userId,
    label: actor.kind === 'account' ? member.name : `${member.name} (API token)`,
    role: member.role,
    personId: member.personId,
    headOf: await headOf(tx, member.personId),
  };
};

export const recordAudit = async (tx: WorkspaceTx, workspaceId: string, id: string, at: Date, actor: { id: string | null; label: string }, entry: AuditEntry): Promise<void> => {
  await tx.insert(auditEvent).values({
    workspaceId, id, at, actorId: actor.id, actorLabel: actor.label, action: entry.action,
    subjectKind: entry.subjectKind, subjectId: entry.subjectId ?? null, details: entry.details ?? {},
  });
};

/** The workspace's name, zone and sides, for other features' mails and reports. */
export const workspaceFacts = async (tx: WorkspaceTx) => {
  const found = await findWorkspace(tx);
  if (!found) throw new Error('no workspace in this transaction');
  return { name: found.name, timeZone: found.timeZone, leftSide: found.leftSide, isDemo: found.isDemo };
};

/** The token behind a secret's hash, when it still holds. Remembers the day it was last used, not each use. */
export const tokenActor = async (services: Services, tokenHash: string): Promise<Actor | null> => {
  const [workspaceId] = await services.db.outside((tx) => workspacesOf(tx, 'token', tokenHash));
  if (!workspaceId) return null;
  return services.db.inWorkspace(workspaceId, async (tx) => {
    const found = await findToken(tx, tokenHash);
    if (!found) return null;
    const now = services.now();
    if ((!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > 3_600_000) && !(await isReadOnly(tx))) await tx.update(apiToken).set({ lastUsedAt: now }).where(eq(apiToken.id, found.id));
    return { kind: 'token', tokenId: found.id, workspaceId, scopes: found.scopes, createdBy: found.createdBy };
  });
};

/** Invitations of a wave that already lie in the outbox. */
export const mailedInvitations = async (tx: WorkspaceTx, waveId: string): Promise<Set<string>> =>
  new Set((await tx.select({ id: outboxMail.invitationId }).from(outboxMail).where(eq(outboxMail.waveId, waveId))).flatMap((row) => row.id ?? []));

/** Survey mails that lead nowhere any more, e.g. because the survey has closed. */
export const giveUpMails = (tx: WorkspaceTx, waveId: string, why: string) =>
  tx.update(outboxMail).set({ failure: sql`coalesce(${outboxMail.failure}, ${why})`, spent: true, notBefore: null, delay: null }).where(and(eq(outboxMail.waveId, waveId), isNull(outboxMail.sentAt)));

/** Puts into the outbox how many reminders went out, and why others did not; never to whom. */
export const noteReminders = (tx: WorkspaceTx, row: Pick<OutgoingMail, 'id' | 'workspaceId' | 'subject' | 'waveId' | 'createdAt'> & { sent: number; failure: string | null }) => {
  const { sent, failure, ...mail } = row;
  return tx.insert(outboxMail).values({ ...mail, kind: 'survey-reminder', recipient: `${sent}`, body: '', link: null, invitationId: null, sentAt: mail.createdAt, failure });
};

/** The workspace a hashed secret leads to, for links that work without an account. */
export const workspacesBehind = async (db: Services['db'], kind: 'share' | 'handoff' | 'huddle', key: string): Promise<string | undefined> =>
  (await db.outside((tx) => workspacesOf(tx, kind, key)))[0];

type Tended = 'commitments' | 'dashboards' | 'programme';

/** Notes that this workspace has something that a job looks after by the clock. */
export const tendWorkspace = (tx: WorkspaceTx, what: Tended, workspaceId: string) => addLookup(tx, what, workspaceId, workspaceId);

/** Workspaces that a job looks after by the clock. */
export const workspacesToTend = (db: Services['db'], what: Tended): Promise<string[]> =>
  db.outside(async (tx) => (await tx.execute<{ workspace: string }>(sql`select workspace from lookup where kind = ${what}`)).rows.map((row) => row.workspace));

/** Who has an account here, for naming owners and writing to them. */
export const membersHere = async (tx: WorkspaceTx): Promise<{ userId: string; name: string; email: string; personId: string | null }[]> =>
  (await listMembers(tx)).map(({ userId, name, email, personId }) => ({ userId, name, email, personId }));

/** Whether anybody here sees results before the others: a facilitator, or a head linked to their person. */
export const somebodySeesFirst = async (tx: WorkspaceTx): Promise<boolean> => {
  for (const member of await listMembers(tx)) if (member.role === 'facilitator' || (await headOf(tx, member.personId)) !== null) return true;
  return false;
};
