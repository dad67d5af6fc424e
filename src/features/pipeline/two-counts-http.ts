import { implement } from '@orpc/server';
import type { z } from 'zod';
import { refuse } from '../../platform/http/refusal';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { saidLatest, type Said } from '../assessment/public';
import { beingMatched, pairsToReview, sourceAges } from '../customers/public';
import { workspaceFacts } from '../workspace/public';
import { asOfDay } from './asked-day';
import { countBoth } from './commands/count-both';
import { COLUMNS } from './domain/count-gaps';
import { codesOf, LOSSES, type DisputedRow } from './domain/reconcile';
import { can, type PipelineAction } from './policy';
import { countedOnce } from './revision';
import { twoCountsContract, type CountFrameInput, type disputeView, type TwoCountsView } from './two-counts-contract';
import { twoCountsFile } from './two-counts-file';
import { addDispute, leadsOfRow, listDisputes, openDisputes, sameDispute, settle, type CountedLead, type DisputeRow } from './two-counts-repo';

const os = implement(twoCountsContract).$context<Context>();

const inScope = <T>(context: Context, workspace: string, may: { scope: 'pipeline:read' | 'pipeline:write'; action: PipelineAction; what: string }, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, may.scope, (scope) => {
    allow(can(scope.me, may.action), may.what);
    return work(scope);
  });

const COUNTS = { scope: 'pipeline:read', action: 'dashboard:read', what: 'see the figures' } as const;
const LEADS = { scope: 'pipeline:read', action: 'leads:read', what: 'see leads' } as const;
const DISPUTE = { scope: 'pipeline:write', action: 'leads:move', what: 'dispute a row' } as const;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const view = async (scope: Scope, asked: CountFrameInput): Promise<TwoCountsView> => {
  const { of, bridge, counts, rule, agreed, comesOn, daysAssumed, gaps, first, last } = await countBoth(scope, asked);
  const matching = await beingMatched(scope.tx);
  const sources = await sourceAges(scope.tx, (count) => countedOnce(scope.tx, scope.workspaceId, 'sources', count, 'records'));
  return {
    rule, counts, daysAssumed,
    agreed: agreed && { ...agreed, agreedAt: agreed.agreedAt.toISOString() },
    agreedFrom: comesOn,
    asOf: of.asOf ? (asked.asOf ?? null) : null,
    period: { from: asked.from ?? null, to: asked.to ?? null, first, last },
    passed: bridge.passed, worked: bridge.worked,
    rows: [...LOSSES.map((row) => ({ row, leads: bridge.rows[row] })), { row: 'own_find' as const, leads: bridge.ownFinds }],
    byChanger: bridge.byChanger, owned: bridge.owned, due: bridge.due,
    gaps: gaps.filter(({ missing }) => !(matching && missing === 'match')).map(({ missing, rows }) => ({ missing, rows, columns: [...COLUMNS[missing]] })),
    sources: sources.map((source) => ({ ...source, lastImportAt: iso(source.lastImportAt) })),
    pairsToReview: await pairsToReview(scope.tx), matching,
    openDisputes: await openDisputes(scope.tx, of.asOf),
  };
};

const presentLead = ({ passedAt, arrivedAt, contactedAt, returnedAt, id, name, company, channel, owner, reason, optedOut, passes }: CountedLead) =>
  ({ id, name, company, channel, owner, reason, optedOut, passes, passedAt: iso(passedAt), arrivedAt: iso(arrivedAt), contactedAt: iso(contactedAt), returnedAt: iso(returnedAt) });

const presentDispute = (row: DisputeRow): z.infer<typeof disputeView> => ({
  id: row.id, row: row.row, rule: row.rule, from: row.from, to: row.to, figure: row.figure, note: row.note, madeBy: row.madeByName, madeAt: row.madeAt.toISOString(),
  settledAt: iso(row.settledAt), settledBy: row.settledByName, answer: row.answer,
});

