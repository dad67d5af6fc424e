import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { ROLES, SIDES } from '../../lib/vocabulary';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { person } from '../people/schema';

export const workspace = pgTable('workspace', {
  workspaceId: workspaceId().primaryKey(),
  name: text('name').notNull(),
  /** IANA zone in which opening and closing times are meant. */
  timeZone: text('time_zone').notNull(),
  /** Who stands left alternates by workspace and then stays (screens.md rule 3). */
  leftSide: text('left_side', { enum: SIDES }).notNull(),
  isDemo: boolean('is_demo').notNull().default(false),
  createdAt: instant('created_at').notNull(),
});

export const member = pgTable(
  'member',
  {
    workspaceId: workspaceId(),
    userId: uuid('user_id').notNull(),
    /** Shown in lists and in the audit trail; copied from the account, which lies outside the workspace. */
    name: text('name').notNull(),
    email: text('email').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    /** The person this member is, when linked; a linked leader of sales or marketing is a head. */
    personId: uuid('person_id'),
    joinedAt: instant('joined_at').notNull(),
    lastVisitAt: instant('last_visit_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), foreignKey({ columns: [t.workspaceId, t.personId], foreignColumns: [person.workspaceId, person.id], name: 'member_person' })],
);

export const workspaceInvitation = pgTable(
  'workspace_invitation',
  {
    workspaceId: workspaceId(),
    id: id(),
    email: text('email').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    personId: uuid('person_id'),
    tokenHash: text('token_hash').notNull(),
    invitedBy: uuid('invited_by').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), foreignKey({ columns: [t.workspaceId, t.personId], foreignColumns: [person.workspaceId, person.id], name: 'workspace_invitation_person' })],
);

export const apiToken = pgTable(
  'api_token',
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text('name').notNull(),
    /** SHA-256 of the secret; the secret itself is shown once and never stored. */
    tokenHash: text('token_hash').notNull(),
    scopes: text('scopes').array().notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const auditEvent = pgTable(
  'audit_event',
  {
    workspaceId: workspaceId(),
    id: id(),
    at: instant('at').notNull(),
    /** Account id, or null for the system; the label is what it was called then. */
    actorId: uuid('actor_id'),
    actorLabel: text('actor_label').notNull(),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), index('audit_event_at').on(t.workspaceId, t.at)],
);

/**
 * Every mail the product wants to send. A survey mail holds the invitation it belongs to and no token: its link is computed
 * again when it is sent or copied (anonymity.md A). Reminders never come here: their recipients are not kept.
 */
export const outboxMail = pgTable(
  'outbox_mail',
  {
    workspaceId: workspaceId(),
    id: id(),
    kind: text('kind').notNull(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    /** Absolute link that the mail carries, when it may be stored. */
    link: text('link'),
    waveId: uuid('wave_id'),
    invitationId: uuid('invitation_id'),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
    /** Why it will not be tried again by itself. */
    failure: text('failure'),
    /** Leads nowhere any more, so that nobody can send it again either. */
    spent: boolean('spent').notNull().default(false),
    /** Tries begun; counted before the mail goes out, so that a sender cut off in the middle is counted too. */
    tries: integer('tries').notNull().default(0),
    /** Not to be tried before; while it is being sent, the end of its sender's claim. */
    notBefore: instant('not_before'),
    /** What the server said when it did not take the mail for now. */
    delay: text('delay'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('outbox_mail_created').on(t.workspaceId, t.createdAt),
    foreignKey({ columns: [t.workspaceId], foreignColumns: [workspace.workspaceId] }),
  ],
);
