import { implement } from '@orpc/server';
import { sheetFile } from '../../platform/files/sheet-file';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { boardFileName, boardSheet, boardTitle } from './board';
import { addAction, carryAction, changeAction, moveAction } from './commands/actions';
import { findInProgramme, readMine, sayCourse } from './commands/mine';
import { addProblem, answerQuestion, changeProblem, checkIn, choose, setObjective, setState } from './commands/problems';
import { raise, readAgenda, readChallenges, readMeasures, readSolutions } from './commands/read-more';
import { improvementContract } from './contract';
import { can } from './policy';
import { readProgramme } from './present';

const os = implement(improvementContract).$context<Context>();

const reading = <T>(context: Context, workspace: string, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, 'improvement:read', (scope) => {
    allow(can(scope.me, 'programme:read'), 'see the programme');
    return work(scope);
  });

/** Every change answers with the programme as it is then: one figure moves others. */
const changing = (context: Context, workspace: string, work: (scope: Scope) => Promise<void>) =>
  withWorkspace(context, workspace, 'improvement:write', async (scope) => {
    await work(scope);
    return readProgramme(scope);
  });

export const improvementRouter = os.router({
  read: os.read.handler(({ context, input }) => reading(context, input.workspace, readProgramme)),
  agenda: os.agenda.handler(({ context, input }) => reading(context, input.workspace, readAgenda)),
  mine: os.mine.handler(({ context, input }) => reading(context, input.workspace, readMine)),
  find: os.find.handler(({ context, input }) => reading(context, input.workspace, (scope) => findInProgramme(scope, input.words))),
  sayCourse: os.sayCourse.handler(({ context, input }) => withWorkspace(context, input.workspace, 'improvement:write', (scope) => sayCourse(scope, input.id, input.course))),
  measures: os.measures.handler(({ context, input }) => reading(context, input.workspace, readMeasures)),
  solutions: os.solutions.handler(({ context, input }) => reading(context, input.workspace, (scope) => readSolutions(scope, input.id))),
  addProblem: os.addProblem.handler(({ context, input }) => changing(context, input.workspace, (scope) => addProblem(scope, input))),
  changeProblem: os.changeProblem.handler(({ context, input: { workspace, id, version, ...words } }) => changing(context, workspace, (scope) => changeProblem(scope, id, version, words))),
  setState: os.setState.handler(({ context, input }) => changing(context, input.workspace, (scope) => setState(scope, input.id, input.version, input.to, input.note))),
  setObjective: os.setObjective.handler(({ context, input: { workspace, id, version, ...wanted } }) => changing(context, workspace, (scope) => setObjective(scope, id, version, wanted))),
  answer: os.answer.handler(({ context, input }) => changing(context, input.workspace, (scope) => answerQuestion(scope, input.id, input))),
  choose: os.choose.handler(({ context, input }) => changing(context, input.workspace, (scope) => choose(scope, input.id, input.solution, input.chosen, input.why))),
  addAction: os.addAction.handler(({ context, input: { workspace, id, ...words } }) => changing(context, workspace, (scope) => addAction(scope, id, words))),
  changeAction: os.changeAction.handler(({ context, input: { workspace, id, version, ...words } }) => changing(context, workspace, (scope) => changeAction(scope, id, version, words))),
  moveAction: os.moveAction.handler(({ context, input }) => changing(context, input.workspace, (scope) => moveAction(scope, input.id, input.version, input.to))),
  carryAction: os.carryAction.handler(({ context, input }) => changing(context, input.workspace, (scope) => carryAction(scope, input.id, input.version, input.dueOn, input.why))),
  checkIn: os.checkIn.handler(({ context, input }) => changing(context, input.workspace, (scope) => checkIn(scope, input.id, input.course, input.note))),
  board: os.board.handler(({ context, input }) =>
    reading(context, input.workspace, async (scope) => {
      const sheet = await boardSheet(scope);
      // A slide is read from afar: the problem that is worked on has it to itself.
      const chains = input.format === 'pptx' ? sheet.chains.slice(0, 1) : sheet.chains;
      return sheetFile(input.format, boardTitle(), boardFileName(sheet.about), [{ ...sheet, chains }]);
    }),
  ),
  challenges: os.challenges.handler(({ context, input }) => reading(context, input.workspace, readChallenges)),
  raise: os.raise.handler(({ context, input }) => withWorkspace(context, input.workspace, 'improvement:write', (scope) => raise(scope, input.challenge, input.note))),
});
