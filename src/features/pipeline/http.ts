import { implement } from '@orpc/server';
import type { z } from 'zod';
import { refuse } from '../../platform/http/refusal';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { asOfDay } from './asked-day';
import { pipelineContract, type leadView } from './contract';
import { endOf } from './domain/stages';
import { hooksRouter } from './hooks-http';
import { saidOut } from './said-out';
import { termsKept } from './terms-kept';
import { can, WORDS, type PipelineAction } from './policy';
import { countLeads, findLead, listLeads, logOf, pipelinesWithStages, type LeadRow } from './repo';
import { withRule } from './rule-repo';
import { setupRouter } from './setup-http';
import { twoCountsRouter } from './two-counts-http';
import { viewsRouter } from './views-http';
import { workRouter } from './work-http';

const os = implement(pipelineContract).$context<Context>();

const reading = <T>(context: Context, workspace: string, action: PipelineAction, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, 'pipeline:read', (scope) => {
    allow(can(scope.me, action), WORDS[action]);
    return work(scope);
  });

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const presentLead = (row: LeadRow & { optedOut: boolean }): z.infer<typeof leadView> => ({
  id: row.id, name: row.name, company: row.company, origin: row.origin, channel: row.channel, owner: row.owner, stageId: row.stageId, stageSince: row.stageSince.toISOString(), enteredAt: row.enteredAt.toISOString(),
  end: row.end, endedAt: iso(row.endedAt), reason: row.reason, amount: row.amount, passedAt: iso(row.passedAt), arrivedAt: iso(row.arrivedAt), contactedAt: iso(row.contactedAt), returnedAt: iso(row.returnedAt),
  returnReason: row.returnReason, nurtureUntil: iso(row.nurtureUntil), optedOut: row.optedOut, version: row.version,
});

export const pipelineRouter = os.router({
  ...hooksRouter,
  ...setupRouter,
  ...twoCountsRouter,
  ...viewsRouter,
  ...workRouter,
  pipelines: os.pipelines.handler(({ context, input }) =>
    reading(context, input.workspace, 'dashboard:read', async (scope) =>
      (await pipelinesWithStages(scope.tx, scope.workspaceId)).map((row) => ({
        id: row.id, name: row.name, isDefault: row.isDefault,
        stages: row.stages.map(({ id, position, name, role, owner, buyer, criteria, contribution, termId, leads }) => ({ id, position, name, role, end: endOf(role), owner, buyer, criteria, contribution, termId, leads })),
      })),
    ),
  ),
  leads: os.leads.handler(({ context, input: { workspace, limit, offset, after, counted, asOf: day, ...filters } }) =>
    reading(context, workspace, 'leads:read', async (scope) => {
      const asOf = await asOfDay(scope, day);
      const wanted = { ...(await withRule(scope, filters, asOf)), asOf };
      return { total: counted ? await countLeads(scope.tx, scope.workspaceId, wanted) : null, rows: (await saidOut(scope.tx, await listLeads(scope.tx, scope.workspaceId, wanted, { limit, offset, after }))).map(presentLead) };
    }),
  ),
  lead: os.lead.handler(({ context, input }) =>
    reading(context, input.workspace, 'leads:read', async (scope) => {
      const found = await findLead(scope.tx, input.id);
      const [row] = found ? await saidOut(scope.tx, [found]) : [];
      if (!row) throw refuse.notFound('lead');
      const log = await logOf(scope.tx, input.id);
      const kept = await termsKept(scope.tx, input.id, log);
      const told = (entry: (typeof log)[number]) => kept.entries.get(entry.id) ?? null;
      return { ...presentLead(row), termVersions: kept.all, log: log.map((entry) => ({ at: entry.at.toISOString(), stageId: entry.stageId, term: told(entry), reason: entry.reason, actor: entry.actor, from: entry.from, withdraws: entry.withdraws !== null })) };
    }),
  ),
});
