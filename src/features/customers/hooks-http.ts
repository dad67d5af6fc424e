import { ORPCError } from '@orpc/server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { isStorable } from '../../lib/storable-text';
import { sealerOf } from '../../platform/crypto/server-key';
import { verifyMessage, WEBHOOK_HEADERS } from '../../platform/crypto/webhook-signature';
import { lookup } from '../../platform/db/schema';
import { createRateLimit } from '../../platform/http/rate-limit';
import { refuse } from '../../platform/http/refusal';
import { describeFault } from '../../platform/log/fault';
import type { Services } from '../../platform/rpc/context';
import { FIELDS_OF } from './domain/fields';
import { putRows } from './commands/put-rows';
import { messageShape } from './intake-contract';
import { presentPut, purposeOf } from './intake-http';
import { findHook } from './intake-repo';
import { matchSoon } from './match-soon';
import type { Projection } from './touched';

const MB = 1024 * 1024;
const A_MINUTE = 600;

const answer = (error: ORPCError<string, unknown>): Response => Response.json({ code: error.code, status: error.status, message: error.message, data: error.data }, { status: error.status, ...(error.status === 503 || error.status === 429 ? { headers: { 'retry-after': '60' } } : {}) });

const refusalFor = (verdict: 'incomplete' | 'forged' | 'stale') =>
  ({
    incomplete: refuse.unsigned('The headers webhook-id, webhook-timestamp and webhook-signature are not complete.'),
    forged: refuse.unsigned('The signature does not fit this message.'),
    stale: refuse.unsigned('The time of this message is more than five minutes away from ours.'),
  })[verdict];

const parsedMessage = (body: string): z.infer<typeof messageShape> => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw refuse.invalid('The message is not JSON. Nothing was saved.', 'Send {"type":"records.put","data":{"kind":"lead","rows":[…]}}.');
  }
  const found = messageShape.safeParse(value);
  if (!found.success) throw refuse.invalid('The message has another form. Nothing was saved.', 'See docs/webhooks.md.', found.error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join('.'), message: issue.message })));
  if (!isStorable(value)) throw refuse.invalid('A text holds a character that cannot be stored. Nothing was saved.', 'Remove it and send it again.');
  return found.data;
};

const workspaceOf = (services: Services, hookId: string): Promise<string | undefined> =>
  services.db.outside(async (tx) => (await tx.select({ id: lookup.workspace }).from(lookup).where(and(eq(lookup.kind, 'hook'), eq(lookup.key, hookId))))[0]?.id);

/** `POST /api/hooks/{hook}`: what systems send by themselves. It is answered with 200 only once it is kept, and the signature is all that is asked for. */
export const intakeHooks = (services: Services, projections: readonly Projection[]): Hono => {
  const app = new Hono();
  const limit = createRateLimit(A_MINUTE);
  app.onError((error) => {
    if (error instanceof ORPCError) return answer(error as ORPCError<string, unknown>);
    services.log.error(describeFault(error), 'a webhook could not be taken');
    return Response.json({ code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'The message could not be taken. Nothing was saved.', data: { saved: false, todo: 'Send it again.' } }, { status: 500 });
  });
  app.post('/:hook', bodyLimit({ maxSize: MB, onError: () => answer(refuse.tooLarge('A message may be 1 MB large. Nothing was saved.', 'Send fewer rows at once.')) }), async (c) => {
    const hookId = z.uuid().safeParse(c.req.param('hook')).data?.toLowerCase();
    const workspaceId = hookId && (await workspaceOf(services, hookId));
    if (!hookId || !workspaceId) throw refuse.notFound('address');
    const body = await c.req.text();
    const { headers } = c.req.raw;
    const done = await services.db.inWorkspace(workspaceId, async (tx) => {
      const hook = await findHook(tx, hookId);
      const secret = hook && sealerOf(services.config).open(hook.sealedSecret, purposeOf(hookId));
      if (!hook) throw refuse.notFound('address');
      if (!secret) throw refuse.unsigned('The secret of this address can no longer be read on this server.');
      const now = services.now();
      const verdict = verifyMessage(secret, headers, body, now.getTime());
      if (verdict !== 'good') throw refusalFor(verdict);
      if (!limit.allows(hookId, now)) throw refuse.tooMany('Send up to 600 messages a minute; put more rows in one.');
      const { timestamp, data } = parsedMessage(body);
      // Only what may be put right needs to know when it was said.
      const rows = timestamp === undefined || !FIELDS_OF[data.kind].includes('changedAt') ? data.rows : data.rows.map((row) => ({ changedAt: timestamp, ...row }));
      return putRows(tx, { workspaceId, now, newId: services.newId }, { sourceId: hook.sourceId, kind: data.kind, rows, messageId: headers.get(WEBHOOK_HEADERS.id), hookId, label: hook.name }, projections);
    });
    await matchSoon(services, workspaceId).catch((error: unknown) => services.log.warn({ fault: describeFault(error).fault }, 'records that came in are matched later'));
    return c.json(presentPut(done));
  });
  return app;
};
