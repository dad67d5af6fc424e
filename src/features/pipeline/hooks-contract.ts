import { z } from 'zod';
import { api } from '../../lib/api';
import { DELIVERY_STATES, WEBHOOK_EVENTS } from './domain/outgoing-hooks';

const inWorkspace = z.object({ workspace: z.uuid() });
const one = inWorkspace.extend({ id: z.uuid() });
const count = z.number().int().nonnegative();
const instant = z.iso.datetime();
const tags = ['webhooks'];

export const webhookView = z.object({
  id: z.uuid(), url: z.string(), events: z.array(z.enum(WEBHOOK_EVENTS)), madeBy: z.string(), createdAt: instant, pausedAt: instant.nullable(), pausedWhy: z.enum(['person', 'failing', 'gone']).nullable(),
  waiting: count, delivered: count, givenUp: count, lastDeliveredAt: instant.nullable(),
});
export const deliveryView = z.object({
  id: z.uuid(), webhookId: z.uuid(), eventId: z.string(), event: z.enum(WEBHOOK_EVENTS), /** The lead, the problem or the action. */ aboutId: z.uuid().nullable(), body: z.string(), state: z.enum(DELIVERY_STATES), tries: count,
  /** Of a waiting one: when it is tried next. */
  dueAt: instant.nullable(), lastTryAt: instant.nullable(), lastStatus: z.number().int().nullable(), lastProblem: z.string().nullable(), lastAnswer: z.string().nullable(), createdAt: instant,
});

export const hooksContract = {
  webhooks: api.route({ method: 'GET', path: '/workspaces/{workspace}/webhooks', tags, summary: 'Addresses of other programs that hear what happens to leads and to agreed actions' }).input(inWorkspace).output(z.array(webhookView)),
  createWebhook: api
    .route({ method: 'POST', path: '/workspaces/{workspace}/webhooks', tags, summary: 'Let an address hear what happens to leads and to agreed actions; its secret is shown this once', successStatus: 201 })
    .input(inWorkspace.extend({ url: z.string().trim().min(1).max(2_000), events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length) }))
    .output(webhookView.extend({ secret: z.string() })),
  pauseWebhook: api.route({ method: 'POST', path: '/workspaces/{workspace}/webhooks/{id}/pause', tags, summary: 'Call an address no more for now, or again' }).input(one.extend({ paused: z.boolean() })).output(webhookView),
  removeWebhook: api.route({ method: 'DELETE', path: '/workspaces/{workspace}/webhooks/{id}', tags, summary: 'Call an address no more; what still waits for it is dropped' }).input(one).output(z.object({ done: z.literal(true) })),
  deliveries: api
    .route({ method: 'GET', path: '/workspaces/{workspace}/webhooks/{id}/deliveries', tags, summary: 'What was sent to an address in the last 30 days, newest first, with what it answered' })
    .input(one.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(deliveryView)),
  redeliver: api.route({ method: 'POST', path: '/workspaces/{workspace}/deliveries/{id}/retry', tags, summary: 'Send one message again now' }).input(one).output(deliveryView),
};
