import type { Side } from '../../lib/vocabulary';
import type { MailState } from './contract';
import { heldBefore } from './domain/delivery';
import type { apiToken, auditEvent, member, outboxMail, workspaceInvitation } from './schema';

const iso = (at: Date | null) => at?.toISOString() ?? null;

export const presentMember = (row: typeof member.$inferSelect, personName: string | null, headOf: Side | null) => ({
  userId: row.userId, name: row.name, email: row.email, role: row.role, personId: row.personId, personName, headOf, joinedAt: row.joinedAt.toISOString(),
});
export const presentInvitation = (row: Omit<typeof workspaceInvitation.$inferSelect, 'tokenHash'>) => ({
  id: row.id, email: row.email, role: row.role, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString(), acceptedAt: iso(row.acceptedAt), revokedAt: iso(row.revokedAt),
});
export const presentToken = (row: Omit<typeof apiToken.$inferSelect, 'tokenHash'>) => ({
  id: row.id, name: row.name, scopes: row.scopes, createdAt: row.createdAt.toISOString(), lastUsedAt: iso(row.lastUsedAt), revokedAt: iso(row.revokedAt),
});
export const presentAudit = (row: typeof auditEvent.$inferSelect, subject: string | null) => ({
  id: row.id, at: row.at.toISOString(), actor: row.actorLabel, action: row.action, subjectKind: row.subjectKind, subjectId: row.subjectId, subject, details: row.details,
});
const mailState = (row: typeof outboxMail.$inferSelect, now: Date): MailState => {
  if (row.failure !== null) return row.spent ? 'spent' : 'failed';
  if (row.sentAt !== null) return 'sent';
  if (row.delay !== null) return 'later';
  return row.notBefore === null && row.createdAt <= heldBefore(now) ? 'held' : 'waiting';
};
export const presentMail = (now: Date) => (row: typeof outboxMail.$inferSelect) => ({
  id: row.id, kind: row.kind, recipient: row.recipient, subject: row.subject, body: row.body, link: row.link, state: mailState(row, now),
  createdAt: row.createdAt.toISOString(), sentAt: iso(row.sentAt), failure: row.failure ?? row.delay, nextTryAt: row.delay === null ? null : iso(row.notBefore), waveId: row.waveId,
});
