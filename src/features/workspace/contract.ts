import { z } from 'zod';
import { api } from '../../lib/api';
import { SCOPES } from '../../lib/scopes';
import { ROLES, SIDES } from '../../lib/vocabulary';

const role = z.enum(ROLES);
const instant = z.iso.datetime();
const inWorkspace = z.object({ workspace: z.uuid() });
const name = z.string().trim().min(1).max(120);
const timeZone = z.string().min(1).max(64).refine(isTimeZone, { error: 'use an IANA time zone such as Europe/Berlin' });
const done = z.object({ done: z.literal(true) });

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** What an action is about: the word before the dot. */
export const AUDIT_AREAS = ['workspace', 'member', 'people', 'wave', 'customers', 'pipeline', 'agreements', 'goals', 'diagnosis', 'huddle', 'improvement', 'token'] as const;
export type AuditArea = (typeof AUDIT_AREAS)[number];

export const workspaceSummary = z.object({ id: z.uuid(), name: z.string(), role, isDemo: z.boolean() });
export const workspaceView = workspaceSummary.extend({
  timeZone: z.string(),
  leftSide: z.enum(SIDES),
  createdAt: instant,
  me: z.object({ userId: z.uuid(), name: z.string(), email: z.string(), role, personId: z.uuid().nullable(), headOf: z.enum(SIDES).nullable() }),
  mail: z.boolean(),
});
export const memberView = z.object({ userId: z.uuid(), name: z.string(), email: z.string(), role, personId: z.uuid().nullable(), personName: z.string().nullable(), headOf: z.enum(SIDES).nullable(), joinedAt: instant });
export const invitationView = z.object({ id: z.uuid(), email: z.string(), role, createdAt: instant, expiresAt: instant, acceptedAt: instant.nullable(), revokedAt: instant.nullable() });
export const tokenView = z.object({ id: z.uuid(), name: z.string(), scopes: z.array(z.string()), createdAt: instant, lastUsedAt: instant.nullable(), revokedAt: instant.nullable() });
export const auditView = z.object({ id: z.uuid(), at: instant, actor: z.string(), action: z.string(), subjectKind: z.string(), subjectId: z.string().nullable(),
  /** What a person or member is called now; null when they are gone, or the subject is something else. */
  subject: z.string().nullable(), details: z.record(z.string(), z.unknown()) });
export const MAIL_STATES = ['waiting', 'held', 'later', 'sent', 'failed', 'spent'] as const;
export type MailState = (typeof MAIL_STATES)[number];
export const mailView = z.object({
  id: z.uuid(), kind: z.string(), recipient: z.string(), subject: z.string(), body: z.string(), link: z.string().nullable(),
  /** `held`: written long ago and never tried; `later`: put off by the mail server; `spent`: leads nowhere any more. */
  state: z.enum(MAIL_STATES),
  createdAt: instant, sentAt: instant.nullable(), nextTryAt: instant.nullable(),
  /** What the mail server said, when it did not take the mail. */
  failure: z.string().nullable(),
  /** The survey a mail belongs to. Its personal links are computed when it is sent and stored nowhere. */
  waveId: z.uuid().nullable(),
});

