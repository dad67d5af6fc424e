import { implement } from '@orpc/server';
import { refuse } from '../../platform/http/refusal';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { wakeWebhooks } from '../pipeline/public';
import { handOver } from './commands/hand-over';
import { planNext, proposeNext } from './commands/next';
import { enterHuddle, linksOf, planHuddle, removeHuddle, scribeLink } from './commands/plan';
import { huddleContract } from './contract';
import { readyTools } from './live/figures';
import { can } from './policy';
import { readRecord } from './record';
import { huddleById, huddles } from './repo';
import { readTogether } from './together';

const os = implement(huddleContract).$context<Context>();

const running = <T>(context: Context, workspace: string, what: string, work: (scope: Scope) => Promise<T>) =>
  withWorkspace(context, workspace, 'huddle:write', (scope) => {
    allow(can(scope.me, 'huddle:run'), what, 'Ask a facilitator.');
    return work(scope);
  });

const reading = <T>(context: Context, workspace: string, work: (scope: Scope) => Promise<T>) =>
  withWorkspace(context, workspace, 'huddle:read', (scope) => {
    allow(can(scope.me, 'huddle:read'), 'see the Huddles');
    return work(scope);
  });

export const huddleRouter = os.router({
  list: os.list.handler(({ context, input }) =>
    reading(context, input.workspace, async (scope) => ({
      mayRun: can(scope.me, 'huddle:run'),
      huddles: (await huddles(scope.tx)).map(({ id, name, phase, rehearsal, parentId, startsAt, createdAt, steps }) => ({
        id, name, phase, rehearsal, parent: parentId, startsAt: startsAt?.toISOString() ?? null, createdAt: createdAt.toISOString(), steps: steps.length, minutes: steps.reduce((sum, step) => sum + step.minutes, 0),
      })),
    })),
  ),
  create: os.create.handler(({ context, input: { workspace, ...plan } }) => running(context, workspace, 'plan a Huddle', (scope) => planHuddle(scope, plan))),
  enter: os.enter.handler(({ context, input }) => running(context, input.workspace, 'lead a Huddle', (scope) => enterHuddle(scope, input.id, input.as, input.team))),
  scribe: os.scribe.handler(({ context, input }) => running(context, input.workspace, 'invite to a Huddle', (scope) => scribeLink(scope, input.id, input.team))),
  links: os.links.handler(({ context, input }) => running(context, input.workspace, 'invite to a Huddle', (scope) => linksOf(scope, input.id))),
  check: os.check.handler(({ context, input }) =>
    reading(context, input.workspace, async (scope) => {
      if (!(await huddleById(scope.tx, input.id))) throw refuse.notFound('Huddle');
      return readyTools(scope.tx, scope.me);
    }),
  ),
  record: os.record.handler(({ context, input }) => reading(context, input.workspace, (scope) => readRecord(scope, input.id))),
  handOver: os.handOver.handler(({ context, input }) => running(context, input.workspace, 'put what was agreed into the programme', async (scope) => {
    const made = await handOver(scope, input.id, input.disconnects);
    await wakeWebhooks(scope);
    return made;
  })),
  next: os.next.handler(({ context, input }) => reading(context, input.workspace, proposeNext)),
  planNext: os.planNext.handler(({ context, input: { workspace, id, ...given } }) => running(context, workspace, 'plan a Huddle', (scope) => planNext(scope, id, given))),
  together: os.together.handler(({ context, input }) => reading(context, input.workspace, (scope) => readTogether(scope, input.id))),
  remove: os.remove.handler(({ context, input }) => running(context, input.workspace, 'remove a Huddle', (scope) => removeHuddle(scope, input.id))),
});
