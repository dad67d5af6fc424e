import { isDeepStrictEqual } from 'node:util';
import { implement } from '@orpc/server';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { answerContract, type Contents } from './answer-contract';
import { readCells } from './answer-cells';
import { funnelAnswer } from './answer-compute';
import { factsOf } from './answer-data';
import { wakeAnswersForPage } from './answer-jobs';
import { miniOf } from './answer-mini';
import { leadsBehind, readAnswer, type Dated } from './answer-repo';
import { asOfDay } from './asked-day';
import { asOfKey } from './leads-as-of';
import { countedOnce } from './revision';
import { saidOut } from './said-out';
import { ladder, QUESTIONS } from './domain/answers/ladder';
import type { RuleName } from './domain/reconcile';
import { can, type PipelineAction } from './policy';
import type { CountedBy } from './domain/rule-bits';
import { countedBy, notAgreed } from './rule-repo';

const os = implement(answerContract).$context<Context>();

const reading = <T>(context: Context, workspace: string, action: PipelineAction, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, 'pipeline:read', (scope) => {
    allow(can(scope.me, action), action === 'leads:read' ? 'see leads' : 'see the figures');
    return work(scope);
  });

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** What is out of date is worked out anew while the old answer, with its date, is shown. */
const dated = (scope: Scope, { computedAt, dataAt, stale }: Dated) => {
  if (stale) scope.afterwards(() => wakeAnswersForPage(scope.services, scope.workspaceId, computedAt));
  return { computedAt: iso(computedAt), dataAt: iso(dataAt), pending: stale };
};

const show = async <Name extends keyof Contents>(scope: Scope, name: Name) => {
  const found = await readAnswer(scope.tx, name, scope.now);
  return { ...dated(scope, found), content: found.content };
};

type ByRule<Content> = Content & { rules: Record<RuleName, { counts: CountedBy; content: Content } | null> };

/** Of all leads, or of those that a rule counts; what was worked out under another wording of the rule is not shown for it. @throws 409 */
const underRule = async <Content>(scope: Scope, { content, ...found }: Dated & { content: ByRule<Content> | null }, rule: RuleName | undefined) => {
  const live = await countedBy(scope, null);
  if (rule === 'agreed' && !live.agreed) throw notAgreed();
  const kept = rule ? content?.rules[rule] : undefined;
  const fits = !rule || (kept != null && isDeepStrictEqual(kept.counts, live[rule]));
  const shown: Content | null = rule ? (fits && kept ? kept.content : null) : content;
  return { ...dated(scope, { ...found, stale: found.stale || !fits }), content: shown, rule: rule ?? null, counts: rule ? live[rule] : null, agreed: live.agreed !== null };
};

/** The funnel as it stood: counted when somebody asks, from the leads replayed, by the rules that held then. @throws 409 */
const funnelThen = async (scope: Scope, asOf: Date, rule: RuleName | undefined) => {
  const { tx, workspaceId } = scope;
  const rules = await countedBy(scope, asOf);
  if (rule === 'agreed' && !rules.agreed) throw notAgreed();
  const funnel = await countedOnce(tx, workspaceId, `funnel ${JSON.stringify(rules)}${asOfKey(asOf)}`, async () => funnelAnswer({ ...(await readCells(tx, workspaceId, rules, asOf)), rules }));
  return { computedAt: null, dataAt: null, pending: false, content: rule ? (funnel.rules[rule]?.content ?? null) : funnel, rule: rule ?? null, counts: rule ? rules[rule] : null, agreed: rules.agreed !== null };
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
  funnel: os.funnel.handler(({ context, input }) =>
    reading(context, input.workspace, 'dashboard:read', async (scope) => {
      const asOf = await asOfDay(scope, input.asOf);
      return asOf ? { ...(await funnelThen(scope, asOf, input.rule)), asOf: input.asOf ?? null } : { ...(await underRule(scope, await readAnswer(scope.tx, 'funnel', scope.now), input.rule)), asOf: null };
    }),
  ),
  usefulness: os.usefulness.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', async (scope) => underRule(scope, await readAnswer(scope.tx, 'usefulness', scope.now), input.rule))),
  slow: os.slow.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', async (scope) => underRule(scope, await readAnswer(scope.tx, 'slow', scope.now), input.rule))),
  dropout: os.dropout.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', async (scope) => underRule(scope, await readAnswer(scope.tx, 'dropout', scope.now), input.rule))),
  fast: os.fast.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', async (scope) => underRule(scope, await readAnswer(scope.tx, 'fast', scope.now), input.rule))),
  converting: os.converting.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', async (scope) => underRule(scope, await readAnswer(scope.tx, 'converting', scope.now), input.rule))),
  attribution: os.attribution.handler(({ context, input }) => reading(context, input.workspace, 'dashboard:read', (scope) => show(scope, 'attribution'))),
  leads: os.leads.handler(({ context, input }) =>
    reading(context, input.workspace, 'leads:read', async (scope) =>
      (await saidOut(scope.tx, await leadsBehind(scope.tx, input.answer, input.key))).map(({ id, name, company, origin, channel, end, enteredAt, endedAt, reason, optedOut }) => ({ optedOut, id, name, company, origin, channel, end, enteredAt: enteredAt.toISOString(), endedAt: iso(endedAt), reason })),
    ),
  ),
});
