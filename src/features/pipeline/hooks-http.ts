import { implement } from '@orpc/server';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { sealerOf } from '../../platform/crypto/server-key';
import { newWebhookSecret } from '../../platform/crypto/webhook-signature';
import { lookup } from '../../platform/db/schema';
import { createOutgoing, OutgoingFault } from '../../platform/http/outgoing';
import { refuse } from '../../platform/http/refusal';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { purposeOf, type DeliveryRow, type WebhookRow } from './commands/deliver-webhooks';
import type { WebhookEvent } from './domain/outgoing-hooks';
import { webhook, webhookDelivery } from './hook-schema';
import { hooksContract, type deliveryView, type webhookView } from './hooks-contract';
import { can } from './policy';
import words from './messages/webhooks.en.json';

const os = implement(hooksContract).$context<Context>();

const managing = <T>(context: Context, workspace: string, token: 'pipeline:read' | 'pipeline:write', work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, token, (scope) => {
    allow(can(scope.me, 'webhooks:manage'), 'manage webhooks');
    return work(scope);
  });

type Facts = { waiting: number; delivered: number; givenUp: number; last: Date | null };
const NONE: Facts = { waiting: 0, delivered: 0, givenUp: 0, last: null };

const factsOf = async ({ tx }: Scope): Promise<Map<string, Facts>> => {
  const state = webhookDelivery.state;
  const rows = await tx.select({
    id: webhookDelivery.webhookId, waiting: sql<number>`count(*) filter (where ${state} = 'waiting')::int`, delivered: sql<number>`count(*) filter (where ${state} = 'delivered')::int`,
    givenUp: sql<number>`count(*) filter (where ${state} = 'given_up')::int`, last: sql<Date | null>`max(${webhookDelivery.lastTryAt}) filter (where ${state} = 'delivered')`,
  }).from(webhookDelivery).groupBy(webhookDelivery.webhookId);
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
};

const presentWebhook = (row: WebhookRow, { last, ...counts }: Facts): z.infer<typeof webhookView> => ({
  id: row.id, url: row.url, events: row.events, madeBy: row.madeBy, createdAt: row.createdAt.toISOString(), pausedAt: row.pausedAt?.toISOString() ?? null, pausedWhy: row.pausedWhy, ...counts,
  lastDeliveredAt: last === null ? null : new Date(last).toISOString(),
});

const presentDelivery = (row: DeliveryRow): z.infer<typeof deliveryView> => ({
  id: row.id, webhookId: row.webhookId, eventId: row.eventId, event: row.event, aboutId: row.aboutId, body: row.body, state: row.state, tries: row.tries, dueAt: row.state === 'waiting' ? row.dueAt.toISOString() : null,
  lastTryAt: row.lastTryAt?.toISOString() ?? null, lastStatus: row.lastStatus, lastProblem: row.lastProblem, lastAnswer: row.lastAnswer, createdAt: row.createdAt.toISOString(),
});

const findWebhook = async ({ tx }: Scope, id: string): Promise<WebhookRow> => {
  const [row] = await tx.select().from(webhook).where(and(eq(webhook.id, id), isNull(webhook.removedAt)));
  if (!row) throw refuse.notFound('webhook');
  return row;
};

const checkedUrl = (scope: Scope, url: string): string => {
  try {
    return createOutgoing({ allowPrivate: scope.services.config.webhookAllowPrivate }).check(url).href;
  } catch (error) {
    if (!(error instanceof OutgoingFault)) throw error;
    const why = error.problem === 'port' ? words['refused.port'] : error.problem === 'address' ? words['refused.address'] : words['refused.url'];
    throw refuse.invalid(why, words['refused.todo'], [{ path: 'url', message: why }]);
  }
};

const wake = (scope: Scope): void => scope.afterwards(() => scope.services.jobs.send('pipeline.deliver-webhooks', { workspaceId: scope.workspaceId }));

