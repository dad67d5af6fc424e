import { and, asc, eq, isNull, lte, ne, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { sealerOf } from '../../../platform/crypto/server-key';
import { signedHeaders } from '../../../platform/crypto/webhook-signature';
import type { WorkspaceTx } from '../../../platform/db/database';
import { lookup } from '../../../platform/db/schema';
import { createOutgoing, OutgoingFault, type Outgoing, type OutgoingAnswer } from '../../../platform/http/outgoing';
import { faultKind } from '../../../platform/log/fault';
import type { Services } from '../../../platform/rpc/context';
import { CLAIM_MS, GIVEN_UP_BEFORE_PAUSE, nextDelivery, verdictOf } from '../domain/outgoing-hooks';
import { webhook, webhookDelivery } from '../hook-schema';

export type DeliveryRow = typeof webhookDelivery.$inferSelect;
export type WebhookRow = typeof webhook.$inferSelect;
type Claimed = { row: DeliveryRow; to: WebhookRow };
type Met = { answer: OutgoingAnswer } | { problem: string };

/** What an address's secret is sealed for. */
export const purposeOf = (webhookId: string): string => `lockstep-webhook|${webhookId}`;

/** One sender stays with a workspace for so long at most; the next minute goes on. */
const RUN_MS = 60_000;
/** The log of deliveries that are done. */
const REST_MS = 60_000;
const KEPT_MS = 30 * 24 * 3_600_000;

const earlier = alias(webhookDelivery, 'earlier');

/** Takes the oldest delivery that is due and holds it against other senders. Of one lead or action, the earlier one for an address goes first. */
const claimNext = async (tx: WorkspaceTx, now: Date): Promise<Claimed | undefined> => {
  const inFront = tx.select({ one: sql`1` }).from(earlier).where(and(
    eq(earlier.webhookId, webhookDelivery.webhookId), eq(earlier.aboutId, webhookDelivery.aboutId), eq(earlier.state, 'waiting'),
    sql`(${earlier.createdAt}, ${earlier.place}) < (${webhookDelivery.createdAt}, ${webhookDelivery.place})`,
  ));
  const [found] = await tx.select({ row: webhookDelivery, to: webhook }).from(webhookDelivery).innerJoin(webhook, eq(webhook.id, webhookDelivery.webhookId))
    .where(and(eq(webhookDelivery.state, 'waiting'), lte(webhookDelivery.dueAt, now), isNull(webhook.pausedAt), isNull(webhook.removedAt), notExists(inFront)))
    .orderBy(asc(webhookDelivery.dueAt), asc(webhookDelivery.createdAt), asc(webhookDelivery.place)).limit(1).for('update', { of: webhookDelivery, skipLocked: true });
  if (!found) return undefined;
  const tries = found.row.tries + 1;
  await tx.update(webhookDelivery).set({ tries, lastTryAt: now, dueAt: new Date(now.getTime() + CLAIM_MS) }).where(eq(webhookDelivery.id, found.row.id));
  return { ...found, row: { ...found.row, tries } };
};

const send = async (services: Services, outgoing: Outgoing, { row, to }: Claimed): Promise<Met> => {
  const secret = sealerOf(services.config).open(to.sealedSecret, purposeOf(to.id));
  if (secret === undefined) return { problem: 'secret' };
  const headers = { 'content-type': 'application/json', ...signedHeaders(secret, row.eventId, services.now().getTime(), row.body) };
  return outgoing.post(to.url, { headers, body: row.body }).then((answer) => ({ answer }), (error: unknown) => ({ problem: error instanceof OutgoingFault ? error.problem : 'unreachable' }));
};

/** After so many in a row the address is left alone until a person says otherwise; what happens meanwhile is kept for it. */
const noteGivenUp = async (tx: WorkspaceTx, services: Services, to: WebhookRow, gone: boolean): Promise<void> => {
  const [now] = await tx.update(webhook).set({ givenUp: sql`${webhook.givenUp} + 1` }).where(eq(webhook.id, to.id)).returning();
  if (!now || now.pausedAt || (!gone && now.givenUp < GIVEN_UP_BEFORE_PAUSE)) return;
  await tx.update(webhook).set({ pausedAt: services.now(), pausedWhy: gone ? 'gone' : 'failing' }).where(eq(webhook.id, to.id));
  await services.recordAudit(tx, to.workspaceId, services.now(), { id: null, label: 'Lockstep' }, { action: 'pipeline.webhook-paused', subjectKind: 'webhook', subjectId: to.id, details: { host: new URL(to.url).host } });
};

const note = async (tx: WorkspaceTx, services: Services, { row, to }: Claimed, met: Met): Promise<void> => {
  const status = 'answer' in met ? met.answer.status : null;
  const verdict = status === null ? 'failed' : verdictOf(status);
  const next = verdict === 'failed' ? nextDelivery(row.tries, services.now().getTime(), Math.random()) : null;
  const state = verdict === 'taken' ? 'delivered' : next === null ? 'given_up' : 'waiting';
  const seen = 'answer' in met ? { lastProblem: null, lastAnswer: met.answer.excerpt.replaceAll('\0', '') } : { lastProblem: met.problem, lastAnswer: null };
  await tx.update(webhookDelivery).set({ state, lastStatus: status, ...seen, ...(next === null ? {} : { dueAt: new Date(next) }) }).where(eq(webhookDelivery.id, row.id));
  if (state === 'delivered') await tx.update(webhook).set({ givenUp: 0 }).where(eq(webhook.id, to.id));
  // Where one try fails the next would fare no better: the others wait a minute too, and a dead receiver holds nobody up.
  else await tx.update(webhookDelivery).set({ dueAt: sql`greatest(${webhookDelivery.dueAt}, ${new Date(services.now().getTime() + REST_MS).toISOString()}::timestamptz)` }).where(and(eq(webhookDelivery.webhookId, to.id), eq(webhookDelivery.state, 'waiting'), ne(webhookDelivery.id, row.id)));
  if (state === 'given_up') await noteGivenUp(tx, services, to, verdict === 'gone');
};

/**
 * Sends what is due for one workspace, one after the other, each claimed, sent and noted on its own: a server killed on the way repeats one
 * message at most, with the same id.
 * @returns how many were tried
 */
export const deliverWebhooks = async (services: Services, workspaceId: string): Promise<number> => {
  const outgoing = createOutgoing({ allowPrivate: services.config.webhookAllowPrivate });
  const began = performance.now();
  let tried = 0;
  while (performance.now() - began < RUN_MS) {
    const claimed = await services.db.inWorkspace(workspaceId, (tx) => claimNext(tx, services.now()));
    if (!claimed) break;
    const met = await send(services, outgoing, claimed);
    await services.db.inWorkspace(workspaceId, (tx) => note(tx, services, claimed, met));
    tried += 1;
  }
  return tried;
};

/** Forgets deliveries that are long done. */
const forgetOld = (services: Services, workspaceId: string): Promise<void> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    await tx.delete(webhookDelivery).where(and(sql`${webhookDelivery.state} <> 'waiting'`, lte(webhookDelivery.createdAt, new Date(services.now().getTime() - KEPT_MS))));
  });

/** Looks after every workspace that has webhooks. */
export const tendWebhooks = async (services: Services): Promise<void> => {
  const workspaces = await services.db.outside((tx) => tx.select({ id: lookup.workspace }).from(lookup).where(eq(lookup.kind, 'webhooks')));
  const faults: string[] = [];
  for (const { id } of workspaces) await deliverWebhooks(services, id).then(() => forgetOld(services, id)).catch((error: unknown) => faults.push(faultKind(error)));
  if (faults.length > 0) throw new Error(`the webhooks of ${faults.length} workspace(s) could not be looked after: ${[...new Set(faults)].join(', ')}`);
};
