import { and, desc, eq, isNull, like, lt, or, sql } from 'drizzle-orm';
import type { Role } from '../../lib/vocabulary';
import type { OutsideTx, WorkspaceTx } from '../../platform/db/database';
import { lookup } from '../../platform/db/schema';
import type { AuditArea } from './contract';
import { apiToken, auditEvent, member, outboxMail, workspace, workspaceInvitation } from './schema';

type Any = WorkspaceTx | OutsideTx;
type LookupKind = (typeof lookup.$inferInsert)['kind'];

export const findWorkspace = async (tx: WorkspaceTx) => (await tx.select().from(workspace))[0];

export const findMember = async (tx: WorkspaceTx, userId: string) => (await tx.select().from(member).where(eq(member.userId, userId)))[0];

export const listMembers = (tx: WorkspaceTx) => tx.select().from(member).orderBy(member.name);

export const countOwners = async (tx: WorkspaceTx): Promise<number> =>
  (await tx.select({ n: sql<number>`count(*)::int` }).from(member).where(eq(member.role, 'owner')))[0]?.n ?? 0;

/** Locks the workspace's owners, so that two owners leaving at once cannot both be "not the last". */
export const lockOwners = (tx: WorkspaceTx) => tx.select({ id: member.userId }).from(member).where(eq(member.role, 'owner')).for('update');

export const addMember = async (tx: WorkspaceTx, row: typeof member.$inferInsert): Promise<void> => {
  await tx.insert(member).values(row).onConflictDoNothing();
  await addLookup(tx, 'user', row.userId, row.workspaceId);
};

export const updateMember = (tx: WorkspaceTx, userId: string, change: { role?: Role; personId?: string | null }) =>
  tx.update(member).set(change).where(eq(member.userId, userId)).returning();

export const noteVisit = (tx: WorkspaceTx, userId: string, at: Date) => tx.update(member).set({ lastVisitAt: at }).where(eq(member.userId, userId));

export const deleteMember = async (tx: WorkspaceTx, userId: string, workspaceId: string): Promise<void> => {
  await tx.delete(member).where(eq(member.userId, userId));
  await removeLookup(tx, 'user', userId, workspaceId);
};

export const addLookup = (tx: Any, kind: LookupKind, key: string, workspaceId: string) =>
  tx.insert(lookup).values({ kind, key, workspace: workspaceId }).onConflictDoNothing();

export const removeLookup = (tx: Any, kind: LookupKind, key: string, workspaceId: string) =>
  tx.delete(lookup).where(and(eq(lookup.kind, kind), eq(lookup.key, key), eq(lookup.workspace, workspaceId)));

/** Workspaces a key leads to, e.g. those of an account. */
export const workspacesOf = async (tx: Any, kind: LookupKind, key: string): Promise<string[]> =>
  (await tx.select({ id: lookup.workspace }).from(lookup).where(and(eq(lookup.kind, kind), eq(lookup.key, key)))).map((row) => row.id);

export const listInvitations = (tx: WorkspaceTx) => tx.select().from(workspaceInvitation).orderBy(desc(workspaceInvitation.createdAt)).limit(500);

/** Invitations to this address that were neither used nor taken back, run out or not; held until the transaction ends. */
export const openInvitationsTo = (tx: WorkspaceTx, email: string) =>
  tx.select({ id: workspaceInvitation.id, tokenHash: workspaceInvitation.tokenHash }).from(workspaceInvitation)
    .where(and(eq(workspaceInvitation.email, email), isNull(workspaceInvitation.acceptedAt), isNull(workspaceInvitation.revokedAt)))
    .orderBy(workspaceInvitation.createdAt).for('update');

export const findInvitation = async (tx: WorkspaceTx, tokenHash: string) =>
  (await tx.select().from(workspaceInvitation).where(eq(workspaceInvitation.tokenHash, tokenHash)).for('update'))[0];

export const listTokens = (tx: WorkspaceTx) => tx.select().from(apiToken).orderBy(desc(apiToken.createdAt)).limit(500);

export const findToken = async (tx: WorkspaceTx, tokenHash: string) =>
  (await tx.select().from(apiToken).where(and(eq(apiToken.tokenHash, tokenHash), isNull(apiToken.revokedAt))))[0];

/** Words before the dot that belong together for somebody who looks for one kind of act. */
const AREAS: Readonly<Record<AuditArea, readonly string[]>> = { workspace: ['workspace', 'outbox'], member: ['member', 'invitation'], people: ['people', 'person'], wave: ['wave', 'instrument'], customers: ['customers'], pipeline: ['pipeline', 'lead'], agreements: ['agreements'], goals: ['goals'], diagnosis: ['diagnosis'], huddle: ['huddle'], improvement: ['improvement'], token: ['token'] };

export const listAudit = (tx: WorkspaceTx, wanted: { before: Date | null; about: AuditArea | null; limit: number }) =>
  tx.select().from(auditEvent)
    .where(and(wanted.before ? lt(auditEvent.at, wanted.before) : undefined, wanted.about ? or(...AREAS[wanted.about].map((word) => like(auditEvent.action, `${word}.%`))) : undefined))
    .orderBy(desc(auditEvent.at), desc(auditEvent.id)).limit(wanted.limit);

export const listMails = (tx: WorkspaceTx, limit: number) => tx.select().from(outboxMail).orderBy(desc(outboxMail.createdAt)).limit(limit);