const figureOf = (counted: TwoCountsView, row: DisputedRow): number => (row === 'passed' ? counted.passed : row === 'worked' ? counted.worked : (counted.rows.find((each) => each.row === row)?.leads ?? 0));

const dispute = async (scope: Scope, { row, note, ...asked }: CountFrameInput & { row: DisputedRow; note: string }): Promise<DisputeRow> => {
  const there = await sameDispute(scope.tx, { row, note, madeBy: scope.me.userId });
  if (there) return there;
  const counted = await view(scope, asked);
  const made = await addDispute(scope.tx, {
    workspaceId: scope.workspaceId, id: scope.newId(), row, rule: counted.rule, from: counted.period.from, to: counted.period.to, figure: figureOf(counted, row), note,
    madeBy: scope.me.userId, madeByName: scope.me.label, madeAt: scope.now, settledAt: null, settledByName: null, answer: null,
  });
  await scope.audit({ action: 'pipeline.count-disputed', subjectKind: 'count_dispute', subjectId: made.id, details: { row, figure: made.figure } });
  return made;
};

/** What sales said of marketing's information, and marketing of sales keeping its word (tool 6, credibility; MB ch. 5). */
const SAID = [{ function: 'sales', statementId: '6.6' }, { function: 'marketing', statementId: '6.9' }] as const;

export const twoCountsRouter = os.router({
  twoCounts: os.twoCounts.handler(({ context, input: { workspace, ...asked } }) => inScope(context, workspace, COUNTS, (scope) => view(scope, asked))),
  twoCountsRow: os.twoCountsRow.handler(({ context, input: { workspace, row, limit, offset, ...asked } }) =>
    inScope(context, workspace, LEADS, async (scope) => {
      const { of, groups, counts } = await countBoth(scope, asked);
      const found = await leadsOfRow(scope.tx, of, { row, codes: codesOf(row, groups, counts), limit, offset });
      return { ...found, leads: found.leads.map(presentLead) };
    }),
  ),
  twoCountsSaid: os.twoCountsSaid.handler(({ context, input }) =>
    inScope(context, input.workspace, COUNTS, async (scope) => {
      const [salesOnMarketing, marketingOnSales]: (Said | null)[] = await saidLatest(scope.tx, scope.me, SAID);
      return { salesOnMarketing: salesOnMarketing ?? null, marketingOnSales: marketingOnSales ?? null };
    }),
  ),
  twoCountsFile: os.twoCountsFile.handler(({ context, input: { workspace, format, ...asked } }) =>
    inScope(context, workspace, COUNTS, async (scope) => twoCountsFile(await view(scope, asked), { format, workspaceName: (await workspaceFacts(scope.tx)).name, day: asked.asOf ?? scope.now.toISOString().slice(0, 10) })),
  ),
  disputeRow: os.disputeRow.handler(({ context, input: { workspace, ...said } }) => inScope(context, workspace, DISPUTE, async (scope) => presentDispute(await dispute(scope, said)))),
  disputes: os.disputes.handler(({ context, input }) => inScope(context, input.workspace, LEADS, async (scope) => (await listDisputes(scope.tx, await asOfDay(scope, input.asOf))).map(presentDispute))),
  settleDispute: os.settleDispute.handler(({ context, input }) =>
    inScope(context, input.workspace, { ...DISPUTE, what: 'answer an objection' }, async (scope) => {
      const open = input.answer === null;
      const row = await settle(scope.tx, input.id, { settledAt: open ? null : scope.now, settledByName: open ? null : scope.me.label, answer: input.answer });
      if (!row) throw refuse.notFound('objection');
      await scope.audit({ action: open ? 'pipeline.dispute-reopened' : 'pipeline.dispute-settled', subjectKind: 'count_dispute', subjectId: row.id, details: { row: row.row } });
      return presentDispute(row);
    }),
  ),
});
