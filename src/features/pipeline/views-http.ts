import { implement } from '@orpc/server';
import { and, asc, eq, or } from 'drizzle-orm';
import { BOM, toCsv, type CsvValue } from '../../lib/csv';
import { formatIcu } from '../../lib/icu';
import { refuse } from '../../platform/http/refusal';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { optOutWords } from '../customers/public';
import { savedView } from './handoff-schema';
import { stagePlaces } from './log-repo';
import { ownReason } from './domain/own-reasons';
import words from './messages/file.en.json';
import { can, WORDS, type PipelineAction } from './policy';
import { listLeads, type LeadRow } from './repo';
import { withRule } from './rule-repo';
import { saidOut } from './said-out';
import { findPipeline, findStage } from './setup-repo';
import { termVersions } from './term-repo';
import { viewsContract, type LeadFilters } from './views-contract';

const os = implement(viewsContract).$context<Context>();

const within = <T>(context: Context, workspace: string, scopeName: 'pipeline:read' | 'pipeline:write', action: PipelineAction, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, scopeName, (scope) => {
    allow(can(scope.me, action), WORDS[action]);
    return work(scope);
  });

/** Views belong to accounts; a token without one has none of its own. */
const ownerOf = ({ me, workspaceId }: Scope): string => me.userId ?? workspaceId;

const present = (scope: Scope) => ({ id, name, filters, shared, userId, madeBy }: typeof savedView.$inferSelect) => ({ id, name, filters, shared, mine: userId === ownerOf(scope), madeBy });

/** @throws 404 for a stage, pipeline or signed term that is not here */
const known = async (scope: Scope, { pipeline: asked, stage, term }: { pipeline?: string | undefined; stage?: string | undefined; term?: string | undefined }): Promise<void> => {
  if (stage) await findStage(scope.tx, stage);
  if (asked) await findPipeline(scope.tx, asked);
  if (term && !(await termVersions(scope.tx)).some(({ termId }) => termId === term)) throw refuse.notFound('term');
};

const saveView = async (scope: Scope, { name, filters, shared }: Pick<typeof savedView.$inferInsert, 'name' | 'filters' | 'shared'>) => {
  await known(scope, filters);
  const set = { filters, shared, madeBy: scope.me.label };
  const [row] = await scope.tx.insert(savedView).values({ workspaceId: scope.workspaceId, id: scope.newId(), userId: ownerOf(scope), name, createdAt: scope.now, ...set })
    .onConflictDoUpdate({ target: [savedView.workspaceId, savedView.userId, savedView.name], set }).returning();
  if (!row) throw refuse.notFound('view');
  return present(scope)(row);
};

const BATCH = 5_000;
const COLUMNS = ['name', 'company', 'optedOut', 'stage', 'since', 'origin', 'channel', 'owner', 'amount', 'entered', 'passed', 'arrived', 'contacted', 'returned', 'returnReason', 'nurtureUntil', 'end', 'ended', 'reason', 'id'] as const;

const line = (row: LeadRow & { optedOut: boolean }, stage: string): CsvValue[] => {
  const own = row.reason === null ? null : ownReason(row.reason);
  const at = (value: Date | null) => value?.toISOString() ?? null;
  return [
    row.name, row.company, row.optedOut ? optOutWords.word : null, stage, at(row.stageSince), row.origin, row.channel, row.owner, row.amount, at(row.enteredAt), at(row.passedAt), at(row.arrivedAt), at(row.contactedAt), at(row.returnedAt), row.returnReason, at(row.nurtureUntil),
    row.end, at(row.endedAt), own ? formatIcu(words['reason.stageClosed'], 'en', { stage: own.stage }) : row.reason, row.id,
  ];
};

/** All leads that the filters leave, read page by page, each after the last one of the page before. */
const leadsFile = async (scope: Scope, filters: LeadFilters): Promise<File> => {
  await known(scope, filters);
  const wanted = { ...(await withRule(scope, filters)), asOf: null };
  const places = await stagePlaces(scope.tx);
  const parts: string[] = [BOM + toCsv([COLUMNS.map((column) => words[column])])];
  let leads = 0;
  for (let after: string | undefined; ; ) {
    const rows = await listLeads(scope.tx, scope.workspaceId, wanted, { limit: BATCH, offset: 0, after });
    if (rows.length > 0) parts.push(toCsv((await saidOut(scope.tx, rows)).map((row) => line(row, places.get(row.stageId)?.name ?? ''))));
    leads += rows.length;
    if (rows.length < BATCH) break;
    after = rows.at(-1)?.id;
  }
  await scope.audit({ action: 'lead.exported', subjectKind: 'workspace', subjectId: scope.workspaceId, details: { leads } });
  return new File(parts, `leads-${scope.now.toISOString().slice(0, 10)}.csv`, { type: 'text/csv;charset=utf-8' });
};

export const viewsRouter = os.router({
  views: os.views.handler(({ context, input }) => within(context, input.workspace, 'pipeline:read', 'leads:read', async (scope) =>
    (await scope.tx.select().from(savedView).where(or(eq(savedView.userId, ownerOf(scope)), eq(savedView.shared, true))).orderBy(asc(savedView.name), asc(savedView.id))).map(present(scope)))),
  saveView: os.saveView.handler(({ context, input: { workspace, ...view } }) => within(context, workspace, 'pipeline:write', 'leads:read', (scope) => saveView(scope, view))),
  removeView: os.removeView.handler(({ context, input }) => within(context, input.workspace, 'pipeline:write', 'leads:read', async (scope) => {
    const gone = await scope.tx.delete(savedView).where(and(eq(savedView.id, input.id), eq(savedView.userId, ownerOf(scope)))).returning({ id: savedView.id });
    if (gone.length === 0) throw refuse.notFound('view of yours');
    return { done: true as const };
  })),
  leadsFile: os.leadsFile.handler(({ context, input: { workspace, ...filters } }) => within(context, workspace, 'pipeline:read', 'leads:export', (scope) => leadsFile(scope, filters))),
});
