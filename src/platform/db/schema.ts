import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

/**
 * The one table outside row security that leads from something a request carries to its workspace: a user id, the hash of
 * an API token, of an invitation, of a share link or of a link to answer an offer, or a wave id; it also names the workspaces whose outbox holds mail to
 * send. Holds nothing else. The column is not called `workspace_id`, since every table that has that column is forced under
 * row security.
 */
export const lookup = pgTable(
  'lookup',
  {
    kind: text('kind', { enum: ['user', 'token', 'invitation', 'share', 'wave', 'outbox', 'commitments', 'dashboards', 'programme', 'hook', 'webhooks', 'handoff', 'huddle'] }).notNull(),
    key: text('key').notNull(),
    workspace: uuid('workspace').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.key, t.workspace] }), index('lookup_workspace').on(t.workspace)],
);
