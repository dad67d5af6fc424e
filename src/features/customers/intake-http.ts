import { implement } from '@orpc/server';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { newWebhookSecret } from '../../platform/crypto/webhook-signature';
import { sealerOf } from '../../platform/crypto/server-key';
import { lookup } from '../../platform/db/schema';
import { refuse } from '../../platform/http/refusal';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { putRows, type Outcome } from './commands/put-rows';
import { findSource } from './import-repo';
import { intakeContract, type hookView, type putView } from './intake-contract';
import { findHook, listBatches, listHooks, type BatchRow } from './intake-repo';
import { intakeHook } from './intake-schema';
import { matchSoon } from './match-soon';
import { can, type CustomersAction } from './policy';
import type { Projection } from './touched';

const os = implement(intakeContract).$context<Context>();

const inScope = <T>(context: Context, workspace: string, token: 'customers:read' | 'customers:write', action: CustomersAction, what: string, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, token, (scope) => {
    allow(can(scope.me, action), what);
    return work(scope);
  });

/** What a hook's secret is sealed for. */
export const purposeOf = (hookId: string): string => `lockstep-intake-hook|${hookId}`;

type Hook = Awaited<ReturnType<typeof listHooks>>[number];

const presentHook = (baseUrl: string, row: Hook): z.infer<typeof hookView> => ({
  id: row.id, name: row.name, sourceId: row.sourceId, sourceName: row.sourceName, url: `${baseUrl}/api/hooks/${row.id}`, madeBy: row.madeBy, createdAt: row.createdAt.toISOString(), lastReceivedAt: row.lastReceivedAt?.toISOString() ?? null,
});

const presentBatch = ({ id, counts, rejected }: BatchRow) => ({ id, counts, rejected });

export const presentPut = ({ batch, repeated }: Outcome): z.infer<typeof putView> => ({ ...presentBatch(batch), repeated });

const createHook = async (scope: Scope, wanted: { source: string; name: string }) => {
  const from = await findSource(scope.tx, wanted.source);
  if (!from) throw refuse.notFound('source');
  const id = scope.newId();
  const secret = newWebhookSecret();
  const row = { workspaceId: scope.workspaceId, id, sourceId: from.id, name: wanted.name, sealedSecret: sealerOf(scope.services.config).seal(secret, purposeOf(id)), madeBy: scope.me.label, createdAt: scope.now, revokedAt: null };
  await scope.tx.insert(intakeHook).values(row);
  await scope.tx.insert(lookup).values({ kind: 'hook', key: id, workspace: scope.workspaceId });
  await scope.audit({ action: 'customers.hook-made', subjectKind: 'hook', subjectId: id, details: { name: wanted.name, source: from.name } });
  return { ...presentHook(scope.services.config.baseUrl, { ...row, sourceName: from.name, lastReceivedAt: null }), secret };
};

const revokeHook = async (scope: Scope, id: string) => {
  const row = await findHook(scope.tx, id);
  if (!row) throw refuse.notFound('address');
  await scope.tx.update(intakeHook).set({ revokedAt: scope.now, sealedSecret: '' }).where(eq(intakeHook.id, id));
  await scope.tx.delete(lookup).where(and(eq(lookup.kind, 'hook'), eq(lookup.key, id)));
  await scope.audit({ action: 'customers.hook-ended', subjectKind: 'hook', subjectId: id, details: { name: row.name } });
  return { done: true as const };
};

/** @param projections what other features make of records, in the same transaction */
export const intakeCalls = (projections: readonly Projection[]) => ({
  putRecords: os.putRecords.handler(({ context, input }) =>
    inScope(context, input.workspace, 'customers:write', 'records:import', 'import records', async (scope) => {
      const done = await putRows(scope.tx, scope, { sourceId: input.source, kind: input.kind, rows: input.rows, messageId: input.messageId ?? null, hookId: null, label: scope.me.label }, projections);
      scope.afterwards(() => matchSoon(scope.services, scope.workspaceId));
      return presentPut(done);
    }),
  ),
  hooks: os.hooks.handler(({ context, input }) =>
    inScope(context, input.workspace, 'customers:read', 'sources:manage', 'see the addresses that systems send to', async (scope) => (await listHooks(scope.tx)).map((row) => presentHook(scope.services.config.baseUrl, row))),
  ),
  createHook: os.createHook.handler(({ context, input: { workspace, ...wanted } }) => inScope(context, workspace, 'customers:write', 'sources:manage', 'make addresses that systems send to', (scope) => createHook(scope, wanted))),
  revokeHook: os.revokeHook.handler(({ context, input }) => inScope(context, input.workspace, 'customers:write', 'sources:manage', 'end addresses that systems send to', (scope) => revokeHook(scope, input.id))),
  intakes: os.intakes.handler(({ context, input }) =>
    inScope(context, input.workspace, 'customers:read', 'records:import', 'see what came in', async (scope) =>
      (await listBatches(scope.tx, input.limit)).map(({ row, sourceName }) => ({ ...presentBatch(row), kind: row.kind, sourceName, hookId: row.hookId, messageId: row.messageId, label: row.label, receivedAt: row.receivedAt.toISOString() })),
    ),
  ),
});
