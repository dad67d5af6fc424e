import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNull, or } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { oneOf } from '../../platform/db/one-of';
import type { Services } from '../../platform/rpc/context';
import { optedOut, type Projection } from '../customers/public';
import { WEBHOOK_EVENTS, type WebhookEvent } from './domain/outgoing-hooks';
import { handoff } from './handoff-schema';
import { webhook, webhookDelivery } from './hook-schema';
import { saidOut } from './said-out';
import { lead, stage } from './schema';

/** `about`: the lead, the problem or the action, none for a summary. */
export type News = { event: WebhookEvent; at: Date; about: string | null; data: Record<string, unknown> };
type Of = { workspaceId: string; now: Date };

/** Addresses that hear of this; those that a failing receiver paused still collect, so that nothing is lost when it is back. */
const listeners = async (tx: WorkspaceTx, events: readonly WebhookEvent[]) =>
  (await tx.select().from(webhook).where(and(isNull(webhook.removedAt), or(isNull(webhook.pausedAt), eq(webhook.pausedWhy, 'failing'))))).filter((row) => row.events.some((event) => events.includes(event)));

/** Whether any address wants to hear of this. */
export const hearsOf = async (tx: WorkspaceTx, event: WebhookEvent): Promise<boolean> => (await listeners(tx, [event])).length > 0;

/**
 * Writes what happened into the outbox of every address that wants to hear it, in the transaction of what happened: both are there or neither.
 * `place` keeps the order within one call.
 */
export const announce = async (tx: WorkspaceTx, { workspaceId, now }: Of, news: readonly News[]): Promise<void> => {
  if (news.length === 0) return;
  const hooks = await listeners(tx, news.map((each) => each.event));
  const rows = news.flatMap(({ event, at, about, data }, place) => {
    const eventId = `evt_${randomUUID()}`;
    const body = JSON.stringify({ type: event, timestamp: at.toISOString(), data });
    return hooks.filter((row) => row.events.includes(event)).map((row) => ({ workspaceId, id: randomUUID(), webhookId: row.id, eventId, event, aboutId: about, body, state: 'waiting' as const, dueAt: now, createdAt: now, place }));
  });
  if (rows.length === 0) return;
  for (let at = 0; at < rows.length; at += 500) await tx.insert(webhookDelivery).values(rows.slice(at, at + 500));
};

export type Moved = { leadId: string; stageId: string; at: Date; reason: string | null };

/** Leads that somebody moved here: by hand, by a link in a mail or by API. */
export const announceMoves = async (tx: WorkspaceTx, of: Of, by: { actor: string; from: string }, moves: readonly Moved[]): Promise<void> => {
  if (moves.length === 0 || (await listeners(tx, ['lead.stage_changed'])).length === 0) return;
  const leads = new Map((await saidOut(tx, await tx.select().from(lead).where(oneOf(lead.id, [...new Set(moves.map((move) => move.leadId))])))).map((row) => [row.id, row]));
  const names = new Map((await tx.select({ id: stage.id, name: stage.name, role: stage.role }).from(stage)).map((row) => [row.id, row]));
  await announce(tx, of, moves.map(({ leadId, stageId, at, reason }) => {
    const row = leads.get(leadId);
    return {
      event: 'lead.stage_changed', at, about: leadId,
      data: { leadId, name: row?.name ?? null, company: row?.company ?? null, optedOut: row?.optedOut ?? false, from: row ? (names.get(row.stageId) ?? null) : null, to: names.get(stageId) ?? null, reason, actor: by.actor, by: by.from },
    };
  }));
};

export type HandoffNews = Extract<WebhookEvent, `handoff.${string}`>;
export type ActionNews = Extract<WebhookEvent, `action.${string}`>;
export type ProblemNews = Extract<WebhookEvent, `problem.${string}`>;

/** What happened to offers of leads: made, answered, taken back, disputed. */
export const announceHandoffs = async (tx: WorkspaceTx, of: Of, event: HandoffNews, by: string, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0 || (await listeners(tx, [event])).length === 0) return;
  const rows = await tx.select({ offer: handoff, name: lead.name, company: lead.company, channel: lead.channel }).from(handoff)
    .leftJoin(lead, and(eq(lead.workspaceId, handoff.workspaceId), eq(lead.id, handoff.leadId))).where(oneOf(handoff.id, ids)).orderBy(asc(handoff.id));
  const out = await optedOut(tx, of.workspaceId, rows.map(({ offer }) => offer.leadId));
  await announce(tx, of, rows.map(({ offer, ...named }) => ({
    event, at: of.now, about: offer.leadId,
    data: {
      handoffId: offer.id, leadId: offer.leadId, ...named, optedOut: out.has(offer.leadId), state: offer.state, toPersonId: offer.toPersonId, offeredBy: offer.offeredByName, offeredAt: offer.offeredAt.toISOString(), decidedBy: offer.decidedBy,
      decidedAt: offer.decidedAt?.toISOString() ?? null, reason: offer.reason, note: offer.note, nurtureUntil: offer.nurtureUntil?.toISOString() ?? null, disputeNote: offer.disputeNote, settleNote: offer.settleNote, actor: by,
    },
  })));
};

type Waking = { tx: WorkspaceTx; workspaceId: string; services: Services; afterwards: (work: () => Promise<unknown>) => void };

/** Sends what an act wrote as soon as it is saved; where nobody listens, nothing is woken. */
export const wakeWebhooks = async ({ tx, workspaceId, services, afterwards }: Waking): Promise<void> => {
  if ((await listeners(tx, WEBHOOK_EVENTS)).length > 0) afterwards(() => services.jobs.send('pipeline.deliver-webhooks', { workspaceId }));
};

/** Leads named in a summary at most; a file may change a million. */
const MOST_NAMED = 100;

/** Files and systems change many leads at once: one event says how many, and names the first ones. Comes after the leads themselves. */
export const leadsUpdated: Projection = async (tx, of, parties) => {
  if ((await listeners(tx, ['leads.updated'])).length === 0) return;
  let leads = 0;
  const first: string[] = [];
  for await (const { ids } of parties()) {
    const there = (await tx.select({ id: lead.id }).from(lead).where(oneOf(lead.id, ids))).map((row) => row.id);
    leads += there.length;
    first.push(...there.slice(0, MOST_NAMED - first.length));
  }
  if (leads > 0) await announce(tx, of, [{ event: 'leads.updated', at: of.now, about: null, data: { leads, leadIds: first } }]);
};
