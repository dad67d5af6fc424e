import { implement } from '@orpc/server';
import { isFirstAccount } from '../features/workspace/public';
import { refuse } from '../platform/http/refusal';
import type { Context } from '../platform/rpc/context';
import { loadDemo, removeDemo } from './demo';
import { demoContract } from './demo-contract';

const os = implement(demoContract).$context<Context>();

export const demoRouter = os.router({
  load: os.load.handler(async ({ context: { services, actor } }) => {
    const visitor = actor?.kind === 'account' ? { userId: actor.userId, name: actor.name, email: actor.email } : null;
    if (!visitor && !(await isFirstAccount(services.db))) throw refuse.notSignedIn();
    const workspace = await loadDemo(services, visitor);
    await services.jobs.send('customers.match', { workspaceId: workspace });
    return { workspace };
  }),
  remove: os.remove.handler(async ({ context: { services, actor } }) => {
    if (actor?.kind !== 'account') throw refuse.notSignedIn();
    if (!(await removeDemo(services))) throw refuse.notFound('demo company');
    return { done: true as const };
  }),
});
