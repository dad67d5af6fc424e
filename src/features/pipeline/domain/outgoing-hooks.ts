/** What a webhook that goes out can be about. `leads.updated` sums up what files and systems changed; the others are about one lead, one problem, or one agreed action, each. */
export const WEBHOOK_EVENTS = [
  'lead.stage_changed', 'handoff.offered', 'handoff.answered', 'handoff.withdrawn', 'handoff.reopened', 'handoff.disputed', 'handoff.settled', 'leads.updated',
  'problem.added', 'problem.begun', 'problem.solved', 'problem.dropped', 'problem.put_back', 'problem.reopened',
  'action.added', 'action.changed', 'action.done', 'action.dropped', 'action.reopened', 'action.overdue',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

export const DELIVERY_STATES = ['waiting', 'delivered', 'given_up'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Waits after the first, second, … try that failed: a minute to a day, 2 days and 10 hours in all. */
export const WAITS_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 24 * HOUR, 24 * HOUR] as const;

/** Deliveries given up one after the other, after which an address is no longer called. */
export const GIVEN_UP_BEFORE_PAUSE = 5;

/** While a try is under way nobody else makes it; longer than any try lasts. */
export const CLAIM_MS = 2 * MINUTE;

/**
 * When a delivery is tried again, or null when it is given up.
 * @param tries made so far, at least 1
 * @param jitter 0 to 1: up to a tenth is added, so that many do not come back at once
 */
export const nextDelivery = (tries: number, now: number, jitter: number): number | null => {
  const wait = WAITS_MS[tries - 1];
  return wait === undefined ? null : now + wait + Math.floor(wait * 0.1 * jitter);
};

/** Only 2xx means taken (Standard Webhooks 1.0.0); a redirect is not followed. 410 says: never again. */
export const verdictOf = (status: number): 'taken' | 'failed' | 'gone' => (status >= 200 && status < 300 ? 'taken' : status === 410 ? 'gone' : 'failed');
