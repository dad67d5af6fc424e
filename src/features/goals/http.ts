import { implement } from '@orpc/server';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { addDashboard, changeDashboard, listDashboards, subscribe } from './commands/dashboards';
import { atDay } from './commands/figures';
import { dashboardFile } from './commands/dashboard-file';
import { propose, sign, withdraw } from './commands/commit';
import { readCases } from './commands/read-cases';
import { readMetrics } from './commands/read-metrics';
import { readNumber } from './commands/read-number';
import { goalsContract } from './contract';
import { can } from './policy';
import { presentGoal } from './present';
import { listGoals } from './repo';

const os = implement(goalsContract).$context<Context>();

const byToken = (context: Context): boolean => context.actor?.kind === 'token';

const reading = <T>(context: Context, workspace: string, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, 'goals:read', (scope) => {
    allow(can(scope.me, 'figures:read'), 'see the figures');
    return work(scope);
  });
const writing = <T>(context: Context, workspace: string, work: (scope: Scope) => Promise<T>): Promise<T> => withWorkspace(context, workspace, 'goals:write', work);

export const goalsRouter = os.router({
  dashboards: os.dashboards.handler(({ context, input }) => reading(context, input.workspace, listDashboards)),
  addDashboard: os.addDashboard.handler(({ context, input: { workspace, ...content } }) => writing(context, workspace, (scope) => addDashboard(scope, content))),
  changeDashboard: os.changeDashboard.handler(({ context, input: { workspace, id, version, name, metrics, unit, split, removed } }) =>
    writing(context, workspace, (scope) =>
      changeDashboard(scope, id, version, { ...(name ? { name } : {}), ...(metrics ? { metrics } : {}), ...(unit ? { unit } : {}), ...(split ? { split } : {}), removed }),
    ),
  ),
  dashboardFile: os.dashboardFile.handler(({ context, input }) => reading(context, input.workspace, async (scope) => dashboardFile(await atDay(scope, input.asOf), input.id, input.later))),
  subscribe: os.subscribe.handler(({ context, input }) =>
    writing(context, input.workspace, (scope) => subscribe(scope, input.id, input.every, context.actor?.kind === 'account' ? { userId: context.actor.userId, email: context.actor.email } : null)),
  ),
  goals: os.goals.handler(({ context, input }) => reading(context, input.workspace, async (scope) => (await listGoals(scope.tx)).map(presentGoal))),
  propose: os.propose.handler(({ context, input: { workspace, ...proposal } }) => writing(context, workspace, async (scope) => presentGoal(await propose(scope, proposal, byToken(context))))),
  sign: os.sign.handler(({ context, input }) => writing(context, input.workspace, async (scope) => presentGoal(await sign(scope, input.id, input.version, byToken(context))))),
  withdraw: os.withdraw.handler(({ context, input }) => writing(context, input.workspace, async (scope) => presentGoal(await withdraw(scope, input.id, input.version)))),
  number: os.number.handler(({ context, input }) => reading(context, input.workspace, async (scope) => readNumber(await atDay(scope, input.asOf)))),
  metricCases: os.metricCases.handler(({ context, input: { workspace, asOf, ...asked } }) =>
    withWorkspace(context, workspace, 'customers:read', async (scope) => {
      allow(can(scope.me, 'cases:read'), 'see customers and orders');
      return readCases(await atDay(scope, asOf), asked);
    }),
  ),
  metrics: os.metrics.handler(({ context, input }) => reading(context, input.workspace, async (scope) => readMetrics(await atDay(scope, input.asOf), input))),
});
