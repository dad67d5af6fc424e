import { boolean, foreignKey, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant, workspaceId } from '../../platform/db/columns';
import { HANDOFF_STATES, LINK_PURPOSES } from './domain/handoffs';
import type { ViewFilters } from './domain/views';

/** A lead that one side offers the other: nothing moves silently. Handing on closes one and opens the next, so the rows are the history. */
export const handoff = pgTable(
  'handoff',
  {
    workspaceId: workspaceId(),
    id: id(),
    leadId: uuid('lead_id').notNull(),
    /** The record it was said about, so that it follows when records are linked or parted. */
    recordId: uuid('record_id').notNull(),
    state: text('state', { enum: HANDOFF_STATES }).notNull(),
    /** The person of sales it is offered to. */
    toPersonId: uuid('to_person_id'),
    offeredBy: uuid('offered_by'),
    offeredByName: text('offered_by_name').notNull(),
    offeredAt: instant('offered_at').notNull(),
    offerNote: text('offer_note'),
    offerAct: uuid('offer_act').notNull(),
    dueAt: instant('due_at'),
    decidedAt: instant('decided_at'),
    /** A person's name, or how it came: by a link in a mail, by API. */
    decidedBy: text('decided_by'),
    decisionAct: uuid('decision_act'),
    reason: text('reason'),
    note: text('note'),
    nurtureUntil: instant('nurture_until'),
    disputedAt: instant('disputed_at'),
    disputedBy: text('disputed_by'),
    disputeNote: text('dispute_note'),
    settledAt: instant('settled_at'),
    settledBy: text('settled_by'),
    settleNote: text('settle_note'),
    /** Versions of the terms it was qualified under. */
    termVersions: jsonb('term_versions').$type<Record<string, number>>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('handoff_lead').on(t.workspaceId, t.leadId, t.offeredAt),
    index('handoff_state').on(t.workspaceId, t.state, t.dueAt),
    index('handoff_offered').on(t.workspaceId, t.offeredAt),
    index('handoff_to').on(t.workspaceId, t.toPersonId, t.state),
    index('handoff_record').on(t.workspaceId, t.recordId),
    index('handoff_offer_act').on(t.workspaceId, t.offerAct),
    index('handoff_decision_act').on(t.workspaceId, t.decisionAct),
  ],
);

/** One way to answer an offer without an account: good for one act on one offer, once, until it expires. Only the hash of its secret is kept. */
export const handoffLink = pgTable(
  'handoff_link',
  {
    workspaceId: workspaceId(),
    id: id(),
    handoffId: uuid('handoff_id').notNull(),
    purpose: text('purpose', { enum: LINK_PURPOSES }).notNull(),
    tokenHash: text('token_hash').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex('handoff_link_token').on(t.workspaceId, t.tokenHash),
    foreignKey({ columns: [t.workspaceId, t.handoffId], foreignColumns: [handoff.workspaceId, handoff.id], name: 'handoff_link_handoff' }),
  ],
);

export const pipelineSetting = pgTable('pipeline_setting', {
  workspaceId: workspaceId().primaryKey(),
  /** Reasons to choose from when a lead is returned. */
  returnReasons: jsonb('return_reasons').$type<string[]>().notNull(),
  /** Whether views may compare single persons. */
  personViews: boolean('person_views').notNull().default(false),
});

export const savedView = pgTable(
  'saved_view',
  {
    workspaceId: workspaceId(),
    id: id(),
    userId: uuid('user_id').notNull(),
    madeBy: text('made_by').notNull(),
    name: text('name').notNull(),
    filters: jsonb('filters').$type<ViewFilters>().notNull(),
    shared: boolean('shared').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), uniqueIndex('saved_view_name').on(t.workspaceId, t.userId, t.name)],
);
