import { implement } from '@orpc/server';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { answerContract, type Contents } from './answer-contract';
import { factsOf } from './answer-data';
import { wakeAnswersForPage } from './answer-jobs';
import { miniOf } from './answer-mini';
import { leadsBehind, readAnswer, type Dated } from './answer-repo';
import { ladder, QUESTIONS } from './domain/answers/ladder';
import { can, type PipelineAction } from './policy';

const os = implement(answerContract).$context<Context>();

const reading = <T>(context: Context, workspace: string, action: PipelineAction, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, 'pipeline:read', (scope) => {
    allow(can(scope.me, action), action === 'leads:read' ? 'see leads' : 'see the figures');
    return work(scope);
  });

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** What is out of date is worked out anew while the old answer, with its date, is shown. */
const dated = (scope: Scope, { computedAt, dataAt, stale }: Dated) => {
  if (stale) scope.afterwards(() => wakeAnswersForPage(scope.services, scope.workspaceId));
  return { computedAt: iso(computedAt), dataAt: iso(dataAt), pending: stale };
};

const show = async <Name extends keyof Contents>(scope: Scope, name: Name) => {
  const found = await readAnswer(scope.tx, name, scope.now);
  return { ...dated(scope, found), content: found.content };
};

const rungsOf = async (scope: Scope) => {
  const { facts, shapes } = await factsOf(scope.tx, scope.workspaceId);
  return { leads: facts.leads, rungs: ladder(shapes, facts) };
};

const overview = async (scope: Scope) => {
  const answers = [];
  let when: Dated = { computedAt: null, dataAt: null, stale: true };
  for (const question of QUESTIONS) {
    const { content, ...found } = await readAnswer(scope.tx, question, scope.now);
    when = found;
    if (content) answers.push({ question, finding: content.finding, mini: miniOf(content) });
  }
  return { ...dated(scope, when), ...(await rungsOf(scope)), answers };
};

export const answerRouter = os.router({
  carries: os.carries.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', rungsOf)),
  overview: os.overview.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', overview)),
  funnel: os.funnel.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', (scope) => show(scope, 'funnel'))),
  usefulness: os.usefulness.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', (scope) => show(scope, 'usefulness'))),
  slow: os.slow.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', (scope) => show(scope, 'slow'))),
  dropout: os.dropout.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', (scope) => show(scope, 'dropout'))),
  fast: os.fast.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', (scope) => show(scope, 'fast'))),
  converting: os.converting.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', (scope) => show(scope, 'converting'))),
  attribution: os.attribution.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', (scope) => show(scope, 'attribution'))),
  leads: os.leads.handler(({ context, input }) =>
    reading(context, input.workspace, 'leads:read', async (scope) =>
      (await leadsBehind(scope.tx, input.answer, input.key)).map(({ id, name, company, origin, channel, end, enteredAt, endedAt, reason }) => ({ id, name, company, origin, channel, end, enteredAt: enteredAt.toISOString(), endedAt: iso(endedAt), reason })),
    ),
  ),
});
