import { foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { DELIVERY_STATES, WEBHOOK_EVENTS } from './domain/outgoing-hooks';

/** An address of another program that wants to hear what happens to leads and agreed actions. */
export const webhook = pgTable(
  'webhook',
  {
    workspaceId: workspaceId(),
    id: id(),
    url: text('url').notNull(),
    events: text('events', { enum: WEBHOOK_EVENTS }).array().notNull(),
    /** Sealed under a key in the data folder. */
    sealedSecret: text('sealed_secret').notNull(),
    madeBy: text('made_by').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Deliveries given up since the last one that was taken. */
    givenUp: integer('given_up').notNull().default(0),
    /** Set when it is no longer called, by a person or because nothing was taken; its deliveries wait. */
    pausedAt: instant('paused_at'),
    pausedWhy: text('paused_why', { enum: ['person', 'failing', 'gone'] }),
    removedAt: instant('removed_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** One event for one address: written in the transaction of what it tells, sent afterwards, kept as the log. */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    workspaceId: workspaceId(),
    id: id(),
    webhookId: uuid('webhook_id').notNull(),
    /** `webhook-id`: the event's, the same for every address and over all tries. */
    eventId: text('event_id').notNull(),
    event: text('event', { enum: WEBHOOK_EVENTS }).notNull(),
    /** The lead or the action it is about: of one the earlier goes first. */
    aboutId: uuid('about_id'),
    /** The body as it is signed and sent. */
    body: text('body').notNull(),
    state: text('state', { enum: DELIVERY_STATES }).notNull(),
    tries: integer('tries').notNull().default(0),
    /** Not before; while it is being sent, the end of its sender's claim. */
    dueAt: instant('due_at').notNull(),
    lastTryAt: instant('last_try_at'),
    /** What the last try met: the answer's status, or why there was none. */
    lastStatus: integer('last_status'),
    lastProblem: text('last_problem'),
    lastAnswer: text('last_answer'),
    createdAt: instant('created_at').notNull(),
    /** Order of writing. */
    place: integer('place').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    foreignKey({ columns: [t.workspaceId, t.webhookId], foreignColumns: [webhook.workspaceId, webhook.id], name: 'webhook_delivery_webhook' }),
    index('webhook_delivery_due').on(t.workspaceId, t.state, t.dueAt),
    index('webhook_delivery_made').on(t.workspaceId, t.webhookId, t.createdAt),
    index('webhook_delivery_about').on(t.workspaceId, t.webhookId, t.aboutId, t.state),
  ],
);
