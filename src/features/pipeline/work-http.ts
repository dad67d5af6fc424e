import { implement } from '@orpc/server';
import type { z } from 'zod';
import { wilson } from '../../lib/statistics/wilson';
import { refuse } from '../../platform/http/refusal';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { acting, originOf } from './acting';
import { wakeWebhooks } from './announce';
import { asOfDay } from './asked-day';
import { boardAt } from './board-repo';
import { decideHandoffs, type Decision } from './commands/decide-handoffs';
import { disputeHandoff, settleDispute } from './commands/dispute';
import { moveLeads } from './commands/move-leads';
import { offerLeads } from './commands/offer-leads';
import { undoAct } from './commands/undo-act';
import { findHandoff, listHandoffs, outcomeCounts, outcomesByPerson, settingOf, type ListedHandoff } from './handoff-repo';
import { othersOfSales } from './link-repo';
import { outcomeRows } from './domain/outcome-rows';
import { can, WORDS, type PipelineAction } from './policy';
import { workContract, type handoffView } from './work-contract';

const os = implement(workContract).$context<Context>();

const within = (scopeName: 'pipeline:read' | 'pipeline:write') => <T>(context: Context, workspace: string, action: PipelineAction, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, scopeName, (scope) => {
    allow(can(scope.me, action), WORDS[action]);
    return work(scope);
  });
const reading = within('pipeline:read');
/** What is written is told to the programs that listen, as soon as it is saved. */
const writing = <T>(context: Context, workspace: string, action: PipelineAction, work: (scope: Scope) => Promise<T>): Promise<T> =>
  within('pipeline:write')(context, workspace, action, async (scope) => {
    const done = await work(scope);
    await wakeWebhooks(scope);
    return done;
  });

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const present = ({ handoff: row, leadName, company, channel, amount, stageId, toName, optedOut }: ListedHandoff): z.infer<typeof handoffView> => ({
  id: row.id, leadId: row.leadId, lead: leadName, company, channel, amount, optedOut, stageId, state: row.state, to: toName, toPersonId: row.toPersonId, offeredBy: row.offeredByName, offeredAt: row.offeredAt.toISOString(), offerNote: row.offerNote,
  dueAt: iso(row.dueAt), decidedAt: iso(row.decidedAt), decidedBy: row.decidedBy, reason: row.reason, note: row.note, nurtureUntil: iso(row.nurtureUntil), disputedAt: iso(row.disputedAt), disputedBy: row.disputedBy,
  disputeNote: row.disputeNote, settledAt: iso(row.settledAt), settledBy: row.settledBy, settleNote: row.settleNote,
});

const one = async (scope: Scope, id: string) => {
  const row = await findHandoff(scope.tx, id);
  if (!row) throw refuse.notFound('offer');
  return present(row);
};

const decisionOf = (said: { kind: 'accept' } | { kind: 'reject'; reason: string } | { kind: 'recycle'; reason: string | null; nurtureUntil: string }, note: string | null): Decision =>
  said.kind === 'recycle' ? { ...said, nurtureUntil: new Date(said.nurtureUntil), note } : { ...said, note };

const outcomes = async (scope: Scope, by: 'source' | 'person', since: string | undefined) => {
  const setting = await settingOf(scope.tx);
  const from = since ? new Date(since) : undefined;
  if (by === 'person' && !setting.personViews) throw refuse.forbidden('compare single persons: this workspace keeps such views switched off');
  const counts = by === 'person' ? (await outcomesByPerson(scope.tx, from)).map((row) => ({ group: row.person, state: row.state, reason: null, n: row.n })) : (await outcomeCounts(scope.tx, from)).map(({ channel, ...row }) => ({ group: channel, ...row }));
  const share = (n: number, of: number) => ({ n, of, ...wilson(n, of) });
  return {
    personViews: setting.personViews, reasons: [...setting.returnReasons],
    rows: outcomeRows(counts).map((row) => ({ group: row.group, offered: row.offered, accepted: row.accepted, returned: share(row.returned, row.answered), byReason: row.reasons.map(({ reason, n }) => ({ reason, share: share(n, row.answered) })) })),
  };
};

export const workRouter = os.router({
  move: os.move.handler(({ context, input }) => writing(context, input.workspace, 'leads:move', (scope) => moveLeads(scope, originOf(context), input))),
  undo: os.undo.handler(({ context, input }) => writing(context, input.workspace, 'leads:move', (scope) => undoAct(scope, originOf(context), input.act))),
  board: os.board.handler(({ context, input: { workspace, asOf, ...filters } }) =>
    reading(context, workspace, 'dashboard:read', async (scope) => {
      const then = asOf?.includes('T') ? new Date(asOf) : await asOfDay(scope, asOf);
      const rows = await boardAt(scope.tx, workspace, filters, then);
      return { asOf: iso(then), total: rows.reduce((sum, row) => sum + row.leads, 0), stages: rows.map((row) => ({ ...row, oldest: iso(row.oldest) })) };
    }),
  ),
  offer: os.offer.handler(({ context, input }) => writing(context, input.workspace, 'leads:move', (scope) => offerLeads(acting(scope, originOf(context)), { ...input, dueAt: input.dueAt ? new Date(input.dueAt) : null }))),
  decide: os.decide.handler(({ context, input }) => writing(context, input.workspace, 'leads:move', (scope) => decideHandoffs(acting(scope, originOf(context)), input.ids, decisionOf(input.decision, input.note)))),
  handOn: os.handOn.handler(({ context, input }) => writing(context, input.workspace, 'leads:move', (scope) => decideHandoffs(acting(scope, originOf(context)), input.ids, { kind: 'hand_on', toPersonId: input.toPersonId, note: input.note }))),
  dispute: os.dispute.handler(({ context, input }) => writing(context, input.workspace, 'leads:move', async (scope) => {
    await disputeHandoff(scope, input.id, input.note);
    return one(scope, input.id);
  })),
  settle: os.settle.handler(({ context, input }) => writing(context, input.workspace, 'leads:move', async (scope) => {
    await settleDispute(scope, input.id, input.note);
    return one(scope, input.id);
  })),
  handoffs: os.handoffs.handler(({ context, input: { workspace, mine, limit, offset, ...filters } }) =>
    reading(context, workspace, 'leads:read', async (scope) => {
      const linked = scope.me.personId !== null;
      if (mine && !linked) return { total: 0, linked, rows: [] };
      const { rows, total } = await listHandoffs(scope.tx, { ...filters, person: mine ? (scope.me.personId ?? undefined) : undefined }, { limit, offset });
      return { total, linked, rows: rows.map(present) };
    }),
  ),
  outcomes: os.outcomes.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', (scope) => outcomes(scope, input.by, input.since))),
  salesPeople: os.salesPeople.handler(({ context, input }) => reading(context, input.workspace, 'leads:read', (scope) => othersOfSales(scope.tx, null))),
});