const createWebhook = async (scope: Scope, wanted: { url: string; events: WebhookEvent[] }) => {
  const { tx, workspaceId } = scope;
  const id = scope.newId();
  const secret = newWebhookSecret();
  const row: WebhookRow = {
    workspaceId, id, url: checkedUrl(scope, wanted.url), events: [...new Set(wanted.events)], sealedSecret: sealerOf(scope.services.config).seal(secret, purposeOf(id)),
    madeBy: scope.me.label, createdAt: scope.now, givenUp: 0, pausedAt: null, pausedWhy: null, removedAt: null,
  };
  await tx.insert(webhook).values(row);
  await tx.insert(lookup).values({ kind: 'webhooks', key: workspaceId, workspace: workspaceId }).onConflictDoNothing();
  await scope.audit({ action: 'pipeline.webhook-made', subjectKind: 'webhook', subjectId: id, details: { host: new URL(row.url).host } });
  return { ...presentWebhook(row, NONE), secret };
};

const removeWebhook = async (scope: Scope, id: string) => {
  const row = await findWebhook(scope, id);
  await scope.tx.delete(webhookDelivery).where(and(eq(webhookDelivery.webhookId, id), eq(webhookDelivery.state, 'waiting')));
  await scope.tx.update(webhook).set({ removedAt: scope.now, sealedSecret: '' }).where(eq(webhook.id, id));
  await scope.audit({ action: 'pipeline.webhook-removed', subjectKind: 'webhook', subjectId: id, details: { host: new URL(row.url).host } });
  return { done: true as const };
};

const pauseWebhook = async (scope: Scope, id: string, paused: boolean) => {
  const row = await findWebhook(scope, id);
  const set = paused ? { pausedAt: scope.now, pausedWhy: 'person' as const } : { pausedAt: null, pausedWhy: null, givenUp: 0 };
  await scope.tx.update(webhook).set(set).where(eq(webhook.id, id));
  if (!paused) wake(scope);
  await scope.audit({ action: 'pipeline.webhook-switched', subjectKind: 'webhook', subjectId: id, details: { host: new URL(row.url).host, paused: paused ? 'yes' : 'no' } });
  return presentWebhook({ ...row, ...set }, (await factsOf(scope)).get(id) ?? NONE);
};

const redeliver = async (scope: Scope, id: string) => {
  const [row] = await scope.tx.update(webhookDelivery).set({ state: 'waiting', tries: 0, dueAt: scope.now }).where(eq(webhookDelivery.id, id)).returning();
  if (!row) throw refuse.notFound('message');
  const to = await findWebhook(scope, row.webhookId);
  if (to.pausedAt) throw refuse.conflict(words['retry.paused'], words['retry.todo']);
  wake(scope);
  return presentDelivery(row);
};

export const hooksRouter = {
  webhooks: os.webhooks.handler(({ context, input }) =>
    managing(context, input.workspace, 'pipeline:read', async (scope) => {
      const facts = await factsOf(scope);
      return (await scope.tx.select().from(webhook).where(isNull(webhook.removedAt)).orderBy(desc(webhook.createdAt))).map((row) => presentWebhook(row, facts.get(row.id) ?? NONE));
    }),
  ),
  createWebhook: os.createWebhook.handler(({ context, input: { workspace, ...wanted } }) => managing(context, workspace, 'pipeline:write', (scope) => createWebhook(scope, wanted))),
  pauseWebhook: os.pauseWebhook.handler(({ context, input }) => managing(context, input.workspace, 'pipeline:write', (scope) => pauseWebhook(scope, input.id, input.paused))),
  removeWebhook: os.removeWebhook.handler(({ context, input }) => managing(context, input.workspace, 'pipeline:write', (scope) => removeWebhook(scope, input.id))),
  deliveries: os.deliveries.handler(({ context, input }) =>
    managing(context, input.workspace, 'pipeline:read', async (scope) => {
      await findWebhook(scope, input.id);
      return (await scope.tx.select().from(webhookDelivery).where(eq(webhookDelivery.webhookId, input.id)).orderBy(desc(webhookDelivery.createdAt), desc(webhookDelivery.place)).limit(input.limit)).map(presentDelivery);
    }),
  ),
  redeliver: os.redeliver.handler(({ context, input }) => managing(context, input.workspace, 'pipeline:write', (scope) => redeliver(scope, input.id))),
};
