import { implement } from '@orpc/server';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { originOf } from './acting';
import { wakeWebhooks } from './announce';
import { addPipeline, addStage, archiveStage, changePipeline, changeStage, orderStages, restoreStage, sayWord } from './commands/change-setup';
import { changeSetting } from './commands/change-setting';
import { ensurePipeline } from './commands/ensure-pipeline';
import { endOf } from './domain/stages';
import { settingOf } from './handoff-repo';
import { can, WORDS } from './policy';
import { setupContract } from './setup-contract';
import { allPipelines, allWords, termsToLink } from './setup-repo';

const os = implement(setupContract).$context<Context>();

const changing = <T>(context: Context, workspace: string, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, 'pipeline:write', async (scope) => {
    allow(can(scope.me, 'pipeline:setup'), WORDS['pipeline:setup']);
    const done = await work(scope);
    await wakeWebhooks(scope);
    return done;
  });

const view = async ({ tx, workspaceId }: Scope) => {
  const pipelines = await allPipelines(tx, workspaceId);
  const setting = await settingOf(tx);
  return {
    pipelines: pipelines.map(({ id, name, isDefault, archivedAt, stages }) => ({
      id, name, isDefault, archivedAt: archivedAt?.toISOString() ?? null,
      stages: stages.map((row) => ({
        id: row.id, position: row.position, name: row.name, role: row.role, end: endOf(row.role), owner: row.owner, buyer: row.buyer, criteria: row.criteria, contribution: row.contribution, termId: row.termId,
        leads: row.leads, archivedAt: row.archivedAt?.toISOString() ?? null, movesTo: row.movesTo,
      })),
    })),
    words: (await allWords(tx)).map(({ sourceId, sourceName, word, spelling, stageId }) => ({ sourceId, sourceName, word, spelling, stageId })),
    terms: await termsToLink(tx), setting: { returnReasons: [...setting.returnReasons], personViews: setting.personViews },
  };
};

export const setupRouter = os.router({
  setup: os.setup.handler(({ context, input }) => withWorkspace(context, input.workspace, 'pipeline:read', async (scope) => {
    allow(can(scope.me, 'dashboard:read'), WORDS['dashboard:read']);
    await ensurePipeline(scope.tx, scope);
    return view(scope);
  })),
  addPipeline: os.addPipeline.handler(({ context, input }) => changing(context, input.workspace, (scope) => addPipeline(scope, input.name))),
  changePipeline: os.changePipeline.handler(({ context, input }) => changing(context, input.workspace, (scope) => changePipeline(scope, input))),
  addStage: os.addStage.handler(({ context, input: { workspace, id, ...change } }) => changing(context, workspace, (scope) => addStage(scope, id, change))),
  changeStage: os.changeStage.handler(({ context, input: { workspace, id, ...change } }) => changing(context, workspace, (scope) => changeStage(scope, id, change))),
  orderStages: os.orderStages.handler(({ context, input }) => changing(context, input.workspace, (scope) => orderStages(scope, input.id, input.stages))),
  archiveStage: os.archiveStage.handler(({ context, input }) => changing(context, input.workspace, (scope) => archiveStage(scope, originOf(context), input.id, input.movesTo))),
  restoreStage: os.restoreStage.handler(({ context, input }) => changing(context, input.workspace, (scope) => restoreStage(scope, originOf(context), input.id, input.act))),
  sayWord: os.sayWord.handler(({ context, input }) => changing(context, input.workspace, (scope) => sayWord(scope, input))),
  changeSetting: os.changeSetting.handler(({ context, input }) => changing(context, input.workspace, (scope) => changeSetting(scope, input))),
});