export const workspaceContract = {
  setup: api
    .route({ method: 'GET', path: '/setup', tags: ['workspace'], summary: 'What this installation offers before anybody signs in' })
    .output(z.object({ firstAccount: z.boolean(), oidcLabel: z.string().nullable(), mail: z.boolean(), demo: z.uuid().nullable(), version: z.string() })),
  mine: api
    .route({ method: 'GET', path: '/workspaces', tags: ['workspace'], summary: 'Workspaces you belong to' })
    .output(z.object({ account: z.object({ name: z.string(), email: z.string() }), workspaces: z.array(workspaceSummary) })),
  create: api
    .route({ method: 'POST', path: '/workspaces', tags: ['workspace'], summary: 'Create a workspace; you become its owner', successStatus: 201 })
    .input(z.object({ name, timeZone }))
    .output(workspaceSummary),
  read: api.route({ method: 'GET', path: '/workspaces/{workspace}', tags: ['workspace'], summary: 'One workspace and your standing in it' }).input(inWorkspace).output(workspaceView),
  visit: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/visit', tags: ['workspace'], summary: 'Note your visit; says when the one before was' })
    .input(inWorkspace)
    .output(z.object({ before: instant.nullable() })),
  update: api
    .route({ method: 'PATCH', path: '/workspaces/{workspace}', tags: ['workspace'], summary: 'Rename, change the time zone' })
    .input(inWorkspace.extend({ name: name.optional(), timeZone: timeZone.optional() }))
    .output(workspaceView),
  remove: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/remove', tags: ['workspace'], summary: 'Remove the workspace and everything in it, for good' })
    .input(inWorkspace.extend({ confirmName: z.string().max(200) }))
    .output(done),
  members: api.route({ method: 'GET', path: '/workspaces/{workspace}/members', tags: ['members'], summary: 'Who belongs to the workspace' }).input(inWorkspace).output(z.array(memberView)),
  updateMember: api
    .route({ method: 'PATCH', path: '/workspaces/{workspace}/members/{user}', tags: ['members'], summary: 'Change a role, link a person' })
    .input(inWorkspace.extend({ user: z.uuid(), role: role.optional(), personId: z.uuid().nullable().optional() }))
    .output(memberView),
  removeMember: api
    .route({ method: 'DELETE', path: '/workspaces/{workspace}/members/{user}', tags: ['members'], summary: 'Remove a member; their sessions here end at once' })
    .input(inWorkspace.extend({ user: z.uuid() }))
    .output(done),
  invitations: api.route({ method: 'GET', path: '/workspaces/{workspace}/invitations', tags: ['members'], summary: 'Invitations sent' }).input(inWorkspace).output(z.array(invitationView)),
  invite: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/invitations', tags: ['members'], summary: 'Invite by link; the link is shown once and mailed when mail is set up. An open invitation to the same address is renewed: its old link stops working', successStatus: 201 })
    .input(inWorkspace.extend({ email: z.email().max(254), role, personId: z.uuid().nullable().optional() }))
    .output(invitationView.extend({ link: z.string(), renewed: z.boolean() })),
  revokeInvitation: api
    .route({ method: 'DELETE', path: '/workspaces/{workspace}/invitations/{id}', tags: ['members'], summary: 'Take an invitation back' })
    .input(inWorkspace.extend({ id: z.uuid() }))
    .output(done),
  openInvitation: api
    .route({ method: 'POST', path: '/invitations/open', tags: ['members'], summary: 'What an invitation link leads to' })
    .input(z.object({ secret: z.string().min(10).max(200) }))
    .output(z.object({ workspaceName: z.string(), email: z.string(), role })),
  acceptInvitation: api
    .route({ method: 'POST', path: '/invitations/accept', tags: ['members'], summary: 'Join the workspace an invitation leads to' })
    .input(z.object({ secret: z.string().min(10).max(200) }))
    .output(z.object({ workspace: z.uuid() })),
  tokens: api.route({ method: 'GET', path: '/workspaces/{workspace}/tokens', tags: ['tokens'], summary: 'API tokens, without their secrets' }).input(inWorkspace).output(z.array(tokenView)),
  createToken: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/tokens', tags: ['tokens'], summary: 'Create an API token; its secret is shown this once', successStatus: 201 })
    .input(inWorkspace.extend({ name, scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length) }))
    .output(tokenView.extend({ secret: z.string() })),
  revokeToken: api
    .route({ method: 'DELETE', path: '/workspaces/{workspace}/tokens/{id}', tags: ['tokens'], summary: 'Revoke a token at once' })
    .input(inWorkspace.extend({ id: z.uuid() }))
    .output(done),
  audit: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/audit', tags: ['workspace'], summary: 'Who did what, newest first' })
    .input(inWorkspace.extend({ before: instant.optional(), about: z.enum(AUDIT_AREAS).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(auditView)),
  outbox: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/outbox', tags: ['workspace'], summary: 'Mails written, with links to copy when mail is not set up' })
    .input(inWorkspace.extend({ limit: z.coerce.number().int().min(1).max(500).default(100) }))
    .output(z.array(mailView)),
  sendAgain: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/outbox/send-again', tags: ['workspace'], summary: 'Send one mail again that was not sent, or, without an id, every one that failed' })
    .input(inWorkspace.extend({ mail: z.uuid().optional() }))
    .output(z.object({ queued: z.number().int() })),
};
