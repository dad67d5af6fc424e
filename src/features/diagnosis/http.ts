import { implement } from '@orpc/server';
import { sheetFile } from '../../platform/files/sheet-file';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { workspaceFacts } from '../workspace/public';
import { judge, takeBack, tick } from './commands/judge';
import { align, correct, lookAt, stateFacts } from './commands/state';
import { diagnosisContract } from './contract';
import type { Facts } from './domain/configuration';
import { can } from './policy';
import { readDiagnosis } from './present';
import { diagnosisPage, diagnosisSlides, paperTitle } from './sheets';

const os = implement(diagnosisContract).$context<Context>();

/** Every change answers with the whole as it is then: one figure moves others. */
const changing = (context: Context, workspace: string, work: (scope: Scope) => Promise<void>) =>
  withWorkspace(context, workspace, 'diagnosis:write', async (scope) => {
    await work(scope);
    return readDiagnosis(scope);
  });

export const diagnosisRouter = os.router({
  read: os.read.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'diagnosis:read', (scope) => {
      allow(can(scope.me, 'diagnosis:read'), 'see the diagnosis');
      return readDiagnosis(scope);
    }),
  ),
  file: os.file.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'diagnosis:read', async (scope) => {
      allow(can(scope.me, 'diagnosis:read'), 'see the diagnosis');
      const view = await readDiagnosis(scope);
      const { name } = await workspaceFacts(scope.tx);
      return sheetFile(input.format, paperTitle(), [name, paperTitle()], input.format === 'pdf' ? [diagnosisPage(view, name)] : diagnosisSlides(view, name));
    }),
  ),
  stateFacts: os.stateFacts.handler(({ context, input }) => changing(context, input.workspace, (scope) => stateFacts(scope, input.version, input.facts as Facts))),
  correct: os.correct.handler(({ context, input }) => changing(context, input.workspace, (scope) => correct(scope, input.version, input.configuration, input.note))),
  judge: os.judge.handler(({ context, input }) => changing(context, input.workspace, (scope) => judge(scope, input.cause, input.verdict, input.note))),
  takeBack: os.takeBack.handler(({ context, input }) => changing(context, input.workspace, (scope) => takeBack(scope, input.id))),
  align: os.align.handler(({ context, input }) => changing(context, input.workspace, (scope) => align(scope, input.version, input.relationship, input.reasons))),
  look: os.look.handler(({ context, input }) => changing(context, input.workspace, (scope) => lookAt(scope, input.version, input.topic, input.look, input.note))),
  tick: os.tick.handler(({ context, input: { workspace, item, version, ...word } }) => changing(context, workspace, (scope) => tick(scope, item, version, word))),
});
